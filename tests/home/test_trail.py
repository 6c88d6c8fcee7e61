"""The audit trail's page: a day that is none is told, not guessed."""

import pytest
from django.urls import reverse

from asnportal.audit.models import record
from tests.factories import EmployeeFactory, make_officer

pytestmark = pytest.mark.django_db
IGNORED = "Saringan tidak valid dan diabaikan."


@pytest.fixture
def trail(client):
    officer = make_officer()
    record("employee.update", EmployeeFactory(name="Dewi Sartika"), by=officer)
    client.force_login(officer)
    return lambda **query: client.get(reverse("audit_trail"), query).text


@pytest.mark.parametrize("day", ["31-02-2026", "abc", "9999-12-31", "0026-01-01"])
def test_B14_B48_a_day_that_is_none_is_passed_over_with_a_notice(trail, day):
    text = trail(tanggal=day)
    assert IGNORED in text
    assert "Dewi Sartika" in text


def test_a_day_shows_what_happened_on_it(trail):
    text = trail(tanggal="2020-01-01")
    assert IGNORED not in text
    assert "Dewi Sartika" not in text


@pytest.mark.parametrize("words", ["dewi\x00", "sartika " + "a" * 5000, "%"])
def test_B29_B47_odd_words_find_what_they_say_and_break_nothing(trail, words):
    assert ("Dewi Sartika" in trail(q=words)) == ("\x00" in words)
