"""What IP ASN needs from other systems, by table: in, out again the same, and refused with the line."""

import pytest

from asnportal.common.errors import Refusal
from competency.models import DisciplinaryAction, OfficialIndex, PerformanceRating
from competency.services import index_intake as intake
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db

ROWS = {
    "rating": {"tahun": "2025", "predikat": "Sangat Baik"},
    "penalty": {"tanggal": "2024-03-01", "tingkat": "Ringan"},
    "official": {
        "tahun": "2025",
        "kualifikasi": "15.00",
        "kompetensi": "22.50",
        "kinerja": "25.00",
        "disiplin": "5.00",
    },
}
LOAD = {"rating": intake.load_ratings, "penalty": intake.load_penalties, "official": intake.load_official}
OUT = {"rating": intake.rating_rows, "penalty": intake.penalty_rows, "official": intake.official_rows}


@pytest.fixture
def nip():
    return EmployeeFactory().nip


@pytest.mark.parametrize("kind", ROWS)
def test_a_table_comes_in_and_goes_out_the_same(kind, nip):
    row = {"nip": nip, **ROWS[kind]}
    assert LOAD[kind]([row]).created == 1
    assert OUT[kind]() == [row]
    again = LOAD[kind](OUT[kind]())
    assert (again.unchanged, again.written) == (1, 0)


@pytest.mark.parametrize("kind", ROWS)
def test_rows_of_people_who_are_not_there_are_skipped_and_counted(kind, nip):
    assert LOAD[kind]([{"nip": "199001012015031001", **ROWS[kind]}]).skipped == 1


def test_a_corrected_value_replaces_the_one_of_its_year(nip):
    intake.load_ratings([{"nip": nip, "tahun": "2025", "predikat": "Baik"}])
    assert intake.load_ratings([{"nip": nip, "tahun": "2025", "predikat": "kurang"}]).updated == 1
    assert PerformanceRating.objects.get().predicate == "Kurang"


@pytest.mark.parametrize(
    ("kind", "change", "sentence"),
    [
        ("rating", {"predikat": "Hebat"}, "Baris 2: predikat “Hebat” tidak dikenal"),
        ("rating", {"tahun": "25"}, "Baris 2: tahun “25” tidak dikenal"),
        ("penalty", {"tingkat": "Amat berat"}, "isi Ringan, Sedang, atau Berat"),
        ("penalty", {"tanggal": "1 Maret 2024"}, "tulis 2026-11-24"),
        ("official", {"kompetensi": "41"}, "Baris 2: kompetensi harus 0 sampai 40"),
        ("official", {"kinerja": "tinggi"}, "kinerja “tinggi” bukan angka"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_line(kind, change, sentence, nip):
    with pytest.raises(Refusal, match=sentence):
        LOAD[kind]([{"nip": nip, **ROWS[kind], **change}])
    assert not any(one.objects.exists() for one in (PerformanceRating, DisciplinaryAction, OfficialIndex))
