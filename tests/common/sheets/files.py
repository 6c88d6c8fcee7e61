"""Small workbooks for the tests of the reader, made in memory."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import xlsxwriter

from asnportal.common.sheets import PEOPLE, Limits, Table, Vocabulary, preview_workbook, read_workbook

NIP = "198705142010012007"
OTHER = "196711101992031001"
HEAD = ["NIP", "NAMA", "UNIT KERJA"]
SHEET = "xl/worksheets/sheet1.xml"
LIMITS = Limits(50_000, 25_000_000)

Edit = Callable[[bytes], bytes]


def xlsx(rows: Sequence[Sequence[object]], *, merges: Sequence[str] = ()) -> bytes:
    """A workbook of one sheet; merges by their ranges ("A1:C1"), whose first cell keeps its text."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet()
        for place in merges:
            page.merge_range(place, "")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell not in (None, ""):
                    page.write(number, column, cell)
    return content.getvalue()


def edited(data: bytes, edits: Mapping[str, Edit], more: Mapping[str, bytes] | None = None) -> bytes:
    """The same zip with parts changed and added."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info.filename, edits[info.filename](part) if info.filename in edits else part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return content.getvalue()


def csv(rows: Sequence[Sequence[str]], separator: str = ";", newline: str = "\r\n") -> bytes:
    """Text without quotes, in UTF-8."""
    return newline.join(separator.join(row) for row in rows).encode()


def read(data: bytes, name: str = "pegawai.xlsx", vocabulary: Vocabulary = PEOPLE) -> Table:
    return read_workbook(data, name, vocabulary=vocabulary, limits=LIMITS)


def preview(data: bytes, name: str = "pegawai.xlsx", vocabulary: Vocabulary = PEOPLE) -> Table:
    return preview_workbook(data, name, vocabulary=vocabulary, limits=LIMITS)
