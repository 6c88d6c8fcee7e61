"""Join and shrink the style sheets: ``portal.css`` and ``portal-dark.css`` are what every page loads."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

BUILT = {
    "portal.css": ("tokens.css", "base.css", "layout.css", "components.css", "print.css"),
    "portal-dark.css": ("dark.css",),
}
CEILING = 46_000  # bytes of both together (DESIGN.md 13)

# Strings and url() are taken whole, so that nothing inside them is touched.
TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/)
      | (?P<whole>"[^"\n]*"|'[^'\n]*'|url\([^)]*\))
      | (?P<space>\s+)
      | (?P<mark>[{};,>])
      | (?P<text>.)""",
    re.DOTALL | re.VERBOSE,
)


class Command(BaseCommand):
    help = "Join and shrink the style sheets of static/css."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing, fail if a file is not current"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "static" / "css"
        sheets = {folder / name: build(folder, sources) for name, sources in BUILT.items()}
        size = sum(len(css.encode()) for css in sheets.values())
        if size > CEILING:
            raise CommandError(f"The style sheets have {size} bytes, more than {CEILING}: remove a rule.")
        stale = [path for path, css in sheets.items() if not path.exists() or path.read_text() != css]
        if options["check"] and stale:
            raise CommandError(f"static/css/{stale[0].name} is not current: run make css.")
        for path in stale:
            path.write_text(sheets[path])
        self.stdout.write(f"style sheets: {size} bytes")


def build(folder: Path, sources: Sequence[str]) -> str:
    """All sources in their order (the layers are declared in the first), shrunk."""
    return "".join(shrink((folder / name).read_text()) for name in sources) + "\n"


def shrink(css: str) -> str:
    """Drop comments and the spaces that mean nothing.

    Careful on purpose: the space before a colon stays, because ``& :focus-visible`` and ``&:focus-visible``
    are different selectors in nested rules; the space after one never means anything.
    """
    out: list[str] = []
    gap = False
    for match in TOKEN.finditer(css):
        kind, text = match.lastgroup, match.group()
        if kind in ("comment", "space"):
            gap = gap or kind == "space"
            continue
        before = out[-1] if out else "{"
        if gap and kind != "mark" and before not in "{};,>:":
            out.append(" ")
        if text == "}" and before == ";":
            out.pop()
        out.append(text)
        gap = False
    return "".join(out)
