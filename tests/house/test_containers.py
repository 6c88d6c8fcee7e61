"""The production shape by hand: each service's own command, on this machine's PostgreSQL and Redis."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
import yaml
from django.conf import settings
from django.db import connection

from asnportal.management import processes
from tests.management.first_run import free_port, wait_until
from tests.management.test_backup import url_of

HOUSE = Path(settings.BASE_DIR)
HOST = "portal.contoh.test"
SERVICES: dict[str, Any] = yaml.safe_load((HOUSE / "docker-compose.yml").read_text())["services"]
SECRETS = ("SECRET_KEY", "PASSWORD", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")


def dockerfile_command() -> list[str]:
    text = (HOUSE / "Dockerfile").read_text().replace("\\\n", " ")
    return list(yaml.safe_load(text[text.rindex("\nCMD ") + 5 :]))


def test_T56_no_secret_has_a_value_in_the_repository() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if any(word in name for word in SECRETS):
                assert "${" in value, name


def test_T57_database_and_redis_are_reachable_from_inside_only() -> None:
    for name in ("postgres", "redis"):
        assert "ports" not in SERVICES[name]
        assert SERVICES[name]["networks"] == ["back"]


def test_every_service_is_watched_and_ours_run_without_rights() -> None:
    for name, service in SERVICES.items():
        assert "healthcheck" in service or name == "web", name  # the web's own is in the Dockerfile
        if service.get("image") == "tepian-belajar":
            assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert "\nUSER 10001:10001\n" in (HOUSE / "Dockerfile").read_text()
    assert "\nHEALTHCHECK " in (HOUSE / "Dockerfile").read_text()


class Shape:
    """Web, worker and beat as docker-compose would start them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.running: list[subprocess.Popen[bytes]] = []
        self.env = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "DATA_DIR": str(folder),
            "STATIC_ROOT": str(folder / "staticfiles"),
            "SECRET_KEY": "a-key-of-this-test-alone-0123456789-abcdefghijklmnopqrstuvwxyz",
            "SITE_URL": f"https://{HOST}",
            "ALLOWED_HOSTS": HOST,
            "TRUSTED_PROXY_COUNT": "1",
            "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
            "REDIS_URL": os.environ["REDIS_URL"],
            "EMAIL_URL": "dummymail://",
            "STATEMENT_TIMEOUT": "15000",
        }

    def manage(self, *args: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *args], cwd=HOUSE, env=self.env, check=True, capture_output=True
        )

    def start(self, name: str) -> None:
        command = SERVICES[name].get("command", dockerfile_command())
        line = shlex.join(command).replace("0.0.0.0:8000", f"127.0.0.1:{self.port}")
        line = line.replace("/data/", f"{self.folder}/")
        log = self.folder / f"{name}.log"
        self.running.append(processes.start(shlex.split(line), env=self.env, log=log, cwd=HOUSE))

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        wanted = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"} | headers
        with urlopen(Request(f"http://127.0.0.1:{self.port}{path}", headers=wanted), timeout=20) as answer:
            return answer.status, answer.read().decode()

    def answers(self) -> bool:
        with suppress(URLError, OSError):
            return self.get("/readyz")[0] == 200
        return False

    def probe(self, name: str) -> bool:
        done = subprocess.run(
            [sys.executable, "asnportal/management/probe.py", name], cwd=HOUSE, env=self.env, check=False
        )
        return done.returncode == 0

    def end(self) -> None:
        for process in reversed(self.running):
            processes.stop(process, seconds=20)


@pytest.fixture
def shape(tmp_path: Path) -> Iterator[Shape]:
    shape = Shape(tmp_path)
    yield shape
    shape.end()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_the_production_shape_starts_serves_and_stops(shape: Shape) -> None:
    shape.manage("collectstatic", "--no-input", "--verbosity", "0")
    shape.manage("migrate", "--no-input")
    shape.manage("load_reference_defaults")
    for name in ("web", "worker", "beat"):
        shape.start(name)
    wait_until(shape.answers, seconds=60, what="web")
    status, page = shape.get("/")
    assert status == 200
    style = page[page.index("/static/css/") :].partition('"')[0]
    assert shape.get(style)[0] == 200
    wait_until(lambda: shape.probe("worker"), seconds=60, what="worker")
    wait_until(lambda: shape.probe("beat"), seconds=60, what="beat")
    assert [process.poll() for process in shape.running] == [None, None, None]
    web = shape.running[0]
    web.terminate()
    assert web.wait(timeout=40) == 0
