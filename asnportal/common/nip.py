"""The employee number: NIP of PNS and CPNS, NI PPPK of contract staff. 18 digits, no check digit.

digits 1-8 birth date, 9-14 start (PNS: YYYYMM; PPPK: year, then a code 20-29), 15 sex, 16-18 serial.
A number is text: a spreadsheet that kept it as a number has lost its last three digits for good.
Where the law ends and practice begins (codes of PPPK, age at start), parse_nip says so.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from asnportal.common.dates import MONTHS, format_date
from asnportal.common.invalid import Doubt, Invalid

PPPK_CODES = tuple(str(code) for code in range(20, 30))
BORN_SINCE = 1940

LOST_DIGITS = (
    "NIP terbaca sebagai angka dan digitnya hilang. Ubah format kolom NIP menjadi Teks lalu isi ulang."
)
LETTERS = "NIP hanya boleh berisi angka. Periksa huruf O atau l."
DIGITS = "NIP hanya boleh berisi angka 0-9."
SEX = "NIP tidak valid: angka ke-15 harus 1 (laki-laki) atau 2 (perempuan)."
SERIAL = "NIP tidak valid: nomor urut (tiga angka terakhir) tidak boleh 000. Periksa apakah digitnya hilang."
SEX_WORDS = {"M": "laki-laki", "F": "perempuan"}

_PLAIN = re.compile(r"[0-9]{18}")
# \s covers the no-break spaces; the rest are zero-width characters, quotes of spreadsheets, separators.
_NOISE = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff.\\-\u2010-\u2015\u2212'\u2018\u2019`\u00b4\"=:]+")
_PREFIX = re.compile(r"(?:NIPPPK|NIPPK|NIPNRP|NIPBARU|NI?PPPK|NIP)(?=[0-9OLI])", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\s*['=\"]*[0-9]+(?:[.,][0-9]+)?\s*E\s*\+?\s*[0-9]+['\"]*\s*", re.IGNORECASE)


class InvalidNip(Invalid):
    """codes: blank, lost_digits, letters, digits, length, birth_date, code, sex, serial, age, future."""


@dataclass(frozen=True, slots=True)
class Nip:
    """A well-formed number and what it tells.

    kind_hint is "PNS" (also for CPNS) or "PPPK"; start_month is None for PPPK.
    doubts: disagreements with the status given (codes status_differs, nip_code_unfamiliar).
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

    status is PNS, CPNS, PPPK, PPPK_PW or None when nothing is known. A code of digits 13-14 that is
    neither a month nor one of pppk_codes is refused, but only doubted where the status says PPPK;
    a status that does not fit the code is doubted. Age at the start: 18 for PNS, 20 for PPPK (whose
    number has no month, so the whole year counts). A PNS starts this month at the latest, a PPPK next
    year, as decrees are written ahead. Raises InvalidNip.
    """
    number = _digits(value)
    born = _birth_date(number)
    code = number[12:14]
    is_contract = status in ("PPPK", "PPPK_PW")
    kind = "PNS" if "01" <= code <= "12" else "PPPK"
    if kind == "PPPK" and code not in pppk_codes and not is_contract:
        raise InvalidNip("code", f"NIP tidak valid: angka ke-13 dan 14 ({code}) bukan bulan 01-12.")
    if number[14] not in "12":
        raise InvalidNip("sex", SEX)
    if number[15:] == "000":
        raise InvalidNip("serial", SERIAL)
    month = int(code) if kind == "PNS" else None
    _check_start(born, int(number[8:12]), month, today)
    return Nip(
        number=number,
        birth_date=born,
        sex="M" if number[14] == "1" else "F",
        kind_hint=kind,
        start_year=int(number[8:12]),
        start_month=month,
        serial=number[15:],
        doubts=_status_doubts(kind, code, status, pppk_codes),
    )


def nip_doubts(
    nip: Nip, *, birth_date: date | None = None, sex: str | None = None, start: date | None = None
) -> tuple[Doubt, ...]:
    """Where the record disagrees with its number: codes birth_date_differs, sex_differs, start_differs.

    start is TMT CPNS for PNS (year and month compared), the first contract for PPPK (year compared).
    """
    doubts = []
    if birth_date and birth_date != nip.birth_date:
        told = format_date(nip.birth_date)
        doubts.append(Doubt("birth_date_differs", f"Tanggal lahir tidak sama dengan NIP ({told})."))
    if sex and sex != nip.sex:
        doubts.append(Doubt("sex_differs", f"Jenis kelamin tidak sama dengan NIP ({SEX_WORDS[nip.sex]})."))
    if start and (start.year != nip.start_year or nip.start_month not in (None, start.month)):
        doubts.append(Doubt("start_differs", f"TMT awal tidak sama dengan NIP ({_start_words(nip)})."))
    return tuple(doubts)


def format_nip(number: str) -> str:
    """19870514 201001 2 007; anything that is not 18 digits comes back unchanged."""
    if not _PLAIN.fullmatch(number):
        return number
    return f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"


def mask_nip(number: str) -> str:
    """1987•••••••••••007: tells two people apart, not who they are; what is no NIP is hidden whole."""
    if not _PLAIN.fullmatch(number):
        return "•" * len(number)
    return f"{number[:4]}{'•' * 11}{number[15:]}"


def _digits(value: object) -> str:
    if isinstance(value, str):
        if _PLAIN.fullmatch(value):
            return value
    elif isinstance(value, bool) or not isinstance(value, int | float):
        if value is not None:
            raise InvalidNip("letters", LETTERS)
    else:
        # A number in a cell. Fewer digits than a double holds: a wrong number, nothing was lost.
        if not abs(value) < 1e15:
            raise InvalidNip("lost_digits", LOST_DIGITS)
        value = str(int(value))
    return _cleaned(unicodedata.normalize("NFKC", value or ""))


def _cleaned(text: str) -> str:
    if _SCIENTIFIC.fullmatch(text):
        raise InvalidNip("lost_digits", LOST_DIGITS)
    bare = _PREFIX.sub("", _NOISE.sub("", text).replace("/", ""), count=1)
    if not bare:
        raise InvalidNip("blank", "NIP wajib diisi.")
    if not bare.isascii() and bare.isdigit():
        raise InvalidNip("digits", DIGITS)
    if not (bare.isascii() and bare.isdigit()):
        raise InvalidNip("letters", LETTERS)
    if len(bare) != 18:
        raise InvalidNip("length", f"NIP harus 18 angka, ini {len(bare)}.")
    return bare


def _birth_date(number: str) -> date:
    year, month, day = number[:4], number[4:6], number[6:8]
    try:
        born = date(int(year), int(month), int(day))
    except ValueError:
        born = None
    if born is None or born.year < BORN_SINCE:
        told = f"{day}/{month}/{year}" + (f" (bulan {month})" if month > "12" else "")
        reason = "tidak ada" if born is None else "tidak mungkin"
        raise InvalidNip("birth_date", f"NIP tidak valid: tanggal lahir {told} di dalam NIP {reason}.")
    return born


def _check_start(born: date, year: int, month: int | None, today: date) -> None:
    """month None: a PPPK number, which tells the year only."""
    ahead = year > today.year + 1 if month is None else (year, month) > (today.year, today.month)
    if ahead:
        told = f"tahun {year}" if month is None else f"{MONTHS['id'][month - 1]} {year}"
        raise InvalidNip("future", f"NIP tidak valid: awal kerja {told} belum tiba.")
    # On the first of the start month; of a PPPK at the end of the start year.
    birthday_passed = month is None or (born.month, born.day) <= (month, 1)
    age = year - born.year - (not birthday_passed)
    least = 20 if month is None else 18
    if age < least:
        told = f"{age} tahun, paling muda {least}" if age >= 0 else "belum lahir"
        raise InvalidNip("age", f"NIP tidak valid: usia pada awal kerja {told}.")


def _status_doubts(
    kind: str, code: str, status: str | None, pppk_codes: tuple[str, ...]
) -> tuple[Doubt, ...]:
    if status is None:
        return ()
    is_contract = status in ("PPPK", "PPPK_PW")
    if kind == "PPPK" and code not in pppk_codes:
        return (
            Doubt("nip_code_unfamiliar", f"Kode {code} pada angka ke-13 dan 14 belum dikenal untuk PPPK."),
        )
    if is_contract != (kind == "PPPK"):
        told = status.replace("_PW", " Paruh Waktu")
        return (Doubt("status_differs", f"Status {told} tidak sesuai dengan NIP, yang berpola {kind}."),)
    return ()


def _start_words(nip: Nip) -> str:
    if nip.start_month is None:
        return str(nip.start_year)
    return f"{MONTHS['id'][nip.start_month - 1]} {nip.start_year}"
