"""Writing the files, the same bytes each time."""

import html
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
import xlwt

Cells = Sequence[object]

_MADE_ON = datetime(2026, 11, 24, tzinfo=UTC)
_NO_RESULT = "TANPA HASIL"


@dataclass
class Formula:
    """A formula with the result that Excel stored, None where none was stored."""

    text: str
    result: object = None


@dataclass
class Sheet:
    """merges: (top, left, bottom, right) from 0, the text stays in the first cell."""

    name: str
    rows: Sequence[Cells]
    visible: bool = True
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    merges: Sequence[tuple[int, int, int, int]] = ()
    bordered: Sequence[int] = ()
    width: int = 0
    filtered: tuple[int, int, int, int] | None = field(default=None)


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """Excel's own kind of file; ints and floats are numbers, text is text, dates are date cells."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"created": _MADE_ON})
        border = book.add_format({"border": 1})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            covered = {(top, left): merge for merge in sheet.merges for top, left in [merge[:2]]}
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    if (row, column) in covered:
                        page.merge_range(*covered[row, column], "", border)
                    _write(page, row, column, cell)
            for row in sheet.bordered:
                for column in range(sheet.width):
                    page.write_blank(row, column, None, border)
            _dress(page, sheet)
        visible = next(number for number, sheet in enumerate(sheets) if sheet.visible)
        book.worksheets()[visible].activate()
        book.worksheets()[visible].set_first_sheet()
    _forget_results(path)


def _forget_results(path: Path) -> None:
    """Leave formulas without a result as other programs do: no type, no value."""
    with zipfile.ZipFile(path) as archive:
        parts = {info: archive.read(info) for info in archive.infolist()}
    if not any(_NO_RESULT.encode() in content for content in parts.values()):
        return
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in parts.items():
            result = f"<v>{_NO_RESULT}</v>".encode()
            pieces = content.split(result)
            cleaned = [piece[::-1].replace(b't="str"'[::-1], b"", 1)[::-1] for piece in pieces[:-1]]
            archive.writestr(info, b"<v></v>".join([*cleaned, pieces[-1]]))


def _write(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: object) -> None:
    if isinstance(cell, Formula):
        page.write_formula(row, column, cell.text, None, _NO_RESULT if cell.result is None else cell.result)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    elif cell not in (None, ""):
        page.write_string(row, column, str(cell))


def _dress(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet) -> None:
    for row in sheet.hidden_rows:
        page.set_row(row, None, None, {"hidden": True})
    for column in sheet.hidden_columns:
        page.set_column(column, column, None, None, {"hidden": True})
    if sheet.filtered:
        page.autofilter(*sheet.filtered)
    if not sheet.visible:
        page.hide()


def write_xls(path: Path, sheets: Sequence[Sheet]) -> None:
    """The format of Excel 97-2003. An Exception in the place of a cell is an error cell (#REF!)."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, Exception):
                    page.row(row).set_cell_error(column, 0x17)
                elif isinstance(cell, date):
                    page.write(row, column, cell, day)
                elif cell not in (None, ""):
                    page.write(row, column, cell)
        for row in sheet.hidden_rows:
            page.row(row).hidden = True
        page.visibility = 0 if sheet.visible else 1
    book.active_sheet = next(number for number, sheet in enumerate(sheets) if sheet.visible)
    book.save(str(path))


def write_text(
    path: Path, rows: Sequence[Cells], separator: str, encoding: str, *, newline: str = "\r\n"
) -> None:
    """csv and txt; a cell is quoted only where it must be."""
    lines = [separator.join(_quoted(str(cell), separator) for cell in cells) for cells in rows]
    path.write_bytes((newline.join(lines) + newline).encode(encoding))


def _quoted(cell: str, separator: str) -> str:
    needs = any(char in cell for char in (separator, '"', "\n", "\r"))
    return '"' + cell.replace('"', '""') + '"' if needs else cell


def write_html(path: Path, head: str, rows: Sequence[Cells], tail: str, encoding: str) -> None:
    """A table as many staff systems "export to Excel"; a cell starting with < stands as it is."""
    body = "\n".join(
        "<tr>" + "".join(c if (c := str(cell)).startswith("<td") else f"<td>{html.escape(c)}</td>" for cell in cells)
        + "</tr>"
        for cells in rows
    )  # fmt: skip
    page = f"<html><head>{head}</head><body><table border=1>\n{body}\n</table>{tail}</body></html>"
    path.write_bytes(page.encode(encoding))
