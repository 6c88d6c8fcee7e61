"""A real Celery worker beside a test, on the test's database, broker and files: to be killed, or left to finish.

As a program (``python -m tests.worker MOMENT OPTIONS…``) it is that worker, with its clock set to the moment
in which the test plays; database time, in which leases are written, stays the true one.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

NOBODY = 9  # the discard port: a mail server that refuses
POOL = ("--pool", "prefork", "--concurrency", "2")


class Worker:
    """``port`` is that of its mail server. It has two children, as in production."""

    def __init__(self, folder: Path, *, at: datetime, port: int = NOBODY, broker: str = "") -> None:
        from asnportal.management import processes

        self.log = folder / f"worker-{len(list(folder.glob('worker-*')))}.log"
        self.process = processes.start(
            [sys.executable, "-m", "tests.worker", at.isoformat(), *POOL],
            env=_environment(port, broker),
            log=self.log,
            cwd=Path(__file__).parent.parent,
        )

    def processes(self) -> list[int]:
        """Parent and children that live."""
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    fields = (folder / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                if fields[0] != "Z" and int(fields[2]) == self.process.pid:  # the process group
                    found.append(int(folder.name))
        return found

    def kill(self) -> int:
        """kill -9 of parent and children in one blow; gives how many there were."""
        found = len(self.processes())
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)
        return found

    def stop(self) -> None:
        """Ask it to finish what it has, and wait until it has gone."""
        from asnportal.management import processes

        processes.stop(self.process, seconds=60)


@contextmanager
def working(folder: Path, **options: object) -> Iterator[Worker]:
    """A worker for the length of the block; what it wrote is shown where the test fails."""
    worker = Worker(folder, **options)
    try:
        yield worker
    except BaseException:
        sys.stderr.write(worker.log.read_text()[-5000:])
        raise
    finally:
        worker.stop()


def _environment(port: int, broker: str) -> dict[str, str]:
    from django.conf import settings
    from django.db import connection

    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return os.environ | {
        "DATABASE_URL": url.geturl(),
        "REDIS_URL": broker or os.environ["REDIS_URL"],
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }


def main(moment: str, *options: str) -> None:
    import time_machine

    from asnportal.celery import app

    with time_machine.travel(datetime.fromisoformat(moment), tick=True):
        app.worker_main(["worker", *options, "--without-gossip", "--without-mingle", "--loglevel", "INFO"])


if __name__ == "__main__":
    main(*sys.argv[1:])
