"""What the components of ``templates/cotton`` compute: nothing here knows a model."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.forms.forms import BaseForm
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from asnportal.common.qr import qr_code

register = template.Library()

RING_LARGEST = 40  # JP; above it single threads cannot be told apart (DESIGN.md 6.6)
THREAD, GAP = 0.84, 0.16  # share of one JP that is drawn and left free
BADGE_ONE_LINE = 24  # letters
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
NUMBER_WORDS = ["Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh"]


@dataclass(frozen=True)
class Thread:
    """One arc of the ring: class name, dash pattern and offset, ready for SVG (never localised)."""

    css: str
    dashes: str
    offset: str


@dataclass(frozen=True)
class Fault:
    """One line of the error summary; *anchor* is empty where there is no field to go to."""

    anchor: str
    text: str


@register.filter
def control_kind(field: BoundField) -> str:
    """Which of the four shapes a form field takes: hidden, check, choices or line."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "line"


@register.simple_tag
def help_of(field: BoundField, hint: str = "", plain: str = "") -> str:
    """The hint under a label: the page's own, else the field's; none where the page wants it *plain*.

    It is set on the bound field, so that Django ties exactly what is shown (``aria-describedby``).
    """
    field.help_text = hint or ("" if plain else field.help_text)
    return str(field.help_text)


@register.simple_tag
def control(field: BoundField, width: str = "") -> SafeString:
    """The bare input of *field* in our clothes; width ``s`` or ``m`` for short answers."""
    widget = field.field.widget
    attrs: dict[str, Any] = {"placeholder": False}  # a label above, never a placeholder instead
    if control_kind(field) == "line":
        name = (
            "textarea"
            if isinstance(widget, Textarea)
            else "select"
            if isinstance(widget, Select)
            else "input"
        )
        classes = [name, widget.attrs.get("class", ""), f"w-{width}" if width else ""]
        attrs["class"] = " ".join(part for part in classes if part)
    return field.as_widget(attrs=attrs)


@register.simple_tag
def faults(form: BaseForm) -> list[Fault]:
    """All errors of a form in the order of its fields, the form's own first."""
    found = [Fault("", str(text)) for text in form.non_field_errors()]
    for field in form:
        anchor = "" if field.is_hidden else _anchor(field)
        found += [Fault(anchor, str(text)) for text in field.errors]
    return found


def _anchor(field: BoundField) -> str:
    """Radio buttons and tick boxes have no id of their own name: the first of them takes the link."""
    return f"{field.auto_id}_0" if control_kind(field) == "choices" else field.auto_id


@register.filter
def value_of(table: Mapping[str, Any], key: str) -> Any:
    """What a mapping holds for a key, "" when nothing."""
    return table.get(key, "")


@register.filter
def in_words(number: int) -> str:
    """One to ten as a word to begin a sentence with, larger numbers as digits."""
    return _(NUMBER_WORDS[number - 1]) if 1 <= number <= len(NUMBER_WORDS) else str(number)


@register.filter
def unbroken(text: Any) -> Any:
    """A short label stays on one line: its spaces do not break."""
    words = str(text).strip()
    if len(words) > BADGE_ONE_LINE:
        return text
    solid = words.replace(" ", "\u00a0")
    return mark_safe(solid) if isinstance(text, SafeString) else solid  # noqa: S308 only spaces were changed


@register.filter
def percent(part: float | None, whole: float = 100) -> str:
    """*part* of *whole* as an SVG length from 0% to 100%, whatever the language's decimal sign."""
    share = 100 * float(part or 0) / float(whole or 1)
    return f"{min(max(share, 0), 100):.4g}%"


@register.simple_tag
def ring_threads(done: int, planned: int, target: int) -> list[Thread]:
    """Three arcs for the JP ring: left, done, scheduled. Whole JP only; never more than the target."""
    target = max(int(target), 1)
    done = min(max(int(done), 0), target)
    planned = min(max(int(planned), 0), target - done)
    parts = [("t", done + planned, target - done - planned), ("f", 0, done), ("p", done, planned)]
    return [_thread(css, start, count, target) for css, start, count in parts if count]


def _thread(css: str, start: int, count: int, target: int) -> Thread:
    last_gap = target - count + GAP
    pattern = [*[THREAD, GAP] * (count - 1), THREAD, last_gap]
    return Thread(css, " ".join(f"{value:g}" for value in pattern), f"{-(start + GAP / 2):g}")


@register.filter
def ring_fits(target: float | None) -> bool:
    return bool(target) and float(target or 0) <= RING_LARGEST


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code that scales to its place, dark on white in both themes (DESIGN.md 6.21)."""
    return format_html('<div class="qr">{}</div>', qr_code(text).svg(label=label))


@register.filter
def device(user_agent: str) -> str:
    """What people call it: "Chrome di Android". The order matters, browsers name each other."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s di %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Perangkat lain")


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[int | str]:
    """The page numbers to offer, with an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def sort_of(context: template.Context, name: str) -> dict[str, str]:
    """For one column: what a tap on its heading asks for, and how it is sorted now (``aria-sort``)."""
    now = context["request"].GET.get("urut", "")
    state = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    return {"next": f"-{name}" if now == name else name, "state": state}
