"""What every form does before anything of ours sees the values."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from asnportal.common.forms import DayField, Form, NameField, RupiahField, WholeNumberField


class Sample(Form):
    title = forms.CharField(label="Judul", max_length=20)
    story = forms.CharField(label="Cerita", widget=forms.Textarea, required=False)
    secret = forms.CharField(label="Kata sandi", widget=forms.PasswordInput, required=False)
    name = NameField(label="Nama", required=False)
    quota = WholeNumberField(label="Kuota", min_value=1, max_value=10_000, required=False)
    cost = RupiahField(label="Biaya")
    day = DayField(label="Tanggal", required=False)
    mode = forms.ChoiceField(label="Cara belajar", choices=[("a", "A")], required=False)
    mail = forms.EmailField(label="Email", required=False)


def errors_of(field: str, value: str) -> list[str]:
    form = Sample({"title": "Judul", field: value})
    return form.errors.get(field, [])


def value_of(field: str, value: str) -> Any:
    form = Sample({"title": "Judul", field: value})
    assert form.is_valid(), form.errors
    return form.cleaned_data[field]


@pytest.mark.parametrize("value", ["", "   ", "\u200b", " \u200b\u00a0 "])
def test_B26_a_text_that_shows_nothing_is_missing(value: str) -> None:
    assert errors_of("title", value) == ["Judul wajib diisi."]


def test_B25_a_long_text_is_told_its_limit() -> None:
    assert errors_of("title", "x" * 21) == ["Judul paling panjang 20 karakter."]
    assert errors_of("name", "x" * 10_000) == ["Nama paling panjang 150 karakter."]


@pytest.mark.parametrize("field", ["title", "story", "name"])
@pytest.mark.parametrize("value", ["a\x00b", "a\x1bb", "a\ud800b"])
def test_B29_B30_control_characters_never_reach_the_database(field: str, value: str) -> None:
    assert set(errors_of(field, value)) == {"Isian berisi karakter yang tidak diizinkan."}


def test_B28_a_name_that_turns_the_reading_direction_is_refused() -> None:
    assert errors_of("name", "Budi\u202eila") == ["Nama berisi karakter tersembunyi yang tidak diizinkan."]


def test_B16_a_name_has_no_line_break() -> None:
    assert errors_of("name", "Budi\r\nBcc: x@y.id") == ["Nama tidak boleh berisi baris baru."]


def test_B34_text_is_kept_in_one_spelling() -> None:
    assert value_of("title", "Cafe\u0301  Tepian") == "Caf\u00e9 Tepian"
    assert value_of("story", "satu\r\n  dua\u200b\n") == "satu\n dua"


def test_a_password_is_taken_as_typed() -> None:
    assert value_of("secret", "Cafe\u0301 \u200bx") == "Cafe\u0301 \u200bx"


def test_the_input_is_kept_with_its_faults() -> None:
    form = Sample(QueryDict("title=&story=<b>x</b>"))
    assert not form.is_valid()
    assert form["story"].value() == "<b>x</b>"


RANGE = "Kuota harus angka 1 sampai 10.000."


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("-1", RANGE),
        ("0", RANGE),
        ("1e9", RANGE),
        ("tiga puluh", RANGE),
        ("99999999999999999999", RANGE),
        ("9" * 5000, RANGE),
        ("30,5", "Kuota harus bilangan bulat."),
        ("30.5", "Kuota harus bilangan bulat."),
    ],
)
def test_B21_B22_a_quota_outside_its_range_reads_the_range(value: str, expected: str) -> None:
    assert errors_of("quota", value) == [expected]


def test_ten_thousand_is_not_ten() -> None:
    assert value_of("quota", "10.000") == 10_000
    assert value_of("quota", " 30 ") == 30


def test_B11_a_day_that_does_not_exist_is_named() -> None:
    assert errors_of("day", "31/02/2026") == ["Tanggal 31/02/2026 tidak ada."]
    assert str(value_of("day", "2026-02-28")) == "2026-02-28"


def test_what_is_no_day_is_kept_to_be_mended() -> None:
    assert 'type="text" name="day" value="31/02/2026"' in str(Sample({"day": "31/02/2026"})["day"])
    assert 'type="date" name="day" value="2026-02-28"' in str(Sample({"day": "2026-02-28"})["day"])
    assert 'type="date"' in str(Sample()["day"])


def test_B39_B35_choices_and_addresses_speak_indonesian() -> None:
    assert errors_of("mode", "z") == ["Pilihan tidak tersedia."]
    assert errors_of("mail", "a@@b.id") == ["Alamat email tidak valid."]


def test_a_form_may_say_it_in_its_own_words() -> None:
    class Own(Form):
        reason = forms.CharField(label="Alasan", error_messages={"required": "Tulis alasannya."})

    assert Own({}).errors["reason"] == ["Tulis alasannya."]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("Rp 1.500.000", 1_500_000),
        ("Rp1.500.000,-", 1_500_000),
        ("1500000,00", 1_500_000),
        ("0", 0),
        ("", None),
    ],
)
def test_B38_rupiah_are_read_as_offices_write_them(typed: str, amount: int | None) -> None:
    assert value_of("cost", typed) == amount


@pytest.mark.parametrize("typed", ["-5", "1,500,000.00", "sejuta", "99999999999999", "１e5"])
def test_B38_what_is_no_sum_of_rupiah_is_told(typed: str) -> None:
    assert len(errors_of("cost", typed)) == 1


def test_rupiah_that_are_there_are_shown_with_dots() -> None:
    assert 'value="12.000.000"' in str(Sample(initial={"cost": 12_000_000})["cost"])
