"""Groups of people in a report: which of them may be shown, and how the units below one become rows. No names.

No figure of fewer than SMALLEST_GROUP people is shown, and none that two shown figures would give away by
subtraction: what is too small is put together with the next smallest until the sum is large enough.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from asnportal.people.models import Unit
from competency.queries.ledger import SMALLEST_GROUP

OFFICE = 1  # the level of the offices right below the city
DIRECT = "Langsung di unit ini"
Item = TypeVar("Item")
Placed = tuple[str, Item]  # the path of somebody's unit, and what is known about this person


@dataclass(frozen=True)
class Group(Generic[Item]):
    """One row: a unit with all below it (``opens``: there are units below), or several put together."""

    name: str
    members: Sequence[Item]
    unit: Unit | None = None
    opens: bool = False


@dataclass(frozen=True)
class Grouped(Generic[Item]):
    """``total`` is None where the whole is too small, or hidden in the row of others. ``way`` leads to the unit."""

    way: Sequence[Unit]
    total: Group[Item] | None
    rows: Sequence[Group[Item]]


@dataclass(frozen=True)
class Tree:
    """All units, and where a reader's view begins: nowhere (the whole city), or at the own units."""

    units: Sequence[Unit]
    tops: Sequence[Unit] = ()

    @property
    def first(self) -> Sequence[Unit]:
        """The units of the uppermost rows."""
        return self.tops or [unit for unit in self.units if unit.level == OFFICE]

    def parts(self, unit: Unit) -> list[Unit]:
        return [one for one in self.units if one.parent_id == unit.pk]

    def find(self, code: str) -> Unit | None:
        """A unit within the view, by its code."""
        found = next((unit for unit in self.units if unit.code == code), None)
        return found if found and self.way(found) else None

    def way(self, unit: Unit) -> list[Unit]:
        """From the uppermost row down to the unit itself; empty where it is outside the view."""
        above = [one for one in self.units if is_under(unit.path, one)]
        above.sort(key=lambda one: len(one.path))
        begins = [number for number, one in enumerate(above) if one in self.first]
        return above[begins[0] :] if begins else []


def tree(tops: Sequence[Unit] = ()) -> Tree:
    """One statement. A unit below another of ``tops`` adds nothing."""
    apart = [one for one in tops if not any(is_under(one.path, other) for other in tops if other != one)]
    return Tree(list(Unit.objects.order_by("path")), apart)


def is_under(path: str, unit: Unit) -> bool:
    """Whether a path is the unit's own or leads below it."""
    return path == unit.path or path.startswith(f"{unit.path}/")


def grouped(people: Iterable[Placed[Item]], tree: Tree, unit: Unit | None = None) -> Grouped[Item]:
    """The whole view, or the unit opened in it, with the rows below. Bring people of the view alone."""
    members, siblings = list(people), list(tree.first)
    way = tree.way(unit) if unit else []
    for step in way:
        if step not in [group.unit for group in rows_of(members, siblings, tree)]:
            return Grouped(way, None, [])
        members = [one for one in members if is_under(one[0], step)]
        siblings = tree.parts(step)
    if len(members) < SMALLEST_GROUP:
        return Grouped(way, None, [])
    name = unit.name if unit else ", ".join(one.name for one in tree.tops) or "Seluruh kota"
    total = Group(name, [item for _, item in members], unit)
    return Grouped(way, total, rows_of(members, siblings, tree) if siblings else [])


def rows_of(people: Iterable[Placed[Item]], parts: Sequence[Unit], tree: Tree) -> list[Group[Item]]:
    """A row for each part that is large enough, one for all others together; none where all are too few."""
    members = _by_part(people, parts)

    def size(part: Unit | None) -> tuple[int, str]:
        return len(members[part]), part.path if part else ""

    kept = sorted((part for part in members if len(members[part]) >= SMALLEST_GROUP), key=size)
    rest = [part for part in members if part not in kept]
    while kept and 0 < sum(len(members[part]) for part in rest) < SMALLEST_GROUP:
        rest.append(kept.pop(0))
    rows = [Group(part.name, members[part], part, bool(tree.parts(part))) for part in parts if part in kept]
    rows += [Group(DIRECT, members[None])] if None in kept else []
    together = [item for part in rest for item in members[part]]
    if len(together) >= SMALLEST_GROUP:
        rows.append(Group(f"{len(rest)} kelompok kecil, digabung", together))
    return rows


def _by_part(people: Iterable[Placed[Item]], parts: Sequence[Unit]) -> dict[Unit | None, list[Item]]:
    """Those of each part; None holds those that belong to none."""
    found: dict[Unit | None, list[Item]] = defaultdict(list)
    by_path = {part.path: part for part in parts}
    known: dict[str, Unit | None] = {}
    for path, item in people:
        if path not in known:
            known[path] = next((by_path[one] for one in _above(path) if one in by_path), None)
        found[known[path]].append(item)
    return dict(found)


def _above(path: str) -> Iterable[str]:
    """The path itself and every path it lies below, the longest last."""
    codes = path.split("/")
    return ("/".join(codes[: number + 1]) for number in range(len(codes)))
