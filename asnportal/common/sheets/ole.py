"""The OLE container around a file of Excel 97-2003, as far as needed to get at the workbook in it."""

import struct

from asnportal.common.sheets import refusals

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN = 0xFFFFFFFA
# Below it a stream lies in the small chain, where no program puts a sheet.
_SMALL_STREAM = 4096


def workbook_stream(data: bytes) -> bytes:
    """The stream "Workbook". Raises Refused, struct.error where the container is damaged."""
    size = 1 << (struct.unpack_from("<H", data, 30)[0] & 31)
    if size not in (512, 4096):
        raise refusals.broken()
    data += bytes(size)
    table = _allocation_table(data, size)
    streams = _directory(_chain(data, size, table, struct.unpack_from("<I", data, 48)[0]))
    if "Root Entry" not in streams:
        raise refusals.broken()
    if "EncryptedPackage" in streams:
        raise refusals.locked()
    if "Workbook" not in streams:
        raise refusals.old_format() if "Book" in streams else refusals.wrong_type()
    start, length = streams["Workbook"]
    if length < _SMALL_STREAM:
        raise refusals.broken()
    stream = _chain(data, size, table, start)
    if len(stream) < length:
        raise refusals.broken()
    return stream[:length]


def _directory(entries: bytes) -> dict[str, tuple[int, int]]:
    """Name -> first sector and length in bytes."""
    streams = {}
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        streams[name] = struct.unpack_from("<II", entries, at + 116)
    return streams


def _allocation_table(data: bytes, size: int) -> list[int]:
    most = len(data) // size
    sectors = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    while more < most and len(sectors) < most + 109:
        page = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors.extend(page[:-1])
        more = page[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < most and len(table) < most + size:
            table.extend(struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size))
    return table


def _chain(data: bytes, size: int, table: list[int], sector: int) -> bytes:
    pieces: list[bytes] = []
    # A chain that bites its tail would never end.
    while sector < len(table) and len(pieces) <= len(data) // size:
        pieces.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(pieces)
