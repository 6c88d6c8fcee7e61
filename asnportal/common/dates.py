"""Dates as Indonesian offices write them, and dates as our pages print them.

Reading: day before month, month names in Indonesian (old spellings too) and English, Excel dates and
serial numbers, ranges ("12 s.d. 14 Januari 2025"), place and date in one cell. Printing:
"24 November 2026", "24 Nov 2026", "20–21 Okt 2026", "08.00 WITA" (Asia/Makassar, UTC+8).
"""

import calendar
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from asnportal.common.invalid import Invalid
from asnportal.common.text import cell_text, is_blank

WITA = ZoneInfo("Asia/Makassar")

_ID = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
_EN = "January February March April May June July August September October November December"
_ID_DAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu"
_ID_SHORT = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des"
_EN_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
MONTHS = {"id": _ID.split(), "en": _EN.split()}
SHORT_MONTHS = {"id": _ID_SHORT.split(), "en": [name[:3] for name in MONTHS["en"]]}
DAYS = {"id": _ID_DAYS.split(), "en": _EN_DAYS.split()}

_SPELLINGS = (
    "januari january jan|februari february pebruari febuari pebuari feb peb|maret march mar mrt"
    "|april apr|mei may|juni june jun|juli july jul|agustus august agu agt ags agst agus agust aug"
    "|september sept sep|oktober october okt oct|november nopember nov nop|desember december des dec"
)
_MONTH_NUMBERS = {
    word: number for number, words in enumerate(_SPELLINGS.split("|"), 1) for word in words.split()
}

_TIME = r"(?:[T,\s]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:Z|\s*WI(?:TA|B|T))?)?"
_NUMERIC = re.compile(rf"(\d{{1,2}})\s?[-/.\s]\s?(\d{{1,2}})\s?[-/.\s]\s?(\d{{4}}|\d\d){_TIME}")
_NAMED = re.compile(rf"(\d{{1,2}})[\s.,/\-]*([a-z]{{3,9}})[\s.,/'\-]*(\d{{4}}|\d\d){_TIME}", re.IGNORECASE)
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_LEAD = re.compile(
    r"(?:(?:hari\s+)?(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b|tanggal|tgl\.?)[\s,:/]*", re.I
)
_SERIAL_TEXT = re.compile(r"\d{5}(?:[.,]0+)?")
_WORD_BETWEEN = re.compile(
    r"\s*(?<![a-z])(?:s\s?[./]?\s?d\.?|sampai(?:\s+dengan)?|hingga|to)(?=[\s\d])\s*", re.I
)
_DASH = re.compile(r"\s*[-–—−~]\s*")
_LIST = re.compile(r"(\d{1,2})(?:\s*(?:,|&|\+|dan)\s*\d{1,2})*\s*(?:,|&|\+|dan)\s*(?=\d)", re.I)
_DAY = re.compile(r"\d{1,2}")
_DAY_MONTH = re.compile(r"(\d{1,2})[\s.\-/]*([a-z]{3,9}|(?<=[.\-/])\d{1,2})\.?", re.I)

# Days since 30 December 1899. Below: years and other small numbers that are no dates.
_SERIALS = range(10_000, 73_051)
_EPOCH = date(1899, 12, 30)


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


ANY_DAY = Span(date(1900, 1, 1), date(2100, 12, 31))


def birth_span(today: date) -> Span:
    """Births from 1940 to today."""
    return Span(date(1940, 1, 1), today)


def career_span(today: date) -> Span:
    """Starts of appointments, ranks, posts (TMT) and trainings: from 1970 to the end of next year."""
    return Span(date(1970, 1, 1), date(today.year + 1, 12, 31))


def parse_date(value: object, *, today: date, span: Span | None = None) -> date:
    """One day. Years of two digits are 20yy up to next year, else 19yy. Raises InvalidDate."""
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        day = _from_serial(value, str(value))
    else:
        day = _from_text(_date_text(value), today)
    return _within(day, span or ANY_DAY)


def parse_range(value: object, *, today: date, span: Span | None = None) -> DateRange:
    """A day or a range of days in one cell. Raises InvalidDate."""
    try:
        day = parse_date(value, today=today, span=span)
    except InvalidDate as error:
        if error.code != "format" or not isinstance(value, str):
            raise
        return _from_range_text(_date_text(value), today, span or ANY_DAY)
    return DateRange(day, day)


def parse_place_and_date(value: object, *, today: date, span: Span | None = None) -> PlaceDate:
    """ "Samarinda, 14 Mei 1987", "Samarinda / 14-05-1987" or a date alone. Raises InvalidDate."""
    try:
        return PlaceDate("", parse_date(value, today=today, span=span))
    except InvalidDate as error:
        text = cell_text(value)
        digit = re.search(r"\d", text)
        if error.code != "format" or digit is None or digit.start() == 0:
            raise
    day = parse_date(text[digit.start() :], today=today, span=span)
    return PlaceDate(text[: digit.start()].strip(" ,/-:;|."), day)


def parse_period(values: Sequence[object], *, today: date, span: Span | None = None) -> DateRange | None:
    """The days of a training from its three possible columns (period, start, end); None if all blank.

    start and end go before period; an end alone, or a start alone, is a single day. Raises InvalidDate.
    """
    period, start, end = (None if is_blank(value) else value for value in values)
    first = next((value for value in (start, period, end) if value is not None), None)
    if first is None:
        return None
    days = parse_range(first, today=today, span=span)
    if end is None:
        return days
    return _ordered(days.start, parse_range(end, today=today, span=span).end)


def format_date(day: date, language: str = "id") -> str:
    """24 November 2026. A datetime is turned to WITA first."""
    day = _wita_day(day)
    return f"{day.day} {_names(MONTHS, language)[day.month - 1]} {day.year}"


def format_short_date(day: date, language: str = "id") -> str:
    """24 Nov 2026."""
    day = _wita_day(day)
    return f"{day.day} {_names(SHORT_MONTHS, language)[day.month - 1]} {day.year}"


def format_day_date(day: date, language: str = "id") -> str:
    """Selasa, 20 Oktober 2026."""
    day = _wita_day(day)
    return f"{_names(DAYS, language)[day.weekday()]}, {format_date(day, language)}"


def format_range(start: date, end: date, language: str = "id") -> str:
    """20–21 Okt 2026, 30 Apr – 2 Mei 2026, 29 Des 2026 – 3 Jan 2027."""
    start, end = _wita_day(start), _wita_day(end)
    last = format_short_date(end, language)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    first = format_short_date(start, language)
    return f"{first.removesuffix(f' {start.year}') if start.year == end.year else first} – {last}"


def format_time(moment: datetime) -> str:
    """08.00 WITA."""
    return f"{moment.astimezone(WITA):%H.%M} WITA"


def format_moment(moment: datetime, language: str = "id") -> str:
    """24 November 2026 pukul 08.00 WITA."""
    at = "at" if language == "en" else "pukul"
    return f"{format_date(moment, language)} {at} {format_time(moment)}"


def _names(names: dict[str, list[str]], language: str) -> list[str]:
    return names.get(language, names["id"])


def _wita_day(day: date) -> date:
    if isinstance(day, datetime):
        return day.astimezone(WITA).date() if day.tzinfo else day.date()
    return day


def _date_text(value: object) -> str:
    text = value if isinstance(value, str) else ""
    if text.isascii() and len(text) == 10:
        return text
    if is_blank(value):
        raise InvalidDate("blank", "Tanggal wajib diisi.")
    return _LEAD.sub("", unicodedata.normalize("NFKC", cell_text(value)[:120]).lstrip("'`"), count=1).strip()


def _from_text(text: str, today: date) -> date:
    if found := _NUMERIC.fullmatch(text):
        day, month, year = found.groups()
        return _day(int(day), int(month), _year(year, today), text)
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
        return _day(int(day), int(month), int(year), text)
    if (found := _NAMED.fullmatch(text)) and found[2].lower() in _MONTH_NUMBERS:
        return _day(int(found[1]), _MONTH_NUMBERS[found[2].lower()], _year(found[3], today), text)
    if _SERIAL_TEXT.fullmatch(text):
        return _from_serial(float(text.replace(",", ".")), text)
    raise _not_a_date(text)


def _not_a_date(text: str) -> InvalidDate:
    return InvalidDate("format", f"Tanggal “{text[:40]}” tidak dikenali. Tulis seperti 13/02/2026.")


def _from_serial(number: float, text: str) -> date:
    if not _SERIALS.start <= number < _SERIALS.stop:
        raise _not_a_date(text)
    return _EPOCH + timedelta(days=int(number))


def _year(digits: str, today: date) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if 2000 + year <= today.year + 1 else 1900 + year


def _day(day: int, month: int, year: int, text: str) -> date:
    if month > 12 and 1 <= day <= 12 and month <= 31:
        raise InvalidDate("order", "Tulis tanggal dengan urutan hari/bulan/tahun, contoh 13/02/2026.")
    if (day, month) == (29, 2) and not calendar.isleap(year):
        raise InvalidDate("leap", f"Tanggal {text[:40]} tidak ada ({year} bukan tahun kabisat).")
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidDate("absent", f"Tanggal {text[:40]} tidak ada.") from None


def _within(day: date, span: Span) -> date:
    if not span.since <= day <= span.until:
        since, until = format_date(span.since), format_date(span.until)
        raise InvalidDate("range", f"Tanggal harus antara {since} dan {until}. Tulis tahun dengan 4 angka.")
    return day


def _ordered(start: date, end: date) -> DateRange:
    if end < start:
        told = format_date(start)
        raise InvalidDate("reversed", f"Tanggal selesai tidak boleh sebelum tanggal mulai, {told}.")
    return DateRange(start, end)


def _from_range_text(text: str, today: date, span: Span) -> DateRange:
    if listed := _LIST.match(text):
        last = _within(_from_text(text[listed.end() :], today), span)
        return _ordered(_partial(listed[1], last, today), last)
    for between in (*_WORD_BETWEEN.finditer(text), *_DASH.finditer(text)):
        try:
            last = _within(_from_text(_LEAD.sub("", text[between.end() :], count=1), today), span)
            first = _within(_partial(text[: between.start()], last, today), span)
        except InvalidDate as error:
            if error.code == "format":
                continue
            raise
        return _ordered(first, last)
    raise _not_a_date(text)


def _partial(text: str, last: date, today: date) -> date:
    """The start of a range, whose month or year may only stand at its end."""
    if _DAY.fullmatch(text):
        return _day(int(text), last.month, last.year, text)
    if found := _DAY_MONTH.fullmatch(text):
        word = found[2].lower()
        month = int(word) if word.isdigit() else _MONTH_NUMBERS.get(word)
        if month is None:
            raise _not_a_date(text)
        return _day(int(found[1]), month, last.year - (month > last.month), text)
    return _from_text(text, today)
