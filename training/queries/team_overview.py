"""The page "Tim saya": gaps, JP, the plan, and the next training of everybody whose supervisor one is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from asnportal.people.models import Employee
from competency.models import Plan
from competency.queries.ledger import YearSummary, current_summaries, year_summaries
from competency.queries.profile import Profile, profiles_of
from training.models import Enrolment, EnrolmentStatus
from training.queries.jp import scheduled_of


@dataclass(frozen=True)
class NextTraining:
    session_id: int
    title: str
    start: date


@dataclass(frozen=True)
class TeamRow:
    """One person. ``plan`` is the one that waits for an answer, else that of the year; ``to_assess`` counts
    competencies for which a new look is awaited."""

    employee: Employee
    profile: Profile
    jp: YearSummary
    coming: NextTraining | None
    plan: Plan | None = None

    @property
    def plan_waits(self) -> bool:
        return self.plan is not None and self.plan.status == Plan.Status.SUBMITTED

    @property
    def to_assess(self) -> int:
        return sum(1 for line in self.profile.lines if line.trained_on or line.asked_again)

    @property
    def need(self) -> tuple[int, int, Decimal]:
        """Who needs help first: awaited answers, then levels missing, then JP missing."""
        return (-self.to_assess - self.plan_waits, -self.profile.total_gap, -self.jp.left)


def team_rows(supervisor: Employee, *, today: date, year: int | None = None) -> Sequence[TeamRow]:
    """Everybody of the team, who needs help first. A constant number of statements, whatever the team.

    JP of the present period, or of ``year``; for PPPK the contract year that began in it. Gaps are today's.
    """
    people = list(
        Employee.objects.staff_of(supervisor).select_related("position", "unit").order_by("name", "pk")
    )
    profiles = profiles_of(people, today)
    jp = (
        current_summaries(people, scheduled=scheduled_of(people, today=today), on=today)
        if year in (None, today.year)
        else year_summaries(people, year or today.year)
    )
    coming, plans = _coming(people, today), _plans(people, year or today.year)
    rows = [
        TeamRow(one, profiles[one.pk], jp[one.pk], coming.get(one.pk), plans.get(one.pk)) for one in people
    ]
    return sorted(rows, key=lambda row: row.need)


def _plans(people: Sequence[Employee], year: int) -> Mapping[int, Plan]:
    """What waits for the supervisor, the oldest year first; else the plan of the year. One statement."""
    rows = Plan.objects.filter(employee__in=people).order_by("-year")
    waiting = {one.employee_id: one for one in rows if one.status == Plan.Status.SUBMITTED}
    return {one.employee_id: one for one in rows if one.year == year} | waiting


def _coming(people: Sequence[Employee], today: date) -> Mapping[int, NextTraining]:
    """The nearest confirmed training of each. One statement."""
    rows = Enrolment.objects.filter(
        employee__in=people, status=EnrolmentStatus.CONFIRMED, session__end__gte=today
    ).order_by("-session__start", "-pk")
    columns = ("employee_id", "session_id", "session__programme__title", "session__start")
    return {person: NextTraining(*rest) for person, *rest in rows.values_list(*columns)}
