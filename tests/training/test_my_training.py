"""Pelatihan saya: each enrolment in the tab of what it means now."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.factories import EmployeeFactory, EnrolmentFactory, SessionFactory, wita
from training.models import EnrolmentStatus
from training.queries.my_training import TABS

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(wita(date(2026, 10, 5), 9), tick=False):
        yield


def shown(person, **query):
    client = Client()
    client.force_login(person.user)
    return client.get(reverse("my_training"), query)


def test_every_state_has_its_tab():
    assert sorted(str(state) for states in TABS.values() for state in states) == sorted(
        EnrolmentStatus.values
    )


def test_the_tabs_hold_what_runs_what_waits_and_what_is_over():
    person = EmployeeFactory()
    titles = {"confirmed": "Kearsipan", "waiting": "Pelayanan", "completed": "Keuangan"}
    for state, title in titles.items():
        session = SessionFactory(start=DAY, programme__title=title)
        EnrolmentFactory(employee=person, status=state, session=session)
    EnrolmentFactory(status="confirmed", session__programme__title="Milik orang lain")
    for tab, title in (("jalan", "Kearsipan"), ("menunggu", "Pelayanan"), ("selesai", "Keuangan")):
        text = shown(person, tab=tab).text
        assert [t for t in (*titles.values(), "Milik orang lain") if t in text] == [title]
    assert "Kearsipan" in shown(person, tab="hantu").text


def test_a_session_that_runs_says_so_and_one_that_is_over_waits_for_its_result():
    person = EmployeeFactory()
    running = SessionFactory(start=date(2026, 10, 1), end=date(2026, 10, 9))
    over = SessionFactory(start=date(2026, 9, 1), end=date(2026, 9, 2))
    for session in (running, over):
        EnrolmentFactory(employee=person, status="confirmed", session=session)
    text = shown(person).text.replace("\u00a0", " ")
    assert "Berjalan</span>" in text
    assert "Menunggu hasil</span>" in text


def test_an_empty_tab_offers_the_way_on():
    person = EmployeeFactory()
    for tab in TABS:
        assert reverse("catalogue") in shown(person, tab=tab).text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_reads_the_same_number_of_statements(rows, django_assert_num_queries):
    person = EmployeeFactory()
    for _ in range(rows):
        EnrolmentFactory(employee=person, status="waiting", session__start=DAY)
    client = Client()
    client.force_login(person.user)
    address = reverse("my_training") + "?tab=menunggu"
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
