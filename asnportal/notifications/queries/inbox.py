"""What one person has been told: the bell and the list at /pemberitahuan/."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from asnportal.notifications.models import Message
from asnportal.people.models import User

PER_PAGE = 20
ICONS = {  # by the first word of the purpose
    "approval": "clipboard-check",
    "certificate": "award",
    "enrolment": "message-square",
    "meeting": "calendar-days",
    "proposal": "handshake",
    "session": "calendar-days",
}


@dataclass(frozen=True)
class InboxRow:
    """One line of the list; ``line`` says more than the subject: the second paragraph where there is one."""

    id: int
    subject: str
    line: str
    icon: str
    at: datetime
    is_new: bool


@dataclass(frozen=True)
class InboxPage:
    rows: Sequence[InboxRow]
    page: Page[Message]


def unread_count(user: User) -> int:
    """How many messages wait unread, for the bell; one statement."""
    return unread(user).count()


def unread(user: User) -> QuerySet[Message]:
    return Message.objects.inbox_of(user).filter(read_at=None)


def inbox(user: User, *, page: str) -> InboxPage:
    """Newest first; a page number that is none shows the first page."""
    found = Paginator(Message.objects.inbox_of(user), PER_PAGE).get_page(page)
    return InboxPage([_row(message) for message in found], found)


def _row(message: Message) -> InboxRow:
    paragraphs = message.text.split("\n\n")
    return InboxRow(
        id=message.pk,
        subject=message.subject,
        line=paragraphs[1 if len(paragraphs) > 1 else 0],
        icon=ICONS.get(message.purpose.partition("-")[0], "bell"),
        at=message.created_at,
        is_new=message.read_at is None,
    )
