"""Waking a worker: a hint, never a promise. The row that is due was committed; the sweeper finds it anyway."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def wake(task: str, *args: int | str) -> None:
    """Send ``task`` by its name once the present transaction is committed.

    Never fails what the person did: with the broker down it writes a warning and gives up after about a second.
    """

    def send() -> None:
        try:
            current_app.send_task(task, args=args, retry=False, ignore_result=True)
        except (OperationalError, OSError) as error:
            log.warning("broker unreachable, %s waits for the sweeper (%s)", task, type(error).__name__)

    transaction.on_commit(send, robust=True)
