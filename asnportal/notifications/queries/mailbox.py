"""All messages of the portal, for BKPSDM and the auditor: what was sent to whom, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from asnportal.common.counting import count_all
from asnportal.notifications.models import Message

LATE = timedelta(seconds=30)  # a mail in time is on its way sooner

Status = Message.Status
STATES = {
    "terkirim": Status.SENT,
    "menunggu": Status.WAITING,
    "gagal": Status.FAILED,
    "lewat": Status.SKIPPED,
    "portal": Status.PORTAL,
}
LABELS = {
    "terkirim": "Terkirim",
    "menunggu": "Menunggu",
    "gagal": "Gagal",
    "lewat": "Tidak dikirim",
    "portal": "Di portal saja",
}


@dataclass(frozen=True)
class Tab:
    state: str
    label: str
    count: int
    current: bool


def tabs(wanted: str) -> list[Tab]:
    """All states with their counts. Where none is wanted, the first that holds messages is the current one."""
    found = dict(Message.objects.order_by().values_list("status").annotate(Count("id")))
    counts = {state: found.get(status, 0) for state, status in STATES.items()}
    current = wanted or next((state for state, count in counts.items() if count), "terkirim")
    return [Tab(state, LABELS[state], count, current=state == current) for state, count in counts.items()]


def messages(state: str, *, words: str = "") -> QuerySet[Message]:
    """Newest first; ``words`` look into recipient and subject."""
    found = Message.objects.filter(status=STATES[state]).select_related("employee", "user__employee")
    for word in words.split():
        found = found.filter(
            Q(subject__icontains=word)
            | Q(address__icontains=word)
            | Q(employee__name__icontains=word)
            | Q(user__name__icontains=word)
        )
    return found


def state_of(message: Message) -> str:
    return next(state for state, status in STATES.items() if status == message.status)


def delayed_count() -> int:
    """How many mails should have left by now: a broker or a mail server is down (TRUST.md R07, R21)."""
    return delayed(count_all(**delayed_sets()))


def delayed_sets() -> dict[str, QuerySet[Message]]:
    """What delayed() wants counted, for pages that count more in the same statement."""
    now = timezone.now()
    waiting = Message.objects.filter(status=Status.WAITING)
    return {
        "late": waiting.filter(Q(due_at__lte=now - LATE) | Q(attempts__gt=0)),
        "due": waiting.filter(Q(due_at__lte=now) | Q(attempts__gt=0)),
    }


def delayed(counts: Mapping[str, int]) -> int:
    """All that are due, once one of them is late."""
    return counts["due"] if counts["late"] else 0
