"""The page "Tim saya": gaps, JP, and the next training of everybody whose supervisor one is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from asnportal.people.models import Employee
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
    """One person. ``to_assess`` counts competencies for which a new look is awaited."""

    employee: Employee
    profile: Profile
    jp: YearSummary
    coming: NextTraining | None

    @property
    def to_assess(self) -> int:
        return sum(1 for line in self.profile.lines if line.trained_on or line.asked_again)

    @property
    def need(self) -> tuple[int, int, Decimal]:
        """Who needs help first: awaited assessments, then levels missing, then JP missing."""
        return (-self.to_assess, -self.profile.total_gap, -self.jp.left)


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
    coming = _coming(people, today)
    rows = [TeamRow(one, profiles[one.pk], jp[one.pk], coming.get(one.pk)) for one in people]
    return sorted(rows, key=lambda row: row.need)


def _coming(people: Sequence[Employee], today: date) -> Mapping[int, NextTraining]:
    """The nearest confirmed training of each. One statement."""
    rows = Enrolment.objects.filter(
        employee__in=people, status=EnrolmentStatus.CONFIRMED, session__end__gte=today
    ).order_by("-session__start", "-pk")
    columns = ("employee_id", "session_id", "session__programme__title", "session__start")
    return {person: NextTraining(*rest) for person, *rest in rows.values_list(*columns)}
