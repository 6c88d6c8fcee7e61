"""The outbox: what is told to people is a row, written in the transaction of its cause and mailed afterwards."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from asnportal.audit.models import record
from asnportal.common.errors import Refusal, WrongState
from asnportal.common.wake import wake
from asnportal.notifications.models import Message
from asnportal.notifications.notices import Notice
from asnportal.notifications.services.window import opening
from asnportal.people.models import Employee, User

DELIVER = "notifications.deliver_due"
MOTIVATION_PAUSE = timedelta(days=7)
INACTIVE = "Penerima tidak aktif."
EXPIRED = "Lewat waktu: isinya tidak berguna lagi."
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


def resend(message: Message, *, by: User) -> None:
    """Try a failed mail again, at the address that the person has now.

    Raises WrongState if it did not fail, Refusal if nothing would leave.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message.pk)
        if message.status != Message.Status.FAILED:
            raise WrongState
        to = message.employee or message.user or message.address
        person = _recipient(to)
        if not person.active:
            raise Refusal("Penerima tidak aktif lagi, jadi pesan tidak dikirim.", code="inactive")
        if not person.address:
            raise Refusal(
                "Penerima belum punya alamat email yang dapat dipakai. "
                "Isi pesan sudah ada di pemberitahuannya di portal.",
                code="no_address",
            )
        Message.objects.filter(pk=message.pk).update(
            status=Message.Status.WAITING,
            address=person.address,
            attempts=0,
            error="",
            due_at=opening(message.urgency, timezone.now()),
        )
        record("message.resend", message, by=by, before=Message.Status.FAILED, after=Message.Status.WAITING)
    wake(DELIVER)


def _message(notice: Notice) -> Message:
    person = _recipient(notice.to)
    due_at = opening(notice.urgency, timezone.now())
    obstacle = _obstacle(notice, person, due_at)
    return Message(
        key=notice.key,
        purpose=notice.purpose,
        urgency=notice.urgency,
        is_private=notice.private,
        employee=person.employee,
        user=person.user if person.employee is None else None,
        address=person.address,
        subject=_one_line(notice.subject, 200),
        text="\n\n".join(notice.text),
        why=_one_line(notice.why, 200),
        link=notice.link,
        link_label=notice.link_label,
        calendar=notice.calendar,
        status=_first_status(obstacle, person),
        error=obstacle,
        due_at=due_at,
        expires_at=notice.expires_at,
    )


def _first_status(obstacle: str, person: _Recipient) -> str:
    if obstacle:
        return Message.Status.SKIPPED
    return Message.Status.WAITING if person.address else Message.Status.PORTAL


def _recipient(to: Employee | User | str) -> _Recipient:
    if isinstance(to, str):
        return _Recipient(None, None, _valid(to), active=True)
    user = to.user if isinstance(to, Employee) else to
    employee = to if isinstance(to, Employee) else to.employee_or_none
    address = (user.email if user else "") or (employee.email if employee else "")
    active = (user is None or user.is_active) and (employee is None or employee.is_active)
    return _Recipient(employee, user, _valid(address), active)


def _obstacle(notice: Notice, person: _Recipient, due_at: datetime) -> str:
    """Why the person gets nothing; '' if nothing is in the way."""
    if not person.active:
        return INACTIVE
    if notice.expires_at is not None and notice.expires_at <= due_at:
        return EXPIRED
    if notice.urgency != Message.Urgency.MOTIVATING:
        return ""
    if person.user is not None and not person.user.wants_motivation:
        return NOT_WANTED
    lately = Message.objects.filter(
        urgency=Message.Urgency.MOTIVATING,
        employee=person.employee,
        user=person.user if person.employee is None else None,
        due_at__gt=due_at - MOTIVATION_PAUSE,
    ).exclude(status=Message.Status.SKIPPED)
    return ENOUGH if lately.exclude(key=notice.key).exists() else ""


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
