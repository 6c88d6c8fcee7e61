from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from asnportal.audit.models import AuditLine
from asnportal.common.errors import Refusal
from asnportal.people.models import Holiday
from asnportal.people.queries.workday import holiday_years, is_working_day
from asnportal.people.services import holiday
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
PAGE = "/kelola/hari-libur/"


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def client(officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def test_the_holidays_and_joint_leave_of_2026_and_2027_are_loaded_once():
    assert holiday.load() == {"holidays": 51}
    assert holiday.load() == {"holidays": 0}
    days = {
        date(2026, 12, 24): False,  # joint leave
        date(2026, 12, 25): False,
        date(2026, 12, 28): True,
        date(2027, 3, 10): False,  # Idulfitri
        date(2027, 8, 17): False,
        date(2027, 8, 18): True,
    }
    assert {day: is_working_day(day) for day in days} == days


def test_a_pasted_list_adds_the_days_that_are_not_known_and_each_leaves_a_line(client, officer):
    holiday.add(date(2028, 1, 1), name="Tahun Baru Masehi", by=officer)
    lines = (
        "1 Januari 2028; Tahun baru\n\n26-02-2028;Idulfitri\n2028-02-27\tIdulfitri hari kedua\n"
        "Senin, 28 Februari 2028 Cuti bersama\n26-02-2028;Lagi\n"
    )
    answer = client.post(reverse("holiday_paste"), {"lines": lines}, follow=True)
    assert dict(Holiday.objects.values_list("day", "name")) == {
        date(2028, 1, 1): "Tahun Baru Masehi",
        date(2028, 2, 26): "Lagi",
        date(2028, 2, 27): "Idulfitri hari kedua",
        date(2028, 2, 28): "Cuti bersama",
    }
    assert "3 hari libur ditambahkan, 2 sudah ada di daftar." in answer.text
    assert AuditLine.objects.filter(verb="holiday.add", actor=officer).count() == 4


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("1 Januari 2028; Tahun baru\nbesok; Libur", "Baris 2: "),
        ("Idulfitri; 26 Februari 2028", "Baris 1: tulis tanggal, titik koma, lalu nama hari liburnya."),
        ("26-02-2028;", "Baris 1: tulis tanggal, titik koma, lalu nama hari liburnya."),
        (f"26-02-2028;{'x' * 121}", "Baris 1: tulis tanggal, titik koma, lalu nama hari liburnya."),
        ("31-02-2028;Libur", "Baris 1: "),
        ("", "wajib diisi"),
    ],
)
def test_a_pasted_list_with_a_fault_adds_nothing_and_names_the_line(client, lines, told):
    answer = client.post(reverse("holiday_paste"), {"lines": lines})
    assert answer.status_code == 422
    assert told in answer.text
    assert not Holiday.objects.exists()


def test_the_page_says_which_year_lacks_the_days_that_are_announced(client):
    Holiday.objects.create(day=date(2026, 12, 25), name="Natal")
    with time_machine.travel(date(2026, 11, 24), tick=False):
        page = client.get(PAGE).text
        assert [f"cuti bersama {year} belum dimasukkan" in page for year in (2026, 2027)] == [True, True]
        holiday.load()  # 2026 has a day, so 2027 only
        page = client.get(PAGE).text
        assert [f"cuti bersama {year} belum dimasukkan" in page for year in (2026, 2027)] == [True, False]


def test_what_an_officer_took_out_of_a_year_stays_out(officer):
    holiday.load()
    holiday.remove(Holiday.objects.get(day=date(2027, 5, 6)), by=officer)
    holiday.load()
    assert not Holiday.objects.filter(day=date(2027, 5, 6)).exists()


def test_a_holiday_is_added_and_removed_on_the_page_and_both_leave_a_line(client, officer):
    client.post(PAGE, {"day": "2027-03-10", "name": "Idulfitri"})
    added = Holiday.objects.get()
    assert (added.day, added.name) == (date(2027, 3, 10), "Idulfitri")
    assert "Idulfitri" in client.get(PAGE).text
    client.post(reverse("holiday_remove", args=[added.pk]))
    assert not Holiday.objects.exists()
    lines = AuditLine.objects.filter(verb__startswith="holiday.").order_by("id")
    assert [(line.verb, line.actor) for line in lines] == [
        ("holiday.add", officer),
        ("holiday.remove", officer),
    ]


def test_the_same_day_twice_is_refused_with_the_name_it_has(client, officer):
    holiday.add(date(2027, 3, 10), name="Idulfitri", by=officer)
    with pytest.raises(Refusal, match="10 Maret 2027 sudah ada di daftar dengan nama “Idulfitri”"):
        holiday.add(date(2027, 3, 10), name="Lebaran", by=officer)
    answer = client.post(PAGE, {"day": "2027-03-10", "name": "Lebaran"})
    assert answer.status_code == 422
    assert 'value="Lebaran"' in answer.text
    assert "<title>Perlu diperbaiki: " in answer.text


@pytest.mark.parametrize(
    ("day", "name"),
    [("31/02/2027", "x"), ("1700-01-01", "x"), ("", "x"), ("2027-03-10", ""), ("kapan", "x" * 500)],
)
def test_bad_input_is_answered_with_sentences(client, day, name):
    answer = client.post(PAGE, {"day": day, "name": name})
    assert answer.status_code == 422
    assert Holiday.objects.count() == 0


def test_the_list_shows_this_year_and_the_next_even_when_empty(django_assert_num_queries):
    for day in (date(2025, 5, 1), date(2026, 5, 1), date(2029, 5, 1)):
        Holiday.objects.create(day=day, name="Libur")
    with django_assert_num_queries(1):
        years = holiday_years(today=date(2026, 11, 24))
    assert [(year.year, len(year.holidays)) for year in years] == [(2026, 1), (2027, 0), (2029, 1)]


def test_the_settings_lead_to_the_holidays(client):
    assert f'href="{PAGE}"' in client.get("/kelola/pengaturan/").text
