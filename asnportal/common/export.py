"""Lists as files. What people typed stays text: no cell becomes a formula or a link (TRUST T26)."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from xlsxwriter import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet takes for the beginning of a formula, full-width signs as well.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Row = Sequence[Any]


def xlsx_file(name: str, headings: Row, rows: Iterable[Row]) -> HttpResponseBase:
    """A workbook with one sheet, written row by row; numbers stay numbers, everything else is text."""
    place = io.BytesIO()
    book = Workbook(place, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Data")
    bold = book.add_format({"bold": True})
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, str(heading), bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(number, column, value)
            elif value not in (None, ""):
                sheet.write_string(number, column, str(value))
    sheet.freeze_panes(1, 0)
    book.close()
    answer = HttpResponse(place.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def csv_file(name: str, headings: Row, rows: Iterable[Row]) -> HttpResponseBase:
    """Semicolons and a mark of UTF-8, as Excel in Indonesia expects; sent while it is read."""
    answer = StreamingHttpResponse(_lines([headings], rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _lines(first: Iterable[Row], rows: Iterable[Row]) -> Iterator[str]:
    yield "\ufeff"
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    for part in (first, rows):
        for row in part:
            writer.writerow([_harmless(value) for value in row])
            yield line.getvalue()
            line.seek(0)
            line.truncate()


def _harmless(value: Any) -> Any:
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
