"""The session page: everything needed to decide, and the button, the state or the reason."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.factories import (
    EmployeeFactory,
    MeetingFactory,
    SessionFactory,
    UserFactory,
    make_officer,
    make_team,
    wita,
)
from training.models import Enrolment, Session
from training.services import enrolment

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 20)
STATEMENTS = 14  # of the programme page, session and account included


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(wita(date(2026, 10, 5), 9), tick=False):
        yield


def page(session, user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client.get(reverse("session", args=[session.pk]))


def join(session, employee, **extra):
    return enrolment.request(session, employee=employee, by=employee.user, **extra)


def ask(session, user, /, **data):
    client = Client()
    client.force_login(user)
    return client.post(reverse("enrolment_request", args=[session.pk]), data, follow=False)


def test_a_visitor_reads_the_page_and_is_asked_to_sign_in():
    session = SessionFactory(start=DAY)
    MeetingFactory(session=session)
    answer = page(session)
    assert answer.status_code == 200
    assert "Masuk untuk mendaftar" in answer.text
    assert "30 kursi, 0 terisi." in answer.text
    assert "08.00–12.00 WITA" in answer.text


def test_the_seats_are_told_in_one_sentence():
    supervisor, team = make_team(2)
    session = SessionFactory(start=DAY, quota=1, approval=Session.Approval.SUPERVISOR)
    for person in team:
        join(session, person)
    Session.objects.filter(pk=session.pk).update(approval="none")
    for _ in range(2):
        join(session, EmployeeFactory())
    answer = page(session, supervisor.user)
    assert "1 kursi, 1 terisi, 2 permintaan menunggu persetujuan, 1 di daftar tunggu." in answer.text


def test_an_employee_joins_with_one_tap_and_sees_the_seat():
    session, person = SessionFactory(start=DAY), EmployeeFactory()
    assert ">Daftar</button>" in page(session, person.user).text
    answer = ask(session, person.user)
    made = Enrolment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/pendaftaran/{made.public_id}/")
    assert (made.employee, made.status) == (person, "confirmed")
    assert "Terdaftar" in page(session, person.user).text


def test_before_the_tap_the_page_says_who_answers():
    supervisor, (person,) = make_team()
    session = SessionFactory(start=DAY, approval=Session.Approval.BOTH)
    answer = page(session, person.user)
    assert "Ajukan pendaftaran</button>" in answer.text
    assert f"dijawab {supervisor.full_name} dan BKPSDM." in answer.text
    alone = EmployeeFactory()
    assert "karena atasan langsung Anda belum tercatat" in page(session, alone.user).text


def test_when_it_is_full_the_button_says_so_and_the_answer_tells_the_place():
    session = SessionFactory(start=DAY, quota=1)
    people = [EmployeeFactory() for _ in range(3)]
    for person in people[:2]:
        join(session, person)
    assert "Masuk daftar tunggu</button>" in page(session, people[2].user).text
    client = Client()
    client.force_login(people[2].user)
    answer = client.post(reverse("enrolment_request", args=[session.pk]), follow=True)
    assert "nomor 2 dalam daftar tunggu" in answer.text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"registration_closes": wita(date(2026, 10, 1), 16)},
            "Pendaftaran sudah ditutup pada 1 Oktober 2026",
        ),
        (
            {"registration_opens": wita(date(2026, 10, 7), 8)},
            "Pendaftaran dibuka 7 Oktober 2026 pukul 08.00 WITA.",
        ),
        ({"programme__eligible_kinds": ["PPPK", "CPNS"]}, "Pelatihan ini untuk PPPK dan CPNS."),
        ({"status": "cancelled"}, "Jadwal ini dibatalkan."),
        ({"status": "finished"}, "Jadwal ini sudah selesai."),
    ],
)
def test_B81_the_reason_stands_where_the_button_would_be_and_a_post_reads_the_same(values, sentence):
    session, person = SessionFactory(start=DAY, **values), EmployeeFactory()
    shown = page(session, person.user)
    assert sentence in shown.text
    assert '<form class="stack gap-3"' not in shown.text
    answer = ask(session, person.user)
    assert answer.status_code == 409
    assert sentence in answer.text
    assert Enrolment.objects.count() == 0


def test_a_clash_names_both_and_refuses():
    one, two = (SessionFactory(start=DAY, programme__title=t) for t in ("Kearsipan", "Pelayanan"))
    MeetingFactory(session=one)
    MeetingFactory(session=two, starts_at=wita(DAY, 10), ends_at=wita(DAY, 12))
    person = EmployeeFactory()
    join(one, person)
    text = page(two, person.user).text
    assert "Bentrok dengan Kearsipan, 20 Okt 2026 pukul 08.00–12.00 WITA" in text
    assert "Pelayanan berlangsung 20 Okt 2026 pukul 10.00–12.00 WITA." in text
    assert "Ajukan" not in text


def test_B44_whoever_was_signed_out_comes_back_to_the_page_with_the_button():
    session = SessionFactory(start=DAY)
    answer = Client().post(reverse("enrolment_request", args=[session.pk]))
    assert answer["Location"] == f"/masuk/?next=/jadwal/{session.pk}/"


def test_R03_a_second_tap_says_that_one_is_in_and_leads_to_it():
    session, person = SessionFactory(start=DAY), EmployeeFactory()
    client = Client()
    client.force_login(person.user)
    for _ in range(2):
        answer = client.post(reverse("enrolment_request", args=[session.pk]), follow=True)
    assert "Anda sudah terdaftar" in answer.text
    assert Enrolment.objects.count() == 1


def test_an_account_without_a_staff_record_reads_why():
    session = SessionFactory(start=DAY)
    user = UserFactory()
    assert "bukan akun pegawai" in page(session, user).text
    assert ask(session, user).status_code == 403


@pytest.mark.parametrize(
    "path", ["/jadwal/99999999999999999999/", "/jadwal/١/", "/jadwal/0/", "/jadwal/%00/"]
)
def test_B46_an_address_that_cannot_be_is_not_found(path):
    assert Client().get(path).status_code == 404


def test_a_draft_is_not_there_for_the_public():
    session = SessionFactory(start=DAY, status="draft")
    assert page(session).status_code == 404
    assert page(session, make_officer()).status_code == 200


def test_T28_only_the_reason_of_a_request_is_read_from_the_form():
    session, person, other = SessionFactory(start=DAY), EmployeeFactory(), EmployeeFactory()
    ask(
        session,
        person.user,
        reason="Perlu",
        status="completed",
        employee=other.pk,
        number=99,
        step="",
        session=7,
    )
    made = Enrolment.objects.get()
    assert (made.employee, made.status, made.number, made.reason) == (person, "confirmed", 1, "Perlu")


def test_the_calendar_file_shows_wita_hours():
    session = SessionFactory(start=DAY)
    MeetingFactory(session=session, starts_at=wita(DAY, 7, 30), ends_at=wita(DAY, 9))
    answer = Client().get(reverse("session_calendar", args=[session.pk]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;TZID=Asia/Makassar:20261020T073000" in answer.text
    assert Client().get(reverse("session_calendar", args=[SessionFactory(start=DAY).pk])).status_code == 404


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_programme_page_reads_the_same_number_of_statements(sessions, django_assert_num_queries):
    person = EmployeeFactory()
    first = SessionFactory(start=DAY)
    runs = [
        first,
        *(SessionFactory(start=DAY, programme=first.programme, batch=n) for n in range(2, sessions + 1)),
    ]
    for run in runs:
        MeetingFactory(session=run)
    for run in runs:
        filler = EmployeeFactory()
        join(run, filler)
    Session.objects.update(quota=1)
    other = SessionFactory(start=DAY)
    MeetingFactory(session=other, starts_at=wita(DAY, 13), ends_at=wita(DAY, 15))
    join(other, person)
    join(runs[0], person)
    client = Client()
    client.force_login(person.user)
    client.get(reverse("programme", args=[first.programme.slug]))
    with django_assert_num_queries(STATEMENTS):
        client.get(reverse("programme", args=[first.programme.slug]))
