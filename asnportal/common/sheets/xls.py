"""xls (BIFF in an OLE container), the format of Excel 97-2003.

calamine reads the cells. A walk through the records before it finds how far each sheet reaches, and what
calamine does not tell: a password, hidden rows, error cells.
"""

import io
import struct
from dataclasses import dataclass, field
from functools import partial

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from asnportal.common.sheets import refusals
from asnportal.common.sheets.grid import Book, Grid, Merge, Sheet
from asnportal.common.sheets.guard import broken_unless_read
from asnportal.common.sheets.table import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOF, _EOF, _FILEPASS, _DIMENSIONS = 0x0809, 0x000A, 0x002F, 0x0200
_ROW, _FORMULA, _BOOLERR, _MULRK = 0x0208, 0x0006, 0x0205, 0x00BD
_ONE_CELL = frozenset((0x00FD, 0x0203, 0x027E, 0x0204, 0x00D6, _FORMULA, _BOOLERR))
_SHEET_HEAD = 0x0085
_END_OF_CHAIN = 0xFFFFFFFA
# Below it a stream lies in the small chain, where no program puts a sheet.
_SMALL_STREAM = 4096
_SMALL_AREA = 2_000_000


@dataclass(slots=True)
class _Walk:
    cells: int = 0
    last_row: int = -1
    last_column: int = -1
    claimed: int = 0
    hidden: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def open_xls(data: bytes, limits: Limits) -> Book:
    """The sheets of a workbook, opened one by one. Raises Refused."""
    if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0" in data:
        raise refusals.locked()
    with broken_unless_read():
        walks = _walk(_workbook_stream(data))
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        metadata = workbook.sheets_metadata
    for walk in walks:
        _check_extent(walk, limits)
    sheets = tuple(
        Sheet(
            meta.name,
            meta.visible == SheetVisibleEnum.Visible,
            partial(_load, workbook, meta.name, walks[number] if number < len(walks) else _Walk()),
        )
        for number, meta in enumerate(metadata)
        if meta.typ == SheetTypeEnum.WorkSheet
    )
    return Book("xls", sheets)


def _load(workbook: CalamineWorkbook, name: str, walk: _Walk) -> Grid:
    with broken_unless_read():
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.iter_rows()
        merges = tuple(
            Merge(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        )
    return Grid(rows, frozenset(walk.hidden), merges, walk.errors)


def _check_extent(walk: _Walk, limits: Limits) -> None:
    area = (walk.last_row + 1) * (walk.last_column + 1)
    if max(area, walk.claimed) > max(_SMALL_AREA, walk.cells * 8) or walk.last_row > limits.rows + 5_000:
        raise refusals.expanded(limits)


def _workbook_stream(data: bytes) -> bytes:
    """The stream "Workbook" (or "Book") of the container. Raises Refused or struct.error."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise refusals.broken()
    data += bytes(size)
    table = _allocation_table(data, size)
    directory = _chain(data, size, table, struct.unpack_from("<I", data, 48)[0])
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            start, bytes_long = struct.unpack_from("<II", directory, at + 116)
            if bytes_long < _SMALL_STREAM:
                raise refusals.broken()
            return _chain(data, size, table, start)[:bytes_long]
    if b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0" in directory:
        raise refusals.wrong_type()
    raise refusals.broken()


def _allocation_table(data: bytes, size: int) -> list[int]:
    sectors = list(struct.unpack_from("<109I", data, 76))
    more, count = struct.unpack_from("<II", data, 68)
    for _number in range(min(count, 10_000)):
        if more >= _END_OF_CHAIN:
            break
        page = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors.extend(page[:-1])
        more = page[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < _END_OF_CHAIN:
            table.extend(struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size))
    return table


def _chain(data: bytes, size: int, table: list[int], sector: int) -> bytes:
    pieces: list[bytes] = []
    # A chain that bites its tail would never end.
    while sector < len(table) and len(pieces) <= len(data) // size:
        pieces.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(pieces)


def _walk(stream: bytes) -> list[_Walk]:
    """One walk per sheet, in the order of the tabs."""
    starts: list[int] = []
    walks: dict[int, _Walk] = {}
    walk, depth, at = _Walk(), 0, 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = at + 4
        if kind == _BOF:
            depth += 1
            if depth == 1:
                walk = walks.setdefault(at, _Walk())
        elif kind == _EOF:
            depth = max(0, depth - 1)
        elif kind == _FILEPASS:
            raise refusals.locked()
        elif kind == _SHEET_HEAD:
            starts.append(struct.unpack_from("<I", stream, body)[0])
        elif depth == 1:
            _record(walk, kind, stream[body : body + length])
        at = body + length
    return [walks.get(start, _Walk()) for start in starts]


def _record(walk: _Walk, kind: int, body: bytes) -> None:
    if kind in _ONE_CELL and len(body) >= 6:
        row, column = struct.unpack_from("<HH", body)
        _cell(walk, row, column)
        if kind == _BOOLERR and len(body) >= 8 and body[7] == 1:
            walk.errors[row, column] = _ERRORS.get(body[6], "#ERROR")
        elif kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            walk.errors[row, column] = _ERRORS.get(body[8], "#ERROR")
    elif kind == _MULRK and len(body) >= 6:
        row, first = struct.unpack_from("<HH", body)
        last = struct.unpack_from("<H", body, len(body) - 2)[0]
        _cell(walk, row, last)
        walk.cells += max(0, last - first)
    elif kind == _ROW and len(body) >= 16 and struct.unpack_from("<I", body, 12)[0] & 0x20:
        walk.hidden.add(struct.unpack_from("<H", body)[0])
    elif kind == _DIMENSIONS and len(body) >= 14:
        top, bottom, left, right = struct.unpack_from("<IIHH", body)
        walk.claimed = max(0, bottom - top) * max(0, right - left)


def _cell(walk: _Walk, row: int, column: int) -> None:
    walk.cells += 1
    walk.last_row = max(walk.last_row, row)
    walk.last_column = max(walk.last_column, column)
