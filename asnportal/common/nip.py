"""The employee number: NIP of PNS and CPNS, NI PPPK of contract staff. 18 digits, no check digit.

digits 1-8 birth date, 9-14 start (PNS: YYYYMM; PPPK: year, then a code 20-29), 15 sex, 16-18 serial.
A number is text: a spreadsheet that kept it as a number has lost its last three digits for good.
Rules: docs of the field, sections 2.1-2.3.
"""

from dataclasses import dataclass
from datetime import date

from asnportal.common.invalid import Doubt, Invalid

PPPK_CODES = tuple(str(code) for code in range(20, 30))


class InvalidNip(Invalid):
    """codes: blank, lost_digits, letters, digits, length, birth_date, code, sex, serial, age, future."""


@dataclass(frozen=True, slots=True)
class Nip:
    """A well-formed number and what it tells.

    kind_hint is "PNS" (also for CPNS) or "PPPK"; start_month is None for PPPK.
    doubts: disagreements with the status given (codes status, code); a person decides about them.
    """

    number: str
    birth_date: date
    sex: str
    kind_hint: str
    start_year: int
    start_month: int | None
    serial: str
    doubts: tuple[Doubt, ...] = ()


def parse_nip(
    value: object, *, status: str | None, today: date, pppk_codes: tuple[str, ...] = PPPK_CODES
) -> Nip:
    """Read a number from a cell or a field.

    status is PNS, CPNS, PPPK, PPPK_PW or None when nothing is known. Raises InvalidNip.
    """
    raise NotImplementedError


def nip_doubts(
    nip: Nip, *, birth_date: date | None = None, sex: str | None = None, start: date | None = None
) -> tuple[Doubt, ...]:
    """Where the record disagrees with its number: codes birth_date, sex, start.

    start is TMT CPNS for PNS (year and month compared), the first contract for PPPK (year compared).
    """
    raise NotImplementedError


def format_nip(number: str) -> str:
    """19870514 201001 2 007; anything that is not 18 digits comes back unchanged."""
    raise NotImplementedError


def mask_nip(number: str) -> str:
    """1987•••••••••••007 for people who may see that it is the same person, not who."""
    raise NotImplementedError
