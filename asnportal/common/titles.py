"""Degrees and titles in front of and behind a name."""

import re
from dataclasses import dataclass

from asnportal.common.text import InvalidText, clean_name, is_blank

# Length of the columns in people.
BEFORE_LENGTH = 60
AFTER_LENGTH = 90

# As printed, by the bare lower-case word. "dr" and "Dr" are told apart by how they are written.
_BEFORE = {
    "prof": "Prof.", "dr": "Dr.", "drg": "drg.", "drh": "drh.", "ir": "Ir.", "drs": "Drs.", "dra": "Dra.",
    "h": "H.", "hj": "Hj.", "kh": "K.H.", "apt": "apt.", "ns": "Ns.", "bdn": "Bdn.", "ust": "Ust.",
}  # fmt: skip
_WORD = re.compile(r"(K\.\s?H|[A-Za-z]+)(?:\.\s*|\s+)")
# "S.Kom.", "M. Si", "A.Md.Kep", "S.Tr. Keb.", "Ph.D", "Sp.OG(K)", "SE", "MM", "SKM".
_DOTTED = re.compile(r"(?:[A-Z][A-Za-z]{0,5}\.\s?)+(?:[A-Z][A-Za-z]{0,6}\.?)?(?:\s?\([A-Za-z.\- ]+\))?")
_CAPITALS = re.compile(
    r"[A-Z]{2,6}|S[A-Z][a-z]{1,4}|M[A-Z][a-z]{1,4}|AM[A-Za-z]{1,4}|Ners|Apt\.?|Psikolog|CPA|CA"
)
# Without a comma only degrees that cannot be the end of a name ("Ahmad M. Said").
_TRAILING = re.compile(
    r"\s+((?:\b(?:S\.(?:Kom|Pd|PdI|Sos|IP|STP|Kep|Farm|KM|Ag|Si|Hut|Pt|Psi|Gz|Tr|Ked|Sn|Tp|Ab|AP|H|E|T|P)"
    r"|M\.(?:Pd|Si|Kes|Kom|Hum|Ag|Sc|Eng|Kep|Farm|Psi|AP|Ak|M|H|T|E)|A\.?Md|Ph\.D|Sp\.[A-Z]+)\b"
    r"(?:\.[A-Z][A-Za-z]*)*\.?\s*)+)$"
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """title_before "Dr. H.", name "Muh. Nur'aini", title_after "S.Kom., M.Si."."""

    title_before: str
    name: str
    title_after: str

    def __str__(self) -> str:
        front = f"{self.title_before} {self.name}".strip()
        return f"{front}, {self.title_after}" if self.title_after else front


def split_name(value: object) -> PersonName:
    """Split one cell. Raises InvalidText of asnportal.common.text.

    "Muh." and other shortened names stay in the name; what follows a comma goes behind only when every
    piece looks like a degree.
    """
    text = clean_name(value)
    name, after = _split_after(text)
    before, name = _split_before(name)
    return _checked(before, name, after)


def read_name(name: object, title_before: object = None, title_after: object = None) -> PersonName:
    """Name and title columns of one row; titles inside the name count where their column is blank.

    Raises InvalidText.
    """
    person = split_name(name)
    before = "" if is_blank(title_before) else clean_name(title_before)
    after = "" if is_blank(title_after) else clean_name(title_after).strip(", ")
    if not before and not after:
        return person
    return _checked(before or person.title_before, person.name, after or person.title_after)


def _checked(before: str, name: str, after: str) -> PersonName:
    if len(before) > BEFORE_LENGTH or len(after) > AFTER_LENGTH:
        raise InvalidText(
            "length", f"Gelar paling panjang {BEFORE_LENGTH} di depan, {AFTER_LENGTH} di belakang."
        )
    return PersonName(before, name, after)


def _split_after(text: str) -> tuple[str, str]:
    name, comma, rest = text.partition(",")
    name = name.strip()
    if comma:
        pieces = [piece for part in rest.split(",") if (piece := part.strip())]
        looks_right = all(_DOTTED.fullmatch(piece) or _CAPITALS.fullmatch(piece) for piece in pieces)
        if not name or not looks_right:
            return text, ""
        name, first = _split_trailing(name)
        return name, ", ".join(filter(None, [first, *pieces]))
    return _split_trailing(text)


def _split_trailing(text: str) -> tuple[str, str]:
    found = _TRAILING.search(text)
    return (text[: found.start()], found[1].strip()) if found else (text, "")


def _split_before(text: str) -> tuple[str, str]:
    titles = []
    while found := _WORD.match(text):
        bare = found[1].replace(".", "").replace(" ", "")
        title = _BEFORE.get(bare.lower())
        if title is None or not text[found.end() :].strip():
            break
        titles.append("dr." if bare == "dr" else title)
        text = text[found.end() :].lstrip()
    return " ".join(titles), text
