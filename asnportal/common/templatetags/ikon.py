"""Icons: one external sprite, cached by the browser for good, one short tag per icon.

The sprite is a file of its own (4.6 kB compressed, fetched once) and not part of every page: inlined it
cost 1.5 kB on each answer and made the page's own text wait behind it on a slow line.
"""

from functools import cache

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import Storage
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw the icon *name* of ``static/img/ikon.svg``; size ``"lg"`` is for navigation and headings.

    The picture is hidden from screen readers: words stand beside it, always.
    """
    css = f"icon icon--{size}" if size else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        css,
        _sprite(staticfiles_storage),
        name,
    )


@cache
def _sprite(storage: Storage) -> str:
    """The sprite's address, asked once and not 25 times a page; anew for another storage (tests)."""
    return storage.url("img/ikon.svg")
