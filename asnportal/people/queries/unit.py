"""The tree of units as a list to read."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from asnportal.people.models import Unit, UnitHead


@dataclass(frozen=True)
class Branch:
    """One line of the tree. ``people`` are active and of this unit itself; ``named`` is its named head of today;
    ``hidden`` units lie below it that the list does not show."""

    pk: int
    code: str
    name: str
    short_name: str
    depth: int
    people: int
    named: str
    contact: str
    is_active: bool
    hidden: int


TOP = 1  # the levels that the list begins with: the city and its agencies


def tree(words: str = "", *, inside: int | None = None, on: date | None = None) -> list[Branch]:
    """The top of the tree; or one unit (its key) with all below; or what fits the words. Two statements.

    The units above a line are always there, so that it can be seen where it belongs.
    """
    day = on or timezone.localdate()
    today = Q(valid_until=None) | Q(valid_until__gte=day)
    heads = UnitHead.objects.filter(today, valid_from__lte=day).select_related("employee")
    units = list(
        Unit.objects.annotate(people=Count("employees", filter=Q(employees__is_active=True)))
        .prefetch_related(Prefetch("heads", heads, to_attr="named"))
        .order_by("path")
    )
    kept = {code for unit in _hits(units, words, inside) for code in unit.path.split("/")}
    hidden = Counter(code for unit in units if unit.code not in kept for code in unit.path.split("/"))
    return [_branch(unit, hidden[unit.code]) for unit in units if unit.code in kept]


def named(units: QuerySet[Unit], words: str) -> QuerySet[Unit]:
    """Those of *units* that fit all words by code, name, short name or another spelling, the higher ones first."""
    units = units.annotate(others=Cast("aliases", TextField()))
    for word in words.split():
        units = units.filter(
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(code__iexact=word)
            | Q(others__icontains=word)
        )
    return units.order_by("level", "path")


def _hits(units: list[Unit], words: str, inside: int | None) -> list[Unit]:
    if asked := words.lower().split():
        return [unit for unit in units if all(word in _text(unit) for word in asked)]
    chosen = next((unit for unit in units if unit.pk == inside), None)
    if chosen is None:
        return [unit for unit in units if unit.path.count("/") <= TOP]
    return [unit for unit in units if f"{unit.path}/".startswith(f"{chosen.path}/")]


def _text(unit: Unit) -> str:
    return " ".join([unit.code, unit.name, unit.short_name, *unit.aliases]).lower()


def _branch(unit: Unit, hidden: int) -> Branch:
    return Branch(
        pk=unit.pk,
        code=unit.code,
        name=unit.name,
        short_name=unit.short_name,
        depth=unit.path.count("/"),
        people=unit.people,  # type: ignore[attr-defined]
        named=", ".join(head.name_in_office for head in unit.named),  # type: ignore[attr-defined]
        contact=unit.contact_name or unit.contact_phone,
        is_active=unit.is_active,
        hidden=hidden,
    )
