"""Cells as they lie in a sheet, before anybody knows what they mean."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from asnportal.common.text import cell_text, is_blank

Cells = Sequence[object]


class Merge(NamedTuple):
    """A merged range, all from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """rows from the sheet's first row on (index 0 is what people call row 1), blanks as "" or None.

    hidden: indexes of hidden rows. errors: (row, column) -> "#REF!", or "" for a formula without a
    stored result. ragged: rows may be longer than the heading by mistake (text files).
    """

    rows: Iterable[Cells]
    hidden: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    ragged: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """name as on its tab; load opens it (may raise Refused)."""

    name: str
    visible: bool
    load: Callable[[], Grid]


@dataclass(frozen=True, slots=True)
class Book:
    """format: xlsx, xls, html, csv."""

    format: str
    sheets: tuple[Sheet, ...]


_WHOLE_NUMBER = re.compile(r"\(?\d{1,4}\)?\.?")


def texts(cells: Cells) -> list[tuple[int, str]]:
    """(column, text) of the cells in which something is written."""
    return [
        (column, cell_text(cell)) for column, cell in enumerate(cells) if cell != "" and not is_blank(cell)
    ]


def is_number_row(written: Sequence[tuple[int, str]]) -> bool:
    """The row of column numbers 1 2 3 ... under a heading."""
    if len(written) < 3 or not all(_WHOLE_NUMBER.fullmatch(text) for _column, text in written):
        return False
    numbers = [int(text.strip("().")) for _column, text in written]
    return all(after - before == 1 for before, after in pairwise(numbers))
