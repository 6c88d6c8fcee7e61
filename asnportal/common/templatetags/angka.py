"""Numbers as Indonesians write them: 6.502 people, 17,5 JP, Rp 1.500.000. And text without a NIP in it."""

import re
from decimal import Decimal

from django import template

register = template.Library()
_NIP = re.compile(r"\b(\d{8})\d{7}(\d{3})\b")


@register.filter
def bilangan(number: int | None) -> str:
    """A whole number with dots between thousands."""
    return f"{number or 0:,}".replace(",", ".")


@register.filter
def rupiah(amount: int | None) -> str:
    """Whole rupiah: Rp 1.500.000, nothing as an en dash."""
    return "–" if amount is None else f"Rp\u00a0{bilangan(amount)}"


@register.filter
def rupiah_pendek(amount: int | None) -> str:
    """Where room is short: Rp 22,9 juta, Rp 1,25 miliar; below a million as it is."""
    for size, word, places in ((10**9, "miliar", 2), (10**6, "juta", 1)):
        if amount is not None and amount >= size:
            return f"Rp\u00a0{jp(round(Decimal(amount) / size, places))} {word}"
    return rupiah(amount)


@register.filter
def jp(figure: Decimal | float | None) -> str:
    """JP with a decimal comma where it is no whole number, a true minus below zero, nothing as an en dash."""
    if figure is None:
        return "–"
    value = round(Decimal(str(figure)), 2)
    whole, _, rest = f"{abs(value):f}".partition(".")
    words = bilangan(int(whole)) + (f",{rest.rstrip('0')}" if rest.strip("0") else "")
    return f"−{words}" if value < 0 else words


@register.filter
def tanpa_nip(text: str) -> str:
    """Any NIP in a text with its middle hidden."""
    return _NIP.sub(r"\1·······\2", text or "")
