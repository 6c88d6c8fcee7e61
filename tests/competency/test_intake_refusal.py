"""Files at the import page that are refused, and what a readable file is told about its rows (TRUST.md B49–B68)."""

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from asnportal.audit.models import Job
from asnportal.people.models import Employee, Unit
from tests.common.sheets.files import HEAD, NIP, edited, xlsx
from tests.common.sheets.test_limits import BOMBS, GOOD, UGLY
from tests.competency.importer import Importer, apart
from tests.data.tables import csv_bytes
from tests.factories import UnitFactory, make_nip, make_officer

pytestmark = pytest.mark.django_db
ROWS = [HEAD, [NIP, "Budi Contoh", "Dinas Kesehatan"]]


@pytest.fixture(autouse=True)
def media(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def health() -> Unit:
    return UnitFactory(code="11", name="Dinas Kesehatan")


@pytest.fixture
def desk(client, health) -> Importer:
    client.force_login(make_officer(unit=health, nip=apart(900), name="Petugas Contoh"))
    return Importer(client)


def document() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return content.getvalue()


def locked() -> bytes:
    """An old workbook whose main part has the name that a password gives it."""
    data = bytearray((UGLY / "lama.xls").read_bytes())
    name = "EncryptedPackage".encode("utf-16-le")
    at = data.find("Workbook".encode("utf-16-le"))
    data[at : at + len(name)] = name
    data[at + 64 : at + 66] = (len(name) + 2).to_bytes(2, "little")
    return bytes(data)


EXPANDED = "Berkas terlalu besar setelah dibuka. Paling banyak 50.000 baris."
TYPE = "Isi berkas tidak sesuai dengan jenisnya."
REFUSED = {
    "B49_nothing": (b"", "a.xlsx", "Berkas kosong."),
    "B49_blanks": (b" \r\n", "a.csv", "Berkas kosong."),
    "B50_xml_of_2003": (
        b'<?xml version="1.0"?><Workbook/>',
        "a.xls",
        "Simpan sebagai .xlsx lalu unggah lagi.",
    ),
    "B51_macros": (GOOD, "a.xlsm", "Berkas berisi makro (.xlsm) tidak diizinkan. Simpan sebagai .xlsx."),
    "B52_a_letter": (document(), "a.xlsx", TYPE),
    "B52_macros_inside": (edited(GOOD, {}, {"xl/vbaProject.bin": b"x"}), "a.xlsx", TYPE),
    "B52_a_picture": (b"\x89PNG\r\n" + bytes(99), "a.xlsx", TYPE),
    "B53_a_password": (locked(), "a.xlsx", "Berkas terkunci kata sandi. Buka kuncinya lebih dahulu."),
    "B54_half": (GOOD[: len(GOOD) // 2], "a.xlsx", "Berkas rusak dan tidak dapat dibaca."),
    "B55_last_corner": (BOMBS["a cell in the last corner"], "a.xlsx", EXPANDED),
    "B55_laughs": (BOMBS["billion laughs"], "a.xlsx", EXPANDED),
    "B55_entity": (BOMBS["an external entity"], "a.xlsx", EXPANDED),
    "B56_no_heading": (
        csv_bytes("Warna;Ukuran", "merah;5"),
        "a.csv",
        "Kolom wajib tidak ditemukan: NIP, Nama. Unduh templat.",
    ),
    "B61_no_text": (
        b"NIP;Nama\n\x81\x8d\x8f\x90\x9d",
        "a.csv",
        "Pengodean berkas tidak dikenali. Simpan sebagai CSV UTF-8.",
    ),
    "B64_bytes": (
        b"x" * 26_000_000,
        "a.csv",
        "Berkas 26 MB. Paling besar 25 MB. Bagi menjadi beberapa berkas.",
    ),
    "B64_rows": (
        b"NIP;Nama\n" + b"1;x\n" * 50_001,
        "a.csv",
        "Berkas berisi lebih dari 50.000 baris data. Bagi menjadi beberapa berkas.",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_B49_to_B64_a_file_that_cannot_be_taken_is_answered_with_its_sentence(desk, kind, tmp_path):
    content, name, told = REFUSED[kind]
    desk.upload(content, name)
    assert (desk.status, desk.path) == (422, reverse("import_new"))
    assert told in desk.text
    assert not Job.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_no_file_at_all_and_a_very_long_paste_are_sentences(desk):
    desk.open(reverse("import_new")).press("Lanjut")
    assert (desk.status, "Pilih berkasnya, atau tempel isinya." in desk.text) == (422, True)
    desk.open(reverse("import_new")).press("Lanjut", tempel="NIP\tNama\n" + "x" * 2_100_000)
    assert desk.status == 422
    answer = desk.client.post(reverse("import_new"), {"jenis": "pegawai", "tempel": "x" * 2_700_000})
    assert answer.status_code == 413


def test_a_file_with_a_hostile_name_is_shown_as_text_and_kept_under_ours(desk, tmp_path):
    desk.upload(xlsx(ROWS), '"><svg onload=x>.xlsx')
    assert b"<svg onload" not in desk.answer.content
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} == {tmp_path / "intake"}


def checked(desk: Importer, content: bytes, name: str = "a.xlsx", **columns: str) -> Importer:
    desk.upload(content, name)
    desk.press("Periksa berkas", **columns)
    assert desk.status == 200
    return desk


READ = {
    "B50_an_old_workbook": lambda: ((UGLY / "lama.xls").read_bytes(), "lama.xls"),
    "B50_a_page_named_xls": lambda: ((UGLY / "halaman.xls").read_bytes(), "halaman.xls"),
    "B52_text_named_xlsx": lambda: (csv_bytes(*(";".join(row) for row in ROWS)), "a.xlsx"),
    "B61_windows": lambda: ((UGLY / "titik_koma.csv").read_bytes(), "titik_koma.csv"),
    "B61_utf16": lambda: ((UGLY / "unicode.txt").read_bytes(), "unicode.txt"),
    "B61_old_mac": lambda: ((UGLY / "mac.csv").read_bytes(), "mac.csv"),
}


@pytest.mark.parametrize("kind", READ)
def test_B50_B52_B61_what_can_be_read_is_read_with_a_preview(desk, kind):
    desk.upload(*READ[kind]())
    assert (desk.status, desk.field("kolom-0") != []) == (200, True)
    desk.press("Periksa berkas")
    assert desk.path.endswith("/periksa/")
    assert "baris bermasalah" in desk.text


def test_B56_B57_headings_in_any_dress_under_titles_and_in_two_tiers(desk):
    sheet = [
        ["DAFTAR PEGAWAI"],
        ["Keadaan November 2026"],
        [],
        ["NAMA  LENGKAP ", "N I P", "PANGKAT", "", "UNIT KERJA"],
        ["", "", "GOL", "TMT", ""],
        ["1", "2", "3", "4", "5"],
        ["Budi Contoh", NIP, "III/a", "01-04-2020", "Dinas Kesehatan"],
    ]
    desk.upload(xlsx(sheet))
    assert [desk.field(f"kolom-{n}") for n in range(5)] == [
        ["name"],
        ["nip"],
        ["rank"],
        ["rank_since"],
        ["unit"],
    ]
    desk.press("Periksa berkas").press("Impor 1 baris").work()
    assert Employee.objects.get(nip=NIP).rank_since == date(2020, 4, 1)


def test_B58_merged_cells_in_a_row_of_data_are_told_by_row(desk):
    sheet = [HEAD, [NIP, "Budi Contoh", "Dinas Kesehatan"], [make_nip(2), "Ani Contoh", ""]]
    checked(desk, xlsx(sheet, merges=["C2:C3"]))
    remark = desk.result()["Belum diimpor"][1]
    assert (remark[0], remark[-1]) == (
        3,
        "Baris 3, kolom UNIT KERJA: Sel gabungan. Pisahkan sel lalu unggah lagi.",
    )


def test_B60_the_second_row_of_a_number_names_the_first(desk):
    checked(desk, xlsx([*ROWS, ROWS[1]]))
    assert "NIP sama dengan baris 2." in desk.text
    assert "1 baris siap, 1 baris bermasalah" in desk.text


def test_B62_which_sheet_and_how_many_hidden_rows_were_read_is_told(desk):
    desk.upload((UGLY / "sembunyi.xlsx").read_bytes(), "sembunyi.xlsx")
    assert "baris tersembunyi ikut dibaca" in desk.text
    assert "Lembar “" in desk.text


def test_B63_an_error_of_a_formula_is_told(desk):
    desk.upload((UGLY / "rumus.xlsx").read_bytes(), "rumus.xlsx")
    desk.press("Periksa berkas")
    assert "Sel berisi kesalahan rumus #REF!." in desk.text


def test_B65_blank_rows_are_no_rows(desk):
    checked(desk, xlsx([ROWS[0], [], [], ROWS[1], *[[] for _ in range(900)]]))
    assert "1 baris siap, 0 baris bermasalah" in desk.text


def test_B66_a_misspelt_unit_is_told_with_what_may_be_meant(desk):
    checked(desk, xlsx([HEAD, [NIP, "Budi Contoh", "Dinas Kesehatn"]]))
    remark = desk.result()["Belum diimpor"][1][-1]
    told = "Unit kerja “Dinas Kesehatn” tidak ditemukan. Maksud Anda “Dinas Kesehatan (11)”?"
    assert remark == f"Baris 2, kolom UNIT KERJA: {told}"


def test_B67_columns_that_are_never_read_are_named(desk):
    more = [*HEAD, "nik", "agama_nama", "is_superuser", "password"]
    checked(desk, xlsx([more, [*ROWS[1], "6472010101870001", "Islam", "1", "rahasia"]]))
    assert "Kolom tidak dibaca: nik, agama_nama, is_superuser, password." in desk.text
    everything = desk.answer.content.decode() + str(desk.result()) + str(Job.objects.values().get())
    assert not [word for word in ("6472010101870001", "Islam", "rahasia") if word in everything]
