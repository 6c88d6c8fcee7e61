"""The turn of the year in words: how a period ended, and until when evidence for the old year is taken."""

from dataclasses import dataclass
from datetime import date

from asnportal.common.dates import format_date
from competency.queries.ledger import YearSummary
from competency.services.jp import figure
from competency.services.outside import last_day_for

TOLD_DAYS = 31  # of the new period, in which the first screen tells how the old one ended


@dataclass(frozen=True)
class Evidence:
    """Until when (WITA, the day included) the person hands in evidence for a calendar year; then only BKPSDM does."""

    year: int
    last: date
    is_open: bool

    @property
    def sentence(self) -> str:
        if self.is_open:
            return f"Bukti untuk tahun {self.year} diterima sampai {format_date(self.last)}."
        return (
            f"Bukti untuk tahun {self.year} ditutup pada {format_date(self.last)}. "
            "Yang tertinggal dicatat BKPSDM; sampaikan sertifikatnya kepada mereka."
        )


def evidence_for(year: int, *, today: date) -> Evidence:
    """Of a calendar year that is over, or of the present one. One statement."""
    last = last_day_for(date(year, 12, 31))
    return Evidence(year, last, is_open=today <= last)


def is_told(summary: YearSummary, *, today: date) -> bool:
    """Whether the period began so lately that people still ask how the one before ended."""
    return 0 <= (today - summary.period.start).days < TOLD_DAYS


def ending(summary: YearSummary) -> str:
    """How a period ended. PNS against the floor; PPPK by the contract year, up to the ceiling, nothing owed."""
    reported, target = figure(summary.counted), figure(summary.target)
    name = f"{'Tahun' if summary.period.is_calendar else 'Tahun kontrak'} {summary.period}"
    waiting = f" {figure(summary.waiting)} JP masih diperiksa." if summary.waiting else ""
    if summary.is_ceiling:
        kept = f" {figure(summary.excess)} JP di atas batas tersimpan." if summary.excess else ""
        return f"{name} berakhir dengan {reported} JP diakui, paling banyak {target}.{kept}{waiting}"
    met = ", terpenuhi" if summary.fulfilled else ""
    return f"{name} berakhir dengan {reported} JP dari {target}{met}.{waiting}"
