"""Job person match (JPM, percent) and its class. Pure: no database here (DOMAIN.md 1.10, section 9 rule 11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
CLASSES = {
    "selection": ("Memenuhi Syarat", "Masih Memenuhi Syarat", "Kurang Memenuhi Syarat"),
    "mapping": ("Optimal", "Cukup Optimal", "Kurang Optimal"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """``uncut`` takes every level in full and may pass 100; ``cut`` takes none above its standard."""

    uncut: Decimal
    cut: Decimal


def match(levels: Iterable[tuple[int, int]]) -> Match | None:
    """From (level found 0 to 5, level asked 1 to 5) of each competency; None where nothing is asked.

    The sum of the levels over the sum of what is asked, times 100: never the average of single percentages.
    """
    pairs = list(levels)
    asked = sum(required for _found, required in pairs)
    if not asked:
        return None
    in_full = sum(found for found, _required in pairs)
    up_to_standard = sum(min(found, required) for found, required in pairs)
    return Match(percent(in_full, asked), percent(up_to_standard, asked))


def percent(part: int, whole: int) -> Decimal:
    """Two decimals, half upwards, as the reports print it."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Bounds:
    """From ``high`` on the best class, from ``middle`` on the second; ``legal_basis`` sets the two figures."""

    high: Decimal
    middle: Decimal
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``rank`` 0 is the best class of the purpose, 2 the lowest; ``words`` is its name."""

    rank: int
    words: str


def verdict(figure: Decimal, purpose: str, bounds: Bounds) -> Verdict:
    """The class of a figure, compared as printed: 80.00 is the first, 79.99 the second."""
    rank = 0 if figure >= bounds.high else 1 if figure >= bounds.middle else 2
    return Verdict(rank, CLASSES[purpose][rank])
