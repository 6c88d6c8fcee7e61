"""Who heads a unit on a day: whom its page names, else the one holder of the highest echelon post in it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone

from asnportal.people.models import Employee, Unit, UnitHead

# Who decides today where several are named: the daily stand-in, then the acting, then the definitive head.
ORDER = {UnitHead.Kind.PLH: 0, UnitHead.Kind.PLT: 1, UnitHead.Kind.DEFINITIVE: 2}


@dataclass
class Headship:
    """Of one unit: who decides today, and everybody who heads it (an absent definitive head as well)."""

    decides: int | None = None
    heads: set[int] = field(default_factory=set)


def head_of(unit: Unit, *, on: date | None = None) -> Employee | None:
    """Who decides for this unit on this WITA day; None where nobody is named and no single post is the highest."""
    headship = _headships_of([unit.pk], on or timezone.localdate()).get(unit.pk)
    if headship is None or headship.decides is None:
        return None
    return Employee.objects.select_related("user", "unit", "position").get(pk=headship.decides)


def _headships_of(units: Collection[int], day: date) -> dict[int, Headship]:
    """Of these units, by their key; two statements."""
    whom = named(day, units=units)
    holders = Employee.objects.active().filter(unit__in=units).exclude(position__echelon="")
    rows = holders.values_list("unit_id", "position__echelon", "pk")
    posts = [(unit, echelon, pk) for unit, echelon, pk in rows if echelon]
    return headships(whom, posts, {row[1] for row in whom} | {pk for _, _, pk in posts})


def units_headed_by(employee: Employee, *, on: date | None = None) -> list[Unit]:
    """The units for which this person decides on this WITA day: the person's post and three statements."""
    day = on or timezone.localdate()
    own_post = Q(pk=employee.unit_id) if employee.position and employee.position.echelon else Q(pk=None)
    candidates = list(Unit.objects.filter(Q(heads__employee=employee) | own_post, is_active=True).distinct())
    found = _headships_of([unit.pk for unit in candidates], day) if candidates else {}
    return [unit for unit in candidates if unit.pk in found and found[unit.pk].decides == employee.pk]


Named = tuple[int, int, str, date]


def named(day: date, *, units: Collection[int] | None = None) -> list[Named]:
    """Heads named for this day: unit, employee, kind, since; only people who are active."""
    found = UnitHead.objects.filter(valid_from__lte=day, employee__is_active=True).filter(
        Q(valid_until=None) | Q(valid_until__gte=day)
    )
    if units is not None:
        found = found.filter(unit__in=units)
    return list(found.values_list("unit_id", "employee_id", "kind", "valid_from"))


def headships(
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
