"""Reminders, found from the dates in the database (PRODUCT.md, rule 7; TRUST.md R11, R13, R14).

They may run as often as one likes: the key of a message is the lock, and what is known is not built again.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from asnportal.common.dates import WITA
from asnportal.notifications.models import Message
from asnportal.notifications.notices import Notice
from asnportal.notifications.services import outbox
from training.notices import approval as approval_notices
from training.notices import reminder as notices
from training.queries.reminder import due_reminders, unanswered

PER_QUERY = 500


def remind(*, now: datetime) -> dict[str, int]:
    """Participants before their meetings, supervisors of what waits. How many messages were new, by kind."""
    return {"meetings": remind_participants(now=now), "approvals": remind_supervisors(now=now)}


def remind_participants(*, now: datetime) -> int:
    """Seven days and one day before, from 08.00 WITA; who sent none in time sends what is still of use."""
    today = now.astimezone(WITA).date()
    return _post_new(notices.begins_soon(due, today=today) for due in due_reminders(now))


def remind_supervisors(*, now: datetime) -> int:
    """After two working days without an answer, once per request and supervisor."""
    return _post_new(approval_notices.reminded(enrolment) for enrolment in unanswered(now))


def _post_new(notices: Iterable[Notice]) -> int:
    """Post what was never posted, in one transaction, so that a person's reminders leave in one mail."""
    by_key = {notice.key: notice for notice in notices}
    new = 0
    keys = list(by_key)
    with transaction.atomic():
        for start in range(0, len(keys), PER_QUERY):
            part = keys[start : start + PER_QUERY]
            known = set(Message.objects.filter(key__in=part).values_list("key", flat=True))
            fresh = [by_key[key] for key in part if key not in known]
            outbox.post_many(fresh)
            new += len(fresh)
    return new
