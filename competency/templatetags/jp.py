"""{% load jp %}: {{ jp|jp }} writes JP as people read them, 38,4 and 20."""

from decimal import Decimal

from django import template

from competency.services.jp import figure

register = template.Library()


@register.filter
def jp(value: Decimal | int | None) -> str:
    return figure(value) if value is not None else ""
