"""Large spreadsheets of invented people, as an office sends them; some rows wrong where a test wants so."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter

from asnportal.demo.people import Plan, keep_numbers_apart, person
from asnportal.people.models import Position, Unit

TODAY = date(2026, 11, 24)
HEADINGS = (
    *("NIP BARU", "NAMA", "GELAR BELAKANG", "TANGGAL LAHIR", "JENIS KELAMIN", "STATUS", "GOL AKHIR NAMA"),
    *("JABATAN NAMA", "UNOR NAMA", "EMAIL GOV"),
)
Line = dict[str, str]


@dataclass(frozen=True)
class Crowd:
    """So many rows; the same seed gives the same people. ``bad`` of them are not importable without a person."""

    count: int
    bad: int = 0
    seed: int = 99


def _another_day(line: Line) -> str:
    day = line["TANGGAL LAHIR"][:2]
    return f"{int(day) % 27 + 1:02}{line['TANGGAL LAHIR'][2:]}"


# What is wrong in a bad row, one kind after the other: the column and what stands there instead.
FAULTS: tuple[tuple[str, Callable[[Line], str]], ...] = (
    ("NIP BARU", lambda line: line["NIP BARU"][:-1]),
    ("NAMA", lambda line: ""),
    ("UNOR NAMA", lambda line: "Dinas Antah Berantah"),
    ("TANGGAL LAHIR", _another_day),
    ("JENIS KELAMIN", lambda line: "M" if line["JENIS KELAMIN"] == "F" else "F"),
    ("NIP BARU", lambda line: f"{line['NIP BARU'][:-1]}O"),
    ("TANGGAL LAHIR", lambda line: "31-02-1990"),
    ("UNOR NAMA", lambda line: ""),
)


def lines_of(crowd: Crowd) -> list[Line]:
    """The rows by their headings; bad ones are spread evenly over the file."""
    chance = random.Random(crowd.seed)
    plan = Plan(employees=crowd.count, seed=crowd.seed, today=TODAY)
    people = [person(chance, n, plan) for n in range(crowd.count)]
    keep_numbers_apart(people)
    units = list(Unit.objects.exclude(parent=None).order_by("code").values_list("name", flat=True))
    posts = list(Position.objects.order_by("code").values_list("name", flat=True))
    lines = []
    for one in people:
        born = one.birth_date or date(1980, 1, 1)
        values = (one.nip, one.name, one.title_after, f"{born:%d-%m-%Y}", one.sex, one.kind)
        rank = "IX" if one.is_pppk else "III/b"
        cells = (*values, rank, chance.choice(posts), chance.choice(units), "")
        lines.append(dict(zip(HEADINGS, cells, strict=True)))
    for number in range(crowd.bad):
        line = lines[number * crowd.count // crowd.bad]
        column, wrong = FAULTS[number % len(FAULTS)]
        line[column] = wrong(line)
    return lines


def write_people(path: Path, crowd: Crowd) -> list[Line]:
    """The rows as a workbook of one sheet, headings in row 1."""
    lines = lines_of(crowd)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Pegawai")
        sheet.write_row(0, 0, HEADINGS)
        for row, line in enumerate(lines, 1):
            for column, heading in enumerate(HEADINGS):
                sheet.write_string(row, column, line[heading])
    return lines
