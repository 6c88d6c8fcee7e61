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
    """JP with a decimal comma where it is no whole number."""
    value = Decimal(str(figure or 0))
    if value == value.to_integral_value():
        return bilangan(int(value))
    whole, _, rest = f"{value.normalize():f}".partition(".")
    return f"{bilangan(int(whole))},{rest}"


@register.filter
def tanpa_nip(text: str) -> str:
    """Any NIP in a text with its middle hidden."""
    return _NIP.sub(r"\1·······\2", text or "")
