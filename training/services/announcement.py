"""The organisers write to the people of a session."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from asnportal.audit.models import record
from asnportal.notifications.services import outbox
from asnportal.people.models import User
from training.models import Enrolment, Session
from training.notices import session as notices


@dataclass(frozen=True)
class Announcement:
    """``number`` makes it once: the same form sent twice sends one message to each (TRUST B42)."""

    subject: str
    text: str
    number: str


@transaction.atomic
def announce(session: Session, message: Announcement, *, to: Sequence[Enrolment], by: User) -> int:
    """Put the message into the outbox for these people of the session. How many were written to."""
    outbox.post_many(
        notices.message(enrolment, subject=message.subject, text=message.text, number=message.number)
        for enrolment in to
    )
    record("session.message", session, by=by, note=message.subject, count=len(to), number=message.number)
    return len(to)
