from datetime import date

import pytest
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


def test_the_certain_national_holidays_of_2026_and_2027_are_loaded_once():
    assert holiday.load() == {"holidays": 14}
    assert holiday.load() == {"holidays": 0}
    assert [is_working_day(day) for day in (date(2026, 12, 25), date(2027, 8, 17), date(2027, 8, 18))] == [
        False,
        False,
        True,
    ]


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
