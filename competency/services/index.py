"""IP ASN as pure functions: facts in, figures out, no database. The page, the nightly batch and the API call these.

Points and periods come from a rule set (DOMAIN.md 1.8, PermenPANRB 38/2018, PerBKN 8/2019). The points are already
weighted: add them, never multiply.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

ZERO = Decimal(0)
CENT = Decimal("0.01")
MAXIMUM = {"qualification": 25, "competence": 40, "performance": 30, "discipline": 5}

DEGREES = (
    ("S3", re.compile(r"\b(s-?3|doktor)\b", re.IGNORECASE)),
    ("S2", re.compile(r"\b(s-?2|magister)\b", re.IGNORECASE)),
    ("S1", re.compile(r"\b(s-?1|sarjana(?! muda))\b", re.IGNORECASE)),
    ("D4", re.compile(r"\b(d-?iv|d-?4|diploma iv|diploma empat)\b", re.IGNORECASE)),
    ("D3", re.compile(r"\b(d-?iii|d-?3|diploma iii|sarjana muda)\b", re.IGNORECASE)),
    ("D2", re.compile(r"\b(d-?ii|d-?2|diploma ii)\b", re.IGNORECASE)),
    ("D1", re.compile(r"\b(d-?i|d-?1|diploma i)\b", re.IGNORECASE)),
    (
        "SLTA",
        re.compile(r"\b(slta|sma|smk|ma|stm|smea|spk|sekolah menengah (atas|kejuruan))\b", re.IGNORECASE),
    ),
    ("SLTP", re.compile(r"\b(sltp|smp|mts|sd|mi|sekolah dasar|sekolah menengah pertama)\b", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Learnt:
    """One training that counts: its form's code, JP diakui, last day (WITA) and title."""

    form: str
    jp: Decimal
    day: date
    title: str = ""


@dataclass(frozen=True)
class Penalty:
    """``grade``: light, medium or heavy; ``day`` of the decision."""

    grade: str
    day: date


@dataclass(frozen=True)
class Facts:
    """What is known about one person. ``group``: structural, functional or staff ("" unknown); ``rank_of_post`` is the
    level of the post (jenjang); ``education`` a key of DEGREES ("" unknown); ``predicate`` None where none came in."""

    kind: str
    group: str
    post: str = ""
    rank_of_post: str = ""
    education: str = ""
    learnt: Sequence[Learnt] = field(default=())
    predicate: str | None = None
    predicate_year: int | None = None
    penalties: Sequence[Penalty] = field(default=())


@dataclass(frozen=True)
class Rules:
    """One rule set, as IndexRule.tables holds it."""

    code: str
    legal_basis: str
    tables: Mapping[str, Any]

    def points(self, table: str, key: str) -> Decimal:
        return Decimal(str(self.tables[table].get(key, 0)))

    def components(self, group: str) -> Mapping[str, Decimal]:
        found = self.tables["competence"].get(group, {})
        return {name: Decimal(str(points)) for name, points in found.items()}


@dataclass(frozen=True)
class Component:
    """One all-or-nothing part of the competence dimension, ``jp`` what counts towards it so far."""

    name: str
    points: Decimal
    is_done: bool
    jp: Decimal = ZERO


@dataclass(frozen=True)
class Score:
    """The four dimensions, added. ``missing`` names the facts that nobody has entered yet."""

    qualification: Decimal
    components: Sequence[Component]
    performance: Decimal
    discipline: Decimal
    category: str = ""
    missing: Sequence[str] = field(default=())

    @property
    def competence(self) -> Decimal:
        return sum((one.points for one in self.components if one.is_done), ZERO)

    @property
    def total(self) -> Decimal:
        return self.qualification + self.competence + self.performance + self.discipline


@dataclass(frozen=True)
class Step:
    """What one more thing would add, from the figure before to the one after."""

    name: str
    gain: Decimal
    before: Decimal
    after: Decimal
    category: str


def degree_of(words: str) -> str:
    """The key of DEGREES that somebody's education names, "" for none."""
    return next((key for key, pattern in DEGREES if pattern.search(words)), "")


def score(facts: Facts, rules: Rules, on: date) -> Score | None:
    """The simulation for a day (WITA); None for somebody whom the rule set leaves out (CPNS)."""
    if facts.kind in rules.tables["without_index"]:
        return None
    found = Score(
        qualification=rules.points("qualification", facts.education),
        components=[
            _component(name, points, facts, rules, on)
            for name, points in rules.components(facts.group).items()
        ],
        performance=rules.points("performance", facts.predicate or ""),
        discipline=rules.points("discipline", worst_grade(facts.penalties, rules, on)),
        missing=missing(facts),
    )
    return replace(found, category=category(found.total, rules))


def missing(facts: Facts) -> list[str]:
    """The keys of the facts without which a dimension is 0."""
    wanted = {"education": facts.education, "group": facts.group, "predicate": facts.predicate}
    return [name for name, value in wanted.items() if not value]


def category(value: Decimal, rules: Rules) -> str:
    """By the figure truncated to two decimals, so that no value falls between two bands."""
    cut = truncated(value)
    return str(next(name for name, least in rules.tables["categories"] if cut >= least))


def truncated(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_DOWN)


def mean(values: Iterable[Decimal]) -> Decimal | None:
    """The city's figure: the arithmetic mean of those measured, truncated to two decimals; None for nobody."""
    found = list(values)
    return truncated(sum(found, ZERO) / len(found)) if found else None


def worst_grade(penalties: Sequence[Penalty], rules: Rules, on: date) -> str:
    """The heaviest penalty of the look-back period, "none" without one."""
    first = _years_before(on, int(rules.tables["discipline_years"]))
    grades = {one.grade for one in penalties if first <= one.day <= on}
    return next((grade for grade in ("heavy", "medium", "light") if grade in grades), "none")


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _component(name: str, points: Decimal, facts: Facts, rules: Rules, on: date) -> Component:
    forms = rules.tables["forms"][name]
    past = [one for one in facts.learnt if one.form in forms and one.day <= on]
    match name:
        case "technical":
            jp = sum((one.jp for one in _within(past, rules, "technical_years", on)), ZERO)
            return Component(name, points, jp >= rules.tables["technical_jp"], jp)
        case "seminar":
            return Component(name, points, bool(_within(past, rules, "seminar_years", on)))
        case "functional":
            return Component(name, points, bool(past) or needs_no_functional_training(facts.post, rules))
    return Component(name, points, any(fits_level(one.title, facts.rank_of_post, rules) for one in past))


def _within(learnt: Sequence[Learnt], rules: Rules, period: str, on: date) -> list[Learnt]:
    """Those of the calendar years that count: one year is this one, two years this and the one before."""
    first = on.year - int(rules.tables[period]) + 1
    return [one for one in learnt if one.day.year >= first]


def needs_no_functional_training(post: str, rules: Rules) -> bool:
    """Posts whose appointment asks for none: the component counts as done."""
    words = post.casefold()
    return any(re.search(rf"\b{re.escape(name)}\b", words) for name in rules.tables["no_functional_training"])


def fits_level(title: str, rank_of_post: str, rules: Rules) -> bool:
    """Whether a leadership training is the one of the post held (PKN for JPT, PKA, PKP)."""
    words = title.casefold()
    for level, names in rules.tables["leadership_words"].items():
        if level.casefold() in rank_of_post.casefold():
            return any(re.search(rf"\b{re.escape(name)}\b", words) for name in names)
    return False


def steps(facts: Facts, rules: Rules, on: date) -> list[Step]:
    """What each component not yet done would add by itself, the largest gain first; then the next degree."""
    now = score(facts, rules, on)
    if now is None:
        return []
    found = [
        Step(one.name, one.points, now.total, now.total + one.points, category(now.total + one.points, rules))
        for one in now.components
        if not one.is_done
    ]
    higher = next_degree(facts, rules)
    if higher:
        gain = rules.points("qualification", higher) - now.qualification
        found.append(Step(higher, gain, now.total, now.total + gain, category(now.total + gain, rules)))
    return sorted(found, key=lambda step: (step.name == higher, -step.gain))


def next_degree(facts: Facts, rules: Rules) -> str:
    """The nearest degree that is worth more than the one held, "" where there is none."""
    held = rules.points("qualification", facts.education)
    better = [key for key, points in rules.tables["qualification"].items() if Decimal(str(points)) > held]
    return (
        min(better, key=lambda key: rules.points("qualification", key), default="") if facts.education else ""
    )
