"""IP ASN on the page: the figures before and after a training, what is missing, and for whose eyes it is."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competency.models import DisciplinaryAction, LearningForm, LedgerLine, OfficialIndex, PerformanceRating
from competency.services import reference
from tests.factories import EmployeeFactory, PositionFactory, ProgrammeFactory, SessionFactory
from training.services.index_page import index_page

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def city():
    reference.load()
    with time_machine.travel("2026-11-24T12:00:00+08:00", tick=False):
        yield


def line(person, form, jp, day):
    return LedgerLine.objects.create(
        employee=person,
        form=LearningForm.objects.get(code=form),
        jp=jp,
        day=day,
        year=day.year,
        title="Pelatihan",
        source="portal",
        source_key=f"{person.pk}:{form}:{day}:{jp}",
    )


@pytest.fixture
def staff():
    """A pelaksana with an S1, 12 JP of technical training this year, a seminar last year, Sangat Baik: 67,5."""
    person = EmployeeFactory(position=PositionFactory(), education="S-1 Ilmu Pemerintahan")
    PerformanceRating.objects.create(employee=person, year=2025, predicate="Sangat Baik")
    line(person, "B10", 12, date(2026, 3, 1))
    line(person, "B6", 4, date(2025, 9, 1))
    return person


def test_an_8_jp_bimtek_moves_the_simulation_from_67_5_to_90(staff):
    assert index_page(staff, TODAY).score.total == Decimal("67.5")
    line(staff, "B10", 8, date(2026, 11, 20))
    page = index_page(staff, TODAY)
    assert (page.score.total, page.score.category) == (Decimal(90), "Tinggi")


def test_a_reversed_line_no_longer_counts(staff):
    more = line(staff, "B10", 8, date(2026, 11, 20))
    LedgerLine.objects.create(
        employee=staff,
        form=more.form,
        jp=-8,
        day=more.day,
        year=2026,
        title=more.title,
        source="portal",
        source_key="back",
        reverses=more,
    )
    assert index_page(staff, TODAY).score.total == Decimal("67.5")


def test_the_page_says_what_the_step_adds_and_where_the_next_one_is(staff):
    form = LearningForm.objects.get(code="B10")
    session = SessionFactory(programme=ProgrammeFactory(form=form))
    OfficialIndex.objects.create(
        employee=staff, year=2025, qualification=15, competence="17.5", performance=25, discipline=5
    )
    client = Client()
    client.force_login(staff.user)
    text = client.get(reverse("own_index")).content.decode()
    for words in (
        "Simulasi IP ASN Anda 67,5, kategori Rendah",
        "+22,5",
        "67,5 menjadi <b>90</b>",
        "Sejauh ini 12 JP",
        "62,5",
        "IP-2019.2",
        "PerBKN 8/2019",
        reverse("session", args=[session.pk]),
    ):
        assert words in text, words


def test_facts_that_nobody_entered_are_named_with_whom_to_ask():
    person = EmployeeFactory(position=PositionFactory(), education="")
    found = dict(index_page(person, TODAY).missing)
    assert list(found) == [
        "Pendidikan terakhir belum tercatat, jadi kualifikasi 0.",
        "Predikat kinerja belum diimpor, jadi kinerja 0.",
    ]


def test_cpns_read_why_there_is_no_figure():
    person = EmployeeFactory(position=PositionFactory(), kind="CPNS")
    client = Client()
    client.force_login(person.user)
    assert "CPNS belum diukur" in client.get(reverse("own_index")).content.decode()


@pytest.mark.parametrize(
    ("grade", "words"),
    [("", "tanpa hukuman 5 tahun terakhir"), ("medium", "hukuman sedang dalam 5 tahun terakhir")],
)
def test_the_fact_beside_discipline_says_what_the_points_come_from(staff, grade, words):
    if grade:
        DisciplinaryAction.objects.create(employee=staff, day=date(2024, 5, 2), grade=grade)
    assert index_page(staff, TODAY).bars[3].fact == words


def test_an_earlier_year_reads_as_on_its_last_day_and_offers_nothing(staff):
    line(staff, "B10", 8, date(2026, 11, 20))
    SessionFactory(programme=ProgrammeFactory(form=LearningForm.objects.get(code="B10")))
    OfficialIndex.objects.create(
        employee=staff, year=2026, qualification=15, competence=40, performance=30, discipline=5
    )
    client = Client()
    client.force_login(staff.user)
    text = client.get(reverse("own_index"), {"tahun": "2025"}).content.decode()
    assert "Simulasi IP ASN 2025 67,5, kategori Rendah" in text
    assert "Tidak terpenuhi pada 2025. Yang terkumpul 0 JP." in text
    assert "+22,5" not in text
    assert "/jadwal/" not in text
    assert "Nilai resmi 2026" not in text


@pytest.mark.parametrize("typed", ["2027", "2100", "kemarin", ""])
def test_B45_a_year_that_is_not_there_reads_as_the_present_one(staff, typed):
    client = Client()
    client.force_login(staff.user)
    text = client.get(reverse("own_index"), {"tahun": typed}).content.decode()
    assert "Simulasi IP ASN Anda 67,5" in text
    assert [year for year in ("2024", "2025", "2026", "2027") if f'href="?tahun={year}"' in text] == [
        "2025",
        "2026",
    ]


def test_the_page_costs_the_same_with_one_training_and_with_twenty(staff):
    costs = []
    for trainings in (1, 20):
        for n in range(trainings):
            line(staff, "B3", trainings, date(2026, 4, 1 + n))
        with CaptureQueriesContext(connection) as queries:
            index_page(staff, TODAY)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 7
