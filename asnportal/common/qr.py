"""QR codes as SVG: the same code on a page, on an activation slip and on a certificate."""

from dataclasses import dataclass

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

RIVER = "#0b3d39"
QUIET_ZONE = 4  # modules of plain ground that the standard asks for on each side


@dataclass(frozen=True, slots=True)
class QrCode:
    """A drawn code; ``modules`` is its width without the quiet zone, ``path`` its dark runs, row by row."""

    path: str
    modules: int

    def svg(self, *, label: str = "", border: int = QUIET_ZONE) -> SafeString:
        """An SVG that scales to its box, transparent between the dark modules.

        With a label it is an image with a name, without one it is decoration. The runs are a little
        taller than a row, so that no viewer draws light hairlines between rows.
        """
        size = self.modules + 2 * border
        name = format_html(' role="img" aria-label="{}"', label) if label else ' aria-hidden="true"'
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{} {} {} {}"{}>'
            '<path fill="none" stroke="{}" stroke-width="1.04" d="{}"/></svg>',
            -border,
            -border,
            size,
            size,
            SafeString(name),
            RIVER,
            self.path,
        )


def qr_code(text: str) -> QrCode:
    """The code of an address or another short text, error correction M (15 percent may be unreadable)."""
    rows = list(segno.make_qr(text, error="m", boost_error=False).matrix)
    path = "".join(_runs(y, row) for y, row in enumerate(rows))
    return QrCode(path=path, modules=len(rows))


def _runs(y: int, row: bytearray) -> str:
    """The dark runs of one row as path commands along its middle line."""
    commands: list[str] = []
    start = None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            commands.append(f"M{start} {y}.5h{x - start}")
            start = None
    return "".join(commands)
