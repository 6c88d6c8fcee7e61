"""Who is whose supervisor: the head of the own unit, else of the next unit above that has one (PRODUCT, People).

A unit's head is whom its page names for today (Plt. and Plh. before the definitive one), else the person in the
highest echelon post in it. A person's supervisor may be set by hand. Nobody up to the root: BKPSDM answers.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from asnportal.people.models import Employee, Position, Unit, UnitHead

ECHELONS = ("I.a", "I.b", "II.a", "II.b", "III.a", "III.b", "IV.a", "IV.b", "V.a", "V.b")


@transaction.atomic
def recompute(*, on: date | None = None) -> list[int]:
    """Bring every active employee's supervisor up to the WITA day; gives the ids of those whose changed.

    Four statements to read, one to write for each new supervisor. Run after imports and edits, and daily,
    because acting heads come and go by date.
    """
    heads = heads_on(on or timezone.localdate())
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    active = set(Employee.objects.active().values_list("pk", flat=True))
    moved: dict[int | None, list[int]] = defaultdict(list)
    people = Employee.objects.active().values_list("pk", "unit_id", "supervisor_id", "supervisor_set_id")
    for pk, unit, now, by_hand in people:
        new = by_hand if by_hand in active and by_hand != pk else _upwards(pk, unit, parents, heads)
        if new != now:
            moved[new].append(pk)
    for supervisor, ids in moved.items():
        Employee.objects.filter(pk__in=ids).update(supervisor_id=supervisor)
    return [pk for ids in moved.values() for pk in ids]


def _upwards(
    person: int, unit: int | None, parents: dict[int, int | None], heads: dict[int, int]
) -> int | None:
    while unit is not None:
        head = heads.get(unit)
        if head is not None and head != person:
            return head
        unit = parents.get(unit)
    return None


def heads_on(day: date) -> dict[int, int]:
    """Employee id of the head by unit id on a WITA day. Two statements."""
    heads = _by_echelon()
    named = UnitHead.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day, employee__is_active=True
    )
    rank = {UnitHead.Kind.DEFINITIVE: 0, UnitHead.Kind.PLT: 1, UnitHead.Kind.PLH: 2}
    rows = named.values_list("unit_id", "employee_id", "kind", "valid_from")
    for unit, employee, _kind, _since in sorted(rows, key=lambda row: (rank[UnitHead.Kind(row[2])], row[3])):
        heads[unit] = employee
    return heads


def _by_echelon() -> dict[int, int]:
    holders = (
        Employee.objects.active()
        .filter(position__kind=Position.Kind.STRUCTURAL, position__echelon__in=ECHELONS)
        .order_by("position_since", "pk")
        .values_list("unit_id", "pk", "position__echelon")
    )
    best: dict[int, tuple[int, int]] = {}
    for unit, person, echelon in holders:
        height = ECHELONS.index(echelon)
        if unit not in best or height < best[unit][0]:
            best[unit] = (height, person)
    return {unit: person for unit, (_height, person) in best.items()}


def head_of(unit: Unit, *, on: date | None = None) -> Employee | None:
    """The head of one unit on a WITA day (today, if not given)."""
    head = heads_on(on or timezone.localdate()).get(unit.pk)
    return Employee.objects.get(pk=head) if head else None


def without_supervisor(people: QuerySet[Employee]) -> QuerySet[Employee]:
    """The list "pegawai tanpa atasan" of a scope; the top of the city is among them."""
    return people.filter(is_active=True, supervisor=None)


def set_by_hand(employee: Employee, supervisor: Employee | None) -> Iterable[int]:
    """Name somebody's supervisor, or leave it to the tree again. Raises ValueError for himself."""
    if supervisor is not None and supervisor.pk == employee.pk:
        raise ValueError("Nobody supervises himself.")
    employee.supervisor_set = supervisor
    employee.save(update_fields=["supervisor_set"])
    return recompute()
