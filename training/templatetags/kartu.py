"""The cards of the catalogue."""

from functools import lru_cache

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from asnportal.common.templatetags.ikon import sprite
from training.queries.catalogue import CatalogueRow

register = template.Library()


@register.simple_tag
def card(row: CatalogueRow) -> SafeString:
    """One training. Most people see the same cards, so each is drawn once for all who see the same on it."""
    return _drawn(row, get_language(), sprite())


@lru_cache(maxsize=2000)  # 1 kB each
def _drawn(row: CatalogueRow, _language: str, _sprite: str) -> SafeString:
    html = get_template("training/catalogue/_card.html").render({"row": row})
    return mark_safe(html)  # noqa: S308 a template's answer
