"""A first run in a folder of its own, driven like a person does: by make, signals and HTTP."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

MAKE = ("make", "--no-print-directory", "-o", ".venv/base.stamp")  # the environment is the one we run in


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], object], *, seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(0.05)


class FirstRun:
    """``DATA_DIR`` in the environment of every process that belongs to it is how leftovers are found."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = data.with_suffix(".out")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def env(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | {"DATA_DIR": str(self.data), "PORT": str(self.port)}

    def start(self, target: str = "run") -> subprocess.Popen[bytes]:
        with self.output.open("ab") as out:
            self.process = subprocess.Popen(
                [*MAKE, target],
                cwd=settings.BASE_DIR,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self.process

    def python(self, code: str) -> str:
        """What ``code`` prints, run beside the portal on its database and its broker."""
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
            cwd=settings.BASE_DIR,
            env=self.env | {"DEMO": "1", "REDIS_URL": f"unix://{self.data}/valkey/s.sock"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def row(self, sql: str) -> tuple[object, ...] | None:
        """The first row of a query, read beside the portal."""
        with closing(sqlite3.connect(f"file:{self.data}/portal.sqlite3?mode=ro", uri=True)) as database:
            return database.execute(sql).fetchone()

    def text(self) -> str:
        return self.output.read_text()

    def wait_ready(self, seconds: float = 90) -> None:
        assert self.process
        process = self.process
        wait_until(
            lambda: "Portal siap" in self.text() or process.poll() is not None, seconds=seconds, what="start"
        )
        assert process.poll() is None, self.text()

    def supervisor(self) -> int:
        """The pid of the portal command itself (make's child)."""
        (pid,) = [pid for pid in self.processes() if _command(pid).endswith("manage.py portal")]
        return pid

    def processes(self) -> list[int]:
        """Every process of this run that still lives, make included."""
        mark = f"DATA_DIR={self.data}".encode()
        found = []
        for folder in Path("/proc").iterdir():
            with suppress(OSError):
                if folder.name.isdigit() and mark in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
        return found

    def gone(self, *, seconds: float = 20) -> None:
        if self.process:
            self.process.wait(timeout=seconds)
        wait_until(lambda: not self.processes(), seconds=seconds, what="nothing left")

    def get(self, path: str) -> tuple[int, str]:
        with urlopen(self.url + path, timeout=20) as answer:
            return answer.status, answer.read().decode()

    def answers(self) -> bool:
        try:
            return self.get("/healthz")[0] == 200
        except (URLError, OSError):
            return False

    def end(self) -> None:
        """Whatever the test did: nothing stays."""
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.process:
            self.process.wait(timeout=20)


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    return ""
