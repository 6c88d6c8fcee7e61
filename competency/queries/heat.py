"""People and competencies of units, counted from stored results: who reads which units, and the figures of them.

All figures come from one pass over the stored results. No figure of a group of fewer than five people is shown, nor
one that could be reckoned from what is shown (``withheld``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from asnportal.people.models import Employee, Unit, User
from asnportal.people.queries.headship import units_headed_by
from competency.models import Competency
from competency.models.need import OFFICE
from competency.queries.ledger import SMALLEST_GROUP

SEES_ALL = ("bkpsdm", "auditor", "admin")
Levels = Mapping[str, tuple[int | None, int | None, str]]  # as Result.levels holds them


def readable_units(user: User) -> QuerySet[Unit]:
    """The units whose figures this person may choose: all offices and below; those of an officer; those headed.

    The city as a whole is none of them: its figures are on the city's pages.
    """
    below = Unit.objects.filter(level__gte=OFFICE, is_active=True)
    if user.has_role(*SEES_ALL):
        return below
    if user.officer_units:
        return below & Unit.objects.under_any(user.officer_units)
    return Unit.objects.filter(pk__in=[unit.pk for unit in own_units(user)])


def own_units(user: User) -> Sequence[Unit]:
    """What is shown without choosing: the units of an officer, else those that the person heads."""
    if user.has_role(*SEES_ALL):
        return ()
    units: Sequence[Unit] = user.officer_units
    if not units and user.employee_or_none is not None:
        units = units_headed_by(user.employee_or_none)
    return [unit for unit in units if unit.level >= OFFICE]


def reads_all_names(user: User) -> bool:
    """Officers read the names of all people of a unit they may choose; who heads it those of the own staff."""
    return user.has_role(*SEES_ALL) or bool(user.officer_units)


@dataclass(slots=True)
class Tally:
    """One competency in a group: people whose post asks it, those of them assessed, those short, levels missing."""

    asked: int = 0
    assessed: int = 0
    short: int = 0
    missing: int = 0

    def add(self, other: "Tally") -> None:
        self.asked += other.asked
        self.assessed += other.assessed
        self.short += other.short
        self.missing += other.missing

    @property
    def can_be_shown(self) -> bool:
        return self.asked >= SMALLEST_GROUP

    @property
    def average(self) -> float | None:
        """Levels missing for each one assessed; a surplus of one does not cancel the gap of another. None where it
        would tell of fewer than five."""
        return self.missing / self.assessed if self.assessed >= SMALLEST_GROUP else None


NO_ONE = Tally()


@dataclass(frozen=True, slots=True)
class Person:
    """One active person; ``levels`` None: not computed yet."""

    pk: int
    part: str
    kind: str
    supervisor: int | None
    levels: Levels | None

    @property
    def is_never_assessed(self) -> bool:
        return all(held is None and mark != "x" for asked, held, mark in self.asked)

    @property
    def asked(self) -> list[tuple[int | None, int | None, str]]:
        return [one for one in (self.levels or {}).values() if one[0] is not None]

    def is_short_in(self, competencies: Iterable[str]) -> bool:
        levels = self.levels or {}
        return any(_gap(levels.get(key)) > 0 for key in competencies)


def _gap(level: tuple[int | None, int | None, str] | None) -> int:
    """Missing levels; 0 where nothing is asked or nobody has assessed."""
    if level is None or level[0] is None or level[1] is None:
        return 0
    return level[0] - level[1]


@dataclass(frozen=True)
class Part:
    """A unit right below the one that is looked at, with all below it; or the people who work in that one itself."""

    code: str
    name: str


def tally(people: Iterable[Person]) -> dict[str, dict[str, Tally]]:
    """By part and competency, in one pass."""
    found: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for person in people:
        counts = found[person.part]
        for key, (asked, held, _mark) in (person.levels or {}).items():
            if asked is None:
                continue
            one = counts[key]
            one.asked += 1
            if held is not None:
                one.assessed += 1
                if held < asked:
                    one.short += 1
                    one.missing += asked - held
    return found


def whole(parts: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    found: dict[str, Tally] = defaultdict(Tally)
    for part in parts:
        for key, one in part.items():
            found[key].add(one)
    return found


def withheld(column: Sequence[Tally]) -> set[int]:
    """Which figures of one competency over several groups are not shown: those of fewer than five people, and of one
    more group where the sum of all, which is shown too, would tell them."""
    hidden = {place for place, one in enumerate(column) if 0 < one.asked < SMALLEST_GROUP}
    if 0 < sum(column[place].asked for place in hidden) < SMALLEST_GROUP:
        rest = [place for place, one in enumerate(column) if place not in hidden and one.asked]
        if rest:
            hidden.add(min(rest, key=lambda place: column[place].asked))
    return hidden


@dataclass(frozen=True)
class Heat:
    """The people of some units in the order of their names, and how they are divided into parts."""

    tops: Sequence[Unit]
    parts: Sequence[Part]
    people: Sequence[Person]
    competencies: Mapping[str, Competency] = field(default_factory=dict)
    as_of: datetime | None = None

    @cached_property
    def by_part(self) -> dict[str, dict[str, Tally]]:
        return tally(self.people)

    @cached_property
    def totals(self) -> dict[str, Tally]:
        return whole(self.by_part.values())

    @cached_property
    def asked(self) -> list[Competency]:
        """What somebody's post asks, in the order of the dictionary."""
        return [one for key, one in self.competencies.items() if key in self.totals]

    @cached_property
    def worst(self) -> list[Competency]:
        """Most people short first; figures that are not shown do not lead the order."""
        return sorted(self.asked, key=lambda one: -self._shown_short(one))

    def _shown_short(self, competency: Competency) -> int:
        one = self.totals[str(competency.pk)]
        return one.short if one.can_be_shown else 0

    @property
    def is_assessed(self) -> bool:
        return any(one.assessed for one in self.totals.values())

    @property
    def has_figures(self) -> bool:
        return any(one.can_be_shown and one.assessed for one in self.totals.values())

    @property
    def is_computed(self) -> bool:
        return any(one.levels is not None for one in self.people)

    @cached_property
    def never_assessed(self) -> int:
        return sum(1 for one in self.people if one.asked and one.is_never_assessed)

    def narrowed(self, *, part: str = "", kind: str = "") -> "Heat":
        people = [one for one in self.people if part in ("", one.part) and kind in ("", one.kind)]
        return Heat(self.tops, self.parts, people, self.competencies, self.as_of)


def heat_of(tops: Sequence[Unit]) -> Heat:
    """Three statements, however many people and competencies."""
    rows = Unit.objects.under_any(tops).values_list("pk", "path", "code", "name", "short_name")
    parts, part_of = _parts(tops, list(rows))
    people: list[Person] = []
    moments: list[datetime] = []
    found = Employee.objects.active().of_units(Unit.objects.under_any(tops)).order_by("name", "pk")
    columns = ("pk", "unit_id", "kind", "supervisor_id", "result__levels", "result__computed_at")
    for pk, unit, kind, supervisor, levels, moment in found.values_list(*columns):
        people.append(Person(pk, part_of[unit], kind, supervisor, levels))
        if moment is not None:
            moments.append(moment)
    dictionary = {str(one.pk): one for one in Competency.objects.defer("definition")}
    return Heat(tops, parts, people, dictionary, min(moments, default=None))


Row = tuple[int, str, str, str, str]


def _parts(tops: Sequence[Unit], rows: Collection[Row]) -> tuple[list[Part], dict[int, str]]:
    """The units right below one unit and that unit itself; of several units each of them. And who belongs where."""
    starts = {unit.path: unit for unit in tops}
    part_of: dict[int, str] = {}
    names = {path: short or name for _pk, path, _code, name, short in rows}
    parts: dict[str, Part] = {}
    for pk, path, _code, _name, _short in sorted(rows, key=lambda row: row[1]):
        top = next(start for start in starts if path == start or path.startswith(f"{start}/"))
        steps = len(top.split("/")) + (len(tops) == 1)
        own = "/".join(path.split("/")[:steps])
        is_itself = len(tops) == 1 and own == top
        part = Part(own.rpartition("/")[2], f"Langsung di {names[own]}" if is_itself else names[own])
        parts.setdefault(part.code, part)
        part_of[pk] = part.code
    return list(parts.values()), part_of
