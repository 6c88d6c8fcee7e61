"""Dates of real files and dates of our pages; bad inputs B11-B15, B17."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnportal.common import dates
from asnportal.common.dates import DateRange, InvalidDate, PlaceDate, parse_date, parse_period, parse_range

TODAY = date(2026, 11, 24)


def parse(value: object) -> date:
    return parse_date(value, today=TODAY)


def message_of(value: object, span: dates.Span | None = None) -> str:
    with pytest.raises(InvalidDate) as refusal:
        parse_range(value, today=TODAY, span=span)
    return refusal.value.message


def code_of(value: object) -> str:
    with pytest.raises(InvalidDate) as refusal:
        parse_range(value, today=TODAY)
    return refusal.value.code


@pytest.mark.parametrize(
    "value",
    [
        "12 Januari 2025", "12 Jan 2025", "12-01-2025", "12/01/2025", "12/01/25", "12.01.2025", "12.1.25",
        "2025-01-12", "2025/1/12", "2025-01-12 00:00:00", "2025-01-12T07:30", "12-Jan-25", "12 JANUARI 2025",
        "Minggu, 12 Januari 2025", "tgl. 12 Januari 2025", "12  Januari,  2025", "12 January 2025",
        "12\u00a0Januari\u00a02025", "'12-01-2025", date(2025, 1, 12), datetime(2025, 1, 12, 8, tzinfo=UTC),
        45669, 45669.0, "45669", "45669,0",
    ],
)  # fmt: skip
def test_a_day_is_read_however_offices_write_it(value: object) -> None:
    assert parse(value) == date(2025, 1, 12)


@pytest.mark.parametrize(
    ("value", "month"),
    [
        ("5 Pebruari 2025", 2), ("5 Peb 2025", 2), ("5 Mrt 2025", 3), ("5 Mei 2025", 5), ("5 May 2025", 5),
        ("5 Agt 2025", 8), ("5 Ags 2025", 8), ("5 Agustus 2025", 8), ("5 Aug 2025", 8), ("5 Sept 2025", 9),
        ("5 Okt 2025", 10), ("5 Nopember 2025", 11), ("5 Nop. 2025", 11), ("5 Des 2025", 12),
    ],
)  # fmt: skip
def test_B15_months_in_old_short_and_english_spelling(value: str, month: int) -> None:
    assert parse(value) == date(2025, month, 5)


def test_B15_a_serial_number_of_a_spreadsheet_is_a_day_and_a_year_is_not() -> None:
    assert parse(46023.0) == date(2026, 1, 1)
    assert code_of(2025.0) == "format"
    assert code_of("2025") == "format"


def test_B11_a_day_that_does_not_exist() -> None:
    assert message_of("31/02/2026") == "Tanggal 31/02/2026 tidak ada."
    assert message_of("31 April 2026") == "Tanggal 31 April 2026 tidak ada."
    assert code_of("00/00/2026") == "absent"
    assert code_of("31/13/2026") == "absent"


def test_B12_the_29th_of_february_of_a_common_year() -> None:
    assert message_of("29/02/2027") == "Tanggal 29/02/2027 tidak ada (2027 bukan tahun kabisat)."
    assert parse("29/02/2028") == date(2028, 2, 29)


def test_B13_month_before_day_is_explained() -> None:
    told = "Tulis tanggal dengan urutan hari/bulan/tahun, contoh 13/02/2026."
    assert message_of("02/13/2026") == told


def test_B14_years_of_two_digits_and_years_out_of_range() -> None:
    assert parse("14-05-87") == date(1987, 5, 14)
    assert parse("14-05-27") == date(2027, 5, 14)
    assert parse("14-05-28") == date(1928, 5, 14)
    birth = dates.birth_span(TODAY)
    assert message_of("01/01/0026", birth).startswith(
        "Tanggal harus antara 1 Januari 1940 dan 24 November 2026."
    )
    assert code_of("9999-12-31") == "range"
    assert dates.career_span(TODAY) == dates.Span(date(1970, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize("value", [None, "", "-", "  ", "NULL"])
def test_nothing_written_is_told_as_such(value: object) -> None:
    assert code_of(value) == "blank"


@pytest.mark.parametrize(
    "value",
    [True, 1e300, float("inf"), float("nan"), -5, 10**30, "x" * 10_000, "12 Foo 2025", "kemarin", b"12"],
)
def test_whatever_stands_in_the_cell_gets_an_answer(value: object) -> None:
    with pytest.raises(InvalidDate):
        parse_range(value, today=TODAY)


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("12 s.d. 14 Januari 2025", (2025, 1, 12), (2025, 1, 14)),
        ("12 s/d 14 Januari 2025", (2025, 1, 12), (2025, 1, 14)),
        ("12 sd 14 Januari 2025", (2025, 1, 12), (2025, 1, 14)),
        ("12 sampai dengan 14 Januari 2025", (2025, 1, 12), (2025, 1, 14)),
        ("12 hingga 14 Januari 2025", (2025, 1, 12), (2025, 1, 14)),
        ("12-14 Januari 2025", (2025, 1, 12), (2025, 1, 14)),
        ("12 – 14 Januari 2025", (2025, 1, 12), (2025, 1, 14)),
        ("12-14/01/2025", (2025, 1, 12), (2025, 1, 14)),
        ("30 April - 2 Mei 2025", (2025, 4, 30), (2025, 5, 2)),
        ("30/04 - 02/05/2025", (2025, 4, 30), (2025, 5, 2)),
        ("29 Desember 2025 s.d. 3 Januari 2026", (2025, 12, 29), (2026, 1, 3)),
        ("29 Des - 3 Januari 2026", (2025, 12, 29), (2026, 1, 3)),
        ("12-01-2025 - 14-01-2025", (2025, 1, 12), (2025, 1, 14)),
        ("12/01/2025-14/01/2025", (2025, 1, 12), (2025, 1, 14)),
        ("2025-01-12 s/d 2025-01-14", (2025, 1, 12), (2025, 1, 14)),
        ("12, 13 dan 14 Januari 2025", (2025, 1, 12), (2025, 1, 14)),
        ("12 & 13 Januari 2025", (2025, 1, 12), (2025, 1, 13)),
        ("Minggu, 12 Januari 2025 s.d. Selasa, 14 Januari 2025", (2025, 1, 12), (2025, 1, 14)),
        ("12 Januari 2025", (2025, 1, 12), (2025, 1, 12)),
    ],
)
def test_a_range_of_days_in_one_cell(value: str, start: tuple[int, ...], end: tuple[int, ...]) -> None:
    assert parse_range(value, today=TODAY) == DateRange(date(*start), date(*end))


def test_B17_a_range_that_runs_backwards() -> None:
    told = "Tanggal selesai tidak boleh sebelum tanggal mulai, 14 Januari 2025."
    assert message_of("14 s.d. 12 Januari 2025") == told
    with pytest.raises(InvalidDate, match="tidak boleh sebelum"):
        parse_period([None, "14-01-2025", "12-01-2025"], today=TODAY)


def test_a_range_with_a_day_that_does_not_exist_is_refused_for_that_day() -> None:
    assert code_of("30 s.d. 31 Februari 2025") == "absent"
    assert code_of("31 Februari - 2 Maret 2025") == "absent"


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("Samarinda, 14 Mei 1987", "Samarinda"),
        ("Samarinda / 14-05-1987", "Samarinda"),
        ("Kutai Kartanegara 14-05-1987", "Kutai Kartanegara"),
        ("Samarinda,\n14 Mei 1987", "Samarinda"),
        ("14 Mei 1987", ""),
        (date(1987, 5, 14), ""),
    ],
)
def test_place_and_date_in_one_cell(value: object, place: str) -> None:
    assert dates.parse_place_and_date(value, today=TODAY) == PlaceDate(place, date(1987, 5, 14))


def test_a_place_without_a_date_is_no_date() -> None:
    with pytest.raises(InvalidDate) as refusal:
        dates.parse_place_and_date("Samarinda", today=TODAY)
    assert refusal.value.code == "format"
    with pytest.raises(InvalidDate) as refusal:
        dates.parse_place_and_date("Samarinda, 31 Februari 1987", today=TODAY)
    assert refusal.value.code == "absent"


def test_the_days_of_a_training_come_from_whichever_columns_there_are() -> None:
    march = DateRange(date(2025, 3, 3), date(2025, 3, 5))
    first = DateRange(march.start, march.start)
    assert parse_period([None, "03-03-2025", "05-03-2025"], today=TODAY) == march
    assert parse_period(["3-5 Maret 2025", None, None], today=TODAY) == march
    assert parse_period(["03-03-2025", "", "05-03-2025"], today=TODAY) == march
    assert parse_period(["1 Maret 2024", "03-03-2025", "05-03-2025"], today=TODAY) == march
    assert parse_period(["", "03-03-2025", "-"], today=TODAY) == first
    assert parse_period(["", None, "03-03-2025"], today=TODAY) == first
    assert parse_period(["", None, "-"], today=TODAY) is None


def test_days_are_printed_in_words() -> None:
    day = date(2026, 10, 20)
    assert dates.format_date(day) == "20 Oktober 2026"
    assert dates.format_short_date(date(2026, 8, 5)) == "5 Agu 2026"
    assert dates.format_day_date(day) == "Selasa, 20 Oktober 2026"
    assert dates.format_date(day, "en") == "20 October 2026"
    assert dates.format_day_date(day, "en") == "Tuesday, 20 October 2026"
    assert dates.format_date(day, "fr") == "20 Oktober 2026"


@pytest.mark.parametrize(
    ("start", "end", "printed"),
    [
        (date(2026, 10, 20), date(2026, 10, 20), "20 Okt 2026"),
        (date(2026, 10, 20), date(2026, 10, 21), "20–21 Okt 2026"),
        (date(2026, 4, 30), date(2026, 5, 2), "30 Apr – 2 Mei 2026"),
        (date(2026, 12, 29), date(2027, 1, 3), "29 Des 2026 – 3 Jan 2027"),
    ],
)
def test_ranges_are_printed_as_short_as_they_can_be(start: date, end: date, printed: str) -> None:
    assert dates.format_range(start, end) == printed


def test_moments_are_printed_in_wita() -> None:
    moment = datetime(2026, 10, 19, 23, 30, tzinfo=UTC)
    assert dates.format_time(moment) == "07.30 WITA"
    assert dates.format_date(moment) == "20 Oktober 2026"
    assert dates.format_moment(moment) == "20 Oktober 2026 pukul 07.30 WITA"
    assert dates.format_moment(moment, "en") == "20 October 2026 at 07.30 WITA"


@given(st.dates(date(1940, 1, 1), date(2027, 12, 31)))
def test_what_we_print_we_can_read(day: date) -> None:
    for printed in (dates.format_date(day), dates.format_short_date(day), dates.format_day_date(day)):
        assert parse(printed) == day
    assert parse(dates.format_date(day, "en")) == day


@given(st.dates(date(1970, 1, 1), date(2027, 12, 31)), st.integers(0, 400))
def test_ranges_that_we_print_we_can_read(start: date, days: int) -> None:
    end = min(date.fromordinal(start.toordinal() + days), date(2027, 12, 31))
    assert parse_range(dates.format_range(start, end), today=TODAY) == DateRange(start, end)


@given(st.one_of(st.text(max_size=60), st.floats(), st.integers(), st.none(), st.dates()))
def test_anything_is_a_day_or_an_invalid_day(value: object) -> None:
    for reader in (parse_range, dates.parse_place_and_date):
        with suppress(InvalidDate):
            assert reader(value, today=TODAY)
