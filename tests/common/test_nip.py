"""The number of an employee: rules of the field, section 9 rule 1, and bad inputs B01-B08."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnportal.common.nip import InvalidNip, Nip, format_nip, mask_nip, nip_doubts, parse_nip

TODAY = date(2026, 11, 24)
GOOD = "198705142010012007"


def parse(value: object, status: str | None = None) -> Nip:
    return parse_nip(value, status=status, today=TODAY)


def code_of(value: object, status: str | None = None) -> str:
    with pytest.raises(InvalidNip) as refusal:
        parse(value, status)
    return refusal.value.code


def message_of(value: object) -> str:
    with pytest.raises(InvalidNip) as refusal:
        parse(value)
    return refusal.value.message


def test_a_pns_number_tells_birth_sex_and_first_month() -> None:
    assert parse(GOOD) == Nip(GOOD, date(1987, 5, 14), "F", "PNS", 2010, 1, "007")
    assert parse("196711101992031001").sex == "M"


def test_a_pppk_number_has_a_code_where_others_have_a_month() -> None:
    number = "199312282025212001"
    assert parse(number) == Nip(number, date(1993, 12, 28), "F", "PPPK", 2025, None, "001")
    assert parse("200012312024211001", "PPPK").kind_hint == "PPPK"


@pytest.mark.parametrize("code", ["20", "21", "25", "29"])
def test_every_code_from_20_to_29_is_a_pppk(code: str) -> None:
    assert parse(f"199312282023{code}2001").kind_hint == "PPPK"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("198002302005011003", "birth_date"),
        ("198705142010132007", "code"),
        ("198705142010002007", "code"),
        ("198705142010302007", "code"),
        ("198705142010013007", "sex"),
        ("198705142010012000", "serial"),
        ("19870514201001200", "length"),
        ("199512252010011004", "age"),
        ("1.98705E+17", "lost_digits"),
        ("198705142026122007", "future"),
        ("193912312010012007", "birth_date"),
        ("200701012026211001", "age"),
        ("199312282028212001", "future"),
    ],
)
def test_the_worked_examples_are_refused_with_their_reason(value: str, code: str) -> None:
    assert code_of(value) == code


def test_B01_B02_the_length_is_told() -> None:
    assert message_of(GOOD[:17]) == "NIP harus 18 angka, ini 17."
    assert message_of(GOOD + "1") == "NIP harus 18 angka, ini 19."


@pytest.mark.parametrize(
    "value",
    [
        "19870514 201001 2 007",
        "19870514.201001.2.007",
        "19870514-201001-2-007",
        "'198705142010012007",
        "`198705142010012007",
        "\u2019198705142010012007",
        "NIP. 19870514 201001 2 007",
        "NIP : 198705142010012007",
        "nip.198705142010012007",
        "NIP/NRP 198705142010012007",
        "19870514\u00a0201001\u00a02\u00a0007",
        "\u200b198705142010012007\ufeff",
        ' "198705142010012007" ',
        '="198705142010012007"',
        "\t198705142010012007\r\n",
    ],
)
def test_B03_what_people_type_around_a_number_is_taken_off(value: str) -> None:
    assert parse(value).number == GOOD


@pytest.mark.parametrize(
    "value",
    [1.98501012010011e17, 198501012010011001, "1,98501E+17", "1.98501012010011E+17", "1,98501e17", "2E+17"],
)
def test_B04_a_number_that_a_spreadsheet_kept_as_a_number_has_lost_digits(value: object) -> None:
    assert code_of(value) == "lost_digits"


def test_B04_a_short_numeric_cell_lost_nothing_and_is_just_too_short() -> None:
    assert message_of(131313131.0) == "NIP harus 18 angka, ini 9."


def test_B05_a_birth_date_that_does_not_exist_is_shown() -> None:
    told = "NIP tidak valid: tanggal lahir 01/13/1985 (bulan 13) di dalam NIP tidak ada."
    assert message_of("198513012010011001") == told


def test_B06_the_digit_for_the_sex_is_1_or_2() -> None:
    assert "angka ke-15 harus 1 (laki-laki) atau 2 (perempuan)" in message_of("198705142010019007")


@pytest.mark.parametrize(
    "value", ["1987O5142010012007", "l98705142010012007", "NIP O98705142010012007", "abc"]
)
def test_B07_letters_are_errors_and_never_corrected(value: str) -> None:
    assert message_of(value) == "NIP hanya boleh berisi angka. Periksa huruf O atau l."


def test_B08_digits_of_other_scripts_are_normalised_or_refused() -> None:
    assert parse("１９８７０５１４２０１００１２００７").number == GOOD
    assert message_of("١٩٨٧٠٥١٤٢٠١٠٠١٢٠٠٧") == "NIP hanya boleh berisi angka 0-9."


@pytest.mark.parametrize("value", [None, "", "  ", "\u200b", "-", "'"])
def test_nothing_written_is_told_as_such(value: object) -> None:
    assert code_of(value) == "blank"


@pytest.mark.parametrize("value", [True, date(1987, 5, 14), "x" * 100_000, "9" * 5_000, "\x00", float("nan")])
def test_whatever_stands_in_the_cell_gets_an_answer(value: object) -> None:
    with pytest.raises(InvalidNip):
        parse(value)


def test_an_unknown_code_is_held_where_the_status_says_pppk() -> None:
    number = "199312282023132001"
    assert code_of(number, "PNS") == "code"
    assert code_of(number, None) == "code"
    assert [doubt.code for doubt in parse(number, "PPPK").doubts] == ["nip_code_unfamiliar"]
    assert [doubt.code for doubt in parse(number, "PPPK_PW").doubts] == ["nip_code_unfamiliar"]


def test_the_codes_of_pppk_are_a_setting() -> None:
    number = "199312282023412001"
    assert parse_nip(number, status=None, today=TODAY, pppk_codes=("21", "41")).kind_hint == "PPPK"


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (GOOD, "PPPK"),
        (GOOD, "PPPK_PW"),
        ("199312282025212001", "PNS"),
        ("199312282025212001", "CPNS"),
    ],
)
def test_a_status_that_does_not_fit_the_number_is_held(number: str, status: str) -> None:
    assert [doubt.code for doubt in parse(number, status).doubts] == ["status_differs"]


def test_B10_a_record_that_disagrees_with_its_number_is_doubted_not_changed() -> None:
    nip = parse(GOOD)
    doubts = nip_doubts(nip, birth_date=date(1987, 5, 15), sex="M", start=date(2010, 2, 1))
    assert [doubt.code for doubt in doubts] == ["birth_date_differs", "sex_differs", "start_differs"]
    assert doubts[0].message == "Tanggal lahir tidak sama dengan NIP (14 Mei 1987)."
    assert nip_doubts(nip, birth_date=date(1987, 5, 14), sex="F", start=date(2010, 1, 31)) == ()
    assert nip_doubts(nip) == ()


def test_the_start_of_a_pppk_is_compared_by_year_only() -> None:
    nip = parse("199312282025212001")
    assert nip_doubts(nip, start=date(2025, 8, 1)) == ()
    assert [doubt.code for doubt in nip_doubts(nip, start=date(2024, 8, 1))] == ["start_differs"]


def test_a_number_is_printed_in_groups_and_masked_for_strangers() -> None:
    assert format_nip(GOOD) == "19870514 201001 2 007"
    assert format_nip("12345") == "12345"
    assert mask_nip(GOOD) == "1987•••••••••••007"
    assert mask_nip("12345") == "•••••"


@given(
    st.dates(date(1950, 1, 1), date(1999, 12, 31)),
    st.integers(1, 12),
    st.sampled_from("12"),
    st.integers(1, 999),
)
def test_every_well_formed_number_survives_printing_and_reading(
    born: date, month: int, sex: str, serial: int
) -> None:
    number = f"{born:%Y%m%d}{born.year + 24}{month:02d}{sex}{serial:03d}"
    nip = parse(format_nip(number), "PNS")
    assert (nip.number, nip.birth_date, nip.start_month, nip.serial) == (
        number, born, month, f"{serial:03d}"
    )  # fmt: skip


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.none(), st.booleans()))
def test_anything_is_a_number_or_an_invalid_number(value: object) -> None:
    with suppress(InvalidNip):
        assert len(parse(value).number) == 18
