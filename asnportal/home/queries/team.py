"""What a supervisor sees first: who waits, how the team stands."""

from dataclasses import dataclass
from datetime import date, timedelta

from asnportal.people.models import Employee
from competency.queries.ledger import Fulfilment, fulfilment
from training.models import Enrolment, EnrolmentStatus


@dataclass(frozen=True)
class Team:
    """``away_soon``: people of the team with a seat in a training that runs within the next 7 days (WITA)."""

    waiting: int
    people: int
    away_soon: int
    jp: Fulfilment


def team_of(supervisor: Employee, *, today: date) -> Team | None:
    """The figures of the team, None for somebody who leads nobody."""
    staff = Employee.objects.staff_of(supervisor)
    people = staff.count()
    if not people:
        return None
    soon = Enrolment.objects.filter(
        employee__in=staff,
        status=EnrolmentStatus.CONFIRMED,
        session__start__lte=today + timedelta(days=7),
        session__end__gte=today,
    )
    return Team(
        waiting=waiting_for(supervisor),
        people=people,
        away_soon=soon.values("employee").distinct().count(),
        jp=fulfilment(staff, today.year),
    )


def waiting_for(supervisor: Employee) -> int:
    """Requests whose approval is this person's to give."""
    return Enrolment.objects.filter(
        status=EnrolmentStatus.REQUESTED, step=Enrolment.Step.SUPERVISOR, approver=supervisor
    ).count()
