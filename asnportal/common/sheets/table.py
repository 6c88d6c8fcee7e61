"""What a file gave: the recognised columns, the rows of data, and what was passed over."""

from collections.abc import Mapping
from dataclasses import dataclass

from asnportal.common.invalid import Invalid


class Refused(Invalid):
    """A file that is not taken at all; nothing of it is written.

    codes: empty, bytes, rows, expanded, macro, type, locked, broken, old_format, encoding, quotes,
    columns (required ones missing), clash (two columns claim one field).
    """


@dataclass(frozen=True, slots=True)
class Limits:
    """rows: rows of data at most; bytes: size of the file as it lies on the disk."""

    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet. index from 0; heading as printed, tiers joined; field None when not read."""

    index: int
    letter: str
    heading: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Two or more columns (headings as printed, with letters) that claim the same field."""

    field: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell whose content cannot be known. column is the heading as printed, "" for the whole row.

    codes: formula_error, formula_empty, merged, cells (more cells than headings).
    """

    field: str | None
    column: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """number is the row number a person sees in the spreadsheet. values holds the recognised fields
    that are not blank (str stripped, float, int, bool, date, datetime). heading_unit is the text of
    the unit heading row above, if the sheet has such rows."""

    number: int
    values: Mapping[str, object]
    heading_unit: str = ""
    hidden: bool = False
    problems: tuple[CellProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no data. kind: heading, number, total, signature, unit, note."""

    number: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The sheet that was read.

    format: xlsx, xls, html, csv. heading_row is the number of its (last) heading row. blank counts
    blank rows between the heading and the end. Sheets are named in the order of the file.
    """

    filename: str
    format: str
    sheet: str
    heading_row: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...] = ()
    blank: int = 0
    hidden_rows: int = 0
    other_sheets: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def ignored_columns(self) -> list[str]:
        """Headings of the columns that were not read, in the order of the sheet."""
        return [column.heading for column in self.columns if column.field is None]

    def heading_of(self, name: str) -> str:
        """The heading as printed of a field's column, "" when the file has no such column."""
        return next((column.heading for column in self.columns if column.field == name), "")
