"""Writing xlsx: every cell stays text or a date, nothing becomes a formula or a link (TRUST.md T26)."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_WIDEST = 48


@dataclass(frozen=True)
class Page:
    """One sheet. ``rows`` are read once, while they are written; ``widths`` of the columns are in characters."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[object]]
    widths: Sequence[int] = ()


def workbook(pages: Iterable[Page]) -> Iterator[bytes]:
    """The bytes of a workbook, in pieces. The first row of each sheet is its heading and stays in sight."""
    place = io.BytesIO()
    with Workbook(place, _OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for page in pages:
            sheet = book.add_worksheet(page.name[:31])
            sheet.freeze_panes(1, 0)
            for column, heading in enumerate(page.headings):
                wide = page.widths[column] if column < len(page.widths) else len(heading) + 4
                # The whole column is text, so that a number typed into it keeps all its digits.
                sheet.set_column(column, column, min(max(wide, 8), _WIDEST), text)
                sheet.write_string(0, column, heading, bold)
            for number, row in enumerate(page.rows, 1):
                for column, value in enumerate(row):
                    _write(sheet, (number, column), value, (text, day))
    place.seek(0)
    while piece := place.read(65_536):
        yield piece


def _write(sheet: Worksheet, place: tuple[int, int], value: object, formats: tuple[Format, Format]) -> None:
    text, day = formats
    row, column = place
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value), text)
