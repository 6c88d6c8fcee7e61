"""Names and free text: bad inputs B16, B25-B34."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnportal.common.text import InvalidText, cell_text, clean_line, clean_name, clean_text, is_blank


def refusal(value: object) -> InvalidText:
    with pytest.raises(InvalidText) as caught:
        clean_name(value)
    return caught.value


def test_B16_a_name_has_one_line() -> None:
    assert refusal("Budi\r\nBcc: x@y.example").message == "Nama tidak boleh berisi baris baru."
    assert refusal("Budi\u2028Santoso").code == "newline"
    assert clean_name("Budi Santoso\r\n") == "Budi Santoso"


def test_B25_a_name_has_at_most_150_characters() -> None:
    assert clean_name("B" * 150) == "B" * 150
    assert refusal("B" * 151).message == "Nama paling panjang 150 karakter."
    assert refusal("B" * 10_000_000).code == "length"


@pytest.mark.parametrize("value", ["", "   ", "\u200b", " \u200b\ufeff\u00a0 ", None])
def test_B26_a_name_needs_letters_that_can_be_seen(value: object) -> None:
    assert refusal(value).message == "Nama wajib diisi."


@pytest.mark.parametrize(
    "value",
    [
        "Budi 😀", "<script>alert(1)</script>", '=HYPERLINK("http://x","klik")', "+1+1", "-2+3", "@SUM(A1)",
        "\t=1", "Budi_1", "Budi;", "...", "'", "1", "Budi & Ani", "＝1",
    ],
)  # fmt: skip
def test_B27_B32_B33_a_name_is_made_of_letters_and_a_few_signs(value: str) -> None:
    assert refusal(value).message == "Nama hanya boleh berisi huruf, spasi, dan tanda . , ' - ( ) /"


@pytest.mark.parametrize("sign", ["\u202e", "\u200f", "\u2066", "\u061c"])
def test_B28_signs_that_turn_the_reading_direction_are_refused(sign: str) -> None:
    assert refusal(f"Budi{sign}itnas").message == "Nama berisi karakter tersembunyi yang tidak diizinkan."


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\ud800", "\uffff"])
def test_B29_B30_control_characters_are_refused_everywhere(sign: str) -> None:
    for clean in (clean_name, clean_line, clean_text):
        with pytest.raises(InvalidText) as caught:
            clean(f"Budi{sign}Santoso")
        assert caught.value.message == "Isian berisi karakter yang tidak diizinkan."


@pytest.mark.parametrize(
    "value",
    [
        "D'Angelo", "Dr. H. Muh. Nur'aini, S.Kom., M.Si.", "Ng", "Arbain", "Siti (Almh.) Aminah", "A/P Devi",
        "I Gusti Ngurah " + "Agung " * 12 + "Putra", "José", "Łucja Đorđević", "नमस्ते", "محمد", "Nguyễn Văn",
    ],
)  # fmt: skip
def test_B31_real_names_are_taken_unchanged(value: str) -> None:
    assert clean_name(value) == value


def test_B34_what_looks_the_same_is_stored_the_same() -> None:
    decomposed = unicodedata.normalize("NFD", "Désiré")
    assert clean_name(decomposed) == clean_name("Désiré") == unicodedata.normalize("NFC", decomposed)
    assert clean_name("Nur\u2019aini") == clean_name("Nur`aini") == "Nur'aini"
    assert clean_name("  Siti \u00a0 Nur\u200bhaliza ") == "Siti Nurhaliza"
    assert clean_line(decomposed) == clean_text(decomposed) == "Désiré"


def test_free_text_keeps_what_a_name_may_not_hold() -> None:
    for value in ("<script>alert(1)</script>", "=1+1", "Pelatihan 😀 2026", "A & B; C"):
        assert clean_line(value) == value
        assert clean_text(value) == value


def test_a_line_has_no_breaks_and_a_text_keeps_them() -> None:
    assert clean_line(" Bimbingan\r\nTeknis  Arsip ") == "Bimbingan Teknis Arsip"
    assert clean_text(" satu \r\n\r\n dua\rtiga  ") == "satu\n\n dua\ntiga"
    assert clean_line("Budi\u202eitnas") == "Budiitnas"


def test_a_line_too_long_is_refused_with_its_limit() -> None:
    with pytest.raises(InvalidText, match="paling panjang 250 karakter"):
        clean_line("x" * 251)
    with pytest.raises(InvalidText, match=r"paling panjang 10\.000 karakter"):
        clean_text("x" * 10_001)


def test_a_cell_becomes_text() -> None:
    assert cell_text(29.0) == "29"
    assert cell_text(29.5) == "29.5"
    assert cell_text(None) == ""
    assert cell_text(" a\u00a0 b\u200b\n c ") == "a b c"


@pytest.mark.parametrize(
    "value", [None, "", " ", "-", "--", "\u2013", "NULL", "null", "\u00a0", "\u200b", "nihil"]
)
def test_blank_is_what_says_nothing(value: object) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", [0, 0.0, "0", "nol", "N", "a", False])
def test_zero_is_not_blank(value: object) -> None:
    assert not is_blank(value)


@given(st.text(max_size=200))
def test_a_cleaned_name_is_clean(value: str) -> None:
    try:
        name = clean_name(value)
    except InvalidText:
        return
    assert clean_name(name) == name
    assert unicodedata.is_normalized("NFC", name)


@given(st.text(max_size=200))
def test_cleaned_text_is_clean(value: str) -> None:
    for clean in (clean_line, clean_text):
        try:
            text = clean(value)
        except InvalidText:
            continue
        assert clean(text) == text
