"""The postman: takes due messages with a lease, mails them, and says how it went.

One postman works at a time, at most ``settings.MAIL_PER_SECOND`` mails a second. A mail server that does not
answer ends the round: the tried mail waits longer, the others are tried again a minute later, so that three
hours of silence cost no mail and the end of it brings no storm.
"""

import random
import smtplib
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from asnportal.notifications.models import Message
from asnportal.notifications.services import mail, outbox
from asnportal.notifications.services.window import opening

Status = Message.Status

BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
LEASE = timedelta(seconds=120)
LEAST_LEASE = timedelta(seconds=60)  # one mail may need this long: a few answers of EMAIL_TIMEOUT each
ROUND = timedelta(seconds=50)  # beat starts the next round each minute
MAILS_PER_CLAIM = 5
ROWS_READ = 200
BROKEN_OFF = "Pengiriman terputus berulang kali"
URGENT_FIRST = Case(When(urgency=Message.Urgency.NOW, then=Value(0)), default=Value(1))


@dataclass(frozen=True)
class Trouble:
    """Why a mail did not leave. ``outage``: the server's fault, not this mail's; ``final``: never try again."""

    words: str
    outage: bool = False
    final: bool = False


def deliver_due() -> int:
    """Send what is due; gives the number of mails sent. May be called any number of times, also in parallel."""
    started, sent = timezone.now(), 0
    server = get_connection()
    try:
        while timezone.now() - started < ROUND and (mails := claim(timezone.now())):
            done, trouble = _send_all(server, mails)
            sent += done
            if trouble:
                break
    finally:
        server.close()
    return sent


def claim(now: datetime) -> list[list[Message]]:
    """The next few mails, leased to the caller. Empty while another postman holds a lease."""
    with transaction.atomic():
        _set_aside(now)
        if Message.objects.filter(status=Status.WAITING, lease_until__gt=now).exists():
            return []
        rows = _due(now).select_for_update(
            of=("self",) if connection.features.has_select_for_update_of else (),
            skip_locked=connection.features.has_select_for_update_skip_locked,
        )
        mails = _together(_skip_inactive(list(rows[:ROWS_READ])))[:MAILS_PER_CLAIM]
        for messages in mails:
            for message in messages:
                message.message_id = messages[0].message_id or mail.message_id(messages[0])
                message.lease_until = now + LEASE
                message.attempts += 1
        leased = [message for messages in mails for message in messages]
        Message.objects.bulk_update(leased, ["message_id", "lease_until", "attempts"])
    return mails


def _due(now: datetime) -> Any:
    open_now = [urgency for urgency in Message.Urgency if opening(urgency, now) <= now]
    return (
        Message.objects.filter(status=Status.WAITING, due_at__lte=now, urgency__in=open_now)
        .filter(Q(lease_until=None) | Q(lease_until__lte=now))
        .select_related("employee__user", "user")
        .order_by(URGENT_FIRST, "due_at", "id")
    )


def _set_aside(now: datetime) -> None:
    """What is of no use any more, and what broke off each round: one bad mail may not stop the others."""
    idle = Message.objects.filter(Q(lease_until=None) | Q(lease_until__lte=now), status=Status.WAITING)
    idle.filter(expires_at__lte=now).update(status=Status.SKIPPED, error=outbox.EXPIRED)
    idle.filter(attempts__gt=len(BACKOFF)).update(status=Status.FAILED, error=BROKEN_OFF)


def _skip_inactive(messages: list[Message]) -> list[Message]:
    """Who left between the posting and now gets nothing either (TRUST.md T49)."""
    gone = [message for message in messages if not message.recipient_is_active]
    if gone:
        ids = [message.pk for message in gone]
        Message.objects.filter(pk__in=ids).update(status=Status.SKIPPED, error=outbox.INACTIVE)
    return [message for message in messages if message not in gone]


def _together(messages: Sequence[Message]) -> list[list[Message]]:
    """Messages that leave in one mail: news of the same person without calendar, or once tried together."""
    mails: dict[Any, list[Message]] = defaultdict(list)
    for message in messages:
        alone = message.urgency != Message.Urgency.OWN or message.calendar
        person = (message.employee_id, message.user_id, message.address)
        mails[message.message_id or (message.pk if alone else person)].append(message)
    return list(mails.values())


def _send_all(server: Any, mails: list[list[Message]]) -> tuple[int, bool]:
    """Send leased mails; gives how many left and whether the round must end."""
    sent = 0
    for number, messages in enumerate(mails):
        if _lease_left(messages) < LEAST_LEASE:
            _give_back(mails[number:])
            return sent, True
        began = time.monotonic()
        trouble = _send(server, messages)
        _note(messages, trouble)
        sent += trouble is None
        if trouble and trouble.outage:
            _give_back(mails[number + 1 :])
            return sent, True
        time.sleep(max(0.0, 1 / settings.MAIL_PER_SECOND - (time.monotonic() - began)))
    return sent, False


def _lease_left(messages: Sequence[Message]) -> timedelta:
    until = messages[0].lease_until
    return until - timezone.now() if until else timedelta()


def _send(server: Any, messages: Sequence[Message]) -> Trouble | None:
    """Hand one mail to the server; what went wrong, if anything."""
    try:
        server.open()  # once a round; send_messages alone would connect for each mail
        server.send_messages([mail.dress(messages)])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        return Trouble(f"Alamat ditolak: {_answer(code, words)}", final=code >= 500)
    except smtplib.SMTPDataError as error:
        return Trouble(
            f"Pesan ditolak: {_answer(error.smtp_code, error.smtp_error)}", final=error.smtp_code >= 500
        )
    except smtplib.SMTPResponseException as error:
        server.close()
        return Trouble(f"Server email menolak: {_answer(error.smtp_code, error.smtp_error)}", outage=True)
    except ValueError as error:
        return Trouble(f"Pesan tidak dapat disusun ({type(error).__name__})", final=True)
    except (smtplib.SMTPException, OSError) as error:
        server.close()
        return Trouble(f"Server email tidak menjawab ({type(error).__name__})", outage=True)
    return None


def _answer(code: int, words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {text}"


def _note(messages: Sequence[Message], trouble: Trouble | None) -> None:
    """Write how it went, unless the lease ran out and another postman has the mail now."""
    first = messages[0]
    mine = Message.objects.filter(pk__in=[m.pk for m in messages], lease_until=first.lease_until)
    now = timezone.now()
    if trouble is None:
        mine.update(status=Status.SENT, sent_at=now, lease_until=None, error="")
        return
    error = trouble.words[:300]
    tries = max(message.attempts for message in messages)
    if trouble.final or tries > len(BACKOFF):
        mine.update(status=Status.FAILED, lease_until=None, error=error)
        return
    pause = BACKOFF[tries - 1] * random.uniform(1, 1.2)  # noqa: S311 (spreads retries, hides nothing)
    mine.update(due_at=opening(first.urgency, now + pause), lease_until=None, error=error)


def _give_back(mails: Sequence[Sequence[Message]]) -> None:
    """Leased but not tried: no attempt is counted."""
    for messages in mails:
        ids = [message.pk for message in messages]
        mine = Message.objects.filter(pk__in=ids, lease_until=messages[0].lease_until)
        mine.update(lease_until=None, attempts=F("attempts") - 1)
