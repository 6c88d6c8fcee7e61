"""The outbox: what is told to people is a row, written in the transaction of its cause and mailed afterwards."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.text import Truncator

from asnportal.common.wake import wake
from asnportal.notifications.models import Message
from asnportal.notifications.notices import Notice
from asnportal.notifications.services.window import opening
from asnportal.people.models import Employee, User

DELIVER = "notifications.deliver_due"
MOTIVATION_PAUSE = timedelta(days=7)
INACTIVE = "Penerima tidak aktif."
NOT_WANTED = "Penerima mematikan pengingat."
ENOUGH = "Sudah ada pengingat dalam sepekan ini."

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def post(notice: Notice) -> Message:
    """Put one message into the outbox, in the caller's transaction, and wake the postman after its commit.

    Posting the same key again changes nothing and returns the first message.
    """
    post_many([notice])
    return Message.objects.get(key=notice.key)


def post_many(notices: Iterable[Notice]) -> None:
    """As post, with one INSERT for all. Load people with ``select_related("user")``."""
    messages = [_message(notice) for notice in notices]
    if not messages:
        return
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=500)
    if any(message.status == Message.Status.WAITING for message in messages):
        wake(DELIVER)


@dataclass(frozen=True)
class _Recipient:
    employee: Employee | None
    user: User | None
    address: str
    active: bool


def _message(notice: Notice) -> Message:
    person = _recipient(notice.to)
    now = timezone.now()
    message = Message(
        key=notice.key,
        purpose=notice.purpose,
        urgency=notice.urgency,
        employee=person.employee,
        user=person.user if person.employee is None else None,
        address=person.address,
        subject=_one_line(notice.subject, 200),
        text="\n\n".join(notice.text),
        why=_one_line(notice.why, 200),
        link=notice.link,
        link_label=notice.link_label,
        calendar=notice.calendar,
        due_at=opening(notice.urgency, now),
        expires_at=notice.expires_at,
    )
    message.error = _obstacle(message, person)
    if message.error:
        message.status = Message.Status.SKIPPED
    elif not person.address:
        message.status = Message.Status.PORTAL
    return message


def _recipient(to: Employee | User | str) -> _Recipient:
    if isinstance(to, str):
        return _Recipient(None, None, _valid(to), active=True)
    user = to.user if isinstance(to, Employee) else to
    employee = to if isinstance(to, Employee) else to.employee_or_none
    address = (user.email if user else "") or (employee.email if employee else "")
    active = (user is None or user.is_active) and (employee is None or employee.is_active)
    return _Recipient(employee, user, _valid(address), active)


def _obstacle(message: Message, person: _Recipient) -> str:
    """Why the person gets nothing; '' if nothing is in the way."""
    if not person.active:
        return INACTIVE
    if message.urgency != Message.Urgency.MOTIVATING:
        return ""
    if person.user is not None and not person.user.wants_motivation:
        return NOT_WANTED
    lately = Message.objects.filter(
        urgency=Message.Urgency.MOTIVATING,
        employee=message.employee,
        user=message.user,
        due_at__gt=message.due_at - MOTIVATION_PAUSE,
    ).exclude(status=Message.Status.SKIPPED)
    return ENOUGH if lately.exclude(key=message.key).exists() else ""


def _valid(address: str) -> str:
    """The address, or '' if no mail server could take it: then the message stands in the portal only."""
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def _one_line(text: str, length: int) -> str:
    """No line break or control sign may reach a mail header (TRUST.md T36)."""
    return str(Truncator(" ".join(_CONTROL.sub(" ", text).split())).chars(length))
