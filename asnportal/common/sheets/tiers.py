"""Where the heading stands: one row or two tiers, below titles, in the first 40 rows of a sheet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asnportal.common.sheets.grid import Cells, Merge, texts
from asnportal.common.sheets.headings import Recognition, Vocabulary, normalise, recognise
from asnportal.common.text import cell_text

SEARCHED_ROWS = 40
WIDEST = 500

# Below the heading of a group these only say it again.
_RESTATING = frozenset(("nama", "uraian", "gol", "gol ruang", "golongan", "ruang", "terakhir"))
_LONG_NUMBER = re.compile(r"\d{5}")


@dataclass(frozen=True, slots=True)
class Heading:
    """bottom: index of the (lower) heading row; recognition: what its columns mean."""

    top: int
    bottom: int
    recognition: Recognition

    @property
    def score(self) -> tuple[int, int]:
        """All required fields first, then the number of fields."""
        fields = {column.field for column in self.recognition.columns if column.field}
        return (-len(self.recognition.missing), len(fields))


def find_heading(
    rows: Sequence[Cells],
    vocabulary: Vocabulary,
    *,
    merges: Sequence[Merge] = (),
    choice: Mapping[int, str | None] | None = None,
) -> Heading | None:
    """The best heading among the rows given, or None where no row names at least two fields."""
    best: Heading | None = None
    for top in range(min(len(rows), SEARCHED_ROWS)):
        for heading in _candidates(rows, top, vocabulary, merges):
            if best is None or heading.score > best.score:
                best = heading
    if best is None or best.score[1] < 2:
        return None
    if not choice:
        return best
    headings = [column.heading for column in best.recognition.columns]
    return Heading(best.top, best.bottom, recognise(headings, vocabulary, choice=choice))


def _candidates(
    rows: Sequence[Cells], top: int, vocabulary: Vocabulary, merges: Sequence[Merge]
) -> list[Heading]:
    upper = _heading_texts(rows[top])
    if not any(normalise(text) for text in upper):
        return []
    single = Heading(top, top, recognise(upper, vocabulary))
    if top + 1 >= len(rows):
        return [single]
    lower = _heading_texts(rows[top + 1])
    if not any(lower) or any(_LONG_NUMBER.search(text) for text in lower):
        return [single]
    joined = recognise(_join(upper, lower, vocabulary, _spans(merges, top)), vocabulary)
    double = Heading(top, top + 1, joined)
    if double.score > single.score or (double.score == single.score and _is_tier(rows, top)):
        return [double]
    return [single]


def _is_tier(rows: Sequence[Cells], top: int) -> bool:
    """A lower row of unread labels (TH, BL): letters only, some where the upper row is blank."""
    above = {column for column, _text in texts(rows[top])}
    below = texts(rows[top + 1])
    return any(column not in above for column, _text in below) and not any(
        any(char.isdigit() for char in text) for _column, text in below
    )


def _heading_texts(cells: Cells) -> list[str]:
    """Line breaks are kept: normalise joins words broken over lines. A heading is never long."""
    return [cell if isinstance(cell, str) else cell_text(cell) for cell in cells[:WIDEST]]


def _spans(merges: Sequence[Merge], row: int) -> dict[int, int]:
    """Column -> column where the heading over it stands, from the merged ranges of the upper row."""
    return {
        column: merge.left
        for merge in merges
        if merge.top <= row <= merge.bottom and merge.right > merge.left
        for column in range(merge.left, min(merge.right, WIDEST) + 1)
    }


def _join(upper: list[str], lower: list[str], vocabulary: Vocabulary, spans: Mapping[int, int]) -> list[str]:
    width = max(len(upper), len(lower))
    upper = upper + [""] * (width - len(upper))
    lower = lower + [""] * (width - len(lower))
    joined, group, starts_group = [], "", False
    for column in range(width):
        over, under = upper[column].strip(), lower[column].strip()
        first = bool(over)
        if over:
            # A heading with nothing below is one cell over both tiers and heads no group.
            group, starts_group = over, bool(under)
        elif column in spans:
            over = upper[spans[column]].strip()
        elif under and starts_group:
            over = group
        joined.append(_joined(over, under, vocabulary, first=first))
    return joined


def _joined(over: str, under: str, vocabulary: Vocabulary, *, first: bool) -> str:
    if not over or not under:
        return over or under
    both = f"{over} {under}"
    if normalise(both) in vocabulary.known:
        return both
    if normalise(over) in vocabulary.neutral:
        return under
    if first and normalise(under) in _RESTATING and normalise(over) in vocabulary.known:
        return over
    return both
