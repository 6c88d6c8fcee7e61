"""Status and sex of an employee as files write them."""

from collections.abc import Sequence

from asnportal.common.invalid import Invalid

KINDS = ("PNS", "CPNS", "PPPK", "PPPK_PW")


class InvalidStatus(Invalid):
    """codes: unknown, not_asn (honorary and contract workers who are no ASN)."""


class InvalidSex(Invalid):
    """codes: unknown."""


def parse_kind(values: Sequence[object]) -> str | None:
    """The kind from all status columns of a row (status, SIASN code, type, legal position).

    PNS, CPNS, PPPK, PPPK_PW, or None when none of them tells. "P" is PNS here. Raises InvalidStatus.
    """
    raise NotImplementedError


def parse_sex(value: object) -> str | None:
    """ "M" or "F", None when blank. L/P, M/F, Laki-laki/Perempuan, Pria/Wanita, 1/2. Raises InvalidSex."""
    raise NotImplementedError


def in_service(legal_status: object) -> bool | None:
    """Does the legal position (kedudukan hukum) let a person take part? None when blank or unknown."""
    raise NotImplementedError
