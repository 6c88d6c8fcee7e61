"""{% load jam %}: JP as people read them, {{ line.jp|jp }} is 38,4 and 20."""

from decimal import Decimal

from django import template

from competency.services.jp import figure

register = template.Library()


@register.filter
def jp(value: Decimal | int | None) -> str:
    """38.40 as 38,4, 20.00 as 20, nothing as an en dash."""
    return "–" if value is None else figure(value).replace("-", "−")
