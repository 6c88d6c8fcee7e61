"""Numbers as Indonesians write them: 6.502 people, 17,5 JP. And text without a NIP in it."""

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
