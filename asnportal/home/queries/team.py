"""What a supervisor sees first: who waits, how the team stands."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from asnportal.common.counting import count_all
from asnportal.people.models import Employee
from competency.queries.ledger import Fulfilment, fulfilment
from competency.queries.plan import plans_waiting, reviews_waiting
from training.models import Enrolment, EnrolmentStatus
from training.queries.approval import asks_of


@dataclass(frozen=True)
class Team:
    """``waiting`` are the requests of the page Persetujuan, ``plans`` and ``reviews`` what Tim saya lists as waiting
    for an answer and for an assessment. ``away_soon``: people of the team with a seat in a
    training that runs within the next 7 days (WITA)."""

    waiting: int
    plans: int
    reviews: int
    people: int
    away_soon: int
    jp: Fulfilment


def team_of(supervisor: Employee, *, today: date) -> Team | None:
    """The figures of the team, None for somebody who leads nobody."""
    staff = Employee.objects.staff_of(supervisor)
    soon = Enrolment.objects.filter(
        employee=OuterRef("pk"),
        status=EnrolmentStatus.CONFIRMED,
        session__start__lte=today + timedelta(days=7),
        session__end__gte=today,
    )
    counts = count_all(
        people=staff,
        waiting=asks_of(supervisor),
        plans=plans_waiting(supervisor),
        reviews=reviews_waiting(supervisor),
        away_soon=staff.filter(Exists(soon)),
    )
    return Team(**counts, jp=fulfilment(staff, today.year)) if counts["people"] else None
