"""What an admin unit sees first: people, accounts, JP, requests of the own unit and below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from asnportal.people.models import Employee, Unit, User
from competency.queries.ledger import SMALLEST_GROUP, Fulfilment, fulfilment, fulfilment_of_units
from training.models import Enrolment, EnrolmentStatus, Session, SessionStatus


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
    as_of: datetime | None = None


def overview(user: User, *, today: date) -> UnitOverview:
    """The figures of the units whose officer this is. Constant number of statements."""
    units = Unit.objects.visible_to(user)
    people = Employee.objects.active().of_units(units)
    counts = people.aggregate(
        people=Count("pk"),
        without_account=Count("pk", filter=Q(user=None)),
        without_supervisor=Count("pk", filter=Q(supervisor=None)),
    )
    open_ones = Enrolment.objects.filter(employee__in=people)
    return UnitOverview(
        name=", ".join(unit.name for unit in user.officer_units),
        **counts,
        waiting=open_ones.filter(status=EnrolmentStatus.REQUESTED).count(),
        confirmed=open_ones.filter(
            status=EnrolmentStatus.CONFIRMED, session__status=SessionStatus.PUBLISHED
        ).count(),
        jp=fulfilment(people, today.year),
        parts=parts(user, today=today),
        dates=coming(people, today=today),
    )


def parts(user: User, *, today: date) -> list[tuple[str, Fulfilment]]:
    """The fields right below the officer's unit that have people, at most 12; none under 5 people (privacy)."""
    below = Unit.objects.filter(parent__in=[unit.pk for unit in user.officer_units], is_active=True)
    units = list(below[:12])
    figures = fulfilment_of_units(units, today.year)
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
