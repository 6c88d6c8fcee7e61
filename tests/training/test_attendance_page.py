"""The attendance page and the end of a session, as an officer uses them without JavaScript."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from competency.models import LedgerLine
from tests.factories import (
    WITA,
    EmployeeFactory,
    EnrolmentFactory,
    MeetingFactory,
    SessionFactory,
    make_officer,
    wita,
)
from training.models import EnrolmentStatus, SessionStatus

pytestmark = pytest.mark.usefixtures("forms")

DAY = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(datetime(2026, 10, 20, 9, tzinfo=WITA), tick=False):
        yield


@pytest.fixture
def officer(client):
    officer = make_officer()
    client.force_login(officer)
    return officer


@pytest.fixture
def meeting():
    return MeetingFactory(session=SessionFactory(start=DAY, registration_closes=wita(DAY - timedelta(3))))


def seat(meeting, **extra):
    return EnrolmentFactory(session=meeting.session, status=EnrolmentStatus.CONFIRMED, **extra)


def page(meeting, **query):
    return reverse("session_attendance", args=[meeting.session_id], query=query)


def send(client, meeting, **data):
    url = reverse("attendance_mark", args=[meeting.session_id, meeting.pk])
    return client.post(url, data, follow=True)


def test_marks_are_kept_and_shown(client, officer, meeting):
    person = seat(meeting)
    answer = send(client, meeting, **{f"k{person.pk}": "sick"})
    assert "1 tanda tersimpan" in answer.content.decode()
    assert f'name="k{person.pk}" value="sick" checked' in answer.content.decode()


def test_what_is_no_mark_is_not_read(client, officer, meeting):
    person = seat(meeting)
    send(
        client,
        meeting,
        **{f"k{person.pk}": "<script>", "k": "present", "kx": "present", "k" + "9" * 19: "sick"},
    )
    assert not meeting.attendances.exists()


def test_the_rest_is_present_after_being_asked_once(client, officer, meeting):
    first, second = seat(meeting), seat(meeting)
    asked = send(client, meeting, **{f"k{first.pk}": "excused", "semua": "1"})
    assert "Tandai 1 peserta hadir?" in asked.content.decode()
    client.post(reverse("attendance_rest", args=[meeting.session_id, meeting.pk]))
    assert dict(meeting.attendances.values_list("enrolment_id", "mark")) == {
        first.pk: "excused",
        second.pk: "present",
    }


def test_closing_with_somebody_unmarked_says_how_many_and_keeps_the_marks(client, officer, meeting):
    first, _ = seat(meeting), seat(meeting)
    answer = send(client, meeting, **{f"k{first.pk}": "present", "tutup": "1"})
    assert "1 peserta belum ditandai" in answer.content.decode()
    assert meeting.attendances.count() == 1


def test_ones_own_row_has_no_buttons(client, officer, meeting):
    own = seat(meeting, employee=officer.employee)
    html = client.get(page(meeting)).content.decode()
    assert "Ditandai petugas lain" in html
    assert f'name="k{own.pk}"' not in html


def test_an_auditor_reads_and_sees_no_buttons(client, meeting):
    from asnportal.people.models import RoleGrant
    from tests.factories import UserFactory, grant

    seat(meeting)
    client.force_login(grant(UserFactory(), RoleGrant.Role.AUDITOR))
    html = client.get(page(meeting)).content.decode()
    assert 'type="radio"' not in html
    assert "Tutup pertemuan" not in html


def test_search_and_filter_stay_after_saving(client, officer, meeting):
    ani, _ = seat(meeting, employee=EmployeeFactory(name="Ani Lestari")), seat(meeting)
    answer = send(client, meeting, **{f"k{ani.pk}": "present", "q": "ani"})
    assert answer.redirect_chain[-1][0] == f"{page(meeting, pertemuan=meeting.pk)}&q=ani"
    assert "1–1 dari 1" in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["pertemuan=abc", "page=99999", "page=-1", "pertemuan=99999999999999999999"]
)
def test_B45_addresses_that_make_no_sense_show_the_page(client, officer, meeting, query):
    seat(meeting)
    assert client.get(f"{page(meeting)}?{query}").status_code == 200


def test_the_page_costs_the_same_statements_for_three_people_as_for_one(
    client, officer, meeting, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in (1, 2):
        for _ in range(more):
            seat(meeting)
        client.post(reverse("attendance_rest", args=[meeting.session_id, meeting.pk]))
        client.get(page(meeting))  # the message of the last act is read here
        with CaptureQueriesContext(connection) as context:
            client.get(page(meeting))
        counts.append(len(context))
    assert counts[0] == counts[1]


def test_the_sheet_has_a_line_to_sign_for_each_person_and_the_list_has_posts(client, officer, meeting):
    person = seat(meeting)
    url = reverse("attendance_sheet", args=[meeting.session_id])
    sheet, people = (client.get(url + query).content.decode() for query in ("", "?isi=daftar"))
    assert "Tanda tangan" in sheet
    assert str(person.employee) in sheet
    assert "Tanda tangan" not in people
    assert str(person.employee.position) in people


def test_from_the_grid_to_the_ledger(client, officer, meeting):
    passes, fails = seat(meeting), seat(meeting)
    send(client, meeting, **{f"k{passes.pk}": "present", f"k{fails.pk}": "absent", "tutup": "1"})
    finish = reverse("session_finish", args=[meeting.session_id])
    assert "1 dari 2 lulus" in client.get(finish).content.decode()
    answer = client.post(finish, follow=True)
    assert "1 lulus, 1 belum memenuhi syarat" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("session_certificates", args=[meeting.session_id])
    assert LedgerLine.objects.get().employee == passes.employee


def test_a_session_without_meetings_is_finished_by_a_list(client, officer):
    session = SessionFactory(start=DAY, registration_closes=wita(DAY - timedelta(3)))
    passes = EnrolmentFactory(session=session, status=EnrolmentStatus.CONFIRMED)
    EnrolmentFactory(session=session, status=EnrolmentStatus.CONFIRMED)
    client.post(reverse("session_finish", args=[session.pk]), {"id": [passes.pk, "x", "-1"]})
    session.refresh_from_db()
    assert session.status == SessionStatus.FINISHED
    assert session.enrolments.filter(status=EnrolmentStatus.COMPLETED).get() == passes


def test_whose_jp_are_above_the_usual_is_told_when_the_session_ends(client, officer):
    session = SessionFactory(programme__jp=401, start=DAY, registration_closes=wita(DAY - timedelta(3)))
    passes = EnrolmentFactory(session=session, status=EnrolmentStatus.CONFIRMED)
    answer = client.post(reverse("session_finish", args=[session.pk]), {"id": [passes.pk]}, follow=True)
    assert "JP 1 orang di atas yang lazim, jadi belum dihitung." in answer.text


def test_what_is_in_the_way_stands_where_the_button_would_be(client, officer, meeting):
    html = client.get(reverse("session_finish", args=[meeting.session_id])).content.decode()
    assert "1 pertemuan belum ditutup" in html
    assert ">Selesaikan jadwal</button>" not in html


def test_of_hundreds_of_meetings_those_next_to_the_chosen_one_are_shown(client, officer, meeting):
    for number in range(1, 60):
        MeetingFactory(session=meeting.session, starts_at=wita(DAY + timedelta(number)))
    many = list(meeting.session.meetings.all())
    text = client.get(page(meeting, pertemuan=many[30].pk)).content.decode()
    assert text.count('class="chip"') == 5
    assert "Dari 60 pertemuan" in text
    sheet = client.get(reverse("attendance_sheet", args=[meeting.session_id])).content.decode()
    assert sheet.count('<section class="paper"') == 1
    overview = client.get(reverse("session_manage", args=[meeting.session_id])).content.decode()
    assert "1–20 dari 60" in overview
