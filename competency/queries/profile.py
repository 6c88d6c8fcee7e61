"""What the post asks against what the person has: which assessment counts, the gap, and the three groups.

Which entry counts is ``counting`` and nothing else; pages, batches and reports ask it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from asnportal.people.models import Employee
from competency.models import OFFICIAL, Assessment, Competency, Method, Review
from competency.queries.standard import NOTHING, Asked, Requirement, requirements

LOOKS = ((Method.CENTRE, Method.TEST), (Method.AROUND,), (Method.SUPERVISOR,))


@dataclass(frozen=True, slots=True)
class Entry:
    """One assessment as the rule sees it. ``valid_until`` (WITA) is the last day on which it holds, None: no end."""

    method: str
    level: int
    day: date
    valid_until: date | None = None

    @property
    def is_official(self) -> bool:
        return self.method in OFFICIAL

    def holds_on(self, day: date) -> bool:
        return self.day <= day and (self.valid_until is None or day <= self.valid_until)

    @property
    def words(self) -> str:
        return str(Method(self.method).label)


def counting(entries: Iterable[Entry], on: date) -> Entry | None:
    """The entry that counts on a day (WITA), None if none does.

    Official ones (assessment centre, competency test) until they expire, the newest of them; without one the
    newest 360, then the newest of the supervisor, both provisional. A self-assessment never counts.
    """
    valid = [entry for entry in entries if entry.holds_on(on)]
    for methods in LOOKS:
        found = [entry for entry in valid if entry.method in methods]
        if found:
            return max(found, key=lambda entry: entry.day)
    return None


def expired(entries: Iterable[Entry], on: date) -> Entry | None:
    """The newest entry that once counted and no longer does; shown, marked, and counted as missing."""
    past = [e for e in entries if e.method != Method.SELF and e.valid_until and e.valid_until < on]
    return max(past, key=lambda entry: entry.day, default=None)


@dataclass(frozen=True)
class Line:
    """One competency of somebody: ``required`` and ``held`` are levels (None: not asked, not assessed).

    ``trained_on`` is the last day of a finished training whose new assessment is still awaited.
    """

    competency: Competency
    required: int | None
    importance: str
    counts: Entry | None
    lapsed: Entry | None
    own_view: int | None
    trained_on: date | None = None
    asked_again: bool = False

    @property
    def held(self) -> int | None:
        return self.counts.level if self.counts else None

    @property
    def gap(self) -> int | None:
        """required − held, below 0 for a surplus; None where one of the two is unknown."""
        if self.required is None or self.counts is None:
            return None
        return self.required - self.counts.level

    @property
    def is_provisional(self) -> bool:
        return self.counts is not None and not self.counts.is_official

    @property
    def is_short(self) -> bool:
        return self.gap is not None and self.gap > 0

    @property
    def is_unknown(self) -> bool:
        return self.required is not None and self.counts is None

    @property
    def is_met(self) -> bool:
        return self.gap == 0

    @property
    def is_above(self) -> bool:
        return self.gap is not None and self.gap < 0


@dataclass(frozen=True)
class Profile:
    """All lines of somebody on a day, what the post asks and since when."""

    employee: Employee
    on: date
    requirement: Requirement
    lines: Sequence[Line] = field(default=())

    @cached_property
    def short(self) -> list[Line]:
        """To develop: the largest gap first, the order of the dictionary within."""
        return sorted((one for one in self.lines if one.is_short), key=lambda one: -(one.gap or 0))

    @cached_property
    def unknown(self) -> list[Line]:
        return [one for one in self.lines if one.is_unknown]

    @cached_property
    def met(self) -> list[Line]:
        return [one for one in self.lines if one.is_met]

    @cached_property
    def above(self) -> list[Line]:
        return [one for one in self.lines if one.is_above]

    @cached_property
    def national(self) -> list[Line]:
        """The nine of PermenPANRB 38/2017 in their official order, for the radar."""
        return [one for one in self.lines if one.competency.is_national and one.required is not None]

    @property
    def total_gap(self) -> int:
        """Levels missing in all; a surplus never cancels another gap."""
        return sum(one.gap or 0 for one in self.short)

    @cached_property
    def assessed_on(self) -> date | None:
        """The day of the newest entry that counts."""
        return max((one.counts.day for one in self.lines if one.counts), default=None)


def profile_of(employee: Employee, on: date) -> Profile:
    """One person, three statements: what the post asks, the assessments, the open reviews."""
    return profiles_of([employee], on)[employee.pk]


def profiles_of(employees: Collection[Employee], on: date) -> Mapping[int, Profile]:
    """Many people by id, the same number of statements. Bring people with their position."""
    asked = requirements({one.position for one in employees if one.position}, on)
    known = _known(employees)
    return {one.pk: _profile(one, asked.get(one.position_id or 0, NOTHING), known, on) for one in employees}


@dataclass(frozen=True)
class _Known:
    """What is on record about people: entries by person and competency, open reviews, and the competencies named."""

    entries: Mapping[int, Mapping[int, list[Entry]]]
    reviews: Mapping[tuple[int, int], Review]
    competencies: Mapping[int, Competency]


def _known(employees: Collection[Employee]) -> _Known:
    """Two statements. Of two open reviews the one after a training stands before one that was asked for."""
    entries: dict[int, dict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    competencies = {}
    rows = Assessment.objects.filter(employee__in=employees).select_related("competency").order_by()
    for row in rows:
        entries[row.employee_id][row.competency_id].append(entry_of(row))
        competencies[row.competency_id] = row.competency
    reviews = Review.objects.filter(employee__in=employees, status=Review.Status.OPEN).order_by("cause", "pk")
    return _Known(entries, {(row.employee_id, row.competency_id): row for row in reviews}, competencies)


def entry_of(row: Assessment) -> Entry:
    return Entry(row.method, row.level, row.day, row.valid_until)


def _profile(employee: Employee, asked: Requirement, known: _Known, on: date) -> Profile:
    """What is asked in the order of the dictionary, then what was assessed beyond it."""
    entries = known.entries.get(employee.pk, {})
    wanted = {one.competency.pk for one in asked.items}
    beyond = [Asked(known.competencies[pk], 0) for pk in entries if pk not in wanted]
    items = (*asked.items, *sorted(beyond, key=lambda one: one.competency.code))
    lines = []
    for one in items:
        pk = one.competency.pk
        line = _line(one, entries.get(pk, []), on)
        lines.append(_with_review(line, known.reviews.get((employee.pk, pk))))
    return Profile(employee, on, asked, lines)


def _with_review(line: Line, review: Review | None) -> Line:
    """A review after a training says when it was; one that the person asked for says that it waits."""
    if review is None:
        return line
    return replace(line, trained_on=review.trained_on, asked_again=review.cause == Review.Cause.REQUEST)


def _line(asked: Asked, entries: Sequence[Entry], on: date) -> Line:
    counts = counting(entries, on)
    own = max((e for e in entries if e.method == Method.SELF), key=lambda e: e.day, default=None)
    return Line(
        asked.competency,
        asked.level or None,
        asked.importance,
        counts=counts,
        lapsed=None if counts else expired(entries, on),
        own_view=own.level if own else None,
    )
