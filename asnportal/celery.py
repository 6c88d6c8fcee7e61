"""The alarm clock: Celery wakes workers, the tables hold what is due.

A task is named ``<app label>.<function>`` (``@shared_task(name="notifications.deliver_due")``), takes ids only,
calls one service and may run twice. Whatever must not be forgotten has a *sweeper* in ``EVERY_MINUTE``, so that
a message lost with the broker costs at most a minute.
"""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, celeryd_init, setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asnportal.settings")

OURS = (
    "asnportal.audit",
    "asnportal.people",
    "asnportal.notifications",
    "competency",
    "training",
    "partners",
    "asnportal.home",
    "asnportal.demo",
)

# Sweepers: each takes the due rows of one table with a lease, and does nothing when there are none.
EVERY_MINUTE: tuple[str, ...] = (
    "notifications.deliver_due",
    "training.sweep_enrolments",
    "training.remind",
    "people.run_import",
    "competency.run_import",
    "audit.expire_jobs",
    "training.issue_certificates",
    "competency.recompute_results",
)

# What has an hour of the day (WITA).
AT: dict[str, crontab] = {"people.recompute_supervisors": crontab(hour=0, minute=5)}

app = Celery("asnportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(list(OURS))
app.conf.beat_schedule = {
    **{name: {"task": name, "schedule": 60.0, "options": {"expires": 55}} for name in EVERY_MINUTE},
    **{name: {"task": name, "schedule": when, "options": {"expires": 3600}} for name, when in AT.items()},
}


@setup_logging.connect
def keep_our_logging(**_kwargs: Any) -> None:
    """Worker and beat write the same masked JSON lines as the web."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@celeryd_init.connect
@beat_init.connect
def refuse_half_configured(**_kwargs: Any) -> None:
    """A worker or beat in production starts only where the web would."""
    from django.core.exceptions import ImproperlyConfigured

    from asnportal.common import startup

    try:
        startup.refuse_half_configured()
    except ImproperlyConfigured as faults:
        raise SystemExit(str(faults)) from None  # anything less is swallowed by the signal
