"""What people find in the catalogue, in which order, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    EmployeeFactory,
    EnrolmentFactory,
    ProgrammeFactory,
    ProviderFactory,
    SessionFactory,
)
from training.models import Topic
from training.queries.catalogue import Wish, catalogue

pytestmark = pytest.mark.django_db


def titles(wish=None, page=1):
    return [row.title for row in catalogue(wish or Wish(), page=page, employee=None).rows]


def test_the_nearest_open_session_comes_first_then_the_rest_by_title():
    today = timezone.localdate()
    late = ProgrammeFactory(title="Bimtek kedua")
    SessionFactory(programme=late, start=today + timedelta(days=40))
    soon = ProgrammeFactory(title="Zumba kerja")
    SessionFactory(programme=soon, start=today + timedelta(days=9))
    ProgrammeFactory(title="Arsip")
    closed = ProgrammeFactory(title="Berita acara")
    SessionFactory(programme=closed, registration_closes=timezone.now() - timedelta(minutes=1))
    ProgrammeFactory(title="Tersembunyi", is_active=False)
    assert titles() == ["Zumba kerja", "Bimtek kedua", "Arsip", "Berita acara"]


def test_a_card_tells_the_next_session_its_seats_and_ones_own_state():
    employee = EmployeeFactory()
    session = SessionFactory(quota=30)
    session.confirmed_count = 27
    session.save()
    EnrolmentFactory(session=session, employee=employee, status="confirmed")
    row = catalogue(Wish(), page=1, employee=employee).rows[0]
    assert (row.session.id, row.session.free, row.state) == (session.pk, 3, "Terdaftar")


def test_search_and_facets_narrow_the_list():
    topic = Topic.objects.create(name="Banjir", slug="banjir")
    flood = ProgrammeFactory(title="Kota tangguh", jp=3, mode="online_live")
    flood.topics.add(topic)
    ProgrammeFactory(title="Naskah dinas", jp=12, provider=ProviderFactory(name="Universitas Percontohan"))
    assert titles(Wish(words="banjir")) == ["Kota tangguh"]
    assert titles(Wish(words="universitas naskah")) == ["Naskah dinas"]
    assert titles(Wish(topic="banjir")) == ["Kota tangguh"]
    assert titles(Wish(mode="online_live")) == ["Kota tangguh"]
    assert titles(Wish(jp_least=11, jp_most=20)) == ["Naskah dinas"]
    assert titles(Wish(only_open=True)) == []


def test_B47_a_percent_sign_is_a_percent_sign():
    ProgrammeFactory(title="Naik 100% dalam sebulan")
    ProgrammeFactory(title="Naskah dinas")
    assert titles(Wish(words="%")) == ["Naik 100% dalam sebulan"]


@pytest.mark.parametrize(
    "query", ["page=-1", "page=0", "page=abc", "page=999999999", "page=١", "sort=password"]
)
def test_B45_strange_pages_are_answered_with_a_page(client, query):
    ProgrammeFactory()
    assert client.get(f"/katalog/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=" + "a" * 5000, "Kata pencarian paling panjang 100 karakter."),
        ("bulan=abc", "Saringan tidak valid"),
    ],
)
def test_B47_B48_wrong_filters_are_named_and_ignored(client, query, sentence):
    ProgrammeFactory(title="Naskah dinas")
    page = client.get(f"/katalog/?{query}").content.decode()
    assert sentence in page
    assert "Naskah dinas" in page


def test_P01_everybody_reads_the_catalogue_and_a_programme(client):
    programme = SessionFactory().programme
    for path in (reverse("catalogue"), reverse("programme", args=[programme.slug])):
        assert programme.title in client.get(path).content.decode()
    hidden = ProgrammeFactory(is_active=False)
    assert client.get(reverse("programme", args=[hidden.slug])).status_code == 404


def test_the_catalogue_costs_at_most_8_statements_for_1_and_for_30_rows(client):
    employee = EmployeeFactory()

    def statements():
        client.force_login(employee.user)
        client.get("/katalog/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/katalog/")
        return [q["sql"] for q in queries]

    SessionFactory()
    one = statements()
    for _ in range(29):
        SessionFactory()
    thirty = statements()
    assert len(thirty) == len(one)
    assert len(thirty) <= 8, thirty
