"""What an admin unit sees first, and a unit's head as a reader: people, accounts, JP, requests of the subtree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from asnportal.people.models import Employee, Unit, User
from asnportal.people.queries.headship import units_headed_by
from competency.models import UnitNeed, offices_above
from competency.models.need import OFFICE
from competency.queries.heat import heat_of
from competency.queries.heat_table import Answer, largest
from competency.queries.ledger import SMALLEST_GROUP, Fulfilment, fulfilment, fulfilment_of_units
from training.models import Enrolment, EnrolmentStatus, Session, SessionStatus

GAPS = 5  # of the largest that are shown


@dataclass(frozen=True)
class UnitDate:
    session_id: int
    title: str
    start: date
    seats: int


@dataclass(frozen=True)
class UnitOverview:
    name: str
    people: int
    without_account: int
    without_supervisor: int
    waiting: int
    confirmed: int
    jp: Fulfilment
    parts: Sequence[tuple[str, Fulfilment]]
    dates: Sequence[UnitDate]
    returned: Sequence[UnitNeed] = ()
    gaps: Sequence[Answer] = ()
    as_of: datetime | None = None  # of the oldest stored result behind the gaps


def tops_of(user: User, *, today: date) -> Sequence[Unit]:
    """The units whose officer this is, else those that the person heads."""
    if user.officer_units or user.employee_or_none is None:
        return user.officer_units
    return units_headed_by(user.employee_or_none, on=today)


def overview(tops: Sequence[Unit], *, today: date, year: int) -> UnitOverview:
    """The figures of these units and all below them: JP of a year, the people of today. A constant number of
    statements."""
    people = Employee.objects.active().of_units(Unit.objects.under_any(tops))
    counts = people.aggregate(
        people=Count("pk"),
        without_account=Count("pk", filter=Q(user=None)),
        without_supervisor=Count("pk", filter=Q(supervisor=None)),
    )
    stored = heat_of([unit for unit in tops if unit.level >= OFFICE])
    open_ones = Enrolment.objects.filter(employee__in=people)
    return UnitOverview(
        name=", ".join(unit.name for unit in tops),
        **counts,
        waiting=open_ones.filter(status=EnrolmentStatus.REQUESTED).count(),
        confirmed=open_ones.filter(
            status=EnrolmentStatus.CONFIRMED, session__status=SessionStatus.PUBLISHED
        ).count(),
        jp=fulfilment(people, year),
        parts=parts(tops, year=year),
        dates=coming(people, today=today),
        returned=list(returned(tops)),
        gaps=largest(stored, GAPS),
        as_of=stored.as_of,
    )


def returned(tops: Sequence[Unit]) -> QuerySet[UnitNeed]:
    """Needs of their offices that BKPSDM has sent back."""
    sent_back = UnitNeed.objects.filter(status=UnitNeed.Status.RETURNED, unit__in=offices_above(tops))
    return sent_back.select_related("unit")


def parts(tops: Sequence[Unit], *, year: int) -> list[tuple[str, Fulfilment]]:
    """The fields right below these units that have people, at most 12; none under 5 people (privacy)."""
    below = Unit.objects.filter(parent__in=[unit.pk for unit in tops], is_active=True)
    units = list(below[:12])
    figures = fulfilment_of_units(units, year)
    return [(unit.name, figures[unit.pk]) for unit in units if figures[unit.pk].pns >= SMALLEST_GROUP]


def coming(people: QuerySet[Employee], *, today: date) -> list[UnitDate]:
    """Trainings of the next 30 days with people of the unit."""
    sessions = (
        Session.objects.filter(
            status=SessionStatus.PUBLISHED, start__range=(today, today + timedelta(days=30))
        )
        .annotate(
            own=Count(
                "enrolments",
                filter=Q(enrolments__status=EnrolmentStatus.CONFIRMED, enrolments__employee__in=people),
            )
        )
        .filter(own__gt=0)
        .select_related("programme")
        .order_by("start")[:6]
    )
    return [UnitDate(s.pk, s.title, s.start, s.own) for s in sessions]  # type: ignore[attr-defined]
