"""Links of the catalogue's active filters."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def without(context: template.Context, name: str) -> str:
    """The present query string without one filter, back on the first page."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    query.pop("page", None)
    return f"?{query.urlencode()}" if query else ""
