"""xlsx: a zip of XML. Sizes are checked before anything is unpacked, every part is walked through in
small pieces before calamine sees it, so that a bomb never gets to fill the memory.

What calamine does not tell (hidden rows, error cells, formulas without a result) comes from that walk.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from asnportal.common.sheets import refusals
from asnportal.common.sheets.grid import Book, Grid, Sheet
from asnportal.common.sheets.guard import broken_unless_read
from asnportal.common.sheets.table import Limits
from asnportal.common.sheets.walk import walk_sheet

_PIECE = 1 << 18
_MOST_PARTS = 5_000
_SMALL_PART = 4 << 20
# Deflate reaches 1,030; sheets of people reach about 10.
_HIGHEST_RATIO = 120
_READ_FIRST = ("[content_types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedstrings.xml")

# The reader asks for the memory that a part claims to need: claims are checked, and written plainly.
_CLAIM = re.compile(rb"""ount\s*=\s*["']([^"']*)["']""")
_FORBIDDEN_XML = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Package:
    """The zip and its parts by lower-case name, as programs find them."""

    archive: zipfile.ZipFile
    parts: Mapping[str, zipfile.ZipInfo]
    limits: Limits


def open_xlsx(data: bytes, limits: Limits) -> Book:
    """The sheets of a workbook, opened one by one. Raises Refused."""
    with broken_unless_read():
        package = _package(data, limits)
        parts = _sheet_parts(package)
        for part in _READ_FIRST:
            for _piece in _pieces(package, part):
                pass
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        metadata = workbook.sheets_metadata
    sheets = tuple(
        Sheet(
            meta.name,
            meta.visible == SheetVisibleEnum.Visible,
            partial(_load, package, parts.get(meta.name, ""), workbook, meta.name),
        )
        for meta in metadata
        if meta.typ == SheetTypeEnum.WorkSheet
    )
    return Book("xlsx", sheets)


def _package(data: bytes, limits: Limits) -> _Package:
    archive = zipfile.ZipFile(io.BytesIO(data))
    entries = archive.infolist()
    parts = {info.filename.lower(): info for info in entries}
    if len(entries) > _MOST_PARTS or len(parts) != len(entries):
        raise refusals.broken()
    if any(name.endswith("vbaproject.bin") for name in parts):
        raise refusals.wrong_type()
    if "xl/workbook.bin" in parts:
        raise refusals.old_format()
    if "xl/workbook.xml" not in parts:
        raise refusals.wrong_type()
    if any(info.flag_bits & 1 for info in entries):
        raise refusals.locked()
    _check_sizes(parts, limits)
    return _Package(archive, parts, limits)


def _check_sizes(parts: Mapping[str, zipfile.ZipInfo], limits: Limits) -> None:
    # A row of a full export takes about 4 kB, a kilobyte of it as shared words.
    total, words = max(64 << 20, limits.rows * 6_000), max(32 << 20, limits.rows * 1_200)
    if sum(info.file_size for info in parts.values()) > total:
        raise refusals.expanded(limits)
    shared = parts.get("xl/sharedstrings.xml")
    if shared and shared.file_size > words:
        raise refusals.expanded(limits)
    for info in parts.values():
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > _SMALL_PART and ratio > _HIGHEST_RATIO:
            raise refusals.expanded(limits)


def _sheet_parts(package: _Package) -> dict[str, str]:
    """Sheet name -> lower-case name of its part in the zip."""
    targets = {
        element.get("Id", ""): element.get("Target", "")
        for element in _elements(package, "xl/_rels/workbook.xml.rels")
    }
    parts = {}
    for element in _elements(package, "xl/workbook.xml"):
        if element.tag.rpartition("}")[2] == "sheet":
            ids = (value for key, value in element.items() if key.endswith("}id"))
            target = targets.get(next(ids, ""), "")
            parts[element.get("name", "")] = posixpath.normpath(posixpath.join("/xl", target))[1:].lower()
    return parts


def _elements(package: _Package, part: str) -> Iterator[ElementTree.Element]:
    if package.parts[part].file_size > _SMALL_PART:
        raise refusals.expanded(package.limits)
    text = b"".join(_pieces(package, part))
    for _event, element in ElementTree.iterparse(io.BytesIO(text)):  # noqa: S314 (no DTD gets here)
        yield element


def _pieces(package: _Package, part: str) -> Iterator[bytes]:
    """The part in pieces. Reading to the end checks size and checksum, so that no part is longer than
    its zip entry says; a part with a DTD is refused, as nobody writes one."""
    if part not in package.parts:
        return
    with package.archive.open(package.parts[part]) as stream:
        tail = b""
        while piece := stream.read(_PIECE):
            if not tail and piece[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"):
                raise refusals.broken()
            if _FORBIDDEN_XML.search(tail + piece):
                raise refusals.expanded(package.limits)
            _check_claims(tail + piece, package.parts[part].file_size)
            tail = piece[-4096:]
            yield piece


def _check_claims(text: bytes, size: int) -> None:
    for claim in _CLAIM.findall(text):
        if not claim.isdigit() or int(claim[:20]) > size:
            raise refusals.broken()


def _load(package: _Package, part: str, workbook: CalamineWorkbook, name: str) -> Grid:
    if part not in package.parts:
        # calamine would look for it elsewhere, where nobody walked before.
        raise refusals.broken()
    with broken_unless_read():
        walk = walk_sheet(lambda: _pieces(package, part), package.limits)
        rows = workbook.get_sheet_by_name(name).iter_rows()
    return Grid(rows, frozenset(walk.hidden), tuple(walk.merges), walk.errors)
