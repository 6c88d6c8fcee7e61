"""Headings of real offices, bad inputs B56, B57, B59, B67."""

import pytest

from asnportal.common.sheets import HISTORY, PEOPLE, Vocabulary
from asnportal.common.sheets.headings import letters, normalise, recognise

SYNONYMS = {
    "nip": "nip|n i p|N I P|nip baru|nip_baru|nipBaru|nip/nrp|nip / ni pppk|ni pppk|nomor induk pegawai|formatted nip",
    "name": "nama|nama lengkap|nama pegawai|nama pns|nama asn|name",
    "title_before": "gelar depan|gelar_depan|glr_depan",
    "title_after": "gelar belakang|gelar_belakang|glr_belakang",
    "sex": "jenis kelamin|jk|l/p|kelamin|gender|sex",
    "birth_place": "tempat lahir|tempat lahir nama|tmpt lahir",
    "birth_date": "tanggal lahir|tgl lahir|tgl. lahir|tgllahir|tempat/tgl lahir|tempat, tgl lahir|ttl",
    "status": "status|status pegawai|status kepegawaian|status asn",
    "status_code": "status cpns pns",
    "employee_type": "jenis pegawai|jenis pegawai nama",
    "legal_status": "kedudukan hukum nama|kedudukan pns nama",
    "rank": "gol|golongan|gol. ruang|gol/ruang|golru|golongan ruang|gol akhir nama|golRuangAkhir|pangkat/gol"
    "|pangkat/gol. ruang|pangkat golongan",
    "rank_since": "tmt golongan|tmt gol|tmt golru|tmt pangkat|tmtGolAkhir|PANGKAT TMT",
    "position": "jabatan|nama jabatan|jabatan nama|jabatan terakhir|jabatanNama|tampil_jabatan|posisi",
    "position_type": "jenis jabatan|jenis jabatan nama",
    "position_since": "tmt jabatan|tmt_jab|tmtJabatan|JABATAN TMT",
    "echelon": "eselon|eselon nama|esl",
    "unit": "unit kerja|unit_kerja|unit organisasi|unor|unor nama|unorNama|satuan kerja|satker"
    "|satuan kerja kerja nama|tempat tugas|instansi",
    "opd": "opd|skpd|perangkat daerah|unor induk nama|unorIndukNama|satuan kerja induk nama",
    "education": "pendidikan|pendidikan terakhir|pendidikan nama|PENDI-\nDIKAN",
    "education_level": "tingkat pendidikan|tingkat pendidikan nama|jenjang pendidikan",
    "graduation_year": "tahun lulus|thn pendidikan|thn lulus",
    "cpns_since": "tmt cpns|tmt_cpns|tmt kerja|tmt pppk",
    "pns_since": "tmt pns|tmt_pns",
    "email": "email gov|email_gov|email dinas|email pemerintah",
}
HISTORY_SYNONYMS = {
    "title": "nama diklat|nama pelatihan|namaKursus|nama diklat/bimtek/seminar|latihanStrukturalNama"
    "|jenis diklat|judul",
    "organizer": "penyelenggara|institusi penyelenggara|institusiPenyelenggara|instansi penyelenggara|pan",
    "period": "tanggal pelaksanaan",
    "start": "tanggal mulai|tanggalKursus|tmulai",
    "end": "tanggal selesai|tanggalSelesaiKursus|takhir",
    "year": "tahun|tahunKursus|tahun diklat",
    "jp": "jp|jml jp|jumlah jp|jumlah jam|jumlahJam|jumlah jam (jp)|jam|lama jam|jam pelajaran",
    "number": "nomor sertifikat|no. sertifikat|no. sertifikat/sttpp|noSertipikat|nomor sttpp|nomor|npiagam",
}


def field_of(heading: str, vocabulary: Vocabulary) -> str | None:
    return recognise([heading], vocabulary).columns[0].field


@pytest.mark.parametrize(
    ("heading", "name"), [(heading, name) for name, words in SYNONYMS.items() for heading in words.split("|")]
)
def test_B56_every_synonym_is_known_in_any_case_and_dress(heading: str, name: str) -> None:
    for dressed in (heading, heading.upper(), f"  {heading} \n", heading.replace(" ", "\n"), f"{heading}*"):
        assert field_of(dressed, PEOPLE) == name


@pytest.mark.parametrize(
    ("heading", "name"),
    [(heading, name) for name, words in HISTORY_SYNONYMS.items() for heading in words.split("|")],
)
def test_B56_every_synonym_of_a_history_is_known(heading: str, name: str) -> None:
    assert field_of(heading, HISTORY) == name
    assert field_of(heading.upper(), HISTORY) == name


@pytest.mark.parametrize(
    "heading",
    [
        "NO", "No. Urut", "NIP LAMA", "PNS ID", "JABATAN ID", "UNOR ID", "NIK", "AGAMA NAMA", "JENIS KAWIN NAMA",
        "ALAMAT", "NPWP NOMOR", "BPJS", "NOMOR HP", "EMAIL", "is_superuser", "is_staff", "password", "opd_id",
        "INSTANSI KERJA NAMA", "GOL AWAL NAMA", "LOKASI KERJA NAMA", "NAMA SEKOLAH", "LATIHAN JABATAN NAMA", "",
    ],
)  # fmt: skip
def test_B67_columns_not_in_the_list_are_never_read(heading: str) -> None:
    assert field_of(heading, PEOPLE) is None


def test_a_second_choice_counts_only_where_the_first_is_missing() -> None:
    both = recognise(["UNOR NAMA", "SATUAN KERJA KERJA NAMA", "INSTANSI"], PEOPLE)
    assert [column.field for column in both.columns] == ["unit", None, None]
    assert recognise(["JENIS DIKLAT"], HISTORY).columns[0].field == "title"
    form = recognise(["JENIS DIKLAT", "NAMA DIKLAT", "NOMOR", "NOMOR SERTIFIKAT"], HISTORY)
    assert [column.field for column in form.columns] == ["form", "title", None, "number"]


def test_B59_two_columns_that_claim_one_field_are_named() -> None:
    found = recognise(["NIP", "NAMA", "NIP BARU"], PEOPLE)
    assert [(clash.field, [column.letter for column in clash.columns]) for clash in found.clashes] == [
        ("nip", ["A", "C"])
    ]


def test_a_persons_choice_overrules_what_was_recognised() -> None:
    headings = ["NIP", "NIP BARU", "NOMOR PEGAWAI", "NAMA"]
    chosen = recognise(headings, PEOPLE, choice={0: None, 2: "nip"})
    assert [column.field for column in chosen.columns] == [None, None, "nip", "name"]
    assert chosen.clashes == ()
    twice = recognise(headings, PEOPLE, choice={1: "nip", 2: "nip"})
    assert [clash.field for clash in twice.clashes] == ["nip"]
    assert recognise(headings, PEOPLE, choice={99: "unit"}).missing == ()


def test_what_is_missing_is_told() -> None:
    assert recognise(["NAMA", "UNIT"], PEOPLE).missing == ("nip",)
    assert recognise(["NAMA"], HISTORY).missing == ("nip", "title")


def test_no_word_belongs_to_two_fields() -> None:
    for vocabulary in (PEOPLE, HISTORY):
        words = [word for field in vocabulary.fields for word in field.names]
        assert len(words) == len(set(words))
        assert [word for word in words if normalise(word) != word] == []


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letters(index) for index in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
