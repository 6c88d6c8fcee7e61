"""What something costs, in words people may choose; a figure is kept as Rp 1.500.000 (TRUST B38)."""

import re

from asnportal.common.invalid import Invalid
from asnportal.common.text import clean_line

PLAIN = "Tulis angka tanpa huruf, contoh 1500000."
NEGATIVE = "Nilai tidak boleh negatif."

_FIGURE = re.compile(r"(?:rp\.?\s*)?(-?)\s*([\d.,]+)(?:\s*,-)?", re.IGNORECASE)
_GROUPED = re.compile(r"(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?")


class InvalidCost(Invalid):
    """codes: money, negative."""


def parse_cost(value: object) -> str:
    """ "Rp 1.500.000,00" and "1500000" are "Rp 1.500.000"; 0 and blank are ""; words stay ("Rp 250.000 per orang").

    Raises InvalidCost where a figure is below zero or grouped as elsewhere ("1,500,000.00").
    """
    line = clean_line(value)
    figure = _FIGURE.fullmatch(line)
    if figure is None:
        return line
    if figure[1]:
        raise InvalidCost("negative", NEGATIVE)
    grouped = _GROUPED.fullmatch(figure[2].rstrip("."))
    if grouped is None:
        raise InvalidCost("money", PLAIN)
    whole, cents = int(grouped[1].replace(".", "")), (grouped[2] or "").strip("0")
    if not whole and not cents:
        return ""
    return f"Rp {whole:,}".replace(",", ".") + (f",{grouped[2]}" if cents else "")
