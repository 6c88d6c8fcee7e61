"""JP (jam pelajaran, 45 minutes) as files write them."""

import re
from decimal import Decimal

from asnportal.common.invalid import Invalid
from asnportal.common.text import cell_text, is_blank

MOST = Decimal("99999.99")

_NUMBER = r"(-?\d{1,9}(?:\.\d{3})*(?:,\d+)?|-?\d{1,9}(?:\.\d+)?)"
_HOURS = re.compile(
    rf"{_NUMBER}\s*(?:\([^()]*\)\s*)?(?:j\.?\s?p\.?l?\.?|jam(?:\s*(?:pelajaran|pel\.?|latihan|diklat))?)?"
    r"\s*(?:\(j\.?p\.?l?\.?\)|\(jam pelajaran\)|@\s*45\s*(?:menit|m|'))?\.?",
    re.IGNORECASE,
)
_OTHER_UNIT = re.compile(
    r"\d\s*(hari|hr|minggu|bulan|bln|semester|sks|kali|menit|pertemuan)\b", re.IGNORECASE
)
_THOUSANDS = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")


class InvalidHours(Invalid):
    """codes: format, unit (days are not JP), zero, length."""


def parse_hours(value: object) -> Decimal | None:
    """JP from 24, "24 JP", "24 jam", "16,0"; None when blank; never from days. Raises InvalidHours.

    Rounded to two decimals. A dot before exactly three digits parts thousands ("1.200 JP"), else it is
    a decimal point.
    """
    if is_blank(value):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _checked(str(value))
    text = cell_text(value)
    found = _HOURS.fullmatch(text)
    if found is None:
        if unit := _OTHER_UNIT.search(text):
            told = f"JP tertulis dalam {unit[1].lower()}. Tulis jumlah jam pelajaran, contoh 24."
            raise InvalidHours("unit", told)
        raise InvalidHours("format", f"JP “{text[:40]}” tidak dikenali. Tulis angka, contoh 24.")
    number = found[1]
    if _THOUSANDS.fullmatch(number):
        number = number.replace(".", "")
    return _checked(number.replace(",", "."))


def _checked(number: str) -> Decimal:
    hours = Decimal(number)
    if not hours.is_finite() or hours > MOST:
        raise InvalidHours("length", "Jumlah JP terlalu besar.")
    if hours <= 0 or (hours := hours.quantize(Decimal("0.01"))) == 0:
        raise InvalidHours("zero", "Jumlah JP harus lebih dari 0.")
    return hours
