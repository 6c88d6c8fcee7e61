"""Writes docs/permissions.md from the matrix: ``python -m tests.permissions.document``."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.permissions.matrix import Row

PATH = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
HEAD = """# Who may do what

Written by `python -m tests.permissions.document` from the table that `tests/permissions/` executes; do not
edit by hand. {letters}; two letters are "in scope / out of scope". Each column is an account with that role
only: PUB nobody signed in, ASN employee, SPV supervisor, OPD admin unit, BKP BKPSDM, PTN partner, AUD auditor,
SU technical admin, PIM leaders of the city. P numbers are the rows of the security bar.
"""


def text() -> str:
    from tests.permissions.matrix import LETTERS, ROLES
    from tests.permissions.rows import ROWS

    letters = ", ".join(f"{letter} {meaning}" for letter, meaning in LETTERS.items())
    lines = [HEAD.format(letters=letters), f"| row | address | verb | {' | '.join(ROLES)} |"]
    lines.append("| --- | --- | --- |" + " --- |" * len(ROLES))
    lines += [_line(row) for row in ROWS]
    return "\n".join(lines) + "\n"


def _line(row: "Row") -> str:
    return f"| {row.id} | {row.name} | {row.verb} | {' | '.join(row.cells.split())} |"


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asnportal.settings")
    os.environ.setdefault("PORTAL_PROFILE", "test")
    django.setup()
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(text())
