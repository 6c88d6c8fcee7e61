"""Processes of ours on the tests' PostgreSQL that are killed in the middle of a transaction."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from tests.management.first_run import wait_until
from tests.management.test_backup import url_of


@contextmanager
def open_transaction(write: Callable[[], object]) -> Iterator[None]:
    """Another connection has written a row and does not end: whoever comes to the same row waits. Then it is undone."""
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                write()
                held.set()
                over.wait(120)
                transaction.set_rollback(True)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert held.wait(30)
        yield
    finally:
        over.set()
        thread.join(30)


def kill_once_it_waits(*words: str, media: Path) -> None:
    """Start a process of the portal, let it come to the row that somebody holds, and end it with kill -9.

    ``words`` follow the interpreter. Afterwards its connection only waits for that row, and ends with it.
    """
    name = str(connection.settings_dict["NAME"])
    more = {"DATABASE_URL": url_of(name), "MEDIA_ROOT": str(media)}
    running = subprocess.Popen(
        [sys.executable, *words],
        cwd=settings.BASE_DIR,
        env=os.environ | more | {"DJANGO_SETTINGS_MODULE": "asnportal.settings"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: somebody_waits() or running.poll() is not None, seconds=120, what="the row")
        assert running.poll() is None
    finally:
        os.kill(running.pid, signal.SIGKILL)
        assert running.wait(30) == -signal.SIGKILL


def somebody_waits() -> bool:
    """Whether a connection stands still because another one holds what it wants."""
    return _count("wait_event_type = 'Lock'") > 0


def wait_for_the_end_of_the_dead() -> None:
    """The server notices that nobody listens any more as soon as the row is free."""
    wait_until(lambda: not _count("xact_start IS NOT NULL AND state <> 'idle'"), seconds=60, what="an end")


def _count(which: str) -> int:
    mine = "datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {mine} AND {which}")
        (number,) = cursor.fetchone()
    return int(number)
