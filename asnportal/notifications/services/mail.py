"""A mail, dressed from one or several messages to the same person: text, HTML, calendar, headers."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email.mime.text import MIMEText
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from asnportal.common import ics
from asnportal.common.dates import WITA
from asnportal.notifications.models import Message
from asnportal.people.models import Employee

_HONORIFIC = {Employee.Sex.FEMALE: "Ibu ", Employee.Sex.MALE: "Bapak "}


def message_id(message: Message) -> str:
    """The same for every attempt, so that mail programs fold a mail that was sent twice (TRUST.md R12)."""
    digest = hashlib.sha256(message.key.encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"


def dress(messages: Sequence[Message]) -> EmailMultiAlternatives:
    """The mail to send. Several messages become one mail with one link, to the list of all of them."""
    first = messages[0]
    context = {
        "greeting": greeting(first.employee, timezone.now()),
        "parts": [{"subject": m.subject, "paragraphs": m.text.split("\n\n"), "why": m.why} for m in messages],
        "together": len(messages) > 1,
        "link": _link(messages),
        "link_label": first.link_label if len(messages) == 1 else "Buka pemberitahuan",
        "in_portal": first.employee_id is not None or first.user_id is not None,
        "SITE_NAME": settings.SITE_NAME,
        "SITE_OWNER": settings.SITE_OWNER,
    }
    mail = EmailMultiAlternatives(
        subject=_subject(messages),
        body=render_to_string("notifications/mail.txt", context).strip() + "\n",
        to=[first.address],
        headers={"Message-ID": first.message_id, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    for message in messages:
        if message.calendar:
            mail.attach(_invitation(message))
    return mail


def greeting(employee: Employee | None, now: datetime) -> str:
    """ "Selamat pagi, Ibu Rahmawati." The first name, and Bapak or Ibu only where the sex is recorded."""
    hour = now.astimezone(WITA).hour
    part = "pagi" if 4 <= hour < 11 else "siang" if hour < 15 else "sore" if hour < 18 else "malam"
    if employee is None:
        return f"Selamat {part}."
    words = employee.name.split()
    short = len(words) > 1 and (len(words[0]) < 3 or words[0].endswith("."))
    name = " ".join(words[: 2 if short else 1])
    return f"Selamat {part}, {_HONORIFIC.get(Employee.Sex(employee.sex), '') if employee.sex else ''}{name}."


def _subject(messages: Sequence[Message]) -> str:
    more = len(messages) - 1
    return f"{messages[0].subject} (dan {more} kabar lain)" if more else messages[0].subject


def _link(messages: Sequence[Message]) -> str:
    path = messages[0].link if len(messages) == 1 else reverse("notification_list")
    return f"{settings.SITE_URL}{path}" if path else ""


def _invitation(message: Message) -> MIMEText:
    text = ics.for_attendee(message.calendar, message.address)
    part = MIMEText(text, "calendar", "utf-8")
    part.set_param("method", ics.method_of(text))
    part.add_header("Content-Disposition", "attachment", filename="undangan.ics")
    return part
