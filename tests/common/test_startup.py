"""T56, T57: production does not start half configured. Real processes, because that is what must not come up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.factories import UserFactory

KEY = "a-key-of-this-test-alone-0123456789-abcdefghijklmnopqrstuvwxyz"
COMPLETE = {
    "SECRET_KEY": KEY,
    "DATABASE_URL": "postgres://portal:rahasia@127.0.0.1:1/portal",  # nobody listens: /readyz tells that, not we
    "REDIS_URL": "redis://:rahasia@127.0.0.1:1/0",
    "ALLOWED_HOSTS": "portal.contoh.test",
    "SITE_URL": "https://portal.contoh.test",
}
WEB = ["-c", "import asnportal.wsgi"]
GUNICORN = [
    "-m",
    "gunicorn",
    "--no-control-socket",
    "--bind",
    "unix:{folder}/web.sock",
    "asnportal.wsgi:application",
]
WORKER = ["-m", "celery", "--app", "asnportal", "worker", "--pool", "solo"]
BEAT = ["-m", "celery", "--app", "asnportal", "beat", "--schedule", "{folder}/schedule"]


def started(folder: Path, command: list[str], **changed: str | None) -> subprocess.CompletedProcess[str]:
    """``command`` in a production environment that is complete but for ``changed`` (None takes one away)."""
    wanted = COMPLETE | {"DATA_DIR": str(folder), "PATH": os.environ["PATH"]} | changed
    return subprocess.run(
        [sys.executable, *(part.replace("{folder}", str(folder)) for part in command)],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in wanted.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_T56_a_complete_environment_starts(tmp_path: Path) -> None:
    done = started(tmp_path, WEB)
    assert (done.returncode, done.stderr) == (0, "")


def test_R09_without_its_database_the_portal_is_alive_but_not_ready(tmp_path: Path) -> None:
    asked = (
        "import asnportal.wsgi; from django.test import Client;"
        "ask = lambda path: Client(headers={'host': 'portal.contoh.test'}).get(path);"
        "print(ask('/healthz').status_code, ask('/readyz').status_code, ask('/readyz').json())"
    )
    done = started(tmp_path, ["-c", asked], LOG_LEVEL="ERROR")
    assert done.stdout.strip() == "200 503 {'database': False, 'redis': False}"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SECRET_KEY": None}, "Buat yang baru (openssl rand -base64 48) dan isikan ke SECRET_KEY."),
        ({"SECRET_KEY": "pendek"}, "SECRET_KEY masih bawaan atau terlalu pendek."),
        ({"DEBUG": "1"}, "Hapus DEBUG dari lingkungan atau isi dengan 0."),
        ({"DATABASE_URL": None}, "Isi DATABASE_URL dengan alamat PostgreSQL"),
        ({"REDIS_URL": None}, "REDIS_URL belum diisi."),
        ({"REDIS_URL": "redis://127.0.0.1:1/0"}, "Pasang requirepass di Redis"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS memuat '*'."),
    ],
    ids=["default key", "short key", "debug", "sqlite", "no broker", "broker without password", "any host"],
)
def test_T56_T57_the_web_says_what_to_do_and_does_not_start(
    tmp_path: Path, changed: dict[str, str | None], sentence: str
) -> None:
    done = started(tmp_path, WEB, **changed)
    assert done.returncode != 0
    assert sentence in done.stderr
    assert KEY not in done.stderr


@pytest.mark.parametrize("command", [GUNICORN, WORKER, BEAT], ids=["gunicorn", "worker", "beat"])
def test_T56_no_process_that_serves_starts_with_the_default_key(tmp_path: Path, command: list[str]) -> None:
    done = started(tmp_path, command, SECRET_KEY=None)
    assert done.returncode != 0
    assert "Portal tidak dijalankan karena belum aman" in done.stderr


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_T56_a_database_with_demo_accounts_is_refused(tmp_path: Path) -> None:
    own = connection.settings_dict
    folder = own["HOST"] or own["OPTIONS"].get("host", "")
    url = f"postgres://{own['USER']}:{own['PASSWORD']}@"
    url += (
        f"/{own['NAME']}?host={folder}" if folder.startswith("/") else f"{folder}:{own['PORT']}/{own['NAME']}"
    )
    assert started(tmp_path, WEB, DATABASE_URL=url).returncode == 0
    UserFactory(username="bkpsdm@contoh.test")
    done = started(tmp_path, WEB, DATABASE_URL=url)
    assert done.returncode != 0
    assert "Basis data berisi akun peraga" in done.stderr


def test_T57_only_json_is_taken_from_the_broker() -> None:
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TASK_SERIALIZER == "json"
