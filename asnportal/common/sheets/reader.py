"""From a file to a table: find out what it is, open it within limits, find the heading, take the rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from asnportal.common.sheets import refusals
from asnportal.common.sheets.delimited import decode, open_delimited
from asnportal.common.sheets.grid import Book, Cells, Grid, Sheet
from asnportal.common.sheets.headings import Vocabulary
from asnportal.common.sheets.html import looks_like_html, open_html
from asnportal.common.sheets.layout import Layout, unit_label
from asnportal.common.sheets.ole import SIGNATURE as OLE
from asnportal.common.sheets.table import Limits, Row, Skipped, Table
from asnportal.common.sheets.tiers import SEARCHED_ROWS, Heading, find_heading
from asnportal.common.sheets.xls import open_xls
from asnportal.common.sheets.xlsx import open_xlsx

Source = Path | bytes
Choice = Mapping[int, str | None]

_MACRO_SUFFIXES = (".xlsm", ".xltm", ".xlam")
# Signs of files that are no tables, whatever their name says.
_STRANGERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet with its heading, the rows seen while searching, and the rest. key is the field besides the
    NIP that marks a row of data."""

    sheet: Sheet
    grid: Grid
    heading: Heading
    head: list[Cells]
    rest: Iterator[Cells]
    key: str


def read_workbook(
    source: Source,
    filename: str,
    *,
    vocabulary: Vocabulary,
    limits: Limits,
    choice: Choice | None = None,
) -> Table:
    """Read the first visible sheet whose heading is recognised.

    choice (column index -> field or None) is a person's answer to how columns were recognised.
    Raises Refused, also when required columns are missing or two columns claim one field.
    """
    table = preview_workbook(source, filename, vocabulary=vocabulary, limits=limits, choice=choice)
    if table.missing:
        raise refusals.missing_columns([vocabulary.label(name) for name in table.missing])
    for clash in table.clashes:
        names = [f"{column.heading} ({column.letter})" for column in clash.columns]
        raise refusals.clash(vocabulary.label(clash.field), names)
    return table


def preview_workbook(
    source: Source,
    filename: str,
    *,
    vocabulary: Vocabulary,
    limits: Limits,
    choice: Choice | None = None,
) -> Table:
    """Like read_workbook, but missing and clashing columns stand in the table for a person to settle."""
    book = _open(_content(source, limits), filename, vocabulary, limits)
    found = _find(book, vocabulary, choice)
    if found is None:
        labels = [vocabulary.label(name) for name in vocabulary.required]
        raise refusals.missing_columns(labels)
    return _table(book, found, filename, limits)


def _content(source: Source, limits: Limits) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size == 0:
        raise refusals.empty()
    if size > limits.bytes:
        raise refusals.too_many_bytes(size, limits)
    return source if isinstance(source, bytes) else source.read_bytes()


def _open(data: bytes, filename: str, vocabulary: Vocabulary, limits: Limits) -> Book:
    """By what the file holds; its name only tells macros, which are refused before a look inside."""
    if filename.lower().endswith(_MACRO_SUFFIXES):
        raise refusals.macro()
    if data.startswith(b"PK"):
        return open_xlsx(data, limits)
    if data.startswith(OLE):
        return open_xls(data, limits)
    if data.startswith(_STRANGERS):
        raise refusals.wrong_type()
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise refusals.empty()
    if looks_like_html(data[:4_000]):
        return open_html(data, limits)
    if filename.lower().endswith((".xlsx", ".xls")) and b"\0\0\0" in data[:4_000]:
        raise refusals.broken()
    text = decode(data)
    if text.lstrip().startswith(("<?xml", "MIME-Version")):
        raise refusals.old_format()
    return open_delimited(text, vocabulary)


def _find(book: Book, vocabulary: Vocabulary, choice: Choice | None) -> _Found | None:
    """The first visible sheet with all required columns, else the visible one with the best heading."""
    best: _Found | None = None
    for sheet in book.sheets:
        if not sheet.visible:
            continue
        grid = sheet.load()
        rows = iter(grid.rows)
        head = list(islice(rows, SEARCHED_ROWS + 1))
        heading = find_heading(head, vocabulary, merges=grid.merges, choice=choice)
        if heading is None:
            continue
        found = _Found(sheet, grid, heading, head, rows, vocabulary.required[-1])
        if not heading.recognition.missing:
            return found
        if best is None or heading.score > best.heading.score:
            best = found
    return best


def _table(book: Book, found: _Found, filename: str, limits: Limits) -> Table:
    heading, recognition = found.heading, found.heading.recognition
    below = heading.bottom + 1
    layout = Layout(found.grid, recognition.columns, found.key)
    rows: list[Row] = []
    skipped: list[Skipped] = []
    blank = 0
    indexed = enumerate(chain(found.head[below:], found.rest), below)
    for item in layout.walk(indexed, unit_label(found.head[: heading.top])):
        if item is None:
            blank += 1
        elif isinstance(item, Row):
            rows.append(item)
            if len(rows) > limits.rows:
                raise refusals.too_many_rows(limits)
        else:
            skipped.append(item)
    return Table(
        filename=filename,
        format=book.format,
        sheet=found.sheet.name,
        heading_row=heading.bottom + 1,
        columns=tuple(column for column in recognition.columns if column.heading or column.field),
        rows=tuple(rows),
        skipped=tuple(skipped),
        blank=blank,
        hidden_rows=sum(row.hidden for row in rows),
        other_sheets=tuple(sheet.name for sheet in book.sheets if sheet is not found.sheet),
        clashes=recognition.clashes,
        missing=recognition.missing,
    )
