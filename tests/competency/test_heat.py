"""Peta kompetensi: who reads whom, what is counted, what is not shown, and what it costs."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from asnportal.audit.models import AuditLine
from asnportal.common.nip import mask_nip
from asnportal.people.models import RoleGrant
from competency.models import Result
from competency.queries.heat import Tally, heat_of, withheld
from competency.queries.heat_table import columns, file_rows, group_rows, largest, person_rows
from tests.factories import (
    CompetencyFactory,
    EmployeeFactory,
    UnitFactory,
    grant,
    make_head,
    make_officer,
    make_team,
    make_unit_officer,
)

pytestmark = pytest.mark.django_db


def stored(person, **levels):
    """A result; ``levels`` by the key of the competency ("c17"): asked, held, mark."""
    found = {key.removeprefix("c"): list(value) for key, value in levels.items()}
    return Result.objects.create(
        employee=person, day=date(2026, 11, 24), computed_at=timezone.now(), levels=found
    )


def people(unit, competency, *found, asked=3, **extra):
    """People of a unit whose post asks one competency, with what they hold (None: never assessed)."""
    made = []
    for held in found:
        person = EmployeeFactory(unit=unit, **extra)
        stored(person, **{f"c{competency.pk}": (asked, held, "" if held is None else "o")})
        made.append(person)
    return made


@pytest.fixture
def office():
    return UnitFactory(code="D1", name="Dinas Arsip")


@pytest.fixture
def analysis():
    return CompetencyFactory(name="Analisis data layanan")


def read(user, *, name="heat_map", **query):
    client = Client()
    client.force_login(user)
    answer = client.get(reverse(name), query)
    return answer, " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def trail():
    return list(AuditLine.objects.filter(verb="assessment.read_unit"))


def test_the_answer_is_a_sentence_and_the_first_row_names_nobody(office, analysis):
    people(office, analysis, 1, 2, 2, 3, 4, None)
    officer = make_unit_officer(office)
    text = read(officer)[1]
    assert "Paling banyak kurang: Analisis data layanan, 3 dari 6 orang yang diminta" in text
    assert "1 orang belum pernah dinilai." in text
    assert "Semua 7 orang orang yang kurang, dari yang diminta 3 dari 6" in text
    assert "Dihitung" in text


def test_every_cell_has_a_figure_and_a_word(office, analysis):
    one, two, three, four = people(office, analysis, 1, 2, 3, 4)
    Result.objects.filter(employee=two).update(levels={str(analysis.pk): [3, 2, "p"]})
    rows = person_rows(heat_of([office]).people, [analysis])
    found = {row.employee: row.cells[0] for row in rows}
    said = [(found[one].g, found[one].figure, found[one].word) for one in (one, two, three, four)]
    assert said == [("2", "2", "level"), ("1", "1*", "level"), ("0", "", ""), ("+", "+1", "di atas")]
    assert [found[one].aloud for one in (one, two, three)] == [
        "kurang",
        "kurang, penilaian sementara",
        "sesuai",
    ]


def test_an_expired_entry_counts_as_missing_and_is_marked(office, analysis):
    other = CompetencyFactory()
    person = EmployeeFactory(unit=office)
    stored(person, **{f"c{analysis.pk}": (3, None, "x"), f"c{other.pk}": (2, None, "")})
    (row,) = person_rows(heat_of([office]).people, [analysis, other])
    assert [(c.g, c.figure, c.aloud) for c in row.cells] == [
        ("x", "?", "penilaian kedaluwarsa"),
        ("x", "?", "belum dinilai"),
    ]
    assert (row.note, row.short, row.unknown) == ("", 0, 2)


def test_somebody_never_assessed_has_one_cell_with_the_next_step(office, analysis):
    supervisor, _team = make_team(0, unit=office)
    people(office, analysis, 3, 3, 3, 3, 3)
    people(office, analysis, None, name="Zulkifli", supervisor=supervisor)
    text = read(make_unit_officer(office, name="Zz"), kurang="")[1]
    assert f"Belum pernah dinilai. Minta {supervisor}, atasannya, menilai di Tim saya." in text


def test_who_was_not_computed_yet_and_whose_post_has_no_standard_say_so(office, analysis):
    people(office, analysis, 3)
    EmployeeFactory(unit=office)
    stored(EmployeeFactory(unit=office))
    notes = {row.note for row in person_rows(heat_of([office]).people, [analysis])}
    assert notes == {
        "",
        "Belum dihitung. Hasilnya ada sesudah perhitungan malam ini.",
        "Standar jabatannya belum ada.",
    }


def test_an_admin_unit_reads_the_own_people_and_nobody_else(office, analysis):
    people(office, analysis, 1, name="Aminah")
    people(UnitFactory(code="D2"), analysis, 1, name="Budi")
    officer = make_unit_officer(office)
    assert "Aminah" in read(officer)[1]
    assert "Budi" not in read(officer)[1]
    assert read(officer, unit="D2")[0].status_code == 404


def test_P41_the_head_of_a_unit_reads_figures_and_the_names_of_the_own_staff_only(office, analysis):
    head, _team = make_team(0, unit=office)
    part = UnitFactory(code="D11", parent=office, level=2, name="Bidang Satu")
    people(part, analysis, 1, 1, 2, 3, 3, name="Orang jauh")
    people(office, CompetencyFactory(), 1, name="Staf dekat", supervisor=head)
    first, staff = read(head.user)[1], read(head.user, tampilan="orang")[1]
    assert "Bidang Satu 5 orang 3 dari 5" in first
    assert "Orang jauh" not in first + staff
    assert "Staf dekat" in staff
    assert "Staf dekat" not in first
    assert "Status kepegawaian" not in first + staff  # two groups that differ by one tell of that one
    client = Client()
    client.force_login(head.user)
    assert client.post(reverse("heat_export")).status_code == 403


def test_P41_narrowing_does_not_help_the_head_to_figures_of_few(office, analysis):
    head, _team = make_team(0, unit=office)
    people(office, analysis, 1, 1, 2, 3, 3)
    people(office, analysis, 1, kind="PPPK")
    whole = read(head.user)[1]
    assert read(head.user, jenis="PPPK", bidang="D1")[1] == whole


def test_bkpsdm_chooses_any_unit_and_the_auditor_reads_it_too(office, analysis):
    people(office, analysis, 1, name="Aminah")
    for user in (make_officer(), grant(EmployeeFactory().user, RoleGrant.Role.AUDITOR)):
        assert "Unit mana yang ingin Anda lihat?" in read(user)[1]
        assert "Aminah" in read(user, unit="D1")[1]


def test_reading_names_leaves_one_line_with_whom_and_figures_alone_leave_none(office, analysis):
    made = people(office, analysis, 1, 2)
    officer = make_unit_officer(office)
    read(officer, tampilan="bidang")
    assert trail() == []
    read(officer)
    (line,) = trail()
    assert sorted(line.details["people"]) == sorted(one.pk for one in made)
    assert (line.actor, line.label) == (officer, str(office))


def test_nobody_alone_on_the_page_but_the_reader_is_no_reading_of_others(office, analysis):
    officer = make_unit_officer(office)
    stored(officer.employee, **{f"c{analysis.pk}": (3, 1, "o")})
    assert officer.employee.name in read(officer)[1]
    assert trail() == []


def test_no_figure_of_fewer_than_five_people(office, analysis):
    people(office, analysis, 1, 1, 1, 1)
    officer = make_unit_officer(office)
    text = read(officer)[1]
    assert "Angka kelompok belum dapat ditampilkan" in text
    assert "tidak ditampilkan, kurang dari 5 orang" in text
    assert "dari 4" not in text
    assert largest(heat_of([office]), 5) == []


@pytest.mark.parametrize(
    ("asked", "hidden"),
    [
        ([8, 7, 9], set()),
        ([8, 0, 9], set()),
        ([8, 4, 9], {1, 0}),  # 8 would tell the 4: all less the 9
        ([8, 3, 9, 2], {1, 3}),  # 5 together tell of nobody
        ([4], {0}),
    ],
)
def test_a_figure_that_would_tell_a_hidden_one_is_hidden_too(asked, hidden):
    assert withheld([Tally(asked=number) for number in asked]) == hidden


def test_parts_show_how_many_of_how_many_and_the_average_of_those_assessed(office, analysis):
    one = UnitFactory(code="D11", parent=office, level=2, name="Bidang Satu")
    two = UnitFactory(code="D12", parent=office, level=2, name="Bidang Dua")
    below = UnitFactory(code="D111", parent=one, level=3)
    people(one, analysis, 1, 2, 5)  # a surplus of two does not cancel the gap
    people(below, analysis, 3, 3, None)
    people(two, analysis, 1, 1, 1, 1, None)
    people(office, analysis, 3, 3)
    rows = group_rows(heat_of([office]), [analysis])
    said = [(row.name, row.people, row.cells[0].figure, row.cells[0].word, row.cells[0].more) for row in rows]
    assert said == [
        ("Bidang Satu", 6, "2", "dari 6", "rata-rata 0,6"),
        ("Bidang Dua", 5, "–", "", ""),  # else it would tell of the two who work in the office itself
    ]


def test_the_average_is_silent_where_fewer_than_five_are_assessed(office, analysis):
    people(office, analysis, 1, 1, 1, 1, None)
    (row,) = group_rows(heat_of([office]), [analysis])
    assert (row.cells[0].figure, row.cells[0].word, row.cells[0].more) == ("4", "dari 5", "")


def test_the_columns_begin_with_what_most_are_short_of_and_are_twelve(office):
    competencies = [CompetencyFactory(code=f"T.{number:02}") for number in range(14)]
    worst = competencies[13]
    for number in range(5):
        levels = {f"c{one.pk}": (3, 3, "o") for one in competencies} | {f"c{worst.pk}": (3, 2, "o")}
        stored(EmployeeFactory(unit=office, name=f"Orang {number}"), **levels)
    heat = heat_of([office])
    assert columns(heat, heat, "")[0] == worst
    assert len(columns(heat, heat, "")) == 12
    assert columns(heat, heat, "teknis-2") == competencies[12:]
    text = read(make_unit_officer(office))[1]
    assert "Teknis 13–14 dari 14" in text


def test_ten_people_a_page_and_only_those_who_are_short(office, analysis):
    people(office, analysis, *[3] * 9, name="Cukup")
    people(office, analysis, 1, 1, name="Kurang")
    officer = make_unit_officer(office, name="Zz")
    assert "1–10 dari 12 orang" in read(officer)[1]
    text = read(officer, kompetensi=analysis.pk, kurang="on")[1]
    assert "1–2 dari 2 orang" in text
    assert "Hanya Analisis data layanan" in text


@pytest.mark.parametrize(
    "query",
    [
        {"kompetensi": "x"},
        {"kompetensi": "99999999999999999999"},
        {"bidang": "tidak-ada", "jenis": "?", "kelompok": "teknis-9", "page": "x", "tampilan": "?"},
        {"kelompok": "teknis-x"},
        {"kurang": "\x00"},
    ],
)
def test_B47_what_is_no_choice_is_left_out(office, analysis, query):
    people(office, analysis, 1)
    assert read(make_unit_officer(office), **query)[0].status_code == 200


def test_B47_a_unit_that_is_none_is_not_found(office):
    assert read(make_officer(), unit="\x00'")[0].status_code == 404


def test_before_the_first_run_and_before_the_first_assessment_the_page_says_what_comes(office, analysis):
    officer = make_unit_officer(office)
    assert "Hasil belum dihitung" in read(officer)[1]
    people(office, analysis, None)
    text = read(officer)[1]
    assert "Belum ada yang dinilai" in text
    assert "penilaian atasan di halaman Tim saya" in text
    assert trail() == []


@pytest.mark.parametrize("view", ["orang", "bidang"])
def test_the_page_costs_ten_statements_at_most_for_one_person_and_for_many(office, view):
    competencies = [CompetencyFactory() for _ in range(12)]
    client = Client()
    client.force_login(make_unit_officer(office))

    def cost():
        client.get(reverse("heat_map"), {"tampilan": view})
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("heat_map"), {"tampilan": view})
        return len(queries)

    def more(number):
        for _ in range(number):
            stored(EmployeeFactory(unit=office), **{f"c{one.pk}": (3, 1, "o") for one in competencies})

    more(1)
    for_one = cost()
    more(2)
    UnitFactory(parent=office, level=2)
    assert (for_one <= 10, cost()) == (True, for_one)


def test_P47_the_file_holds_everybody_of_the_unit_and_leaves_a_line(office, analysis):
    for name, held in (("A", 1), ("B", 4), ("C", None)):
        people(office, analysis, held, name=name)
    officer = make_unit_officer(office, name="Zz")
    client = Client()
    client.force_login(officer)
    answer = client.post(reverse("heat_export"))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content)))["Peta kompetensi"]
    rows = list(sheet.values)
    assert rows[0][-1] == "Analisis data layanan"
    assert [row[-1] for row in rows[1:]] == [-2, 1, "belum dinilai", None]
    line = AuditLine.objects.get(verb="heat.export")
    assert line.details == {"rows": 4, "file": "xlsx", "masked": False}


def test_P47_the_auditors_file_has_masked_numbers(office, analysis):
    (person,) = people(office, analysis, 1)
    assert next(file_rows(heat_of([office]), masked=True))[0] == mask_nip(person.nip)
    client = Client()
    client.force_login(grant(EmployeeFactory().user, RoleGrant.Role.AUDITOR))
    answer = client.post(f"{reverse('heat_export')}?unit=D1")
    assert person.nip not in str(
        list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    )


def test_the_first_screen_of_a_unit_shows_its_largest_gaps_with_the_way_to_the_people(office, analysis):
    few = CompetencyFactory(name="Kearsipan")
    people(office, analysis, 1, 1, 1, 3, 3)
    people(office, few, 1, 1, 1, 1)
    answer, text = read(make_unit_officer(office), name="unit_home")
    assert "Yang paling banyak kurang" in text
    assert "Analisis data layanan 3 dari 5 orang" in text
    assert "Kearsipan" not in text
    assert f"{reverse('heat_map')}?kompetensi={analysis.pk}&amp;kurang=on" in answer.content.decode()


def test_a_stand_in_of_two_units_reads_both_as_parts(analysis):
    person = EmployeeFactory()
    one, two = UnitFactory(code="E1", name="Kantor Satu"), UnitFactory(code="E2", name="Kantor Dua")
    for unit in (one, two):
        make_head(unit, person)
        people(unit, analysis, 1, 1, 1, 3, 3, supervisor=person)
    text = read(person.user)[1]
    assert "Kantor Satu 5 orang 3 dari 5" in text
    assert "Kantor Dua 5 orang 3 dari 5" in text
