"""JP fulfilment of groups: PNS and CPNS against a floor, PPPK apart with what is recognised up to a ceiling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Min, QuerySet, Sum

from asnportal.people.models import Employee
from competency.models import JpTarget, LedgerLine
from competency.queries.ledger import PPPK, ZERO, current_summaries, year_summaries
from competency.queries.report import Group, Grouped, Placed

PNS = (Employee.Kind.PNS, Employee.Kind.CPNS)
KINDS = {"pns": PNS, "pppk": PPPK}
YEARS = 5  # how many a report offers
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Share:
    """JP of one person: what is reported, and whether the floor of the year is reached (never of a ceiling)."""

    jp: Decimal
    fulfilled: bool = False


@dataclass(frozen=True)
class JpRow:
    """Figures of one group. ``mean`` is JP a person, rounded to one decimal."""

    group: Group[Share]
    target: Decimal

    @property
    def people(self) -> int:
        return len(self.group.members)

    @property
    def fulfilled(self) -> int:
        return sum(1 for one in self.group.members if one.fulfilled)

    @property
    def percent(self) -> int:
        """Cut off, so that 100 means everybody."""
        return self.fulfilled * 100 // self.people

    @property
    def jp(self) -> Decimal:
        return sum((one.jp for one in self.group.members), ZERO)

    @property
    def mean(self) -> Decimal:
        return (self.jp / self.people).quantize(TENTH, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class JpReport:
    """``rows`` are ordered by fulfilment (PPPK: by mean), the best first, what is put together last."""

    kind: str
    year: int
    target: Decimal
    legal_basis: str
    grouped: Grouped[Share]

    @property
    def is_ceiling(self) -> bool:
        return self.kind == "pppk"

    @property
    def total(self) -> JpRow | None:
        return JpRow(self.grouped.total, self.target) if self.grouped.total else None

    @property
    def rows(self) -> list[JpRow]:
        return sorted((JpRow(group, self.target) for group in self.grouped.rows), key=self._place)

    @property
    def lowest(self) -> str:
        """The unit that is furthest from the target, "" where there is nothing to compare."""
        units = [row for row in self.rows if row.group.unit]
        return units[-1].group.name if len(units) > 1 and not self.is_ceiling else ""

    def _place(self, row: JpRow) -> tuple[bool, int, Decimal, str]:
        reached = 0 if self.is_ceiling else row.percent
        return row.group.unit is None, -reached, -row.mean, row.group.name


def shares(people: QuerySet[Employee], kind: str, year: int, *, today: date) -> list[Placed[Share]]:
    """Active people of a queryset (already scoped), of one kind of employment ("pns", "pppk").

    PNS and CPNS: the calendar year; three statements. PPPK: the contract year that holds today, for an earlier
    year the one that begins in it; four statements.
    """
    active = people.filter(is_active=True, kind__in=KINDS[kind])
    return _of_pppk(active, year, today) if kind == "pppk" else _of_pns(active, year)


def _of_pns(people: QuerySet[Employee], year: int) -> list[Placed[Share]]:
    floors = targets(PNS, year)
    lines = LedgerLine.objects.filter(employee__in=people.values("pk"), year=year).order_by()
    earned = dict(lines.values_list("employee_id").annotate(total=Sum("jp")))
    found = []
    for pk, kind, path in people.order_by().values_list("pk", "kind", "unit__path"):
        jp, floor = earned.get(pk, ZERO), floors.get(kind)
        found.append((path, Share(jp, floor is not None and jp >= floor.jp)))
    return found


def _of_pppk(people: QuerySet[Employee], year: int, today: date) -> list[Placed[Share]]:
    everybody = list(people.order_by().select_related("unit"))
    summaries = (
        current_summaries(everybody, on=today) if year == today.year else year_summaries(everybody, year)
    )
    return [(one.unit.path, Share(summaries[one.pk].counted)) for one in everybody]


def targets(kinds: Sequence[str], year: int) -> dict[str, JpTarget]:
    """What holds at the end of a year, by kind of employment. One statement."""
    rows = JpTarget.objects.on(date(year, 12, 31)).filter(kind__in=kinds).order_by("valid_from")
    return {row.kind: row for row in rows}


def jp_report(grouped: Grouped[Share], kind: str, year: int) -> JpReport:
    """With the target of the year and what sets it. One statement."""
    found = targets(KINDS[kind], year)
    target = next((found[one] for one in KINDS[kind] if one in found), None)
    return JpReport(
        kind=kind,
        year=year,
        target=target.jp if target else ZERO,
        legal_basis=target.legal_basis if target else "",
        grouped=grouped,
    )


def years(today: date) -> list[int]:
    """This year and those before it that have lines, newest first. One statement."""
    first = LedgerLine.objects.aggregate(first=Min("year"))["first"] or today.year
    return list(range(today.year, max(first, today.year - YEARS + 1) - 1, -1)) or [today.year]
