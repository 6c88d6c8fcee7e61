"""The file of an assessment centre read row by row: one person a row, one column for each competency's code."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from asnportal.common.dates import career_span, parse_date
from asnportal.common.invalid import Invalid
from asnportal.common.nip import parse_nip
from asnportal.common.sheets import Field, Limits, Problem, Row, Table, Vocabulary
from asnportal.common.sheets.cells import Cells
from asnportal.common.sheets.headings import normalise
from asnportal.common.sheets.words import NIP
from asnportal.common.text import clean_line, clean_text
from competency.models import CentreReport

LIMITS = Limits(rows=5_000, bytes=10_000_000)
COLUMNS = (
    ("nip", "nip"),
    ("day", "tanggal"),
    ("valid_until", "berlaku_sampai"),
    ("purpose", "tujuan"),
    ("organizer", "penyelenggara"),
    ("stated", "jpm"),
    ("strengths", "kekuatan"),
    ("weaknesses", "kelemahan"),
    ("advice", "saran"),
)
ALSO = {
    "day": ("tanggal penilaian", "tgl penilaian", "tgl"),
    "valid_until": ("berlaku hingga",),
    "purpose": ("tujuan penilaian",),
    "organizer": ("lembaga penilai",),
    "stated": ("jpm penilai", "job person match"),
    "strengths": ("kelebihan",),
    "weaknesses": ("kekurangan",),
    "advice": ("saran pengembangan",),
}
CODE = re.compile(r"[A-Za-z]{1,4}[ .\-_]?\d+(?:[.\-]\d+)*")
PURPOSES = {
    **dict.fromkeys(("seleksi", "promosi", "seleksi promosi"), CentreReport.Purpose.SELECTION),
    "pemetaan": CentreReport.Purpose.MAPPING,
}
LEVEL = "level:"
GUARD = re.compile(r"'(?=[=+\-@＝＋－＠])")  # what our own export puts before text that looks like a formula


@dataclass(frozen=True)
class ReportRow:
    """One row. ``levels`` by competency code; ``stated`` in percent; None where the cell is empty."""

    line: int
    nip: str
    day: date | None
    valid_until: date | None
    purpose: str | None
    organizer: str
    stated: Decimal | None
    strengths: str
    weaknesses: str
    advice: str
    levels: Mapping[str, int]
    problems: tuple[Problem, ...]


def vocabulary(codes: Iterable[str]) -> Vocabulary:
    """What the headings mean; each competency by its code."""
    own = [Field(name, label, (normalise(label), *ALSO.get(name, ()))) for name, label in COLUMNS[1:]]
    levels = [Field(f"{LEVEL}{code}", code, (normalise(code),)) for code in codes]
    return Vocabulary("centre", (NIP, *own, *levels), ("nip", "day", "purpose"))


def unknown_codes(table: Table) -> list[str]:
    """Headings that look like a competency's code of which the dictionary knows nothing."""
    return [heading for heading in table.ignored_columns if CODE.fullmatch(heading)]


def measured_codes(table: Table) -> list[str]:
    """The competencies that the file has a column for."""
    found = [column.field for column in table.columns if column.field]
    return [field.removeprefix(LEVEL) for field in found if field.startswith(LEVEL)]


def rows_of(table: Table, *, nips: Collection[str], today: date) -> Iterator[ReportRow]:
    """Every row in the order of the file. ``nips`` are the numbers that are known."""
    labels = dict(COLUMNS)
    codes = measured_codes(table)
    labels |= {f"{LEVEL}{code}": code for code in codes}
    headings = {name: table.heading_of(name) or label for name, label in labels.items()}
    for row in table.rows:
        yield _row(Cells(row, headings), codes, nips, today)


def digits_of(row: Row) -> str:
    """The digits of the NIP where it is kept as text; a number of a spreadsheet has lost its end."""
    value = row.values.get("nip")
    return re.sub(r"\D", "", value) if isinstance(value, str) else ""


def _row(cells: Cells, codes: Iterable[str], nips: Collection[str], today: date) -> ReportRow:
    day = partial(parse_date, today=today, span=career_span(today))
    nip = _nip(cells, nips, today)
    for name, words in (("day", "Tanggal penilaian wajib diisi."), ("purpose", "Tujuan wajib diisi.")):
        if cells.get(name) is None:
            cells.refuse(name, Invalid("blank", words))
    levels = {code: cells.parse(f"{LEVEL}{code}", level_of) for code in codes}
    measured = {code: level for code, level in levels.items() if level is not None}
    return ReportRow(
        line=cells.row.number,
        nip=nip,
        day=cells.parse("day", day),
        valid_until=cells.parse("valid_until", partial(parse_date, today=today)),
        purpose=cells.parse("purpose", purpose_of),
        organizer=cells.parse("organizer", _line) or "",
        stated=cells.parse("stated", percent_of),
        strengths=_text(cells, "strengths"),
        weaknesses=_text(cells, "weaknesses"),
        advice=_text(cells, "advice"),
        levels=measured,
        problems=tuple(cells.problems),
    )


def _nip(cells: Cells, nips: Collection[str], today: date) -> str:
    number = digits_of(cells.row)
    if number in nips:
        return number
    found = cells.parse("nip", partial(parse_nip, status=None, today=today))
    if found is not None:
        cells.refuse("nip", Invalid("unknown", "NIP ini tidak ada di data pegawai."))
    elif cells.get("nip") is None:
        cells.refuse("nip", Invalid("blank", "NIP wajib diisi."))
    return number


def purpose_of(value: object) -> str:
    words = normalise(clean_line(value))
    if words not in PURPOSES:
        raise Invalid(
            "choice", f"Tujuan “{clean_line(value)}” tidak dikenal. Isi Seleksi/Promosi atau Pemetaan."
        )
    return PURPOSES[words].value


def level_of(value: object) -> int:
    words = clean_line(value).removesuffix(".0")
    if words not in ("0", "1", "2", "3", "4", "5"):
        raise Invalid("level", f"Level “{words}” tidak ada. Isi 0 sampai 5 (0 berarti belum menguasai).")
    return int(words)


def percent_of(value: object) -> Decimal:
    words = clean_line(value).removesuffix("%").strip().replace(",", ".")
    if not re.fullmatch(r"-?\d{1,6}(\.\d{1,12})?", words):
        raise Invalid("number", f"JPM “{clean_line(value)}” bukan angka. Contoh: 88,89.")
    return Decimal(words).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _line(value: object) -> str:
    return clean_line(GUARD.sub("", str(value), count=1), length=200)


def _text(cells: Cells, name: str) -> str:
    return cells.parse(name, lambda value: clean_text(GUARD.sub("", str(value), count=1), length=4000)) or ""
