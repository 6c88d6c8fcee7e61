"""HTML tables saved as .xls: what many staff systems call "export to Excel"."""

import html
import re

from asnportal.common.sheets import refusals
from asnportal.common.sheets.delimited import decode
from asnportal.common.sheets.grid import Book, Cells, Grid, Merge, Sheet
from asnportal.common.sheets.table import Limits

_WIDEST = 500
_MOST_CELLS_A_ROW = 120
_MOST_TABLES = 2_000
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_LOOKS_LIKE = re.compile(rb"<\s*(?:!doctype\s+html|html|table|head|body|meta|tr)\b", re.IGNORECASE)
# A whole cell at once, as most are; comments; what is not shown; any tag; text. A parser of the standard
# library takes five times as long, and more of HTML is not needed for a table.
_TOKEN = re.compile(
    r"<t[dh](?P<simple>[^<>]*)>(?P<inside>[^<]*)</t[dh]\s*>"
    r"|<!--.*?(?:-->|\Z)|<(?P<raw>script|style|title)\b.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<end>/?)(?P<tag>[a-z][a-z0-9:-]*)(?P<attributes>[^<>]*)>|(?P<text>[^<]+)|<",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([a-z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)


def looks_like_html(head: bytes) -> bool:
    """Do the first bytes of a file open a page or a table?"""
    return bool(_LOOKS_LIKE.search(head.replace(b"\0", b"")))


def open_html(data: bytes, limits: Limits) -> Book:
    """Every table is a sheet. A row's number counts the rows of all tables before it, as Excel shows it."""
    reader = _Tables(limits)
    reader.read(_text(data))
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


class _Tables:
    """Collects tables; scripts and styles are passed over, a line break is a line break."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.seen_rows = 0
        self.seen_cells = 0

    def read(self, text: str) -> None:
        """Walk through a page to its end, whatever was left open."""
        for token in _TOKEN.finditer(text):
            kind = token.lastgroup
            if kind == "inside":
                if self.open:
                    self._start_cell(token["simple"])
                    self._add(token["inside"])
                    self._end_cell()
            elif kind == "text":
                self._add(token["text"])
            elif kind == "attributes":
                if token["end"]:
                    self._end(token["tag"].lower())
                else:
                    self._start(token["tag"].lower(), token["attributes"])
        self._end_cell()

    def _start(self, tag: str, attributes: str) -> None:
        if tag == "table":
            self._end_cell()
            table = _Table(self.seen_rows)
            self.tables.append(table)
            self.open.append(table)
            if len(self.tables) > _MOST_TABLES:
                raise refusals.expanded(self.limits)
        elif tag == "tr" and self.open:
            self._start_row(attributes)
        elif tag in ("td", "th") and self.open:
            self._start_cell(attributes)
        elif tag in ("br", "p", "div") and self.cell:
            self.cell.append("\n")

    def _end(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
            if tag == "table" and self.open:
                self.open.pop()

    def _add(self, text: str) -> None:
        if self.cell is None:
            return
        if "\n" in text or "\r" in text:
            # A line end in the source is a space, as in every page.
            text = re.sub(r"[\r\n]+", " ", text)
        self.cell.append(html.unescape(text) if "&" in text else text)

    def _start_row(self, attributes: str) -> None:
        self._end_cell()
        table = self.open[-1]
        if attributes and _NOT_SHOWN.search(attributes):
            table.hidden.add(len(table.rows))
        table.rows.append([])
        self.seen_rows += 1
        if self.seen_rows > self.limits.rows + 5_000:
            raise refusals.expanded(self.limits)

    def _start_cell(self, attributes: str) -> None:
        self._end_cell()
        if not self.open[-1].rows:
            self._start_row("")
        self.cell = []
        self.span = _span(attributes) if "span" in attributes.lower() else (1, 1)
        self.seen_cells += self.span[0] * self.span[1]
        if self.seen_cells > max(1_000_000, self.limits.rows * _MOST_CELLS_A_ROW):
            raise refusals.expanded(self.limits)

    def _end_cell(self) -> None:
        if self.cell is not None and self.open and self.open[-1].rows:
            self.open[-1].place("".join(self.cell).strip(), *self.span)
        self.cell = None


def _span(attributes: str) -> tuple[int, int]:
    """Columns and rows that a cell covers."""
    values = {
        name.lower(): double or single or bare
        for name, double, single, bare in _ATTRIBUTE.findall(attributes)
    }
    across, down = (_whole(values.get(name, "")) for name in ("colspan", "rowspan"))
    return min(across, _WIDEST), min(down, 5_000)


def _whole(value: str) -> int:
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 6 else 1
