"""The heat map as it is drawn: which columns, a row for each person or part of a unit, and the rows of a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from asnportal.common.nip import mask_nip
from asnportal.people.models import Employee
from competency.models import Competency, Mark
from competency.queries.heat import NO_ONE, Heat, Person, Tally, withheld
from competency.queries.ledger import SMALLEST_GROUP

WIDE = 12  # competencies a page
MANY, SOME = 0.5, 0.25  # the share of those asked from which a figure of a group is drawn dark, or light
FEW = "–"
UNSHOWN = f"tidak ditampilkan, kurang dari {SMALLEST_GROUP} orang"


@dataclass(frozen=True, slots=True)
class Cell:
    """What is written in a cell: the figure, words below it, what is only read aloud. ``g`` is its shade: 2, 1, 0,
    +, x as the key on the page says, "n" where there is nothing to say."""

    name: str
    g: str
    figure: str = ""
    word: str = ""
    aloud: str = ""
    more: str = ""


@dataclass(frozen=True)
class PersonRow:
    """``note`` stands over all columns instead of the cells; ``is_unassessed`` says that somebody should assess."""

    employee: Employee
    cells: Sequence[Cell]
    short: int
    unknown: int
    note: str = ""
    is_unassessed: bool = False


@dataclass(frozen=True)
class GroupRow:
    name: str
    people: int
    cells: Sequence[Cell]


def choices(heat: Heat) -> list[tuple[str, str]]:
    """Which competencies can stand side by side, at most twelve at once."""
    found = [("", f"{WIDE} yang paling sering kurang")]
    if national := [one for one in heat.asked if one.is_national]:
        found.append(("nasional", f"Manajerial dan sosial kultural ({len(national)})"))
    technical = len(heat.asked) - len(national)
    for start in range(0, technical, WIDE):
        last = min(start + WIDE, technical)
        found.append((f"teknis-{start // WIDE + 1}", f"Teknis {start + 1}–{last} dari {technical}"))
    return found


def columns(heat: Heat, narrowed: Heat, chosen: str) -> list[Competency]:
    """``chosen`` is one of ``choices(heat)``; what is most often short is asked of those that are left."""
    if chosen == "nasional":
        return [one for one in heat.asked if one.is_national]
    if chosen.startswith("teknis-"):
        start = (int(chosen.removeprefix("teknis-")) - 1) * WIDE
        return [one for one in heat.asked if not one.is_national][start : start + WIDE]
    return narrowed.worst[:WIDE]


@dataclass(frozen=True)
class Answer:
    """What is short most often in a group, as a sentence tells it."""

    competency: Competency
    short: int
    asked: int


def largest(heat: Heat, most: int) -> list[Answer]:
    """The largest gaps that may be shown."""
    shown = ((one, heat.totals[str(one.pk)]) for one in heat.worst[:most])
    return [Answer(one, t.short, t.asked) for one, t in shown if t.can_be_shown and t.short]


def group_cells(side: Sequence[Competency], totals: Mapping[str, Tally]) -> list[Cell]:
    """The first row: how many are short of how many whose post asks it. It names nobody."""
    return [_group_cell(one, totals.get(str(one.pk), NO_ONE), average=False) for one in side]


def _group_cell(competency: Competency, one: Tally, *, average: bool, hidden: bool = False) -> Cell:
    if not one.asked:
        return Cell(competency.name, "n", FEW, aloud="tidak diminta")
    if hidden or not one.can_be_shown:
        return Cell(competency.name, "n", FEW, aloud=UNSHOWN)
    if not one.assessed:
        return Cell(competency.name, "x", "?", f"dari {one.asked}", "belum dinilai")
    share, mean = one.short / one.asked, one.average if average else None
    return Cell(
        competency.name,
        "2" if share >= MANY else "1" if share >= SOME else "0",
        str(one.short),
        f"dari {one.asked}",
        aloud="orang kurang",
        more=f"rata-rata {mean:.1f}".replace(".", ",") if mean is not None else "",
    )


def group_rows(heat: Heat, side: Sequence[Competency]) -> list[GroupRow]:
    """A row for each part with five people or more; figures that would tell of few are not shown."""
    people: dict[str, int] = {}
    for person in heat.people:
        people[person.part] = people.get(person.part, 0) + 1
    found = [
        (part.name, people[part.code], heat.by_part[part.code]) for part in heat.parts if part.code in people
    ]
    hidden = {
        one.pk: withheld([counts.get(str(one.pk), NO_ONE) for _name, _people, counts in found])
        for one in side
    }
    return [
        GroupRow(
            name,
            number,
            [
                _group_cell(
                    one, counts.get(str(one.pk), NO_ONE), average=True, hidden=place in hidden[one.pk]
                )
                for one in side
            ],
        )
        for place, (name, number, counts) in enumerate(found)
        if number >= SMALLEST_GROUP
    ]


def person_rows(people: Sequence[Person], side: Sequence[Competency]) -> list[PersonRow]:
    """One statement."""
    found = Employee.objects.select_related("position", "unit", "supervisor").in_bulk(
        [one.pk for one in people]
    )
    return [_person_row(one, found[one.pk], side) for one in people if one.pk in found]


def _person_row(person: Person, employee: Employee, side: Sequence[Competency]) -> PersonRow:
    if person.levels is None:
        return PersonRow(
            employee, [], 0, 0, note="Belum dihitung. Hasilnya ada sesudah perhitungan malam ini."
        )
    asked = person.asked
    if not asked:
        return PersonRow(employee, [], 0, 0, note="Standar jabatannya belum ada.")
    if person.is_never_assessed:
        return PersonRow(employee, [], 0, len(asked), note="Belum pernah dinilai.", is_unassessed=True)
    short = sum(1 for need, held, _mark in asked if held is not None and need is not None and held < need)
    unknown = sum(1 for _need, held, _mark in asked if held is None)
    levels = person.levels
    return PersonRow(employee, [_cell(one, levels.get(str(one.pk))) for one in side], short, unknown)


def _cell(competency: Competency, level: tuple[int | None, int | None, str] | None) -> Cell:
    name = competency.name
    asked, held, mark = level or (None, None, "")
    if asked is None:
        return Cell(name, "n", FEW, aloud="tidak diminta")
    if held is None:
        if mark == Mark.EXPIRED:
            return Cell(name, "x", "?", "lewat", "penilaian kedaluwarsa")
        return Cell(name, "x", "?", aloud="belum dinilai")
    star, aloud = ("*", ", penilaian sementara") if mark == Mark.PROVISIONAL else ("", "")
    if held < asked:
        return Cell(
            name, "2" if asked - held > 1 else "1", f"{asked - held}{star}", "level", f"kurang{aloud}"
        )
    if held > asked:
        return Cell(name, "+", f"+{held - asked}{star}", "di atas", aloud.removeprefix(", "))
    return Cell(name, "0", star, aloud=f"sesuai{aloud}")


HEADINGS = ("NIP", "Nama", "Status", "Jabatan", "Unit", "Kurang", "Belum dinilai")


def file_rows(heat: Heat, *, masked: bool) -> Iterator[tuple[Any, ...]]:
    """Everybody; a column for each competency asked holds the level held minus the one asked. One statement."""
    staff = Employee.objects.select_related("position", "unit").in_bulk([one.pk for one in heat.people])
    for person in heat.people:
        if (one := staff.get(person.pk)) is None:
            continue
        asked = person.asked
        levels = person.levels or {}
        yield (
            mask_nip(one.nip) if masked else one.nip,
            one.full_name,
            one.get_kind_display(),
            str(one.position or ""),
            str(one.unit),
            sum(1 for need, held, _ in asked if held is not None and need is not None and held < need),
            sum(1 for _, held, _ in asked if held is None),
            *(_difference(levels.get(str(c.pk))) for c in heat.asked),
        )


def _difference(level: tuple[int | None, int | None, str] | None) -> int | str:
    asked, held, mark = level or (None, None, "")
    if asked is None:
        return ""
    if held is None:
        return "kedaluwarsa" if mark == Mark.EXPIRED else "belum dinilai"
    return held - asked
