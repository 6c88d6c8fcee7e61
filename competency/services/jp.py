"""How JP come about: JP materi from minutes, JP diakui by the dated rule of the form (DOMAIN.md 1.5, 9.2-9.7).

Pure figures, no database. Days are WITA days, minutes are net of breaks, 1 JP is 45 minutes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from competency.models import JpRule

MINUTES_PER_JP = 45
CENT = Decimal("0.01")
SEMESTER_MONTHS = 6

Month = tuple[int, int]


@dataclass(frozen=True)
class Facts:
    """One training as the rules see it. ``meetings`` holds the day of each meeting, as often as there were any;
    ``claimed`` the JP materi of each day where known, else they are spread evenly."""

    jp_material: Decimal
    start: date
    end: date
    meetings: tuple[date, ...] = ()
    claimed: Mapping[date, Decimal] = field(default_factory=dict)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which it ran: those with a meeting, else Monday to Friday of the range."""
        if self.meetings:
            return tuple(sorted(set(self.meetings)))
        span = [self.start + timedelta(n) for n in range((self.end - self.start).days + 1)]
        return tuple(day for day in span if day.weekday() < 5) or (self.end,)


@dataclass(frozen=True)
class Used:
    """What earlier trainings of the same person and form already took of a cap."""

    jp: Mapping[date, Decimal] = field(default_factory=dict)
    times: Mapping[Month, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Recognised:
    """JP diakui, with the words that say how. ``by_day`` is filled where a cap has to remember it."""

    jp: Decimal
    explanation: str
    by_day: Mapping[date, Decimal] = field(default_factory=dict)
    legal_basis: str = ""
    rule: JpRule | None = None


NOTHING_USED = Used()


def recognise(rule: JpRule | None, facts: Facts, *, used: Used = NOTHING_USED) -> Recognised:
    """JP diakui of one training by one rule, after the caps of days and months."""
    if rule is None:
        return Recognised(facts.jp_material, "sesuai JP materi (bentuk ini belum punya aturan)")
    portions = _portions(rule, facts)
    kept = _capped(rule, portions, used)
    total = sum((jp for _, jp in kept), Decimal(0)).quantize(CENT)
    return Recognised(
        jp=total,
        explanation=explain(rule, facts) + _cut_by_others(rule, portions, total),
        by_day=_by_day(kept) if rule.cap_period else {},
        legal_basis=rule.legal_basis,
        rule=rule,
    )


def _portions(rule: JpRule, facts: Facts) -> list[tuple[date, Decimal]]:
    """What the rule gives before any cap, by day."""
    match rule.basis:
        case JpRule.Basis.PER_DAY:
            return [(day, rule.figure) for day in facts.days]
        case JpRule.Basis.PER_SESSION:
            return [(day, rule.figure) for day in sorted(facts.meetings) or facts.days]
        case JpRule.Basis.PER_TIME:
            return [(facts.end, rule.figure)]
        case JpRule.Basis.PER_SEMESTER:
            return [(facts.end, rule.figure * semesters(facts.start, facts.end))]
        case _ if rule.cap_period:
            return [(day, jp * rule.figure) for day, jp in sorted(_claimed(facts).items())]
    return [(facts.end, facts.jp_material * rule.figure)]


def _claimed(facts: Facts) -> Mapping[date, Decimal]:
    if facts.claimed:
        return facts.claimed
    return {day: facts.jp_material / len(facts.days) for day in facts.days}


def _capped(rule: JpRule, portions: list[tuple[date, Decimal]], used: Used) -> list[tuple[date, Decimal]]:
    if rule.cap is None:
        return portions
    if rule.cap_period == JpRule.CapPeriod.DAY:
        return [
            (day, max(Decimal(0), min(jp, rule.cap - used.jp.get(day, Decimal(0)))))
            for day, jp in _by_day(portions).items()
        ]
    times: dict[Month, int] = defaultdict(int, used.times)
    kept = []
    for day, jp in portions:
        month = (day.year, day.month)
        if times[month] < rule.cap:
            times[month] += 1
            kept.append((day, jp))
    return kept


def _by_day(portions: Iterable[tuple[date, Decimal]]) -> dict[date, Decimal]:
    found: dict[date, Decimal] = defaultdict(Decimal)
    for day, jp in portions:
        found[day] += jp
    return dict(found)


def _cut_by_others(rule: JpRule, portions: list[tuple[date, Decimal]], total: Decimal) -> str:
    """Said only where another training took the room, not where the training itself passes the cap."""
    alone = sum((jp for _, jp in _capped(rule, portions, NOTHING_USED)), Decimal(0)).quantize(CENT)
    if total == alone:
        return ""
    period = "hari" if rule.cap_period == JpRule.CapPeriod.DAY else "bulan"
    return f"; {figure(alone - total)} JP tidak dihitung karena batas {period} itu sudah terpakai"


def explain(rule: JpRule, facts: Facts) -> str:
    """In Indonesian, how the rule turns the facts into JP."""
    each = figure(rule.figure)
    match rule.basis:
        case JpRule.Basis.PER_DAY:
            words = f"{len(facts.days)} hari × {each} JP"
        case JpRule.Basis.PER_SESSION:
            words = f"{len(facts.meetings or facts.days)} pertemuan × {each} JP"
        case JpRule.Basis.PER_TIME:
            words = f"{each} JP sekali kegiatan"
        case JpRule.Basis.PER_SEMESTER:
            words = f"{semesters(facts.start, facts.end)} semester × {each} JP"
        case _:
            words = (
                "sesuai JP materi" if rule.figure == 1 else f"{figure(facts.jp_material)} JP materi × {each}"
            )
    return words + _cap_words(rule)


def _cap_words(rule: JpRule) -> str:
    if rule.cap is None:
        return ""
    if rule.cap_period == JpRule.CapPeriod.DAY:
        return f", paling banyak {figure(rule.cap)} JP sehari"
    return f", paling banyak {figure(rule.cap)} kali sebulan"


def semesters(start: date, end: date) -> int:
    """Whole semesters between two days, at least one."""
    months = (end.year - start.year) * 12 + end.month - start.month + (end.day >= start.day)
    return max(1, months // SEMESTER_MONTHS)


def material(minutes: Iterable[int]) -> int:
    """JP materi of a training: the whole 45s in the sum of its subjects' minutes."""
    return sum(minutes) // MINUTES_PER_JP


def share(minutes: Sequence[int]) -> list[int]:
    """Whole JP per subject that sum to ``material``: the largest remainders are rounded up first."""
    jp = [value // MINUTES_PER_JP for value in minutes]
    left = material(minutes) - sum(jp)
    by_remainder = sorted(range(len(minutes)), key=lambda n: (-(minutes[n] % MINUTES_PER_JP), n))
    for n in by_remainder[:left]:
        jp[n] += 1
    return jp


def figure(jp: Decimal | int) -> str:
    """38.40 as 38,4 and 20.00 as 20."""
    text = f"{Decimal(jp):.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")
