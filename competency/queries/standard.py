"""What posts ask of the people who hold them, on a day."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from asnportal.people.models import Position
from competency.models import Competency, GroupStandard, Standard, StandardItem

LEVELS = (1, 2, 3, 4, 5)
GROUPS = {
    "jpt_utama": "JPT Utama",
    "jpt_madya": "JPT Madya",
    "jpt_pratama": "JPT Pratama",
    "administrator": "Administrator",
    "pengawas": "Pengawas",
    "pelaksana": "Pelaksana",
    "ahli_utama": "Ahli Utama",
    "ahli_madya": "Ahli Madya",
    "ahli_muda": "Ahli Muda",
    "ahli_pertama": "Ahli Pertama",
    "penyelia": "Penyelia",
    "mahir": "Mahir",
    "terampil": "Terampil",
    "pemula": "Pemula",
}


def job_group(position: Position | None) -> str:
    """The key of GROUPS whose words are in the post's level (jenjang); "" where none is.

    A pelaksana is told by the kind of post, because offices leave its level empty.
    """
    if position is None:
        return ""
    if position.kind == Position.Kind.STAFF:
        return "pelaksana"
    level = position.level.casefold()
    return next((key for key, words in GROUPS.items() if words.casefold() in level), "")


@dataclass(frozen=True)
class Asked:
    """The level that a post asks of one competency. ``standard_id`` is None for the usual level of the group."""

    competency: Competency
    level: int
    importance: str = ""
    standard_id: int | None = None


@dataclass(frozen=True)
class Requirement:
    """Everything one post asks. ``is_usual``: no standard of its own yet, so the usual levels of its group.

    ``since`` is the first day (WITA) of the version, None when nothing is asked at all.
    """

    items: tuple[Asked, ...] = ()
    since: date | None = None
    legal_basis: str = ""
    is_usual: bool = False

    def level_of(self, competency_id: int) -> int | None:
        return next((one.level for one in self.items if one.competency.pk == competency_id), None)


NOTHING = Requirement()


def requirement(position: Position | None, day: date) -> Requirement:
    """Of one post. One statement with an own standard, three at most."""
    return requirements([position], day)[position.pk] if position else NOTHING


def requirements(positions: Collection[Position], day: date) -> Mapping[int, Requirement]:
    """Of many posts, by their id. One statement; two or three where some have no standard of their own.

    A version that asks for nothing is none: the usual levels stand in for it.
    """
    wanted = {position.pk: position for position in positions if position}
    own = _own(wanted, day)
    usual = _usual(day) if wanted.keys() - own.keys() else {}
    return {pk: own.get(pk) or usual.get(job_group(position), NOTHING) for pk, position in wanted.items()}


def _own(positions: Collection[int], day: date) -> dict[int, Requirement]:
    """The standards in force of these posts, with what each asks in the order of the dictionary."""
    versions = Standard.objects.on(day).filter(position__in=positions).values("pk")
    rows = (
        StandardItem.objects.filter(standard__in=versions)
        .select_related("competency")
        .annotate(
            position_id=F("standard__position"),
            since=F("standard__valid_from"),
            basis=F("standard__legal_basis"),
        )
        .order_by("competency__code")
    )
    items: dict[int, list[Asked]] = defaultdict(list)
    version: dict[int, tuple[date, str]] = {}
    for row in rows:
        items[row.position_id].append(Asked(row.competency, row.level, row.importance, row.standard_id))
        version[row.position_id] = row.since, row.basis
    return {pk: Requirement(tuple(items[pk]), *told) for pk, told in version.items()}


def _usual(day: date) -> dict[str, Requirement]:
    """The nine national competencies at the usual level of each group."""
    nine = list(Competency.objects.exclude(family=Competency.Family.TECHNICAL).order_by("code"))
    return {
        row.group: Requirement(
            tuple(Asked(one, row.level) for one in nine), row.valid_from, row.legal_basis, is_usual=True
        )
        for row in GroupStandard.objects.on(day)
    }
