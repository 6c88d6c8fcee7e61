"""How form controls become HTML: Django's own templates, but for lists of choices.

Django draws every option of a select by a template of its own, and those by another one for the attributes. A
filter with two hundred choices cost more than the whole page around it (docs/benchmark.md).
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"


class Renderer(DjangoTemplates):
    """FORM_RENDERER: what Django's select.html, select_option.html and attrs.html give, written in one go."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        if template_name == SELECT:
            return _select(context["widget"])
        return mark_safe(super().render(template_name, context, request))  # noqa: S308 a template's answer


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    html = f'<select name="{_safe(widget["name"])}"{_attributes(widget["attrs"])}>{groups}\n</select>'
    return mark_safe(html)  # noqa: S308 every part is escaped


def _group(name: Any, options: Iterable[Mapping[str, Any]]) -> str:
    inside = "".join(
        f'\n  <option value="{_safe(o["value"])}"{_attributes(o["attrs"])}>{_safe(o["label"])}</option>'
        for o in options
    )
    return f'\n  <optgroup label="{_safe(name)}">{inside}\n  </optgroup>' if name else inside


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {_safe(name)}" if value is True else f' {_safe(name)}="{_safe(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _safe(value: Any) -> str:
    """As Django's conditional_escape, without its look for lazy words among the arguments."""
    text = str(value)
    return text if isinstance(text, SafeString) else escape(text)
