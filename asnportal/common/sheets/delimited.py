"""csv and txt: encoding, separator and quotes are found out, as nobody says them."""

import csv
import io
import re
from collections.abc import Iterator
from functools import partial
from itertools import islice

from asnportal.common.sheets import refusals
from asnportal.common.sheets.grid import Book, Cells, Grid, Sheet
from asnportal.common.sheets.headings import Vocabulary
from asnportal.common.sheets.tiers import SEARCHED_ROWS, find_heading

_SEPARATORS = (";", "\t", "|", ",")
_LONGEST_CELL = 20_000
_MOST_LINES = 40
# What a spreadsheet can hold; beyond it a file is no table.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_AS_TEXT = re.compile(r'="([^"]*)"')
# No text holds these; a file full of them is a picture or a program.
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# UTF-8 read as windows-1252 once too often: a file in two encodings.
_DOUBLE = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2013-\u203a\u20ac\u2122]"
)


def decode(data: bytes) -> str:
    """Text of a file in UTF-8, UTF-16 (also without a mark) or windows-1252. Raises Refused (encoding)."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = _strictly(data, "utf-16")
    elif data.startswith(b"\xef\xbb\xbf"):
        text = _strictly(data, "utf-8-sig")
    elif data[1:200:2].count(0) > len(data[1:200:2]) * 0.7:
        text = _strictly(data, "utf-16-le")
    elif data[:200:2].count(0) > len(data[:200:2]) * 0.7:
        text = _strictly(data, "utf-16-be")
    else:
        text = _utf8_or_windows(data)
    if _BINARY.search(text):
        raise refusals.encoding()
    return text.removeprefix("\ufeff")


def open_delimited(text: str, vocabulary: Vocabulary) -> Book:
    """A book of one sheet. The separator is the one with which the heading is recognised best."""
    line = _SEPARATOR_LINE.match(text)
    if line:
        # Excel takes this line as an order and does not show it.
        text, separator = text[line.end() :], line[1]
    else:
        separator = _separator(text, vocabulary)
    return Book("csv", (Sheet("", visible=True, load=partial(_load, text, separator)),))


def _load(text: str, separator: str) -> Grid:
    return Grid(_rows(text, separator), ragged=True)


def _rows(text: str, separator: str) -> Iterator[Cells]:
    # newline="" leaves the line ends to csv, which knows CR, LF and CRLF and those inside quotes.
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
            if number > _MOST_ROWS or len(cells) > _MOST_COLUMNS:
                raise refusals.broken()
            for index, cell in enumerate(cells):
                if len(cell) > _LONGEST_CELL or cell.count("\n") + cell.count("\r") > _MOST_LINES:
                    raise refusals.open_quote(number)
                if cell.startswith('="') and (bare := _AS_TEXT.fullmatch(cell)):
                    cells[index] = bare[1]
            yield cells
    except csv.Error:
        raise refusals.broken() from None


def _separator(text: str, vocabulary: Vocabulary) -> str:
    best, best_score = ";", (-100, -1)
    for separator in _SEPARATORS:
        if separator not in text[:200_000]:
            continue
        heading = find_heading(list(islice(_rows(text, separator), SEARCHED_ROWS + 1)), vocabulary)
        if heading and heading.score > best_score:
            best, best_score = separator, heading.score
    return best


def _utf8_or_windows(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _strictly(data, "cp1252")
    if _DOUBLE.search(text):
        raise refusals.encoding()
    return text


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise refusals.encoding() from None
