"""HTML tables saved as .xls: what many staff systems call "export to Excel"."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from asnportal.common.sheets import refusals
from asnportal.common.sheets.delimited import decode
from asnportal.common.sheets.grid import Book, Cells, Grid, Merge, Sheet
from asnportal.common.sheets.table import Limits

_WIDEST = 500
_MOST_CELLS_A_ROW = 120
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_LOOKS_LIKE = re.compile(rb"<\s*(?:!doctype\s+html|html|table|head|body|meta|tr)\b", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)


def looks_like_html(head: bytes) -> bool:
    """Do the first bytes of a file open a page or a table?"""
    return bool(_LOOKS_LIKE.search(head.replace(b"\0", b"")))


def open_html(data: bytes, limits: Limits) -> Book:
    """Every table is a sheet. A row's number counts the rows of all tables before it, as Excel shows it."""
    reader = _Tables(limits)
    reader.feed(_text(data))
    reader.close()
    if not reader.tables:
        raise refusals.old_format()
    return Book(
        "html",
        tuple(
            Sheet(f"Tabel {number}", visible=True, load=table.grid)
            for number, table in enumerate(reader.tables, 1)
        ),
    )


def _text(data: bytes) -> str:
    found = _CHARSET.search(data[:4_000])
    if found and found[1].lower() not in (b"utf-8", b"utf8", b"utf-16", b"unicode"):
        try:
            name = found[1].decode("ascii").lower()
            # What calls itself latin-1 holds the letters of windows-1252.
            return data.decode("cp1252" if name in ("iso-8859-1", "latin1") else name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


class _Table:
    """Rows of one table; first is the index of its first row in the sheet as a person sees it."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.rows: list[list[object]] = []
        self.merges: list[Merge] = []
        self.hidden: set[int] = set()
        self.taken: dict[int, set[int]] = {}

    def place(self, text: str, across: int, down: int) -> None:
        """Put a cell at the next free place of the last row; it covers what it spans."""
        row = len(self.rows) - 1
        cells = self.rows[row]
        taken = self.taken.setdefault(row, set())
        while len(cells) in taken:
            cells.append("")
        left = len(cells)
        right = min(left + across, _WIDEST) - 1
        cells.append(text)
        cells.extend("" for _column in range(left + 1, right + 1))
        if across > 1 or down > 1:
            top = self.first + row
            self.merges.append(Merge(top, left, top + down - 1, max(left, right)))
            for below in range(row + 1, row + down):
                self.taken.setdefault(below, set()).update(range(left, right + 1))

    def grid(self) -> Grid:
        blanks: list[Cells] = [()] * self.first
        hidden = frozenset(self.first + row for row in self.hidden)
        return Grid([*blanks, *self.rows], hidden, tuple(self.merges))


class _Tables(HTMLParser):
    """Collects tables; scripts and styles are passed over, a line break is a line break."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.passing = 0
        self.seen_rows = 0
        self.seen_cells = 0

    def close(self) -> None:
        super().close()
        self._end_cell()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.passing += 1
        elif tag == "table":
            self._end_cell()
            table = _Table(self.seen_rows)
            self.tables.append(table)
            self.open.append(table)
        elif tag == "tr" and self.open:
            self._start_row(dict(attrs))
        elif tag in ("td", "th") and self.open:
            self._start_cell(dict(attrs))
        elif tag in ("br", "p", "div") and self.cell:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.passing = max(0, self.passing - 1)
        elif tag in ("td", "th", "tr", "table"):
            self._end_cell()
            if tag == "table" and self.open:
                self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.passing:
            # A line end in the source is a space, as in every page.
            self.cell.append(re.sub(r"[\r\n]+", " ", data))

    def _start_row(self, attributes: dict[str, str | None]) -> None:
        self._end_cell()
        table = self.open[-1]
        if _NOT_SHOWN.search(attributes.get("style") or ""):
            table.hidden.add(len(table.rows))
        table.rows.append([])
        self.seen_rows += 1
        if self.seen_rows > self.limits.rows + 5_000:
            raise refusals.expanded(self.limits)

    def _start_cell(self, attributes: dict[str, str | None]) -> None:
        self._end_cell()
        if not self.open[-1].rows:
            self._start_row({})
        self.cell = []
        across, down = (_whole(attributes.get(name)) for name in ("colspan", "rowspan"))
        self.span = (min(across, _WIDEST), min(down, 5_000))
        self.seen_cells += self.span[0] * self.span[1]
        if self.seen_cells > max(1_000_000, self.limits.rows * _MOST_CELLS_A_ROW):
            raise refusals.expanded(self.limits)

    def _end_cell(self) -> None:
        if self.cell is not None and self.open and self.open[-1].rows:
            self.open[-1].place("".join(self.cell).strip(), *self.span)
        self.cell = None


def _whole(value: str | None) -> int:
    return max(1, int(value)) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1
