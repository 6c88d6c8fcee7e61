"""Telephone numbers as people write them, kept as +62…"""

import re

from asnportal.common.invalid import Invalid
from asnportal.common.text import cell_text

INVALID = "Nomor telepon tidak valid. Contoh: 081234567890."
_NOISE = re.compile(r"[\s.()\-]")
_NUMBER = re.compile(r"(?:\+62|62|0)([1-9][0-9]{6,12})")


class InvalidPhone(Invalid):
    """code: phone."""


def parse_phone(value: object) -> str:
    """ "0812-3456-7890", "62812…" and "+62812…" are "+6281234567890"; blank is "". Raises InvalidPhone."""
    text = _NOISE.sub("", cell_text(value))
    if not text:
        return ""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise InvalidPhone("phone", INVALID)
    return f"+62{found[1]}"
