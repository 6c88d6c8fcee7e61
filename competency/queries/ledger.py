"""Reading the JP ledger: what counts in somebody's year, for one person or for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone

from asnportal.people.models import Employee, Unit
from competency.models import JpTarget, LedgerLine, TrainingRecord
from competency.queries.period import Period, in_period, period_before, period_of_year, period_on

ZERO = Decimal(0)
SMALLEST_GROUP = 5  # people; no figure of fewer is shown (personal data)
PPPK = (Employee.Kind.PPPK, Employee.Kind.PPPK_PW)


@dataclass(frozen=True)
class YearSummary:
    """JP diakui of one person in one period. PNS: ``target`` is a floor; PPPK: a ceiling of what is counted."""

    employee_id: int
    period: Period
    sense: str
    target: Decimal
    done: Decimal
    material: Decimal = ZERO
    scheduled: Decimal = ZERO
    waiting: Decimal = ZERO
    waiting_count: int = 0
    legal_basis: str = ""

    @property
    def is_ceiling(self) -> bool:
        return self.sense == JpTarget.Sense.CEILING

    @property
    def counted(self) -> Decimal:
        """What is reported: all of it, but no more than a ceiling."""
        return min(self.done, self.target) if self.is_ceiling else self.done

    @property
    def excess(self) -> Decimal:
        """JP above a ceiling: kept in the ledger, not reported."""
        return self.done - self.counted

    @property
    def left(self) -> Decimal:
        """JP still missing to a floor when everything scheduled is done; 0 where there is only a ceiling."""
        return ZERO if self.is_ceiling else max(ZERO, self.target - self.done - self.scheduled)

    @property
    def fulfilled(self) -> bool:
        """Whether the floor is reached. Never true of a ceiling: nothing is owed there."""
        return not self.is_ceiling and self.done >= self.target


def year_summary(employee: Employee, year: int, *, scheduled: Decimal = ZERO) -> YearSummary:
    """One person, one year. Three statements."""
    period = period_of_year(employee, year)
    return _summaries([(employee, period)], {employee.pk: scheduled})[0]


def year_summaries(employees: Iterable[Employee], year: int) -> dict[int, YearSummary]:
    """As year_summary, for many people by employee id. Three statements, however many there are."""
    found = _summaries([(person, period_of_year(person, year)) for person in employees], {})
    return {one.employee_id: one for one in found}


def current_summary(employee: Employee, *, scheduled: Decimal = ZERO, on: date | None = None) -> YearSummary:
    """As year_summary, for the period that holds today (or ``on``)."""
    day = on or timezone.localdate()
    return _summaries([(employee, period_on(employee, day))], {employee.pk: scheduled})[0]


def summary_and_before(
    employee: Employee, period: Period, *, scheduled: Decimal = ZERO
) -> tuple[YearSummary, YearSummary | None]:
    """A period and the one that ended on the day before it, None where none did. Three statements for both."""
    before = period_before(employee, period)
    wanted = [(employee, one) for one in (period, before) if one]
    found, *rest = _summaries(wanted, {})
    return replace(found, scheduled=scheduled), rest[0] if rest else None


def current_summaries(
    employees: Iterable[Employee], *, scheduled: Mapping[int, Decimal] | None = None, on: date | None = None
) -> dict[int, YearSummary]:
    """The current period of many people at once, by employee id. Three statements, however many there are."""
    day = on or timezone.localdate()
    found = _summaries([(person, period_on(person, day)) for person in employees], scheduled or {})
    return {one.employee_id: one for one in found}


def _summaries(
    wanted: Sequence[tuple[Employee, Period]], scheduled: Mapping[int, Decimal]
) -> list[YearSummary]:
    if not wanted:
        return []
    targets = list(JpTarget.objects.order_by("-valid_from"))
    done, waiting = _sums(wanted), _waiting(wanted)
    found = []
    for person, period in wanted:
        jp, material = done.get((person.pk, period), (ZERO, ZERO))
        waits, count = waiting.get((person.pk, period), (ZERO, 0))
        target = _target(targets, person.kind, period.end)
        found.append(
            YearSummary(
                employee_id=person.pk,
                period=period,
                sense=target.sense if target else JpTarget.Sense.FLOOR,
                target=target.jp if target else ZERO,
                done=jp,
                material=material,
                scheduled=scheduled.get(person.pk, ZERO),
                waiting=waits,
                waiting_count=count,
                legal_basis=target.legal_basis if target else "",
            )
        )
    return found


def _by_person(wanted: Iterable[tuple[Employee, Period]]) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    for person, period in wanted:
        found[person.pk].append(period)
    return found


def _target(targets: list[JpTarget], kind: str, day: date) -> JpTarget | None:
    for target in targets:
        valid = target.valid_from <= day and (target.valid_until is None or day <= target.valid_until)
        if target.kind == kind and valid:
            return target
    return None


def _sums(wanted: Sequence[tuple[Employee, Period]]) -> dict[tuple[int, Period], tuple[Decimal, Decimal]]:
    """JP diakui and JP materi of each period, added up by day because periods differ from person to person."""
    by_id = _by_person(wanted)
    first, last = min(one.start for _, one in wanted), max(one.end for _, one in wanted)
    spans = LedgerLine.objects.filter(employee__in=by_id, day__range=(first, last))
    rows = spans.order_by().values_list("employee_id", "day").annotate(total=Sum("jp"), printed=_material())
    found: dict[tuple[int, Period], tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    for person, day, jp, material in rows:
        for period in by_id[person]:
            if period.start <= day <= period.end:
                before = found[person, period]
                found[person, period] = (before[0] + jp, before[1] + (material or ZERO))
    return dict(found)


def _material() -> Sum:
    """A reversed line and its reversal print nothing any more."""
    return Sum("jp_material", filter=Q(reverses=None, reversed_by=None))


def _waiting(wanted: Sequence[tuple[Employee, Period]]) -> dict[tuple[int, Period], tuple[Decimal, int]]:
    """JP and number of records that still wait in each period; a record without a date counts in its year."""
    by_id = _by_person(wanted)
    rows = TrainingRecord.objects.filter(
        employee__in=by_id, status=TrainingRecord.Status.WAITING
    ).values_list("employee_id", "end", "start", "year", "jp")
    found: dict[tuple[int, Period], tuple[Decimal, int]] = defaultdict(lambda: (ZERO, 0))
    for person, end, start, year, jp in rows:
        for period in by_id[person]:
            if in_period(period, end or start, year):
                before = found[person, period]
                found[person, period] = (before[0] + (jp or ZERO), before[1] + 1)
    return dict(found)


def lines_of(employee: Employee, period: Period | None = None) -> QuerySet[LedgerLine]:
    """The lines of a period, newest first, with what the page shows of each."""
    lines = LedgerLine.objects.filter(employee=employee).select_related(
        "form", "rule", "record", "reverses", "reversed_by"
    )
    return lines.filter(day__range=(period.start, period.end)) if period else lines


def years_of(employee: Employee, *, today: date) -> list[int]:
    """The years for which there is something to show, newest first, always with the present one."""
    ends = LedgerLine.objects.filter(employee=employee).aggregate(first=Min("day"), last=Max("day"))
    days = {today, ends["first"] or today, ends["last"] or today}
    years = {period_on(employee, day).year for day in days}
    return list(range(max(years), min(years) - 1, -1))


@dataclass(frozen=True)
class Fulfilment:
    """How far a group of PNS is: people, those who reached the floor of the year, JP of all. PPPK apart."""

    year: int
    pns: int
    fulfilled: int
    jp: Decimal
    pppk: int
    pppk_jp: Decimal

    @property
    def percent(self) -> int:
        return self.fulfilled * 100 // self.pns if self.pns else 0


def fulfilment(employees: QuerySet[Employee], year: int) -> Fulfilment:
    """Active people of a queryset (already scoped). Three statements, whatever the number of people."""
    people = employees.filter(is_active=True)
    floor = _target(list(JpTarget.objects.order_by("-valid_from")), Employee.Kind.PNS, date(year, 12, 31))
    sums = (
        LedgerLine.objects.filter(employee__in=people.values("pk"), year=year)
        .order_by()
        .values("employee_id", "employee__kind")
        .annotate(total=Sum("jp"))
        .values_list("employee__kind", "total")
    )
    figures = list(sums)
    pns = [jp for kind, jp in figures if kind not in PPPK]
    counts = people.aggregate(all=Count("pk"), pppk=Count("pk", filter=Q(kind__in=PPPK)))
    return Fulfilment(
        year=year,
        pns=counts["all"] - counts["pppk"],
        fulfilled=sum(1 for jp in pns if floor and jp >= floor.jp),
        jp=sum(pns, ZERO),
        pppk=counts["pppk"],
        pppk_jp=sum((jp for kind, jp in figures if kind in PPPK), ZERO),
    )


def fulfilment_of_units(units: Collection[Unit], year: int) -> dict[int, Fulfilment]:
    """As fulfilment, for each unit with everything below it, by id. Three statements however many units."""
    floor = _target(list(JpTarget.objects.order_by("-valid_from")), Employee.Kind.PNS, date(year, 12, 31))
    sums = (
        LedgerLine.objects.filter(year=year, employee__is_active=True).order_by().values_list("employee_id")
    )
    earned = dict(sums.annotate(total=Sum("jp")))
    by_path = {unit.path: unit.pk for unit in units}
    members: dict[int, list[tuple[bool, Decimal]]] = {pk: [] for pk in by_path.values()}
    for pk, kind, path in Employee.objects.active().values_list("pk", "kind", "unit__path"):
        for above in accumulate(path.split("/"), lambda left, code: f"{left}/{code}"):
            if above in by_path:
                members[by_path[above]].append((kind in PPPK, earned.get(pk, ZERO)))
    return {pk: _tally(people, year, floor) for pk, people in members.items()}


def _tally(people: list[tuple[bool, Decimal]], year: int, floor: JpTarget | None) -> Fulfilment:
    pns = [jp for is_pppk, jp in people if not is_pppk]
    pppk = [jp for is_pppk, jp in people if is_pppk]
    return Fulfilment(
        year=year,
        pns=len(pns),
        fulfilled=sum(1 for jp in pns if floor and jp >= floor.jp),
        jp=sum(pns, ZERO),
        pppk=len(pppk),
        pppk_jp=sum(pppk, ZERO),
    )
