"""Rows of a list of employees, read as far as that goes without the database.

Units and positions stay the words of the file: who knows the reference data resolves them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from asnportal.common.dates import Span, birth_span, career_span, parse_date, parse_place_and_date
from asnportal.common.employment import in_service, parse_kind, parse_sex
from asnportal.common.invalid import Invalid
from asnportal.common.nip import PPPK_CODES, InvalidNip, Nip, nip_doubts, parse_nip
from asnportal.common.rank import Rank, parse_rank
from asnportal.common.sheets.cells import Cells, Problem
from asnportal.common.sheets.table import Table
from asnportal.common.sheets.words import PEOPLE
from asnportal.common.text import InvalidText, cell_text, clean_line
from asnportal.common.titles import PersonName, read_name

_STATUS_FIELDS = ("status", "status_code", "employee_type", "legal_status")


@dataclass(frozen=True, slots=True)
class Person:
    """One row. nip_text is what the file says, nip its reading. sex, birth_date and kind fall back to
    what the number tells. unit falls back to the unit heading row above. active: None when not told.

    problems: the row is not written. doubts: held until a person decides. warnings: written without.
    """

    row: int
    nip_text: str
    nip: Nip | None
    name: PersonName | None
    kind: str | None
    sex: str | None
    birth_place: str
    birth_date: date | None
    rank: Rank | None
    rank_since: date | None
    position: str
    position_type: str
    position_since: date | None
    echelon: str
    unit: str
    opd: str
    education: str
    education_level: str
    graduation_year: int | None
    cpns_since: date | None
    pns_since: date | None
    email: str
    legal_status: str
    active: bool | None
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


class PeopleReader:
    """Reads the rows of one table. today decides about future dates and years of two digits."""

    def __init__(self, table: Table, *, today: date, pppk_codes: tuple[str, ...] = PPPK_CODES) -> None:
        self.table = table
        self.today = today
        self.pppk_codes = pppk_codes
        self.headings = {field.name: table.heading_of(field.name) or field.label for field in PEOPLE.fields}
        self.births: Span = birth_span(today)
        self.career = partial(parse_date, today=today, span=career_span(today))
        self.first_rows: dict[str, int] = {}

    def __iter__(self) -> Iterator[Person]:
        """Every row in the order of the file; a number that came before is a problem naming that row."""
        for row in self.table.rows:
            yield self._person(Cells(row, self.headings))

    def _person(self, cells: Cells) -> Person:
        kind = self._kind(cells)
        nip = self._nip(cells, kind)
        name = self._name(cells)
        birth = cells.parse("birth_date", partial(parse_place_and_date, today=self.today, span=self.births))
        sex = cells.parse("sex", parse_sex)
        cpns_since = cells.parse("cpns_since", self.career)
        if nip:
            kind = kind or nip.kind_hint
            born = birth.date if birth else None
            for doubt in (*nip.doubts, *nip_doubts(nip, birth_date=born, sex=sex, start=cpns_since)):
                cells.doubt(_DOUBTED.get(doubt.code, "nip"), doubt)
        # Where status and number disagree, nobody knows yet which scale the rank should be of.
        settled = None if nip and nip.doubts else kind
        rank = cells.parse("rank", partial(parse_rank, kind=settled))
        return Person(
            row=cells.row.number,
            nip_text=cells.text("nip")[:40],
            nip=nip,
            name=name,
            kind=kind,
            sex=sex or (nip.sex if nip else None),
            birth_place=self._line(cells, "birth_place") or (birth.place if birth else ""),
            birth_date=birth.date if birth else nip.birth_date if nip else None,
            rank=rank,
            rank_since=cells.parse("rank_since", self.career),
            position=self._line(cells, "position"),
            position_type=self._line(cells, "position_type"),
            position_since=cells.parse("position_since", self.career),
            echelon=self._line(cells, "echelon"),
            unit=self._line(cells, "unit") or cells.row.heading_unit,
            opd=self._line(cells, "opd"),
            education=self._line(cells, "education"),
            education_level=self._line(cells, "education_level"),
            graduation_year=cells.try_parse("graduation_year", self._year),
            cpns_since=cpns_since,
            pns_since=cells.parse("pns_since", self.career),
            email=cells.try_parse("email", _email) or "",
            legal_status=self._line(cells, "legal_status"),
            active=in_service(cells.get("legal_status")),
            problems=tuple(cells.problems),
            doubts=tuple(cells.doubts),
            warnings=tuple(cells.warnings),
        )

    def _kind(self, cells: Cells) -> str | None:
        try:
            return parse_kind([cells.get(name) for name in _STATUS_FIELDS])
        except Invalid as error:
            cells.refuse(next(name for name in _STATUS_FIELDS if cells.text(name)), error)
            return None

    def _nip(self, cells: Cells, kind: str | None) -> Nip | None:
        try:
            nip = parse_nip(cells.get("nip"), status=kind, today=self.today, pppk_codes=self.pppk_codes)
        except InvalidNip as error:
            cells.refuse("nip", error)
            return None
        first = self.first_rows.setdefault(nip.number, cells.row.number)
        if first != cells.row.number:
            cells.refuse("nip", InvalidNip("repeated", f"NIP sama dengan baris {first}."))
        return nip

    def _name(self, cells: Cells) -> PersonName | None:
        try:
            return read_name(cells.get("name"), cells.get("title_before"), cells.get("title_after"))
        except InvalidText as error:
            cells.refuse("name", error)
            return None

    def _line(self, cells: Cells, name: str) -> str:
        return cells.parse(name, clean_line) or ""

    def _year(self, value: object) -> int:
        text = cell_text(value)
        if not (text.isascii() and text.isdigit() and 1940 <= int(text[:9]) <= self.today.year):
            raise Invalid("format", f"Tahun “{text[:20]}” tidak dikenali. Tulis 4 angka.")
        return int(text)


_DOUBTED = {"birth_date_differs": "birth_date", "sex_differs": "sex", "start_differs": "cpns_since"}


def _email(value: object) -> str:
    text = clean_line(value, length=254)
    try:
        validate_email(text)
    except ValidationError:
        raise Invalid("format", "Alamat email tidak valid.") from None
    return text.lower()
