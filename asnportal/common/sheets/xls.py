"""xls, the format of Excel 97-2003: an OLE container with the records of a workbook."""

from functools import partial

from asnportal.common.sheets import refusals
from asnportal.common.sheets.biff import Globals, read_globals, read_page
from asnportal.common.sheets.grid import Book, Grid, Sheet
from asnportal.common.sheets.guard import broken_unless_read
from asnportal.common.sheets.ole import workbook_stream
from asnportal.common.sheets.table import Limits


def open_xls(data: bytes, limits: Limits) -> Book:
    """The sheets of a workbook, opened one by one. Raises Refused."""
    with broken_unless_read():
        stream = workbook_stream(data)
        book = read_globals(stream)
    return Book(
        "xls",
        tuple(
            Sheet(name, visible, partial(_load, stream, place, book, limits))
            for name, visible, place in book.sheets
        ),
    )


def _load(stream: bytes, place: int, book: Globals, limits: Limits) -> Grid:
    with broken_unless_read():
        page = read_page(stream, place, book)
    if len(page.cells) > limits.rows + 5_000:
        raise refusals.expanded(limits)
    return Grid(page.rows(), frozenset(page.hidden), tuple(page.merges), page.errors)
