"""What a certificate says: the printed facts, frozen with it, and the words for numbers and days."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Self

from asnportal.common.dates import format_date


@dataclass(frozen=True, slots=True)
class Subject:
    """One line of the back. ``jp`` is whole; the lines sum to the figure on the front."""

    title: str
    jp: int
    speaker: str = ""
    competency: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """``mark`` is the line of the electronic signature or seal; empty leaves room for ink."""

    post: str
    name: str
    rank: str = ""
    nip: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """Everything that is printed, as printed: frozen with the certificate, whatever HR data says later.

    ``jp`` is JP materi (floor of minutes / 45), ``jp_recognised`` JP diakui, None where it is the same.
    ``nip`` comes spaced for reading; a guest has none, and the institution stands in ``unit``.
    Days are WITA days.
    """

    number: str
    check_code: str
    name: str
    title: str
    organiser: str
    start: date
    end: date
    jp: int
    subjects: tuple[Subject, ...]
    issued_on: date
    signatories: tuple[Signatory, ...]
    issued_at: str = "Samarinda"
    heading: str = "Sertifikat"
    statement: str = "atas keikutsertaan dan kelulusannya dalam"
    nip: str = ""
    nip_label: str = "NIP"
    rank: str = ""
    post: str = ""
    unit: str = ""
    venue: str = ""
    result: str = ""
    jp_recognised: Decimal | None = None
    legal_basis: str = ""
    record: str = ""
    partner: str = ""
    issuer: str = "Pemerintah Kota Samarinda"
    issuer_unit: str = "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
    issuer_short: str = "BKPSDM Kota Samarinda"
    version: int = 1

    def to_json(self) -> dict[str, Any]:
        """For a JSONField: days as ISO text, JP diakui as text so that 38.40 stays 38.40."""
        return {
            name: str(value) if isinstance(value, date | Decimal) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The inverse of ``to_json``; what a later version of the form no longer knows is left out."""
        known = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        for name in ("start", "end", "issued_on"):
            known[name] = date.fromisoformat(known[name])
        known["subjects"] = tuple(Subject(**row) for row in known["subjects"])
        known["signatories"] = tuple(Signatory(**row) for row in known["signatories"])
        if known.get("jp_recognised") is not None:
            known["jp_recognised"] = Decimal(known["jp_recognised"])
        return cls(**known)

    def texts(self) -> Iterator[str]:
        """Every text that is printed as given."""
        holders: tuple[CertificateFacts | Subject | Signatory, ...] = (
            self,
            *self.subjects,
            *self.signatories,
        )
        for holder in holders:
            yield from (
                value for field in fields(holder) if isinstance(value := getattr(holder, field.name), str)
            )


def spell_number(number: int) -> str:
    """Indonesian words for 0 to 999,999: 5 is "lima", 11 "sebelas", 120 "seratus dua puluh"."""
    if not 0 <= number < 1_000_000:
        raise ValueError(number)
    return _words(number) or "nol"


def _words(number: int) -> str:
    small = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"]
    if number <= 10:
        return small[number]
    if number < 20:
        return "sebelas" if number == 11 else f"{small[number - 10]} belas"
    for size, name in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        count, rest = divmod(number, size)
        if count:
            head = f"se{name}" if count == 1 else f"{_words(count)} {name}"
            return f"{head} {_words(rest)}".rstrip()
    raise AssertionError(number)


def format_period(start: date, end: date) -> str:
    """21–22 September 2026; 29 Desember 2026 – 3 Januari 2027. Indonesian, months in full."""
    if start == end:
        return format_date(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{format_date(end)}"
    first = format_date(start)
    return f"{first.removesuffix(f' {end.year}')} – {format_date(end)}"
