"""Status and sex of an employee as files write them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from asnportal.common.invalid import Invalid
from asnportal.common.text import cell_text, is_blank

KINDS = ("PNS", "CPNS", "PPPK", "PPPK_PW")

# The most particular first: SIASN also writes P (PNS) for a PPPK.
_KIND_WORDS = (
    ("PPPK_PW", re.compile(r"\bPARUH\s*WAKTU\b|\b(?:PPPK|P3K)[\s\-_/(]*PW\b")),
    ("PPPK", re.compile(r"\b(?:PPPK|P3K)(?:\b|_)|PERJANJIAN\s+KERJA")),
    ("CPNS", re.compile(r"\bCPNS\b|\bCALON\s+(?:PNS|PEGAWAI\s+NEGERI)\b|^C$")),
    ("PNS", re.compile(r"\bPNS\b|\bPEGAWAI\s+NEGERI\b|^P$")),
)
_NOT_ASN = re.compile(r"HONOR|\bNON\s*-?\s*ASN\b|\bTHL\b|\bTK[KD]\b|\bPTT[HB]?\b|OUTSOURC|TENAGA\s+AHLI")
# Legal positions and the like, which say nothing about the kind.
_NEUTRAL = re.compile(
    r"AKTIF|CUTI|CLTN|TUGAS BELAJAR|BERHENTI|PENSIUN|\bMPP\b|PERSIAPAN|HUKUMAN|MENINGGAL|PINDAH|^ASN$|^\d+$"
)
_LEFT = re.compile(
    r"(?<!PERSIAPAN )PENSIUN(?!\s*\()|DIBERHENTIKAN|^PEMBERHENTIAN(?!\s+SEMENTARA)|MENINGGAL|WAFAT"
    r"|PINDAH INSTANSI|MENGUNDURKAN"
)
_SERVING = re.compile(r"\bAKTIF\b|TUGAS BELAJAR|^(?:01|03|15|20|71|72)$|PPPK|P3K|MASA PERSIAPAN|\bMPP\b")
_SEXES = {
    "M": ("L", "M", "LK", "LAKI", "LAKI-LAKI", "LAKI - LAKI", "LAKI LAKI", "LAKI2", "PRIA", "MALE", "1"),
    "F": ("P", "F", "PR", "PEREMPUAN", "WANITA", "FEMALE", "2"),
}
_SEX_OF = {word: sex for sex, words in _SEXES.items() for word in words}


class InvalidStatus(Invalid):
    """codes: unknown, not_asn (honorary and contract workers who are no ASN)."""


class InvalidSex(Invalid):
    """codes: unknown."""


def parse_kind(values: Sequence[object]) -> str | None:
    """The kind from all status columns of a row (status, SIASN code, type, legal position).

    PNS, CPNS, PPPK, PPPK_PW, or None when none of them tells. "P" is PNS here. Raises InvalidStatus.
    """
    written = [cell_text(value) for value in values if not is_blank(value)]
    kinds = {_kind(text) for text in written}
    told = next((kind for kind, _words in _KIND_WORDS if kind in kinds), None)
    if told is None:
        _refuse_strangers(written)
    return told


@lru_cache(maxsize=512)
def _kind(text: str) -> str | None:
    upper = text.upper()
    return next((kind for kind, words in _KIND_WORDS if words.search(upper)), None)


def _refuse_strangers(written: Sequence[str]) -> None:
    for text in written:
        if _NOT_ASN.search(text.upper()):
            raise InvalidStatus("not_asn", f"Status “{text[:40]}” bukan ASN.")
        if not _NEUTRAL.search(text.upper()):
            raise InvalidStatus(
                "unknown",
                f"Status “{text[:40]}” tidak dikenal. Tulis PNS, CPNS, PPPK, atau PPPK Paruh Waktu.",
            )


def parse_sex(value: object) -> str | None:
    """ "M" or "F", None when blank. L/P, M/F, Laki-laki/Perempuan, Pria/Wanita, 1/2. Raises InvalidSex."""
    if is_blank(value):
        return None
    text = cell_text(value)
    sex = _SEX_OF.get(text.upper().strip("."))
    if sex is None:
        raise InvalidSex("unknown", f"Jenis kelamin “{text[:40]}” tidak dikenal. Tulis L atau P.")
    return sex


def in_service(legal_status: object) -> bool | None:
    """Does the legal position (kedudukan hukum) let a person take part? None when blank or unknown."""
    text = cell_text(legal_status).upper()
    if _LEFT.search(text):
        return False
    return True if _SERVING.search(text) else None
