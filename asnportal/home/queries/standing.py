"""How the city stands, without a name: gaps and IP ASN from the stored results, JP of a year by month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate

from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from asnportal.people.models import Unit
from competency.models import LedgerLine, Result
from competency.queries.index import rule_on
from competency.queries.ledger import PPPK, SMALLEST_GROUP, ZERO
from competency.queries.result import CityGap, city_gaps
from competency.services.index import Rules, category, truncated
from competency.services.index_facts import rules_of

MOST_GAPS = 5
STALE = timedelta(days=1)
STEP, HIGH, LEAST = (
    27,
    132,
    6,
)  # of the drawing of a year: from bar to bar, the tallest, one that holds nothing


@dataclass(frozen=True)
class Mean:
    """The mean simulation of IP ASN of a group, truncated to two decimals, and its category."""

    people: int
    figure: Decimal
    category: str


@dataclass(frozen=True)
class CityIndex:
    """Of those whom the rule set measures (no CPNS); None for a group of fewer than five, ``all`` also where the
    two others would tell such a group."""

    all: Mean | None
    pns: Mean | None
    pppk: Mean | None
    rule: str
    legal_basis: str


@dataclass(frozen=True)
class Standing:
    """``finished_at`` (UTC) is the end of the nightly pass, ``is_old`` when it is more than a day ago."""

    gaps: Sequence[CityGap]
    index: CityIndex | None
    finished_at: datetime

    @property
    def is_old(self) -> bool:
        return timezone.now() - self.finished_at > STALE


def standing(*, today: date) -> Standing | None:
    """None before the first pass. Four statements."""
    gaps = city_gaps(most=MOST_GAPS)
    return Standing(gaps.rows, city_index(today=today), gaps.finished_at) if gaps else None


def city_index(*, today: date) -> CityIndex | None:
    """By the rule set of today; None where there is none. Two statements."""
    rule = rule_on(today)
    if rule is None:
        return None
    measured = Result.objects.filter(index_rule=rule.code, employee__is_active=True).exclude(index_total=None)
    rows = measured.order_by().values_list("employee__kind").annotate(Count("pk"), Sum("index_total"))
    groups = {False: (0, ZERO), True: (0, ZERO)}  # by whether they are PPPK
    for kind, people, total in rows:
        before = groups[kind in PPPK]
        groups[kind in PPPK] = (before[0] + people, before[1] + total)
    rules, (pns, pppk) = rules_of(rule), groups.values()
    tells = all(people == 0 or people >= SMALLEST_GROUP for people, _ in groups.values())
    return CityIndex(
        all=_mean((pns[0] + pppk[0], pns[1] + pppk[1]), rules) if tells else None,
        pns=_mean(pns, rules),
        pppk=_mean(pppk, rules),
        rule=rule.code,
        legal_basis=rule.legal_basis,
    )


def _mean(group: tuple[int, Decimal], rules: Rules) -> Mean | None:
    people, total = group
    if people < SMALLEST_GROUP:
        return None
    figure = truncated(total / people)
    return Mean(people, figure, category(figure, rules))


@dataclass(frozen=True)
class Office:
    """PNS and CPNS of an office with all below it, and how many of them reached the floor of the year."""

    name: str
    code: str
    pns: int
    fulfilled: int

    @property
    def percent(self) -> int:
        return self.fulfilled * 100 // self.pns


def offices() -> list[Office]:
    """The offices right below the city by their stored results, the one that needs help most first; none of fewer
    than five PNS. Two statements."""
    reached = Q(jp_target__gt=0, jp__gte=F("jp_target"))
    results = Result.objects.filter(employee__is_active=True, jp_is_ceiling=False).order_by()
    counts = results.values_list("employee__unit__path").annotate(
        pns=Count("pk"), fulfilled=Count("pk", filter=reached)
    )
    found = {
        unit.path: Office(unit.name, unit.code, 0, 0) for unit in Unit.objects.filter(level=1, is_active=True)
    }
    for path, pns, fulfilled in counts:
        for above in accumulate(path.split("/"), lambda left, code: f"{left}/{code}"):
            if office := found.get(above):
                found[above] = replace(office, pns=office.pns + pns, fulfilled=office.fulfilled + fulfilled)
    shown = [office for office in found.values() if office.pns >= SMALLEST_GROUP]
    return sorted(shown, key=lambda office: (office.percent, office.name))


@dataclass(frozen=True)
class Month:
    """JP diakui that fell into a month, and those of the year up to its end; None when still to come."""

    first: date
    jp: Decimal
    total: Decimal | None = None


@dataclass(frozen=True)
class Bar:
    """One month as it is drawn: whole units of the drawing, its foot at 0."""

    x: int
    height: int
    is_past: bool


@dataclass(frozen=True)
class Trend:
    """The twelve months of a WITA year."""

    year: int
    months: Sequence[Month]

    @property
    def begun(self) -> list[Month]:
        return [month for month in self.months if month.total is not None]

    @property
    def total(self) -> Decimal:
        return sum((month.jp for month in self.months), ZERO)

    @property
    def bars(self) -> list[Bar]:
        whole = max(self.total, Decimal(1))
        return [
            Bar(
                x=4 + number * STEP,
                height=LEAST if month.total is None else max(LEAST, int(month.total * HIGH / whole)),
                is_past=month.total is not None,
            )
            for number, month in enumerate(self.months)
        ]


def trend(year: int, *, today: date) -> Trend:
    """JP of active PNS and CPNS. One statement."""
    lines = LedgerLine.objects.filter(year=year, employee__is_active=True).exclude(employee__kind__in=PPPK)
    earned = dict(lines.order_by().values_list("day__month").annotate(Sum("jp")))
    firsts = [date(year, number, 1) for number in range(1, 13)]
    totals = accumulate(earned.get(first.month, ZERO) for first in firsts)
    return Trend(
        year,
        [
            Month(first, earned.get(first.month, ZERO), total if first <= today else None)
            for first, total in zip(firsts, totals, strict=True)
        ],
    )
