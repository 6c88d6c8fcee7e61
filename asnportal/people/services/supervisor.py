"""Who supervises whom, computed from the tree of units (PRODUCT.md, "People").

A unit is headed by whom its page says today (acting before definitive), else by the one person who holds the highest
echelon post in it; where two hold the same, nobody is guessed. A person's supervisor is the head of the own unit, else
of the next unit above; whoever heads a unit himself is passed over there. One set by hand goes before all.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from asnportal.people.models import Employee, Unit, UnitHead

# Who decides today where several are named: the daily stand-in, then the acting, then the definitive head.
ORDER = {UnitHead.Kind.PLH: 0, UnitHead.Kind.PLT: 1, UnitHead.Kind.DEFINITIVE: 2}


@dataclass
class Headship:
    """Of one unit: who decides today, and everybody who heads it (an absent definitive head as well)."""

    decides: int | None = None
    heads: set[int] = field(default_factory=set)


@transaction.atomic
def recompute(*, on: date | None = None) -> list[int]:
    """Bring everybody's ``supervisor`` up to the WITA day; answers with the ids of those whose changed.

    Three statements to read, whatever the number of people, and one to write per few hundred changes. Run after
    imports and edits, and daily, because acting heads come and go by date.
    """
    day = on or timezone.localdate()
    people = list(
        Employee.objects.filter(Q(is_active=True) | Q(supervisor__isnull=False)).values_list(
            "pk", "unit_id", "supervisor_id", "supervisor_set_id", "is_active", "position__echelon"
        )
    )
    active = {pk for pk, *_, is_active, _ in people if is_active}
    above = {pk: _line(path) for pk, path in Unit.objects.values_list("pk", "path")}
    by_code = {line[0]: pk for pk, line in above.items()}
    posts = ((unit, echelon, pk) for pk, unit, *_, is_active, echelon in people if is_active and echelon)
    heads = _headships(_named(day), posts, active)
    changed: list[tuple[int, int | None]] = []
    for pk, unit, now, by_hand, is_active, _ in people:
        line = [by_code[code] for code in above[unit] if code in by_code]
        new = _supervisor(pk, line, by_hand if by_hand in active else None, heads) if is_active else None
        if new != now:
            changed.append((pk, new))
    for start in range(0, len(changed), 500):
        _write(changed[start : start + 500])
    return [pk for pk, _ in changed]


def _write(pairs: list[tuple[int, int | None]]) -> None:
    """One statement for many people. bulk_update would take five times the CPU, which an import of all feels."""
    table = connection.ops.quote_name(Employee._meta.db_table)
    rows = ", ".join(["(%s, %s)"] * len(pairs))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET supervisor_id = CAST(given.column2 AS bigint) "  # noqa: S608 - no value in the text
            f"FROM (VALUES {rows}) AS given WHERE {table}.id = given.column1",
            [value for pair in pairs for value in pair],
        )


def head_of(unit: Unit, *, on: date | None = None) -> Employee | None:
    """Who decides for this unit on this WITA day; None where nobody is named and no single post is the highest."""
    named = _named(on or timezone.localdate(), unit=unit)
    holders = Employee.objects.active().filter(unit=unit).exclude(position__echelon="")
    posts = [
        (unit.pk, echelon, pk) for pk, echelon in holders.values_list("pk", "position__echelon") if echelon
    ]
    active = {employee for _, employee, _, _ in named} | {pk for _, _, pk in posts}
    headship = _headships(named, posts, active).get(unit.pk)
    if headship is None or headship.decides is None:
        return None
    return Employee.objects.select_related("user", "unit", "position").get(pk=headship.decides)


def without_supervisor(people: QuerySet[Employee]) -> QuerySet[Employee]:
    """The list "pegawai tanpa atasan" of a scope; the top of the city is among them."""
    return people.filter(is_active=True, supervisor=None)


def set_by_hand(employee: Employee, supervisor: Employee | None) -> list[int]:
    """Name somebody's supervisor, or leave it to the tree again. Raises ValueError for himself."""
    if supervisor is not None and supervisor.pk == employee.pk:
        raise ValueError("Nobody supervises himself.")
    employee.supervisor_set = supervisor
    employee.save(update_fields=["supervisor_set"])
    return recompute()


Named = tuple[int, int, str, date]


def _named(day: date, *, unit: Unit | None = None) -> list[Named]:
    """Heads named for this day: unit, employee, kind, since; only people who are active."""
    found = UnitHead.objects.filter(valid_from__lte=day, employee__is_active=True).filter(
        Q(valid_until=None) | Q(valid_until__gte=day)
    )
    if unit is not None:
        found = found.filter(unit=unit)
    return list(found.values_list("unit_id", "employee_id", "kind", "valid_from"))


def _headships(
    named: Iterable[Named], posts: Iterable[tuple[int, str, int]], active: set[int]
) -> dict[int, Headship]:
    """The holder of the highest post heads a unit unless its page names a definitive head, or an acting one for a
    vacant post (Plt.); a daily stand-in (Plh.) leaves the holder what he is."""
    units: dict[int, Headship] = defaultdict(Headship)
    replaced = set()
    # The one who goes first is written last.
    for unit, employee, kind, _since in sorted(
        named, key=lambda row: (-ORDER[UnitHead.Kind(row[2])], row[3])
    ):
        if employee in active:
            units[unit].decides = employee
            units[unit].heads.add(employee)
            if kind != UnitHead.Kind.PLH:
                replaced.add(unit)
    for unit, holder in _highest(posts).items():
        if unit not in replaced:
            units[unit].heads.add(holder)
            if units[unit].decides is None:
                units[unit].decides = holder
    return units


def _highest(posts: Iterable[tuple[int, str, int]]) -> dict[int, int]:
    """Per unit the holder of the highest echelon, if it is one person. "II.a" sorts before "III.a" and "IV.b"."""
    best: dict[int, tuple[str, list[int]]] = {}
    for unit, echelon, pk in posts:
        top = best.get(unit)
        if top is None or echelon < top[0]:
            best[unit] = (echelon, [pk])
        elif echelon == top[0]:
            top[1].append(pk)
    return {unit: holders[0] for unit, (_, holders) in best.items() if len(holders) == 1}


def _line(path: str) -> list[str]:
    """Codes from the unit itself up to the root."""
    return path.split("/")[::-1]


def _supervisor(person: int, line: list[int], by_hand: int | None, heads: dict[int, Headship]) -> int | None:
    if by_hand is not None and by_hand != person:
        return by_hand
    for unit in line:
        headship = heads.get(unit)
        if headship and headship.decides is not None and person not in headship.heads:
            return headship.decides
    return None
