"""Golongan: PNS I/a to IV/e, PPPK I to XVII. Two scales that cannot be compared with each other."""

from dataclasses import dataclass

from asnportal.common.invalid import Invalid


class InvalidRank(Invalid):
    """codes: unknown, scale (a PPPK rank for a PNS or the other way round)."""


@dataclass(frozen=True, slots=True)
class Rank:
    """scale "PNS" or "PPPK"; code "III/c" or "IX"; order within the scale (PNS: SIASN id 11-45);
    title is the pangkat ("Penata"), "" for PPPK."""

    scale: str
    code: str
    order: int
    title: str


def parse_rank(value: object, *, kind: str | None = None) -> Rank | None:
    """Read "III/c", "III.C", "3c", "Penata Tk. I, III/d", "Golongan IX"; None when blank.

    kind is PNS, CPNS, PPPK, PPPK_PW or None. Raises InvalidRank.
    """
    raise NotImplementedError
