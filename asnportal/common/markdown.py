"""Markdown of officers and partners to safe HTML: an allow-list on save and again on output."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "s",
    "ul",
    "ol",
    "li",
    "h3",
    "h4",
    "blockquote",
    "a",
    "code",
    "pre",
    "hr",
} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


def clean_html(html: str) -> str:
    """HTML with nothing in it but the allowed tags; links are https or mailto and never pass the opener."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def render_markdown(source: str) -> str:
    """Safe HTML of a Markdown text. Headings are pushed down so that the page keeps its one h1."""
    html = _MARKDOWN.render(source)
    for level, lower in ((2, 4), (1, 3)):
        html = html.replace(f"<h{level}>", f"<h{lower}>").replace(f"</h{level}>", f"</h{lower}>")
    return clean_html(html)


def safe_html(html: str) -> SafeString:
    """Stored HTML, cleaned once more, for a template."""
    return mark_safe(clean_html(html))  # noqa: S308 - cleaned in this line
