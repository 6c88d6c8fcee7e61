"""The product speaks with one tongue: no word that DESIGN.md 9.2 replaces, in the sense meant there."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.house.words import ALLOWED, INSTEAD, everything, in_file, in_text

# One bad text a row of the table: the finder must find each.
BAD = [
    ("Ikuti diklat ini", "diklat"),
    ("Pilih sesi", "sesi"),
    ("Registrasi ditutup", "Registrasi"),
    ("Kursi Anda aman", "Kursi Anda aman"),
    ("Lepas kursi", "Lepas kursi"),
    ("Kursinya sudah dilepas.", "Kursinya sudah dilepas"),
    ("Belajar saya", "Belajar saya"),
    ("Tayang", "Tayang"),
    ("Menunggu atasan", "Menunggu atasan"),
    ("Nilai 5 JP", "Nilai 5 JP"),
    ("Tugas saya", "Tugas saya"),
    ("Dasar", "Dasar"),
    ("Kembali", "Kembali"),
    ("Pengajar: Budi", "Pengajar"),
    ("Ajukan peninjauan", "Ajukan peninjauan"),
    ("Diperiksa verifikator", "verifikator"),
    ("Reject", "Reject"),
    ("Menutup gap", "gap"),
    ("Lihat SKJ", "SKJ"),
    ("Kelas online", "online"),
    ("Kirim surel", "surel"),
    ("Password salah", "Password"),
    ("Kepala OPD", "OPD"),
    ("Filter tidak valid", "Filter"),
    ("Upload berkas", "Upload"),
    ("Notifikasi", "Notifikasi"),
    ("Deadline besok", "Deadline"),
    ("Kode OTP", "OTP"),
    ("Tulis PIN", "PIN"),
    ("Nominasi peserta", "Nominasi"),
    ("Masuk waiting list", "waiting list"),
    ("Skor Anda", "Skor"),
    ("Komposisi 70-20-10", "70-20-10"),
    ("Tambahkan subtitle", "subtitle"),
    ("Rilis baru", "Rilis"),
    ("Lihat log", "log"),
    ("Outbox", "Outbox"),
]


def test_no_text_of_ours_uses_a_word_that_was_replaced() -> None:
    assert list(everything(Path(settings.BASE_DIR))) == []


@pytest.mark.parametrize(("text", "word"), BAD)
def test_the_finder_knows_each_word(text: str, word: str) -> None:
    assert [found for found, _instead in in_text(text)] == [word]


def test_every_row_of_the_table_has_a_bad_text() -> None:
    assert {instead for text, _word in BAD for _found, instead in in_text(text)} == set(INSTEAD.values())


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("page.html", '<p>{% translate "Unggah" %} berkas diklat {{ x }}</p>', ["diklat"]),
        (
            "page.html",
            '<a class="batch" href="/log/" aria-label="Upload foto">{# sesi #}Unggah</a>',
            ["Upload"],
        ),
        ("page.html", '<button>{% icon "x" %}{% translate "Kembali" %}</button>', ["Kembali"]),
        ("page.html", '<a href="/">Kembali ke katalog</a>', []),
        ("form.py", 'field = CharField(label="sesi")\nkey = "sesi"', ["sesi"]),
        (
            "form.py",
            '"""Every session, in a batch."""\nraise Refusal(f"Surel {name} sudah dipakai.")',
            ["Surel"],
        ),
        ("own.js", 'toast("Upload gagal"); // no filter here\nlist.filter("a");', ["Upload"]),
        ("paper.typ", '#let gap = 3 // filter\n#text("Nama Pengajar")', ["Pengajar"]),
    ],
)
def test_every_kind_of_file_is_read(tmp_path: Path, name: str, source: str, expected: list[str]) -> None:
    file = tmp_path / name
    file.write_text(source)
    assert [found.word for found in in_file(file, name)] == expected


def test_every_exception_is_still_needed() -> None:
    root = Path(settings.BASE_DIR)
    for part, around, _why in ALLOWED:
        assert any(around in path.read_text() for path in root.glob(f"*/{part}")), part
