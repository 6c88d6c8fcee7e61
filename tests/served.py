"""The web process as ``make run`` starts it, on the tests' own database. For tests that need the real server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from asnportal.common.static import OTHERS
from asnportal.management.supervisor import Plan, Supervisor
from tests.management.first_run import free_port, wait_until
from tests.management.test_backup import url_of


@dataclass(frozen=True)
class Served:
    """Where it listens, and its main process."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def served(data: Path, *, collected: bool = False) -> Iterator[Served]:
    """The test has to commit what the server shall see. ``collected``: static files as ``prepare`` leaves them."""
    data.mkdir()
    port = free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    site = f"http://127.0.0.1:{port}"
    name = connection.settings_dict["NAME"]
    database = url_of(name) if connection.vendor == "postgresql" else f"sqlite:///{name}"
    env = kept | {"DEMO": "1", "DATA_DIR": str(data), "DATABASE_URL": database, "SITE_URL": site}
    if collected:
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
        ignored = [part for name in OTHERS for part in ("-i", name)]
        subprocess.run([*collect, *ignored], cwd=settings.BASE_DIR, env=env, check=True, timeout=120)
    plan = Plan(base=settings.BASE_DIR, data=data, port=port, site=site)
    web = Supervisor(plan, say=lambda _words: None)._web()
    process = subprocess.Popen(web.command, cwd=settings.BASE_DIR, env=env, stderr=subprocess.DEVNULL)
    try:
        wait_until(web.ready, seconds=60, what="web")
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=40)
