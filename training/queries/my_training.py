"""A person's own enrolments, by what they mean now: running and to come, waiting, over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from asnportal.people.models import Employee
from training.models import Enrolment, EnrolmentStatus
from training.queries.enrolment import Badge, badge_for
from training.queries.seat import places_in_line

S = EnrolmentStatus
PAGE_SIZE = 20
TABS = {
    "jalan": (S.CONFIRMED,),
    "menunggu": (S.REQUESTED, S.WAITING),
    "selesai": (S.COMPLETED, S.NOT_COMPLETED, S.DECLINED, S.UNDECIDED, S.WITHDRAWN, S.CANCELLED),
}


@dataclass(frozen=True)
class OwnRow:
    enrolment: Enrolment
    badge: Badge


def own_enrolments(employee: Employee, tab: str) -> QuerySet[Enrolment]:
    """Of one tab: what comes next first, what is over by its latest day."""
    rows = Enrolment.objects.filter(employee=employee, status__in=TABS[tab]).select_related(
        "session__programme__provider", "approver"
    )
    order = ("-session__end", "-id") if tab == "selesai" else ("session__start", "id")
    return rows.order_by(*order)


def counts(employee: Employee) -> dict[str, int]:
    """How many stand in each tab; one statement."""
    each = {tab: Count("pk", filter=Q(status__in=states)) for tab, states in TABS.items()}
    found: dict[str, int] = Enrolment.objects.filter(employee=employee).aggregate(**each)
    return found


def as_rows(enrolments: Sequence[Enrolment]) -> list[OwnRow]:
    """With their badges; one statement for the places in line."""
    places = places_in_line([e.pk for e in enrolments if e.status == S.WAITING])
    today = timezone.localdate()
    return [OwnRow(e, _badge(e, places.get(e.pk, 0), today)) for e in enrolments]


def _badge(enrolment: Enrolment, place: int, today: date) -> Badge:
    session = enrolment.session
    if enrolment.status == S.CONFIRMED and session.start <= today:
        if today <= session.end:
            return Badge("Berjalan", "brand", "play")
        return Badge("Menunggu hasil", "warn", "hourglass")
    return badge_for(enrolment, place=place)
