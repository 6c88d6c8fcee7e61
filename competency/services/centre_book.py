"""What the rows of an assessment centre's file are held against, read once for all of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from asnportal.people.models import Employee
from competency.models import (
    OFFICIAL,
    Assessment,
    CentreReport,
    Competency,
    GroupStandard,
    Method,
    RuleFigure,
    Standard,
    StandardItem,
)
from competency.queries.period import anniversary
from competency.queries.standard import job_group

USUAL_YEARS = Decimal(3)


@dataclass(frozen=True)
class Asked:
    """What a post asked on a day: levels by competency id. ``standard_id`` None: the usual levels of its group."""

    levels: Mapping[int, int]
    standard_id: int | None = None


@dataclass(frozen=True)
class Book:
    """``reports`` and ``levels`` (what the centre found, by competency id) by (employee id, day); ``tests`` are the
    competency tests by (employee id, competency id, day)."""

    people: Mapping[str, Employee]
    competencies: Mapping[str, int]
    national: frozenset[int]
    versions: Mapping[int, list[Standard]]
    items: Mapping[int, Mapping[int, int]]
    usual: Mapping[str, list[GroupStandard]]
    years: list[RuleFigure]
    reports: Mapping[tuple[int, date], CentreReport]
    levels: Mapping[tuple[int, date], Mapping[int, Assessment]]
    tests: frozenset[tuple[int, int, date]]

    @classmethod
    def read(cls, nips: Collection[str]) -> "Book":
        """Eight statements, however many rows there are."""
        people = {one.nip: one for one in Employee.objects.filter(nip__in=nips).select_related("position")}
        posts = {one.position_id for one in people.values()} - {None}
        versions: dict[int, list[Standard]] = defaultdict(list)
        for version in Standard.objects.filter(position__in=posts).order_by("valid_from"):
            versions[version.position_id].append(version)
        items: dict[int, dict[int, int]] = defaultdict(dict)
        rows = StandardItem.objects.filter(standard__position__in=posts)
        for standard, competency, level in rows.values_list("standard_id", "competency_id", "level"):
            items[standard][competency] = level
        usual: dict[str, list[GroupStandard]] = defaultdict(list)
        for row in GroupStandard.objects.order_by("valid_from"):
            usual[row.group].append(row)
        known = list(Competency.objects.all())
        reports = CentreReport.objects.filter(employee__in=people.values())
        official = Assessment.objects.filter(employee__in=people.values(), method__in=OFFICIAL)
        levels: dict[tuple[int, date], dict[int, Assessment]] = defaultdict(dict)
        for one in official:
            if one.method == Method.CENTRE:
                levels[one.employee_id, one.day][one.competency_id] = one
        return cls(
            people,
            {one.code: one.pk for one in known},
            frozenset(one.pk for one in known if one.is_national),
            versions,
            items,
            usual,
            list(RuleFigure.objects.filter(key="assessment_validity_years").order_by("valid_from")),
            {(one.employee_id, one.day): one for one in reports},
            levels,
            frozenset(
                (one.employee_id, one.competency_id, one.day) for one in official if one.method == Method.TEST
            ),
        )

    def asked(self, employee: Employee, day: date) -> Asked:
        """By the version in force on the day, else by the usual levels of the job group."""
        for version in reversed(self.versions.get(employee.position_id or 0, [])):
            holds = version.valid_from <= day and (version.valid_until is None or day <= version.valid_until)
            if holds and self.items.get(version.pk):
                return Asked(self.items[version.pk], version.pk)
        rows = [
            row
            for row in self.usual.get(job_group(employee.position), [])
            if row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)
        ]
        return Asked(dict.fromkeys(self.national, rows[-1].level) if rows else {})

    def first_day(self, employee: Employee) -> date | None:
        """Since when the post has a standard of its own; None where it has none."""
        return min((one.valid_from for one in self.versions.get(employee.position_id or 0, [])), default=None)

    def last_day(self, day: date) -> date:
        """Until when a result of this day holds (the day included), by the dated figure in years."""
        rows = [
            row
            for row in self.years
            if row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)
        ]
        return anniversary(day, day.year + int(rows[-1].value if rows else USUAL_YEARS))
