"""Icons: one external sprite, cached by the browser for good, one short tag per icon.

The sprite is a file of its own (4.6 kB compressed, fetched once) and not part of every page: inlined it
cost 1.5 kB on each answer and made the page's own text wait behind it on a slow line.
"""

from functools import cache

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import Storage
from django.template.base import FilterExpression, Node, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


class Icon(Node):
    """A page draws a hundred and more: a node of its own costs a tenth of a simple tag."""

    def __init__(self, *words: FilterExpression) -> None:
        self.words = words

    def render(self, context: template.Context) -> SafeString:
        return _drawn(sprite(), *[word.resolve(context) for word in self.words])


@register.tag
def icon(parser: Parser, token: Token) -> Icon:
    """Draw the icon ``{% icon "name" %}`` of ``static/img/ikon.svg``; a second word ``"lg"`` is for navigation and
    headings.

    The picture is hidden from screen readers: words stand beside it, always.
    """
    words = token.split_contents()[1:]
    if len(words) not in (1, 2):
        raise template.TemplateSyntaxError("icon takes a name and, if wanted, a size.")
    return Icon(*map(parser.compile_filter, words))


@cache
def _drawn(sprite: str, name: str, size: str = "") -> SafeString:
    css = f"icon icon--{size}" if size else "icon"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', css, sprite, name)


def sprite() -> str:
    """The address of the file with all icons."""
    return _address(staticfiles_storage)


@cache
def _address(storage: Storage) -> str:
    """Asked once and not a hundred times a page; anew for another storage (tests)."""
    return storage.url("img/ikon.svg")
