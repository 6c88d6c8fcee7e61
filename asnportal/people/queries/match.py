"""Finding the unit or the position that a file means by a name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from asnportal.people.models import Position, Unit

_NOISE = re.compile(r"[^\w/]+")
SUGGESTIONS = 3
LEAST_ALIKE = 72  # of 100: below it a suggestion helps nobody


def plain(name: str) -> str:
    """A name for comparing: small letters, one space, no punctuation."""
    return _NOISE.sub(" ", name.casefold()).strip()


def spelling(name: str, above: str = "") -> str:
    """The words of a file about which a person decides: the unit's name, and the OPD of the row where that counts."""
    return f"{name} · {above}" if above else name


@dataclass(frozen=True)
class Match:
    """``id`` is set when exactly one was meant; else ``candidates`` (several fit) or ``suggestions`` (none does)."""

    id: int | None = None
    code: str = ""
    candidates: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass
class UnitIndex:
    """All units by every spelling. One statement to build; asking costs none."""

    by_name: Mapping[str, set[int]]
    units: Mapping[int, Unit]
    chosen: Mapping[str, str] = field(default_factory=dict)
    city: str = ""  # "kota samarinda", which files write behind the names of units
    _kept: dict[tuple[str, str], Match] = field(default_factory=dict)

    @classmethod
    def load(cls, chosen: Mapping[str, str] | None = None) -> "UnitIndex":
        """``chosen`` maps a spelling (see above) to the code that a person decided for it."""
        units = {unit.pk: unit for unit in Unit.objects.all()}
        names: dict[str, set[int]] = defaultdict(set)
        for unit in units.values():
            for name in (unit.name, unit.short_name, unit.code, *unit.aliases):
                if name:
                    names[plain(name)].add(unit.pk)
        root = next((plain(unit.name) for unit in units.values() if unit.parent_id is None), "")
        city = root.removeprefix("pemerintah ")
        return cls(names, units, {plain(name): code for name, code in (chosen or {}).items()}, city)

    def find(self, name: str, *, above: str = "") -> Match:
        """The unit of this name; ``above`` (the OPD of the row) settles names that several units bear."""
        key = (name, above)  # as written: the same few spellings come again and again
        if key not in self._kept:
            self._kept[key] = self._find(plain(name), plain(above))
        return self._kept[key]

    def _find(self, name: str, above: str) -> Match:
        found = [self.units[pk] for pk in self.by_name.get(name, ())]
        if len(found) > 1 and above:
            found = self._under(found, above) or found
        if len(found) == 1:
            return self._one(found[0])
        # Only what the file leaves open is for a person to decide: others of that name are settled by their OPD.
        decided = self._decided(plain(spelling(name, above)) if found else name)
        if decided:
            return self._one(decided)
        if found:
            return Match(candidates=tuple(sorted(self._full(unit) for unit in found)))
        return Match(suggestions=self._alike(name))

    def _decided(self, name: str) -> Unit | None:
        code = self.chosen.get(name)
        return next((unit for unit in self.units.values() if unit.code == code), None) if code else None

    def _under(self, found: list[Unit], above: str) -> list[Unit]:
        paths = [self.units[pk].path for pk in self.by_name.get(above, ())]
        return [u for u in found if any(u.path == path or u.path.startswith(f"{path}/") for path in paths)]

    @staticmethod
    def _one(unit: Unit) -> Match:
        return Match(id=unit.pk, code=unit.code)

    @staticmethod
    def _full(unit: Unit) -> str:
        return f"{unit.name} ({unit.code})"

    def _alike(self, name: str) -> tuple[str, ...]:
        hits = process.extract(
            name, self.by_name.keys(), scorer=fuzz.WRatio, limit=12, score_cutoff=LEAST_ALIKE
        )
        found: dict[str, None] = {}
        without_city = name.removesuffix(f" {self.city}")
        for spelling in (without_city, *(hit[0] for hit in hits)):
            for pk in self.by_name.get(spelling, ()):
                found.setdefault(self._full(self.units[pk]))
        return tuple(found)[:SUGGESTIONS]


@dataclass
class PositionIndex:
    """All positions by name. A name that several positions bear means the first of them."""

    by_name: Mapping[str, tuple[int, str]]
    _kept: dict[str, Match] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "PositionIndex":
        rows: Iterable[tuple[int, str]] = Position.objects.order_by("-code").values_list("pk", "name")
        return cls({plain(name): (pk, name) for pk, name in rows})

    def find(self, name: str) -> Match:
        if name not in self._kept:
            self._kept[name] = self._find(plain(name))
        return self._kept[name]

    def _find(self, name: str) -> Match:
        hit = self.by_name.get(name)
        if hit:
            return Match(id=hit[0], code=hit[1])
        hits = process.extract(
            name, self.by_name.keys(), scorer=fuzz.WRatio, limit=SUGGESTIONS, score_cutoff=85
        )
        return Match(suggestions=tuple(self.by_name[spelling][1] for spelling, _score, _index in hits))
