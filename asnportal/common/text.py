"""Words that people type: cleaned the same way in forms and in imports.

Everything is stored NFC, with single spaces, without invisible characters.
"""

import re
import unicodedata

from asnportal.common.invalid import Invalid

NAME_LENGTH = 150
NEWLINE = "Nama tidak boleh berisi baris baru."
HIDDEN = "Nama berisi karakter tersembunyi yang tidak diizinkan."
CONTROL = "Isian berisi karakter yang tidak diizinkan."
CHARACTERS = "Nama hanya boleh berisi huruf, spasi, dan tanda . , ' - ( ) /"

_CURLY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "`": "'", "\u00b4": "'"})
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_ANY_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(r"[\n\r\v\f\u0085\u2028\u2029]+")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SIGNS = frozenset(" .,'()/-")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z.,'\-]*(?: [A-Za-z.,'\-]+)*")
_BLANKS = frozenset({"", "-", "--", "---", "\u2013", "\u2014", "null", "(null)", "nihil", "n/a"})


class InvalidText(Invalid):
    """codes: blank, newline, hidden, control, characters, length."""


def cell_text(value: object) -> str:
    """A cell as text: None is "", 29.0 is "29", spaces (also no-break and zero-width) squeezed, NFC."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = value if isinstance(value, str) else str(value)
    if _is_plain(text):
        return text.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", text))
    return _ANY_SPACES.sub(" ", text).strip()


def is_blank(value: object) -> bool:
    """Nothing is written: empty, spaces, or a lone "-", "--", "NULL"."""
    if not isinstance(value, str):
        return value is None
    if value[:1].isalnum() and value[0] not in "nN":
        return False
    return cell_text(value).lower() in _BLANKS


def clean_line(value: object, *, length: int = 250) -> str:
    """One line of free text (title, place, organiser); may be "". Raises InvalidText.

    Line breaks inside become spaces: they come from wrapped cells and carry no meaning here.
    """
    text = cell_text(value)
    if not _is_plain(text):
        _refuse_control(text)
        text = _BIDI.sub("", text)
    if len(text) > length:
        raise InvalidText("length", f"Isian paling panjang {length} karakter.")
    return text


def clean_text(value: object, *, length: int = 10_000) -> str:
    """Free text of several lines; may be "". Raises InvalidText."""
    text = "" if value is None else str(value)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_control(text)
    text = unicodedata.normalize("NFC", _BIDI.sub("", _ZERO_WIDTH.sub("", text)))
    text = "\n".join(_SPACES.sub(" ", line).rstrip() for line in text.split("\n")).strip()
    if len(text) > length:
        raise InvalidText("length", f"Isian paling panjang {length:,} karakter.".replace(",", "."))
    return text


def clean_name(value: object) -> str:
    """A person's name: letters of any script, space, . , ' - ( ) /. Raises InvalidText.

    Curly quotes become straight ones, zero-width characters go, as both come from copying.
    """
    text = "" if value is None else str(value).strip()
    if _PLAIN.fullmatch(text) and len(text) <= NAME_LENGTH:
        return text
    # Cut first: nobody's name is this long, and normalising megabytes would cost.
    if len(text) > NAME_LENGTH * 4:
        raise InvalidText("length", f"Nama paling panjang {NAME_LENGTH} karakter.")
    _refuse_in_name(text)
    text = unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", text)).translate(_CURLY)
    text = _SPACES.sub(" ", text).strip()
    if not text:
        raise InvalidText("blank", "Nama wajib diisi.")
    if not _is_name(text):
        raise InvalidText("characters", CHARACTERS)
    if len(text) > NAME_LENGTH:
        raise InvalidText("length", f"Nama paling panjang {NAME_LENGTH} karakter.")
    return text


def _is_plain(text: str) -> bool:
    """The usual cell: nothing to squeeze, to normalise or to refuse in it."""
    return text.isascii() and text.isprintable() and "  " not in text


def _is_name(text: str) -> bool:
    letters = [char for char in text if char not in _SIGNS]
    # L and M: letters and the marks that belong to them in scripts that write vowels as marks.
    return bool(letters) and all(unicodedata.category(char)[0] in "LM" for char in letters)


def _refuse_in_name(text: str) -> None:
    _refuse_control(text)
    if _BREAKS.search(text):
        raise InvalidText("newline", NEWLINE)
    if _BIDI.search(text):
        raise InvalidText("hidden", HIDDEN)


def _refuse_control(text: str) -> None:
    if _CONTROL.search(text):
        raise InvalidText("control", CONTROL)
