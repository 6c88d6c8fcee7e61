"""The records of a workbook of Excel 97-2003 (BIFF8): shared strings, formats, cells.

Our own reader: the library at hand asks for as much memory as a damaged file claims to need, which ends
the whole process. Nothing here is larger than the file itself.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from asnportal.common.sheets import refusals
from asnportal.common.sheets.grid import Merge

BOF, EOF, FILEPASS, CONTINUE = 0x0809, 0x000A, 0x002F, 0x003C
BOUNDSHEET, SST, FORMAT, XF, DATEMODE = 0x0085, 0x00FC, 0x041E, 0x00E0, 0x0022
ROW, MERGEDCELLS = 0x0208, 0x00E5
LABELSST, LABEL, RSTRING, NUMBER, RK, MULRK = 0x00FD, 0x0204, 0x00D6, 0x0203, 0x027E, 0x00BD
FORMULA, STRING, BOOLERR = 0x0006, 0x0207, 0x0205
_BIFF8 = 0x0600
_MOST_STRINGS = 2_000_000

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DATE_CODE = re.compile(r"[dmyhs]", re.IGNORECASE)

Record = tuple[int, int, bytes]


@dataclass(slots=True)
class Globals:
    """What stands before the sheets. sheets: (name, visible, place in the stream) in order of the tabs."""

    sheets: list[tuple[str, bool, int]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    cell_formats: list[int] = field(default_factory=list)
    epoch: datetime = datetime(1899, 12, 30)  # noqa: DTZ001 (days of a sheet have no zone)

    def is_date(self, cell_format: int) -> bool:
        number = self.cell_formats[cell_format] if cell_format < len(self.cell_formats) else 0
        code = self.formats.get(number)
        if code is None:
            return number in _DATE_FORMATS
        return bool(_DATE_CODE.search(_NOT_CODE.sub("", code))) and "general" not in code.lower()


@dataclass(slots=True)
class Page:
    """One sheet, all from 0."""

    cells: dict[int, dict[int, object]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

    def put(self, row: int, column: int, value: object) -> None:
        self.cells.setdefault(row, {})[column] = value

    def rows(self) -> Iterator[list[object]]:
        """Every row up to the last with content, blanks as ""."""
        for number in range(max(self.cells, default=-1) + 1):
            cells = self.cells.get(number)
            yield [cells.get(column, "") for column in range(max(cells) + 1)] if cells else []


def records(stream: bytes, at: int = 0) -> Iterator[Record]:
    """(place, kind, body) from a place on; ends with the stream."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def read_globals(stream: bytes) -> Globals:
    """Raises Refused: locked by a password, or a format before Excel 97."""
    found = Globals()
    words: list[bytes] = []
    open_words = False
    for at, kind, body in records(stream):
        if kind == FILEPASS:
            raise refusals.locked()
        if at == 0 and (kind != BOF or struct.unpack_from("<H", body)[0] != _BIFF8):
            raise refusals.old_format()
        if kind == EOF:
            break
        if kind == SST or (kind == CONTINUE and open_words):
            words.append(body)
        open_words = kind == SST or (kind == CONTINUE and open_words)
        _global_record(found, kind, body)
    if words:
        found.strings = _Words(words).strings()
    return found


def _global_record(found: Globals, kind: int, body: bytes) -> None:
    if kind == BOUNDSHEET:
        place, state, sort = struct.unpack_from("<IBB", body)
        if sort == 0:
            found.sheets.append((_text(body, 7, body[6]), state & 3 == 0, place))
    elif kind == FORMAT:
        number, length = struct.unpack_from("<HH", body)
        found.formats[number] = _text(body, 4, length)
    elif kind == XF:
        found.cell_formats.append(struct.unpack_from("<H", body, 2)[0])
    elif kind == DATEMODE and body[:1] == b"\1":
        found.epoch = datetime(1904, 1, 1)  # noqa: DTZ001


def read_page(stream: bytes, place: int, book: Globals) -> Page:
    """The sheet whose records begin at a place."""
    page, depth, waiting = Page(), 0, (-1, -1)
    for _at, kind, body in records(stream, place):
        if kind == BOF:
            depth += 1
        elif kind == EOF:
            depth -= 1
            if depth == 0:
                break
        elif kind == STRING and waiting[0] >= 0:
            page.put(*waiting, _text(body, 2, struct.unpack_from("<H", body)[0]))
            waiting = (-1, -1)
        elif depth == 1:
            waiting = _page_record(page, kind, body, book) or waiting
    return page


def _page_record(page: Page, kind: int, body: bytes, book: Globals) -> tuple[int, int] | None:
    """Take a record; the place of a formula whose text comes in a later record."""
    if kind == ROW:
        if len(body) >= 16 and struct.unpack_from("<I", body, 12)[0] & 0x20:
            page.hidden.add(struct.unpack_from("<H", body)[0])
    elif kind == MERGEDCELLS:
        for at in range(2, len(body) - 7, 8):
            top, bottom, left, right = struct.unpack_from("<4H", body, at)
            page.merges.append(Merge(top, left, bottom, right))
    elif kind == MULRK:
        row, first = struct.unpack_from("<HH", body)
        for column, at in enumerate(range(4, len(body) - 7, 6), first):
            cell_format, packed = struct.unpack_from("<HI", body, at)
            page.put(row, column, _number(_unpacked(packed), cell_format, book))
    elif kind in _CELLS:
        row, column, cell_format = struct.unpack_from("<3H", body)
        if kind == FORMULA:
            return _formula(page, (row, column), body[6:14], _Format(book, cell_format))
        if kind == BOOLERR and body[7]:
            page.errors[row, column] = ERRORS.get(body[6], "#ERROR")
        else:
            page.put(row, column, _CELLS[kind](body, cell_format, book))
    return None


@dataclass(frozen=True, slots=True)
class _Format:
    book: Globals
    number: int


def _formula(page: Page, at: tuple[int, int], result: bytes, form: _Format) -> tuple[int, int] | None:
    if result[6:8] != b"\xff\xff":
        page.put(*at, _number(struct.unpack("<d", result)[0], form.number, form.book))
    elif result[0] == 0:
        return at
    elif result[0] == 1:
        page.put(*at, bool(result[2]))
    elif result[0] == 2:
        page.errors[at] = ERRORS.get(result[2], "#ERROR")
    return None


def _label(body: bytes, _cell_format: int, _book: Globals) -> object:
    return _text(body, 8, struct.unpack_from("<H", body, 6)[0])


def _shared(body: bytes, _cell_format: int, book: Globals) -> object:
    return book.strings[struct.unpack_from("<I", body, 6)[0]]


def _double(body: bytes, cell_format: int, book: Globals) -> object:
    return _number(struct.unpack_from("<d", body, 6)[0], cell_format, book)


def _packed(body: bytes, cell_format: int, book: Globals) -> object:
    return _number(_unpacked(struct.unpack_from("<I", body, 6)[0]), cell_format, book)


def _truth(body: bytes, _cell_format: int, _book: Globals) -> object:
    return bool(body[6])


_CELLS = {
    LABELSST: _shared,
    LABEL: _label,
    RSTRING: _label,
    NUMBER: _double,
    RK: _packed,
    BOOLERR: _truth,
    FORMULA: _double,
}


def _unpacked(packed: int) -> float:
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & (1 << 31) else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return value / 100 if packed & 1 else value


def _number(value: float, cell_format: int, book: Globals) -> float | date:
    if book.is_date(cell_format) and 1 <= value < 3_000_000:
        moment = book.epoch + timedelta(days=value)
        return moment.date() if value.is_integer() else moment
    return value


def _text(body: bytes, at: int, length: int) -> str:
    if body[at] & 1:
        return body[at + 1 : at + 1 + 2 * length].decode("utf-16-le", "replace")
    return body[at + 1 : at + 1 + length].decode("latin-1")


class _Words:
    """The shared strings, which run over the ends of their records."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces
        self.piece = 0
        self.at = 8
        self.count = struct.unpack_from("<I", pieces[0], 4)[0]

    def strings(self) -> list[str]:
        if self.count > _MOST_STRINGS:
            raise refusals.broken()
        return [self._string() for _number in range(self.count)]

    def _string(self) -> str:
        length, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self._take(4))[0] if flags & 4 else 0
        text = self._characters(length, wide=bool(flags & 1))
        self._take(runs * 4 + extra)
        return text

    def _characters(self, length: int, *, wide: bool) -> str:
        found: list[str] = []
        while length:
            if self.at >= len(self.pieces[self.piece]):
                self._next()
                # Each record says anew whether its characters have one byte or two.
                wide = bool(self._take(1)[0] & 1)
            width = 2 if wide else 1
            piece = self.pieces[self.piece]
            part = piece[self.at : self.at + length * width]
            part = part[: len(part) // width * width]
            if not part:
                raise refusals.broken()
            self.at += len(part)
            length -= len(part) // width
            found.append(part.decode("utf-16-le" if wide else "latin-1", "replace"))
        return "".join(found)

    def _take(self, length: int) -> bytes:
        taken = b""
        while len(taken) < length:
            if self.at >= len(self.pieces[self.piece]):
                self._next()
            part = self.pieces[self.piece][self.at : self.at + length - len(taken)]
            self.at += len(part)
            taken += part
        return taken

    def _next(self) -> None:
        self.piece += 1
        self.at = 0
        if self.piece >= len(self.pieces):
            raise refusals.broken()
