"""Lists as files. What people typed stays text: no cell becomes a formula or a link (TRUST T26)."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse

from asnportal.common.workbook import XLSX, Page, workbook

# What a spreadsheet takes for the beginning of a formula, full-width signs as well.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Row = Sequence[Any]


def xlsx_file(name: str, headings: Row, rows: Iterable[Row]) -> HttpResponseBase:
    """A workbook with one sheet; numbers stay numbers, everything else is text."""
    return workbook_file(name, [Page("Data", [str(heading) for heading in headings], rows)])


def workbook_file(name: str, pages: Iterable[Page]) -> HttpResponseBase:
    """As xlsx_file, with several sheets."""
    pieces = workbook(pages)
    answer = StreamingHttpResponse(pieces, content_type=XLSX)
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
