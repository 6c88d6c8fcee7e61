"""Words that people type: cleaned the same way in forms and in imports.

Everything is stored NFC, with single spaces, without invisible characters.
"""

from asnportal.common.invalid import Invalid

NAME_LENGTH = 150


class InvalidText(Invalid):
    """codes: blank, newline, hidden, control, characters, length."""


def cell_text(value: object) -> str:
    """A cell as text: None is "", 29.0 is "29", spaces (also no-break and zero-width) squeezed, NFC."""
    raise NotImplementedError


def is_blank(value: object) -> bool:
    """Nothing is written: empty, spaces, or a lone "-", "--", "NULL"."""
    raise NotImplementedError


def clean_line(value: object, *, length: int = 250) -> str:
    """One line of free text (title, place, organiser); may be "". Raises InvalidText."""
    raise NotImplementedError


def clean_text(value: object, *, length: int = 10_000) -> str:
    """Free text of several lines; may be "". Raises InvalidText."""
    raise NotImplementedError


def clean_name(value: object) -> str:
    """A person's name: letters of any script, space, . , ' - ( ) /. Raises InvalidText."""
    raise NotImplementedError
