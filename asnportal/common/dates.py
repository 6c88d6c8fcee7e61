"""Dates as Indonesian offices write them, and dates as our pages print them.

Reading: day before month, month names in Indonesian (old spellings too) and English, Excel dates and
serial numbers, ranges ("12 s.d. 14 Januari 2025"), place and date in one cell. Printing:
"24 November 2026", "24 Nov 2026", "20–21 Okt 2026", "08.00 WITA" (Asia/Makassar, UTC+8).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from asnportal.common.invalid import Invalid

WITA = ZoneInfo("Asia/Makassar")


class InvalidDate(Invalid):
    """codes: blank, format, order (month before day), absent (no such day), leap, range, reversed."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """First and last day, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class PlaceDate:
    """The two halves of "Samarinda, 14 Mei 1987"; place is "" when only a date was written."""

    place: str
    date: date


@dataclass(frozen=True, slots=True)
class Span:
    """Days that a field may hold, both included."""

    since: date
    until: date


def birth_span(today: date) -> Span:
    """Births from 1940 to today."""
    raise NotImplementedError


def career_span(today: date) -> Span:
    """Starts of appointments, ranks, posts (TMT): from 1970 to the end of next year."""
    raise NotImplementedError


def parse_date(value: object, *, today: date, span: Span | None = None) -> date:
    """One day. Years of two digits are 20yy up to next year, else 19yy. Raises InvalidDate."""
    raise NotImplementedError


def parse_range(value: object, *, today: date, span: Span | None = None) -> DateRange:
    """A day or a range of days in one cell. Raises InvalidDate."""
    raise NotImplementedError


def parse_place_and_date(value: object, *, today: date, span: Span | None = None) -> PlaceDate:
    """ "Samarinda, 14 Mei 1987", "Samarinda / 14-05-1987" or a date alone. Raises InvalidDate."""
    raise NotImplementedError


def parse_period(values: Sequence[object], *, today: date, span: Span | None = None) -> DateRange | None:
    """The days of a training from its three possible columns (period, start, end); None if all blank.

    start and end go before period; an end alone, or a start alone, is a single day. Raises InvalidDate.
    """
    raise NotImplementedError


def format_date(day: date, language: str = "id") -> str:
    """24 November 2026. A datetime is turned to WITA first."""
    raise NotImplementedError


def format_short_date(day: date, language: str = "id") -> str:
    """24 Nov 2026."""
    raise NotImplementedError


def format_day_date(day: date, language: str = "id") -> str:
    """Selasa, 20 Oktober 2026."""
    raise NotImplementedError


def format_range(start: date, end: date, language: str = "id") -> str:
    """20–21 Okt 2026, 30 Apr – 2 Mei 2026, 29 Des 2026 – 3 Jan 2027."""
    raise NotImplementedError


def format_time(moment: datetime) -> str:
    """08.00 WITA."""
    raise NotImplementedError


def format_moment(moment: datetime, language: str = "id") -> str:
    """24 November 2026 pukul 08.00 WITA."""
    raise NotImplementedError
