"""Status and sex as files write them."""

import pytest

from asnportal.common.employment import InvalidSex, InvalidStatus, in_service, parse_kind, parse_sex


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["P"], "PNS"), (["C"], "CPNS"), (["PNS"], "PNS"), (["cpns"], "CPNS"), (["Calon PNS"], "CPNS"),
        (["PNS Daerah Kab./Kota yang bekerja pada Kab./Kota", "P", "Aktif"], "PNS"),
        (["PPPK", "P", "Aktif"], "PPPK"), (["P", "PPPK Aktif"], "PPPK"), (["P3K"], "PPPK"),
        (["Pegawai Pemerintah dengan Perjanjian Kerja"], "PPPK"), (["Pegawai Negeri Sipil"], "PNS"),
        (["PPPK Paruh Waktu"], "PPPK_PW"), (["PPPK (Paruh Waktu)"], "PPPK_PW"), (["PPPK-PW"], "PPPK_PW"),
        (["Paruh Waktu", "PPPK"], "PPPK_PW"), (["PPPK_PW"], "PPPK_PW"),
        (["Aktif"], None), ([None, "", "-"], None), ([], None),
    ],
)  # fmt: skip
def test_all_columns_of_a_row_together_tell_the_kind(values: list[object], kind: str | None) -> None:
    assert parse_kind(values) == kind


def test_people_who_are_no_asn_are_told_apart_from_unknown_words() -> None:
    with pytest.raises(InvalidStatus) as caught:
        parse_kind(["Tenaga Honorer"])
    assert (caught.value.code, caught.value.message) == ("not_asn", "Status “Tenaga Honorer” bukan ASN.")
    with pytest.raises(InvalidStatus) as caught:
        parse_kind(["Pegawai"])
    assert caught.value.code == "unknown"


@pytest.mark.parametrize("value", ["L", "l", "M", "Laki-laki", "LAKI - LAKI", "Pria", "1", 1, 1.0, "L."])
def test_male(value: object) -> None:
    assert parse_sex(value) == "M"


@pytest.mark.parametrize("value", ["P", "p", "F", "Perempuan", "Wanita", "2", 2.0, "PR"])
def test_P_in_this_column_is_female(value: object) -> None:
    assert parse_sex(value) == "F"


def test_a_blank_sex_is_nothing_and_an_unknown_one_is_refused() -> None:
    assert parse_sex("-") is None
    with pytest.raises(InvalidSex, match="Tulis L atau P"):
        parse_sex("X")


@pytest.mark.parametrize(
    ("value", "serves"),
    [
        ("Aktif", True), ("PPPK Aktif", True), ("Tugas Belajar", True), ("Masa Persiapan Pensiun (MPP)", True),
        ("Masa Persiapan Pensiun", True),
        ("Pensiun", False), ("Pensiun BUP", False), ("Diberhentikan dengan hormat", False),
        ("Pemberhentian atas permintaan sendiri", False), ("Meninggal dunia", False),
        ("", None), (None, None), ("Hal lain", None),
    ],
)  # fmt: skip
def test_the_legal_position_tells_who_is_still_there(value: object, serves: bool | None) -> None:
    assert in_service(value) is serves
