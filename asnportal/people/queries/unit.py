"""The tree of units as a list to read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from asnportal.people.models import Unit, UnitHead


@dataclass(frozen=True)
class Branch:
    """One line of the tree. ``people`` are active and of this unit itself; ``named`` is its named head of today."""

    pk: int
    code: str
    name: str
    short_name: str
    depth: int
    people: int
    named: str
    contact: str
    is_active: bool


def tree(words: str = "", *, on: date | None = None) -> list[Branch]:
    """All units, or those that fit the words with the ones above them. Two statements."""
    day = on or timezone.localdate()
    today = Q(valid_until=None) | Q(valid_until__gte=day)
    heads = UnitHead.objects.filter(today, valid_from__lte=day).select_related("employee")
    units = list(
        Unit.objects.annotate(people=Count("employees", filter=Q(employees__is_active=True)))
        .prefetch_related(Prefetch("heads", heads, to_attr="named"))
        .order_by("path")
    )
    kept = _kept(units, words)
    return [_branch(unit) for unit in units if unit.code in kept]


def _kept(units: list[Unit], words: str) -> set[str]:
    asked = words.lower().split()
    hits = [unit for unit in units if all(word in _text(unit) for word in asked)]
    return {code for unit in hits for code in unit.path.split("/")}


def _text(unit: Unit) -> str:
    return " ".join([unit.code, unit.name, unit.short_name, *unit.aliases]).lower()


def _branch(unit: Unit) -> Branch:
    return Branch(
        pk=unit.pk,
        code=unit.code,
        name=unit.name,
        short_name=unit.short_name,
        depth=unit.path.count("/"),
        people=unit.people,  # type: ignore[attr-defined]
        named=", ".join(str(head) for head in unit.named),  # type: ignore[attr-defined]
        contact=unit.contact_name or unit.contact_phone,
        is_active=unit.is_active,
    )
