"""Which rows below a heading are data: people print titles, totals and signatures into their tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from asnportal.common.sheets.grid import Cells, Grid, is_number_row, texts
from asnportal.common.sheets.headings import normalise
from asnportal.common.sheets.table import CellProblem, Column, Row, Skipped

FORMULA_EMPTY = "Sel berisi rumus tanpa hasil tersimpan. Buka berkas di Excel, simpan, lalu unggah lagi."
# Rows under merged ranges that are looked at: real sheets have far fewer.
_MOST_MERGED = 300_000
MERGED = "Sel gabungan. Pisahkan sel lalu unggah lagi."

_TOTAL = re.compile(r"(?:sub\s*-?\s*|grand\s+)?(?:jumlah|total)\b|rekapitulasi\b", re.I)
_SIGNATURE = re.compile(
    r"(?:mengetahui|menyetujui|disetujui|diketahui|disahkan|ditetapkan|dikeluarkan|dibuat)\b|pada tanggal\b"
    r"|(?:a\.?\s?n\.?|u\.?\s?b\.?|plt\.?|plh\.?|pj\.?)\s|nip\b|nippp?k\b|ttd\b|yang membuat\b|pengelola\b"
    r"|(?:kepala|sekretaris|ketua|camat|lurah|direktur|walikota|wali kota|inspektur|kasubb?ag|pembina|penata)\b"
    r"|[a-z ]{3,30},\s*(?:tanggal\s*)?(?:\d{1,2}|[.…_]+)?\s*[a-z]*\s*(?:20\d\d|[.…_]{2,})$",
    re.I,
)
_NOTE = re.compile(r"(?:catatan|keterangan|ket|sumber|nb|note)\b|\*+\)?\s", re.I)
_UNIT = re.compile(
    r"\b(?:dinas|badan|kantor|kecamatan|kelurahan|bagian|bidang|sekretariat|inspektorat|satuan|uptd?|puskesmas"
    r"|rsud|rumah sakit|sdn?|smpn?|sman?|smkn?|tk|paud|skb|unit|seksi|sub\s?bag(?:ian)?|asisten|staf ahli|balai"
    r"|perangkat daerah|cabang|korwil)\b",
    re.I,
)
_UNIT_LABEL = re.compile(
    r"(?:unit kerja|unit organisasi|unor|opd|skpd|perangkat daerah|satuan kerja|instansi|nama opd)\s*:\s*(?=\S)",
    re.I,
)
_NUMBERING = re.compile(r"\(?(?:[IVXLC]{1,6}|[A-Z]|\d{1,3})\)?[.)]?", re.I)
_LEADING_NUMBERING = re.compile(r"(?:[IVXLC]{1,6}|[A-Z]|\d{1,3})[.)]\s+(?=\S)")
_DIGITS = re.compile(r"\d")
_ERROR_TEXT = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|#+)")


@dataclass(slots=True)
class Reading:
    """What the rows of a sheet came to; filled while they are walked through."""

    rows: list[Row] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    blank: int = 0
    hidden: int = 0


def unit_label(titles: Sequence[Cells]) -> str:
    """The unit that the titles above a heading name in the form "UNIT KERJA : DINAS KESEHATAN"."""
    for cells in titles:
        line = " ".join(text for _column, text in texts(cells))
        if found := _UNIT_LABEL.match(line):
            return line[found.end() :]
    return ""


class Layout:
    """Walks through the rows below a heading. key is the field besides the NIP that marks data."""

    def __init__(self, grid: Grid, columns: Sequence[Column], key: str) -> None:
        self.grid = grid
        self.columns = [column for column in columns if column.field]
        self.width = len(columns)
        self.pairs = [(str(column.field), column.index) for column in self.columns]
        self.reach = 1 + max((index for _name, index in self.pairs), default=0)
        places = dict(self.pairs)
        self.nip = places.get("nip", -1)
        self.name = places.get("name", -1)
        self.key = places.get(key, self.name)
        self.words = [(column.index, normalise(column.heading)) for column in self.columns]
        self.covered = _covered(grid, {index for _name, index in self.pairs})
        self.wide = {merge.top for merge in grid.merges if merge.right - merge.left >= 2}
        self.error_rows = {row for row, _column in grid.errors}
        self.tall = _tall(grid)
        self.unit = ""
        self.signing = False

    def walk(self, rows: Iterator[tuple[int, Cells]], unit: str = "") -> Iterator[Row | Skipped | None]:
        """Row for data, Skipped for what is none, None for a blank row. rows: (index, cells)."""
        self.unit = unit
        for index, cells in rows:
            if self._is_plain(cells):
                self.signing = False
                yield self._row(index, cells)
            else:
                yield self._odd(index, cells)

    def _is_plain(self, cells: Cells) -> bool:
        """The usual row, told quickly: digits in the NIP's column and something in the key's."""
        if len(cells) < self.reach or self.nip < 0:
            return False
        nip = cells[self.nip]
        return isinstance(nip, str) and nip[:4].isdigit() and len(nip) >= 15 and bool(cells[self.key])

    def _row(self, index: int, cells: Cells) -> Row:
        values = {}
        for name, column in self.pairs:
            cell = cells[column] if column < len(cells) else ""
            if isinstance(cell, str):
                cell = cell.strip()
            if cell != "" and cell is not None:
                values[name] = cell
        problems: tuple[CellProblem, ...] = ()
        if self.grid.ragged or index in self.error_rows or index in self.covered:
            problems = self._problems(index, cells)
        for name in [name for name, cell in values.items() if isinstance(cell, str) and cell[0] == "#"]:
            problems = (*problems, *self._error_text(name, str(values[name])))
            if problems and problems[-1].field == name:
                del values[name]
        return Row(index + 1, values, self.unit, index in self.grid.hidden, problems)

    def _error_text(self, name: str, text: str) -> tuple[CellProblem, ...]:
        if not _ERROR_TEXT.fullmatch(text):
            return ()
        return (CellProblem(name, self._heading(name), "formula_error", _error_message(text)),)

    def _heading(self, name: str) -> str:
        return next(column.heading for column in self.columns if column.field == name)

    def _problems(self, index: int, cells: Cells) -> tuple[CellProblem, ...]:
        problems = []
        for column in self.columns:
            error = self.grid.errors.get((index, column.index))
            if error is not None:
                code = "formula_error" if error else "formula_empty"
                problems.append(CellProblem(column.field, column.heading, code, _error_message(error)))
            elif column.index in self.covered.get(index, ()):
                problems.append(CellProblem(column.field, column.heading, "merged", MERGED))
        extra = texts(cells[self.width :]) if self.grid.ragged and len(cells) > self.width else []
        if extra:
            told = f"Baris berisi {len(cells)} isian, judul kolom hanya {self.width}. Periksa tanda pemisah."
            problems.append(CellProblem(None, "", "cells", told))
        return tuple(problems)

    def _odd(self, index: int, cells: Cells) -> Row | Skipped | None:
        written = texts(cells)
        kind = self._kind(index, written)
        if kind == "data":
            return self._row(index, cells)
        if kind == "blank":
            return None
        if kind == "signature":
            self.signing = True
            # The signer is nobody's business here.
            return Skipped(index + 1, kind, "")
        if kind == "unit":
            self.unit = _unit_name(written)
        return Skipped(index + 1, kind, written[0][1][:80] if kind == "unit" else "")

    def _kind(self, index: int, written: list[tuple[int, str]]) -> str:
        read = {column: text for column, text in written if any(column == at for _name, at in self.pairs)}
        broken = index in self.error_rows or index in self.tall
        if (
            not read
            and index not in self.error_rows
            and all(_NUMBERING.fullmatch(text) for _, text in written)
        ):
            return "blank"
        if is_number_row(written):
            return "number"
        if sum(normalise(read.get(column, "")) == word for column, word in self.words) * 2 > len(self.words):
            return "heading"
        nip = read.get(self.nip, "")
        others = len(read) - bool(nip)
        if len(_DIGITS.findall(nip)) >= 9:
            is_signer = not others and (self.signing or nip[:1].isalpha())
            return "signature" if is_signer else "data"
        return self._kind_without_number(index, written, others, broken=broken)

    def _kind_without_number(
        self, index: int, written: list[tuple[int, str]], others: int, *, broken: bool
    ) -> str:
        lines = [text for _column, text in written]
        said = [text for text in lines if not _NUMBERING.fullmatch(text)]
        if said and _TOTAL.match(said[0]):
            return "total"
        if others >= 3 or (others and broken):
            return "data"
        if self.signing or any(_SIGNATURE.match(text) for text in said):
            return "signature"
        if any(_NOTE.match(text) for text in said):
            return "note"
        if _is_unit(said, wide=index in self.wide):
            return "unit"
        columns = {column for column, _text in written}
        return "data" if others and {self.nip, self.name, self.key} & columns else "note"


def _tall(grid: Grid) -> set[int]:
    """Rows under a merge of several rows: such a cell speaks for each of them, one merged over columns
    only for none."""
    rows: set[int] = set()
    budget = _MOST_MERGED
    for merge in grid.merges:
        budget -= merge.bottom - merge.top + 1
        if merge.bottom > merge.top and budget > 0:
            rows.update(range(merge.top, merge.bottom + 1))
    return rows


def _covered(grid: Grid, columns: set[int]) -> dict[int, set[int]]:
    """Row -> columns whose cell is hidden below a merged range of several rows or read columns."""
    covered: dict[int, set[int]] = {}
    budget = _MOST_MERGED
    for merge in grid.merges:
        across = [column for column in columns if merge.left <= column <= merge.right]
        budget -= (merge.bottom - merge.top + 1) * len(across)
        if not across or budget < 0:
            continue
        for row in range(merge.top, merge.bottom + 1):
            under = [column for column in across if (row, column) != (merge.top, merge.left)]
            if under:
                covered.setdefault(row, set()).update(under)
    return covered


def _error_message(error: str) -> str:
    return f"Sel berisi kesalahan rumus {error[:12]}." if error else FORMULA_EMPTY


def _is_unit(said: Sequence[str], *, wide: bool) -> bool:
    if len(said) != 1 or not any(char.isalpha() for char in said[0]) or len(said[0]) > 150:
        return False
    return wide or bool(_UNIT.search(said[0])) or bool(_UNIT_LABEL.match(said[0]))


def _unit_name(written: Sequence[tuple[int, str]]) -> str:
    said = next(text for _column, text in written if not _NUMBERING.fullmatch(text))
    return _UNIT_LABEL.sub("", _LEADING_NUMBERING.sub("", said, count=1), count=1).strip()
