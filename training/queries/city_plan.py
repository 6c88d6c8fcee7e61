"""What the pages about the city's annual plan read: lines by month, sums, and the needs that wait for a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet

from asnportal.audit.models import AuditLine
from competency.models import NeedLine, UnitNeed
from training.models import CityPlan, CityPlanLine, CityPlanNeed, Session, SessionStatus

TRAIL = 30
WITA = ZoneInfo("Asia/Makassar")
NOTICE = timedelta(days=21)  # between today and the first day that is proposed
CLOSES = timedelta(days=7)  # before the first day, when registration closes
JP_A_DAY = 8


def years_around(today: date, *asked: int) -> list[int]:
    """Last year, this one and the next, and what was asked for; with every year that has a plan."""
    kept = CityPlan.objects.values_list("year", flat=True)
    return sorted({today.year - 1, today.year, today.year + 1, *asked, *kept})


def lines_of(plan: CityPlan) -> QuerySet[CityPlanLine]:
    """With their needs and the sessions that carry them out: three statements."""
    needs = CityPlanNeed.objects.select_related("need_line__need__unit", "need_line__form")
    runs = Session.objects.exclude(status=SessionStatus.CANCELLED).order_by("start")
    return plan.lines.select_related(
        "competency", "form", "programme", "provider", "verified_by"
    ).prefetch_related(Prefetch("needs", needs), Prefetch("sessions", runs, to_attr="runs"))


@dataclass(frozen=True)
class LineRow:
    line: CityPlanLine
    needed: int  # people of the needs in it
    units: int
    runs: int

    @property
    def short_of(self) -> int:
        """Seats that are missing for the people of its needs."""
        return max(0, self.needed - self.line.people)


@dataclass(frozen=True)
class Month:
    number: int
    rows: Sequence[LineRow]

    @property
    def total(self) -> int:
        return sum(row.line.total or 0 for row in self.rows)


@dataclass(frozen=True)
class PlanPage:
    """A plan as people read it; whole rupiah. ``trail`` is the oldest first."""

    plan: CityPlan
    rows: Sequence[LineRow]
    months: Sequence[Month]
    trail: Sequence[AuditLine]

    @property
    def total(self) -> int:
        return sum(row.line.total or 0 for row in self.rows)

    @property
    def people(self) -> int:
        return sum(row.line.people for row in self.rows)

    @property
    def unverified(self) -> int:
        return sum(1 for row in self.rows if row.line.status != CityPlanLine.Status.VERIFIED)

    @property
    def left(self) -> int | None:
        """What of the ceiling is not planned, below zero where the plan is above it."""
        return None if self.plan.ceiling is None else self.plan.ceiling - self.total

    @property
    def over(self) -> int:
        return max(0, -(self.left or 0))


def plan_page(plan: CityPlan) -> PlanPage:
    rows = [row_of(line) for line in lines_of(plan)]
    months = [
        Month(number, [row for row in rows if row.line.first_month == number])
        for number in sorted({row.line.first_month for row in rows})
    ]
    return PlanPage(plan, rows, months, trail_of(plan))


def row_of(line: CityPlanLine) -> LineRow:
    """Bring a line of lines_of."""
    links = list(line.needs.all())
    return LineRow(
        line=line,
        needed=sum(link.need_line.people for link in links),
        units=len({link.need_line.need.unit_id for link in links}),
        runs=len(line.runs),  # type: ignore[attr-defined]
    )


def trail_of(thing: CityPlan | CityPlanLine) -> list[AuditLine]:
    """Who did what when, the oldest first."""
    return list(reversed(AuditLine.objects.about(thing).order_by("-id")[:TRAIL]))


@dataclass(frozen=True)
class Bundle:
    """Needs of offices for the same competency, else the same title, in the same form; whole rupiah."""

    title: str
    form: str
    needs: Sequence[NeedLine]

    @property
    def people(self) -> int:
        return sum(one.people for one in self.needs)

    @property
    def total(self) -> int:
        return sum(one.total or 0 for one in self.needs)

    @property
    def units(self) -> int:
        return len({one.need.unit_id for one in self.needs})

    @property
    def ids(self) -> str:
        """As the button sends them."""
        return "-".join(str(one.pk) for one in self.needs)


def waiting_needs(year: int) -> QuerySet[NeedLine]:
    """Verified needs of a year that stand in no line yet."""
    return (
        NeedLine.objects.filter(
            need__year=year, need__status=UnitNeed.Status.VERIFIED, people__gt=0, in_plan=None
        )
        .select_related("need__unit", "competency", "form")
        .order_by("need__unit__code", "order")
    )


def bundles(needs: Iterable[NeedLine]) -> list[Bundle]:
    """What most people need comes first."""
    found: dict[tuple[str, str], list[NeedLine]] = {}
    for one in needs:
        what = f"k:{one.competency_id}" if one.competency_id else f"j:{one.title.casefold()}"
        found.setdefault((what, str(one.form_id or "")), []).append(one)
    made = [
        Bundle(
            title=group[0].competency.name if group[0].competency else group[0].title,
            form=str(group[0].form or ""),
            needs=group,
        )
        for group in found.values()
    ]
    return sorted(made, key=lambda bundle: (-bundle.people, bundle.title))


def proposed_session(line: CityPlanLine, *, today: date) -> dict[str, Any]:
    """Seats, days and window for a new session of a line: from the first Monday of its months that leaves time to
    register; no days where that lies behind its last month. Days are WITA days, moments UTC."""
    values: dict[str, Any] = {"quota": line.quota}
    earliest = max(date(line.plan.year, line.first_month, 1), today + NOTICE)
    start = earliest + timedelta(days=-earliest.weekday() % 7)
    if (start.year, start.month) > (line.plan.year, line.last_month):
        return values
    days = line.programme.duration_days if line.programme else ceil(line.jp / JP_A_DAY)
    closes = datetime.combine(start - CLOSES, time(23, 59), WITA)
    return values | {"start": start, "end": last_day(start, days), "registration_closes": closes}


def last_day(start: date, days: int) -> date:
    """The last of so many working days (Monday to Friday) from a Monday on."""
    weeks, rest = divmod(max(days, 1) - 1, 5)
    return start + timedelta(weeks=weeks, days=rest)
