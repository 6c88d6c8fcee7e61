"""Lists for BKPSDM: posts with the standard in force, the dictionary, and the versions of one post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery

from asnportal.people.models import Position
from competency.models import Competency, CompetencyLevel, Standard, StandardItem
from competency.queries.standard import GROUPS, job_group


def positions(words: str = "", *, only: str = "", on: date) -> QuerySet[Position]:
    """Posts by name, with ``since`` and ``asked`` of the version in force and ``people`` who hold them.

    ``only``: "tanpa" for posts without a standard of their own.
    """
    current = Standard.objects.on(on).filter(position=OuterRef("pk"))
    asked = StandardItem.objects.filter(
        Q(standard__valid_until=None) | Q(standard__valid_until__gte=on),
        standard__position=OuterRef("pk"),
        standard__valid_from__lte=on,
    )
    counted = asked.order_by().values("standard__position").annotate(n=Count("pk")).values("n")
    found = Position.objects.annotate(
        since=Subquery(current.values("valid_from")[:1]),
        asked=Subquery(counted, output_field=IntegerField()),
        people=Count("holders", filter=Q(holders__is_active=True)),
    )
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(code__icontains=word))
    if only == "tanpa":
        found = found.filter(since=None)
    return found.order_by("name", "pk")


@dataclass(frozen=True)
class Version:
    """One version of a post's standard with its rows in the order of the dictionary."""

    standard: Standard
    items: Sequence[StandardItem]
    is_current: bool


@dataclass(frozen=True)
class PositionPage:
    position: Position
    versions: Sequence[Version]
    group: str

    @property
    def current(self) -> Version | None:
        return next((one for one in self.versions if one.is_current), None)


def position_page(position: Position, *, on: date) -> PositionPage:
    """Two statements."""
    rows = list(Standard.objects.filter(position=position).select_related("created_by__employee"))
    items = StandardItem.objects.filter(standard__in=rows).select_related("competency")
    by_standard: dict[int, list[StandardItem]] = {}
    for item in items.order_by("competency__code"):
        by_standard.setdefault(item.standard_id, []).append(item)
    versions = [
        Version(
            one,
            by_standard.get(one.pk, []),
            one.valid_from <= on and (one.valid_until is None or on <= one.valid_until),
        )
        for one in rows
    ]
    return PositionPage(position, versions, GROUPS.get(job_group(position), ""))


def dictionary(words: str = "") -> QuerySet[Competency]:
    """Competencies with the number of posts that ask for them."""
    posts = Count(
        "standard_items__standard__position",
        filter=Q(standard_items__standard__valid_until=None),
        distinct=True,
    )
    found = Competency.objects.annotate(posts=posts)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(code__icontains=word))
    return found.order_by("code")


def editions(competency: Competency) -> QuerySet[CompetencyLevel]:
    """Every description of every level, the newest first within a level."""
    return CompetencyLevel.objects.filter(competency=competency).order_by("level", F("valid_from").desc())
