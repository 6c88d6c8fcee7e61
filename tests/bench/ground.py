"""Services, servers and clients of the benchmark, all on this machine and bounded in count and time."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
SHAPE = ("-k", "gthread", "-w", "2", "--threads", "4")


@contextmanager
def ground() -> Iterator[Path]:
    """PostgreSQL and Valkey in a folder of their own; sets the environment before Django is read."""
    from tests.services import _start_postgres, _start_valkey

    root = Path(tempfile.mkdtemp(prefix="tpb-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(root))
    os.environ.update(
        DEMO="1",
        PORTAL_PROFILE="demo",
        DATA_DIR=str(root / "var"),
        DJANGO_SETTINGS_MODULE="asnportal.settings",
        LOG_LEVEL="ERROR",
    )
    os.environ["DATABASE_URL"] = _start_postgres(root)
    os.environ["REDIS_URL"] = _start_valkey(root)
    try:
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A gunicorn with its workers."""

    port: int
    process: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """User and system seconds of all workers so far."""
        return sum(_cpu(pid) for pid in _children(self.process.pid))


@contextmanager
def serve(application: str, *options: str, **environment: str) -> Iterator[Server]:
    """Run a WSGI application with two workers of four threads on a free port of 127.0.0.1."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, "-b", f"127.0.0.1:{port}"]
    command += [*(options or SHAPE), "--log-level", "error"]
    process = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def embedded() -> Iterator[Server]:
    """The web server as ``make run`` starts it, with static files as ``make setup`` collects them."""
    from django.core.management import call_command

    from asnportal.common.static import OTHERS

    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=OTHERS)
    with serve("asnportal.wsgi:application", "-k", "gthread", "-w", "1", "--threads", "8") as server:
        yield server


def small_database() -> str:
    """The address of a second, empty database on the same server."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("create database small")
    return os.environ["DATABASE_URL"].replace("/postgres?", "/small?")


def _wait_for(port: int) -> None:
    for _ in range(150):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server did not start within 30 seconds.")


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@dataclass(frozen=True)
class Request:
    """One request: ``cookie`` as sent, ``body`` for a POST."""

    path: str
    cookie: str = ""
    body: str = ""


def send(port: int, request: Request, keep: http.client.HTTPConnection | None = None) -> tuple[int, bytes]:
    connection = keep or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": request.cookie, "Host": f"127.0.0.1:{port}"}
    if request.body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", request.path, request.body, headers)
    else:
        connection.request("GET", request.path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def storm(port: int, requests: Sequence[Request], at_once: int) -> tuple[float, list[int]]:
    """Send all requests, ``at_once`` at a time; wall seconds and the status of each."""
    chunks = [requests[n::at_once] for n in range(at_once)]

    def one(chunk: Sequence[Request]) -> list[int]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            return [send(port, request, connection)[0] for request in chunk]
        finally:
            connection.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        found = [status for statuses in pool.map(one, chunks) for status in statuses]
    return time.perf_counter() - began, found


@dataclass(frozen=True)
class Measured:
    """Of one run: CPU milliseconds of the server per request, requests per second."""

    cpu_ms: float
    per_second: float


def measure(server: Server, requests: Sequence[Request], at_once: int = 4) -> Measured:
    before = server.cpu()
    wall, statuses = storm(server.port, requests, at_once)
    if set(statuses) - {200, 302}:
        raise RuntimeError(f"Unexpected answers: {sorted(set(statuses))}")
    return Measured((server.cpu() - before) * 1000 / len(requests), len(requests) / wall)


def interleaved(
    runs: int, first: Callable[[], Measured], second: Callable[[], Measured]
) -> list[list[Measured]]:
    """The two in turn, so that a drift of the machine's speed meets both."""
    pairs = [(first(), second()) for _ in range(runs)]
    return [list(column) for column in zip(*pairs, strict=True)]
