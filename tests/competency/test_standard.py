"""Standards in versions, the dictionary in editions, and their files out and in again."""

import csv
import io
from datetime import date
from itertools import pairwise

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from asnportal.common.errors import Refusal
from competency.models import Assessment, CompetencyLevel, Standard, StandardItem
from competency.queries.standard import requirement
from competency.queries.standard_list import positions
from competency.services import tables
from competency.services.assessment import load_assessments
from competency.services.dictionary import competency_rows, load_competencies
from competency.services.standard import load_standards, publish, standard_rows
from tests.factories import CompetencyFactory, EmployeeFactory, PositionFactory, make_officer

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-24T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def officer():
    client = Client()
    client.force_login(make_officer())
    return client


def level_rows(*levels):
    PositionFactory(code="J001")
    return [
        {
            "kode_jabatan": "J001",
            "kode_kompetensi": CompetencyFactory(code=f"T.{n:02}").code,
            "level_wajib": str(level),
            "kategori": "Penting",
        }
        for n, level in enumerate(levels, start=1)
    ]


def test_a_changed_level_becomes_a_version_from_today_and_the_old_one_stays_to_be_read():
    rows = level_rows(2, 3)
    assert load_standards(rows).created == 2
    rows[0]["level_wajib"] = "4"
    counts = load_standards(rows)
    assert (counts.created, counts.updated, counts.unchanged) == (0, 1, 1)
    old, new = Standard.objects.order_by("valid_from")
    assert (old.valid_until, new.valid_from, new.valid_until) == (date(2026, 11, 23), TODAY, None)
    assert [one.level for one in old.items.order_by("competency__code")] == [2, 3]
    assert [one.level for one in new.items.order_by("competency__code")] == [4, 3]


def test_the_same_file_again_writes_nothing_and_the_same_day_no_second_version():
    rows = level_rows(2)
    load_standards(rows)
    assert load_standards(rows).unchanged == 1
    for level in ("3", "4"):
        rows[0]["level_wajib"] = level
        load_standards(rows)
    assert Standard.objects.count() == 2
    assert requirement(Standard.objects.first().position, TODAY).items[0].level == 4


@pytest.mark.parametrize("level", ["0", "6"])
def test_a_standard_asks_1_to_5(level):
    rows = level_rows(2, 3)
    rows[1]["level_wajib"] = level
    with pytest.raises(Refusal, match=f"Baris 3: level {level} tidak ada"):
        load_standards(rows)


def test_versions_never_overlap_and_never_go_back():
    position, one = PositionFactory(), CompetencyFactory()
    for since in (date(2024, 1, 1), date(2025, 1, 1), date(2027, 1, 1)):
        publish(position, {one.pk: (2, "")}, since=since, by=None)
    with pytest.raises(Refusal, match="Sudah ada versi yang berlaku sejak 1 Januari 2027"):
        publish(position, {one.pk: (3, "")}, since=date(2026, 1, 1), by=None)
    spans = list(Standard.objects.order_by("valid_from").values_list("valid_from", "valid_until"))
    assert all((after - until).days == 1 for (_, until), (after, _) in pairwise(spans))


@pytest.mark.parametrize(
    ("levels", "sentence"), [({}, "paling sedikit satu kompetensi"), ({1: (0, "")}, "1 sampai 5")]
)
def test_a_version_that_asks_nothing_or_the_impossible_is_refused(levels, sentence):
    with pytest.raises(Refusal, match=sentence):
        publish(PositionFactory(), levels, since=TODAY, by=None)


def test_standards_go_out_and_come_in_the_same():
    rows = level_rows(2, 3)
    load_standards(rows)
    assert standard_rows(TODAY) == rows
    assert load_standards(standard_rows(TODAY)).written == 0


def words(text="Menyusun."):
    levels = {f"level_{level}": f"{text} {level}" for level in range(1, 6)}
    return {"kode": "T.01", "nama": "Analisis", "jenis": "Teknis", "definisi": "Menganalisis.", **levels}


def test_a_changed_description_holds_from_today_and_the_old_one_until_yesterday():
    load_competencies([words()])
    load_competencies([{**words(), "level_2": "Baru."}])
    two = CompetencyLevel.objects.filter(level=2).order_by("valid_from")
    assert [(one.description, one.valid_until) for one in two] == [
        ("Menyusun. 2", date(2026, 11, 23)),
        ("Baru.", None),
    ]
    assert CompetencyLevel.objects.on(date(2026, 11, 1)).get(level=2).description == "Menyusun. 2"
    assert CompetencyLevel.objects.count() == 6


def test_the_dictionary_goes_out_and_comes_in_the_same():
    load_competencies([words()])
    assert competency_rows() == [words()]


def test_an_assessment_keeps_the_version_it_was_made_with():
    rows = level_rows(3)
    load_standards(rows)
    person = EmployeeFactory()
    row = {
        "nip": person.nip,
        "kode_jabatan": "J001",
        "kode_kompetensi": "T.01",
        "level_wajib": "3",
        "level_capaian": "2",
        "selisih": "-1",
        "metode": "Uji kompetensi",
        "tanggal": "2026-01-05",
        "berlaku_sampai": "2029-01-04",
    }
    load_assessments([row])
    load_standards([{**rows[0], "level_wajib": "5"}])
    kept = Assessment.objects.get()
    assert (kept.required, kept.standard.items.get().level) == (3, 3)


def test_an_officer_writes_a_new_version_on_the_page(officer):
    position, one = PositionFactory(), CompetencyFactory()
    StandardItem.objects.create(
        standard=Standard.objects.create(position=position), competency=one, level=2, importance="Mutlak"
    )
    address = reverse("standard_new", args=[position.pk])
    assert '<option value="2" selected>' in officer.get(address).content.decode()
    data = {"since": "2027-01-01", "legal_basis": "Perwali 1/2026", f"c{one.pk}": "3"}
    assert officer.post(address, {**data, f"c{one.pk}": "9"}).status_code == 422
    assert officer.post(address, {**data, "since": "2017-01-01"}).status_code == 422
    officer.post(address, data)
    page = officer.get(reverse("standard_detail", args=[position.pk])).content.decode()
    assert "Sejak 1 Januari 2027" in page
    assert "Perwali 1/2026" in page
    assert Standard.objects.get(valid_from=date(2027, 1, 1)).items.get().importance == "Mutlak"


def test_a_post_without_a_standard_says_which_usual_level_is_taken(officer):
    position = PositionFactory(kind="structural", level="Pengawas")
    text = officer.get(reverse("standard_detail", args=[position.pk])).content.decode()
    assert "level lazim kelompok Pengawas" in text
    listed = officer.get(reverse("standard_list"), {"hanya": "tanpa", "q": position.name}).content.decode()
    assert position.name in listed


def test_the_list_of_posts_counts_what_each_asks_now():
    position, other = PositionFactory(name="A"), PositionFactory(name="B")
    found = [CompetencyFactory() for _ in range(3)]
    publish(position, {one.pk: (2, "") for one in found}, since=date(2020, 1, 1), by=None)
    publish(position, {found[0].pk: (3, "")}, since=date(2026, 1, 1), by=None)
    publish(other, {one.pk: (2, "") for one in found}, since=date(2020, 1, 1), by=None)
    rows = positions(on=date(2026, 11, 24))
    assert [(one.asked, one.since) for one in rows] == [(1, date(2026, 1, 1)), (3, date(2020, 1, 1))]


def test_the_list_of_posts_costs_the_same_for_one_and_for_three(officer, django_assert_num_queries):
    PositionFactory()
    officer.get(reverse("standard_list"))
    with django_assert_num_queries(5):
        officer.get(reverse("standard_list"))
    PositionFactory()
    PositionFactory()
    with django_assert_num_queries(5):
        officer.get(reverse("standard_list"))


def test_the_tables_go_out_as_csv_and_in_again_without_a_change(officer):
    load_competencies([words()])
    for kind in tables.TABLES:
        content = b"".join(officer.get(reverse("table_file", args=[kind])).streaming_content)
        file = SimpleUploadedFile(f"{kind}.csv", content, "text/csv")
        text = officer.post(
            reverse("table_load"), {"isi": kind, "berkas": file}, follow=True
        ).content.decode()
        assert "0 baru, 0 berubah" in text
        assert set(tables.TABLES[kind].columns) <= set(
            next(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"kode;nama\nT.01;Analisis\n", "Kolom jenis, definisi"),
        ("kode,nama\nT.01,Análisis\n".encode("cp1252"), "Pengodean berkas tidak dikenali"),
    ],
)
def test_a_file_of_another_layout_is_refused_and_nothing_is_kept(officer, content, sentence):
    answer = officer.post(
        reverse("table_load"), {"isi": "kompetensi", "berkas": SimpleUploadedFile("a.csv", content)}
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
