"""The filters to which the counts of BKPSDM's home page lead."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from asnportal.home.queries.city import todos
from tests.factories import (
    EmployeeFactory,
    MeetingFactory,
    SessionFactory,
    make_finished_session,
    make_officer,
    wita,
)
from training.models import Session
from training.queries.meeting import around, next_open, page_with_next, share_days
from training.queries.session_list import filtered

pytestmark = pytest.mark.django_db


def listed(phase: str) -> set[str]:
    return {session.programme.title for session in filtered(Session.objects.all(), phase=phase)}


def past_meeting(title: str, **extra):
    day = timezone.localdate() - timedelta(days=3)
    session = SessionFactory(programme__title=title, start=day, registration_closes=wita(day))
    return MeetingFactory(session=session, **extra)


def test_attendance_to_close_is_found_by_itself():
    past_meeting("Terbuka")
    past_meeting("Tertutup", closed_at=timezone.now())
    MeetingFactory(session=SessionFactory(programme__title="Nanti"))
    assert listed("unclosed") == {"Terbuka"}


def test_certificates_to_issue_are_found_by_themselves():
    make_finished_session(1, programme__title="Lulus")
    make_finished_session(0, programme__title="Kosong")
    assert listed("uncertified") == {"Lulus"}


def test_every_count_of_the_home_page_leads_to_a_list_that_opens(client, forms):
    past_meeting("Terbuka")
    make_finished_session(1)
    EmployeeFactory()
    client.force_login(make_officer())
    found = todos(today=timezone.localdate())
    assert {todo.url_name for todo in found} >= {"session_list", "without_supervisor"}
    for todo in found:
        assert client.get(reverse(todo.url_name) + todo.query).status_code == 200


def test_the_next_meetings_are_found_among_many():
    first = past_meeting("Panjang")
    for number in range(1, 40):
        MeetingFactory(session=first.session, starts_at=first.starts_at + timedelta(days=number))
    many = list(first.session.meetings.all())
    now = timezone.now()
    assert [number for number, _ in around(many, many[20])] == [19, 20, 21, 22, 23]
    assert [number for number, _ in around(many, many[-1])] == [36, 37, 38, 39, 40]
    assert next_open(many, now) == (1, many[0])
    assert (page_with_next(many, now), page_with_next(many, now + timedelta(days=300))) == (1, 2)
    assert (page_with_next([], now), next_open([], now)) == (1, None)
    assert not share_days(many)
    assert share_days(
        [*many, MeetingFactory(session=first.session, starts_at=first.starts_at + timedelta(hours=5))]
    )
