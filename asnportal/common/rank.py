"""Golongan: PNS I/a to IV/e, PPPK I to XVII. Two scales that cannot be compared with each other."""

import re
from dataclasses import dataclass
from functools import lru_cache

from asnportal.common.invalid import Invalid
from asnportal.common.text import cell_text, is_blank

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
           "XVI", "XVII")  # fmt: skip
# Rooms a-e of I-IV with their titles (pangkat); "Tk" is Tingkat.
_TITLES = {
    1: ("Juru Muda", "Juru Muda Tingkat I", "Juru", "Juru Tingkat I"),
    2: ("Pengatur Muda", "Pengatur Muda Tingkat I", "Pengatur", "Pengatur Tingkat I"),
    3: ("Penata Muda", "Penata Muda Tingkat I", "Penata", "Penata Tingkat I"),
    4: (
        "Pembina",
        "Pembina Tingkat I",
        "Pembina Utama Muda",
        "Pembina Utama Madya",
        "Pembina Utama",
    ),
}
_CODE = re.compile(
    r"(?<![A-Z0-9])(IV|III|II|I|[1-4])(?:\s?[/.,\-]\s?|\s)?(?:RUANG\s)?([A-E])(?![A-Z0-9])", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:GOLONGAN|GOL)\b[\s.:/]*(?:RUANG\b[\s.:/]*)?", re.IGNORECASE)
_TITLE_TAIL = re.compile(r"\bTK(?:T)?\b\.?\s*(?:I|1)\b\.?")


class InvalidRank(Invalid):
    """codes: unknown, room (a PNS rank without its letter), scale (a rank of the other scale)."""


@dataclass(frozen=True, slots=True)
class Rank:
    """scale "pns" or "pppk"; code "III/c" or "IX"; order within the scale (PNS: SIASN id 11-45, PPPK:
    1-17); title is the pangkat ("Penata"), "" for PPPK."""

    scale: str
    code: str
    order: int
    title: str


PNS_RANKS = tuple(
    Rank("pns", f"{_ROMANS[number - 1]}/{'abcde'[room]}", number * 10 + room + 1, title)
    for number, titles in _TITLES.items()
    for room, title in enumerate(titles)
)
PPPK_RANKS = tuple(Rank("pppk", roman, number, "") for number, roman in enumerate(_ROMANS, 1))
_BY_CODE = {rank.code: rank for rank in (*PNS_RANKS, *PPPK_RANKS)}
_BY_TITLE = {rank.title.upper(): rank for rank in PNS_RANKS}


def order_of(code: str) -> int:
    """The place of a rank within its scale; compare only ranks of one scale."""
    return _BY_CODE[code].order


def parse_rank(value: object, *, kind: str | None = None) -> Rank | None:
    """Read "III/c", "III.C", "3c", "Penata Tk. I, III/d", "Golongan IX"; None when blank.

    kind is PNS, CPNS, PPPK, PPPK_PW or None. A title alone ("Penata Muda") tells the PNS rank too.
    Raises InvalidRank.
    """
    return None if is_blank(value) else _parse(cell_text(value)[:80], kind)


@lru_cache(maxsize=512)
def _parse(text: str, kind: str | None) -> Rank:
    is_contract = kind in ("PPPK", "PPPK_PW")
    rank = _pns_rank(text) or _pppk_rank(text)
    if rank is None:
        raise InvalidRank("unknown", f"Golongan “{text}” tidak dikenal. Contoh: III/c, atau IX untuk PPPK.")
    if kind and rank.scale != ("pppk" if is_contract else "pns"):
        if rank.scale == "pppk" and rank.order <= 4:
            raise InvalidRank("room", f"Golongan {rank.code} belum lengkap. Tulis ruangnya, contoh III/c.")
        other = "PPPK" if rank.scale == "pppk" else "PNS"
        own = kind.replace("_PW", " Paruh Waktu")
        raise InvalidRank("scale", f"Golongan {rank.code} adalah golongan {other}, status pegawai {own}.")
    return rank


def _pns_rank(text: str) -> Rank | None:
    found = {f"{_roman(number)}/{room.lower()}" for number, room in _CODE.findall(text)}
    if len(found) == 1:
        return _BY_CODE.get(found.pop())
    title = _TITLE_TAIL.sub("TINGKAT I", text.upper().replace(".", " "))
    return None if found else _BY_TITLE.get(" ".join(title.split()))


def _pppk_rank(text: str) -> Rank | None:
    bare = _LEAD.sub("", text).strip(" .()").upper()
    if bare.isascii() and bare.isdigit() and len(bare) <= 2 and 1 <= int(bare) <= len(_ROMANS):
        return PPPK_RANKS[int(bare) - 1]
    return _BY_CODE.get(bare)


def _roman(number: str) -> str:
    return _ROMANS[int(number) - 1] if number.isdigit() else number.upper()
