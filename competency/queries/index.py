"""The facts about IP ASN of many people at once, and the rule set of a day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Min, Q

from asnportal.people.models import Employee
from competency.models import DisciplinaryAction, IndexRule, LedgerLine, OfficialIndex, PerformanceRating

ANY_TIME = ("leadership", "functional")  # components whose training counts however long ago
Row = tuple[str, object, date, str]


def rule_on(day: date) -> IndexRule | None:
    """The rule set in force. One statement."""
    found: IndexRule | None = IndexRule.objects.on(day).order_by("-valid_from").first()
    return found


def index_years(employee: Employee, *, today: date) -> list[int]:
    """The calendar years (WITA) for which there are rules and something to count, newest first, always with the
    present one and the one before. Two statements."""
    rules = IndexRule.objects.aggregate(first=Min("valid_from"))["first"] or today
    learnt = LedgerLine.objects.filter(employee=employee).aggregate(first=Min("day"))["first"] or today
    first = max(rules.year, min(learnt.year, today.year - 1))
    return list(range(today.year, min(today.year, first) - 1, -1))


def official_index(employee: Employee, on: date) -> OfficialIndex | None:
    """The newest value that SIASN gave for the year of a day or before. One statement."""
    return OfficialIndex.objects.filter(employee=employee, year__lte=on.year).order_by("-year").first()


def learnt_lines(people: Collection[int], rule: IndexRule, on: date) -> dict[int, list[Row]]:
    """Living ledger lines that a component may count: form code, JP, day, title by employee id. One statement."""
    forms = rule.tables["forms"]
    lasting = [code for name in ANY_TIME for code in forms[name]]
    first = date(on.year - int(rule.tables["seminar_years"]) + 1, 1, 1)
    lines = LedgerLine.objects.filter(
        Q(day__gte=first) | Q(form__code__in=lasting),
        employee__in=people,
        day__lte=on,
        reverses=None,
        reversed_by=None,
    )
    found: dict[int, list[Row]] = defaultdict(list)
    for person, *row in lines.order_by().values_list("employee_id", "form__code", "jp", "day", "title"):
        found[person].append(tuple(row))
    return found


def ratings(people: Collection[int], on: date) -> dict[int, tuple[str, int]]:
    """The newest predicate of each, with its year. One statement."""
    rows = PerformanceRating.objects.filter(employee__in=people, year__lte=on.year).order_by("year")
    return {
        person: (predicate, year)
        for person, predicate, year in rows.values_list("employee_id", "predicate", "year")
    }


def penalties(people: Collection[int]) -> dict[int, list[tuple[str, date]]]:
    """Grade and day by employee id. One statement."""
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    rows = DisciplinaryAction.objects.filter(employee__in=people)
    for person, grade, day in rows.values_list("employee_id", "grade", "day"):
        found[person].append((grade, day))
    return found
