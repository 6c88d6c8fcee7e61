"""JP as files write them; bad input B24."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnportal.common.hours import InvalidHours, parse_hours


def refusal(value: object) -> InvalidHours:
    with pytest.raises(InvalidHours) as caught:
        parse_hours(value)
    return caught.value


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        (24, "24"), (24.0, "24"), (12.5, "12.5"), ("24", "24"), ("24 JP", "24"), ("24JP", "24"), ("24 jam", "24"),
        ("24 Jam Pelajaran", "24"), ("24 JPL", "24"), ("24 jp.", "24"), ("16,0", "16"), ("16,5 JP", "16.5"),
        ("16.5", "16.5"), ("1.200 JP", "1200"), ("32 (tiga puluh dua) JP", "32"), ("24 (JP)", "24"),
        ("8 Jam @45 menit", "8"), (" 24\u00a0JP ", "24"),
    ],
)  # fmt: skip
def test_hours_however_offices_write_them(value: object, hours: str) -> None:
    assert parse_hours(value) == Decimal(hours)


@pytest.mark.parametrize("value", [None, "", "-", " "])
def test_no_hours_are_no_hours(value: object) -> None:
    assert parse_hours(value) is None


@pytest.mark.parametrize("value", ["3 hari", "2 minggu", "1 bulan", "2 SKS", "2 x 45 menit", "3 hr"])
def test_other_units_are_no_hours(value: str) -> None:
    assert refusal(value).code == "unit"


def test_B24_hours_are_more_than_nothing() -> None:
    for value in (0, "0", "0 JP", -5, "-5"):
        assert refusal(value).message == "Jumlah JP harus lebih dari 0."


@pytest.mark.parametrize("value", ["banyak", "24 - 30", "1e9", "nan", "24 JP lebih", True, "١٢ hari lagi?"])
def test_what_is_no_figure_is_refused(value: object) -> None:
    assert refusal(value).code in ("format", "unit")


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 10**30, "9" * 9, 1e300])
def test_figures_that_no_training_has_are_refused(value: object) -> None:
    assert refusal(value).code == "length"


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.none(), st.booleans()))
def test_anything_is_hours_or_invalid_hours(value: object) -> None:
    try:
        hours = parse_hours(value)
    except InvalidHours:
        return
    assert hours is None or 0 < hours < 100_000
