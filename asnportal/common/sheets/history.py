"""Rows of a history of training, read as far as that goes without the database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from asnportal.common.dates import DateRange, InvalidDate, career_span, parse_period
from asnportal.common.hours import parse_hours
from asnportal.common.invalid import Invalid
from asnportal.common.nip import PPPK_CODES, InvalidNip, Nip, parse_nip
from asnportal.common.sheets.cells import Cells, Problem
from asnportal.common.sheets.table import Table
from asnportal.common.sheets.words import HISTORY
from asnportal.common.text import cell_text, clean_line

VERIFIED, WAITING, REJECTED = "verified", "waiting", "rejected"

_STATUSES = (
    (REJECTED, re.compile(r"tolak|reject|batal|tidak (?:sah|valid)", re.I)),
    (WAITING, re.compile(r"unggu|pending|belum|proses|usul|draft", re.I)),
    (VERIFIED, re.compile(r"verif|setuju|approved?|sah|valid", re.I)),
)


@dataclass(frozen=True, slots=True)
class Training:
    """One row. jp is lesson hours of 45 minutes; start and end are both included; year is the year of
    the file, else of the end. status: verified, waiting, rejected, None when the file does not tell.

    problems: the row is not written. warnings: written without that value.
    """

    row: int
    nip_text: str
    nip: Nip | None
    name: str
    title: str
    organizer: str
    form: str
    programme: str
    start: date | None
    end: date | None
    year: int | None
    jp: Decimal | None
    number: str
    status: str | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


class HistoryReader:
    """Reads the rows of one table. today decides about future dates and years of two digits.

    The kind of a person is not known here, so any code of pppk_codes passes; the number is looked up.
    """

    def __init__(self, table: Table, *, today: date, pppk_codes: tuple[str, ...] = PPPK_CODES) -> None:
        self.table = table
        self.today = today
        self.pppk_codes = pppk_codes
        self.headings = {field.name: table.heading_of(field.name) or field.label for field in HISTORY.fields}
        self.period = partial(parse_period, today=today, span=career_span(today))

    def __iter__(self) -> Iterator[Training]:
        """Every row in the order of the file."""
        for row in self.table.rows:
            yield self._training(Cells(row, self.headings))

    def _training(self, cells: Cells) -> Training:
        nip = self._nip(cells)
        title = cells.parse("title", clean_line) or ""
        if not title:
            cells.refuse("title", Invalid("blank", "Nama pelatihan wajib diisi."))
        days = self._days(cells)
        return Training(
            row=cells.row.number,
            nip_text=cells.text("nip")[:40],
            nip=nip,
            name=cells.text("name")[:200],
            title=title,
            organizer=cells.parse("organizer", partial(clean_line, length=200)) or "",
            form=cells.parse("form", partial(clean_line, length=120)) or "",
            programme=cells.parse("programme", partial(clean_line, length=20)) or "",
            start=days.start if days else None,
            end=days.end if days else None,
            year=cells.parse("year", self._year) or (days.end.year if days else None),
            jp=cells.parse("jp", parse_hours),
            number=cells.parse("number", partial(clean_line, length=120)) or "",
            status=cells.parse("status", _status),
            problems=tuple(cells.problems),
            warnings=tuple(cells.warnings),
        )

    def _nip(self, cells: Cells) -> Nip | None:
        try:
            return parse_nip(cells.get("nip"), status=None, today=self.today, pppk_codes=self.pppk_codes)
        except InvalidNip as error:
            cells.refuse("nip", error)
            return None

    def _days(self, cells: Cells) -> DateRange | None:
        names = ("period", "start", "end")
        try:
            return self.period([cells.get(name) for name in names])
        except InvalidDate as error:
            # Named by the column that holds something; an end before its start by the end.
            order = ("end", "period", "start") if error.code == "reversed" else ("start", "period", "end")
            cells.refuse(next(name for name in order if cells.text(name)), error)
            return None

    def _year(self, value: object) -> int:
        text = cell_text(value)
        if not (text.isascii() and text.isdigit() and 1970 <= int(text[:9]) <= self.today.year + 1):
            raise Invalid("format", f"Tahun “{text[:20]}” tidak dikenali. Tulis 4 angka.")
        return int(text)


def _status(value: object) -> str:
    text = cell_text(value)
    for status, words in _STATUSES:
        if words.search(text):
            return status
    raise Invalid(
        "unknown", f"Status “{text[:40]}” tidak dikenal. Tulis Terverifikasi, Menunggu, atau Ditolak."
    )
