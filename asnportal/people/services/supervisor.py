"""Who supervises whom, computed from the tree of units (PRODUCT.md, "People").

A unit is headed by whom its page says today (acting before definitive), else by the one person who holds the highest
echelon post in it; where two hold the same, nobody is guessed. A person's supervisor is the head of the own unit, else
of the next unit above; whoever heads a unit himself is passed over there. One set by hand goes before all.
"""

from datetime import date

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from asnportal.people.models import Employee, Unit
from asnportal.people.queries.headship import Headship, headships, named


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
    heads = headships(named(day), posts, active)
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
