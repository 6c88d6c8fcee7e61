"""Pages ask the database as often in a large city as in a small one (the full size: make bench)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from asnportal.people.models import Employee, User
from tests.factories import (
    EmployeeFactory,
    EnrolmentFactory,
    MeetingFactory,
    SessionFactory,
    UnitFactory,
    make_officer,
    wita,
)
from training.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    start = timezone.localdate() + timedelta(days=9)
    session = SessionFactory(quota=400, start=start, end=start)
    MeetingFactory(session=session, starts_at=wita(start, 8), ends_at=wita(start, 12))
    return session


def grow(session: Session, *, people: int, sessions: int) -> None:
    """More people, half of them in this session, all in other sessions too; each session of its own programme."""
    unit = UnitFactory()
    crowd = EmployeeFactory.create_batch(people, unit=unit, user=None)
    others = SessionFactory.create_batch(sessions)
    for number, person in enumerate(crowd):
        EnrolmentFactory(session=others[number % sessions], employee=person, status="waiting")
        if number % 2:
            EnrolmentFactory(session=session, employee=person, status="confirmed")
    Session.objects.filter(pk=session.pk).update(confirmed_count=session.enrolments.count())


def statements(user: User, path: str) -> int:
    client = Client()
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_pages_of_a_large_city_read_as_few_statements_as_those_of_a_small_one(session: Session) -> None:
    learner, officer = EmployeeFactory().user, make_officer()
    EnrolmentFactory(session=session, employee=learner.employee, status="confirmed")
    pages = {
        "home": (learner, reverse("home")),
        "home of BKPSDM": (officer, reverse("home")),
        "catalogue": (learner, reverse("catalogue")),
        "session": (learner, reverse("session", args=[session.pk])),
        "participants": (officer, reverse("session_participants", args=[session.pk])),
    }
    grow(session, people=10, sessions=10)
    small = {name: statements(*page) for name, page in pages.items()}
    grow(session, people=290, sessions=60)
    assert Employee.objects.count() > 300
    assert {name: statements(*page) for name, page in pages.items()} == small
    assert small["catalogue"] <= 8
