"""Processes that are started as children, remembered by pid *and* start time, and ended without leftovers."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Seen:
    """A process as it was started: a pid alone may belong to somebody else tomorrow."""

    name: str
    pid: int
    started: str


def start_time(pid: int) -> str:
    """Clock ticks since boot at which ``pid`` began (field 22 of /proc/PID/stat), empty when it is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return _start_time_by_ps(pid)
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]


def _start_time_by_ps(pid: int) -> str:
    """Where there is no /proc (macOS)."""
    if sys.platform == "linux":
        return ""
    ps = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return ps.stdout.strip()


def _die_with_parent(parent: int) -> Callable[[], None]:
    """In the child: a group of its own, and SIGTERM the moment the parent dies, however it dies.

    The signal is tied to the *thread* that forks: call ``start`` from the main thread only.
    """
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def in_child() -> None:
        os.setsid()
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return in_child


def start(command: Sequence[str], *, env: Mapping[str, str], log: Path, cwd: Path) -> subprocess.Popen[bytes]:
    """Start ``command`` with its output appended to ``log``."""
    with log.open("ab") as out:
        return subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd,
            preexec_fn=_die_with_parent(os.getpid()),
        )


def stop(process: subprocess.Popen[bytes], *, seconds: float) -> None:
    """Ask with SIGTERM, wait, then take the whole group."""
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=seconds)
    _kill_group(process.pid)
    process.wait()


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def remember(file: Path, seen: list[Seen]) -> None:
    """Written whole or not at all."""
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps([asdict(one) for one in seen]))
    draft.replace(file)


def end_leftovers(file: Path, *, seconds: float = 5) -> list[Seen]:
    """End what a crash left behind, and only that: pid and start time must both be the recorded ones."""
    try:
        seen = [Seen(**one) for one in json.loads(file.read_text())]
    except (OSError, ValueError, TypeError):
        return []
    alive = [one for one in seen if start_time(one.pid) == one.started]
    for one in reversed(alive):
        with suppress(ProcessLookupError):
            os.killpg(one.pid, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and any(start_time(one.pid) == one.started for one in alive):
        time.sleep(0.05)
    for one in alive:
        if start_time(one.pid) == one.started:
            _kill_group(one.pid)
    file.unlink(missing_ok=True)
    return alive
