"""Kompetensi saya, a colleague's profile, and the team: what is shown, to whom, at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asnportal.audit.models import AuditLine
from competency.models import Assessment, Method, Plan, Review
from competency.services.standard import publish
from tests.factories import (
    CompetencyFactory,
    EmployeeFactory,
    MeetingFactory,
    PositionFactory,
    ProgrammeFactory,
    SessionFactory,
    grant,
    make_finished_session,
    make_team,
)
from training.models import Enrolment, EnrolmentStatus, ProgrammeCompetency, SessionStatus
from training.queries.team_overview import team_rows
from training.services import completion
from training.services.profile import own_page

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def learner(levels, **extra):
    """A person whose post asks (required, held) levels; held None: never assessed."""
    person = EmployeeFactory(position=PositionFactory(), **extra)
    competencies = [CompetencyFactory() for _ in levels]
    asked = {one.pk: (need, "") for one, (need, _held) in zip(competencies, levels, strict=True)}
    publish(person.position, asked, since=date(2020, 1, 1), by=None)
    for one, (_need, held) in zip(competencies, levels, strict=True):
        if held is not None:
            Assessment.objects.create(
                employee=person, competency=one, method=Method.CENTRE, level=held, day=date(2026, 1, 5)
            )
    return person, competencies


def offer(competency, level, **extra):
    """An open session that leads to a level."""
    programme = ProgrammeFactory()
    ProgrammeCompetency.objects.create(programme=programme, competency=competency, level=level)
    session = SessionFactory(programme=programme, **extra)
    MeetingFactory(session=session)
    return session


def signed_in(person):
    client = Client()
    client.force_login(person.user)
    return client


def test_the_page_tells_three_groups_and_what_is_unknown():
    person, _ = learner([(3, 1), (2, 2), (1, 4), (2, None)])
    text = signed_in(person).get(reverse("competency_profile")).content.decode().replace("\xa0", " ")
    for words in (
        "2 dari 4 kompetensi sudah",
        "Kurang 2 level",
        "Sudah sesuai",
        "Di atas standar",
        "Belum dinilai",
    ):
        assert words in text


def test_on_a_gap_stands_the_nearest_session_that_leads_above_with_a_button():
    person, [competency] = learner([(3, 1)])
    offer(competency, 1)
    offer(competency, 3, start=date(2027, 6, 1))
    nearest = offer(competency, 3)
    [row] = own_page(person, TODAY).gaps
    assert (row.session, row.leads_to, row.state.kind) == (nearest, 3, "join")
    text = signed_in(person).get(reverse("competency_profile")).content.decode()
    assert reverse("plan_join", args=[nearest.pk, competency.pk]) in text


def test_one_that_reaches_the_post_stands_before_a_nearer_one_that_does_not():
    person, [competency] = learner([(3, 1)])
    offer(competency, 2, start=date(2026, 12, 1))
    enough = offer(competency, 3, start=date(2026, 12, 20))
    assert own_page(person, TODAY).gaps[0].session == enough


def test_where_it_is_not_possible_the_reason_stands_instead_of_the_button():
    person, [competency] = learner([(3, 1)], kind="PNS")
    session = offer(competency, 3)
    session.programme.eligible_kinds = ["PPPK"]
    session.programme.save()
    text = signed_in(person).get(reverse("competency_profile")).content.decode()
    assert "Pelatihan ini untuk PPPK." in text
    assert reverse("plan_join", args=[session.pk, competency.pk]) not in text


def test_what_already_runs_for_a_gap_is_said_and_counted():
    person, [competency] = learner([(3, 1)])
    session = offer(competency, 3)
    Enrolment.objects.create(session=session, employee=person, number=1, status=EnrolmentStatus.CONFIRMED)
    page = own_page(person, TODAY)
    assert (page.running, page.next_step) == (1, None)


def test_a_post_without_any_standard_says_who_sets_it():
    person = EmployeeFactory(position=PositionFactory(kind="functional", level="Penugasan"))
    text = signed_in(person).get(reverse("competency_profile")).content.decode()
    assert "BKPSDM yang menetapkan standar" in text


@pytest.mark.parametrize("gaps", [1, 9])
def test_ones_own_page_costs_ten_statements_at_most_however_many_gaps(gaps):
    person, competencies = learner([(3, 1)] * gaps)
    for one in competencies:
        offer(one, 3)
    client = signed_in(person)
    client.get(reverse("competency_profile"))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("competency_profile"))
    assert len(answer.context["page"].gaps) == gaps
    assert len(queries) <= 10, [one["sql"] for one in queries]


def test_reading_somebodys_levels_leaves_a_line_and_offers_the_assessment_only_to_whom_it_belongs():
    supervisor, [person] = make_team()
    person.position = learner([(3, 1)])[0].position
    person.save()
    address = reverse("employee_profile", args=[person.public_id])
    text = signed_in(supervisor).get(address).content.decode()
    assert "/nilai/" in text
    auditor = grant(EmployeeFactory().user, "auditor")
    client = Client()
    client.force_login(auditor)
    assert "/nilai/" not in client.get(address).content.decode()
    assert AuditLine.objects.filter(verb="assessment.read").count() == 2


def test_the_supervisor_assesses_against_the_descriptors_and_a_fault_keeps_what_was_typed():
    supervisor, [person] = make_team()
    other, [competency] = learner([(3, None)])
    person.position = other.position
    person.save()
    client = signed_in(supervisor)
    address = reverse("assess_employee", args=[person.public_id, competency.pk])
    answer = client.post(address, {"level": "", "day": "2026-11-20", "note": "Sudah rapi."})
    assert answer.status_code == 422
    assert "Sudah rapi." in answer.content.decode()
    assert client.post(address, {"level": "2", "day": "2026-11-20", "note": ""}).status_code == 302
    assert Assessment.objects.get(employee=person).level == 2


def test_ones_own_view_may_be_filled_in_parts():
    person, [first, second] = learner([(3, None), (2, None)])
    client = signed_in(person)
    assert client.post(reverse("self_assessment"), {}).status_code == 422
    assert client.post(reverse("self_assessment"), {f"c{first.pk}": "7"}).status_code == 422
    assert client.post(reverse("self_assessment"), {f"c{second.pk}": "2"}).status_code == 302
    assert list(Assessment.objects.values_list("competency", "level", "method")) == [(second.pk, 2, "self")]


def test_the_plan_that_waits_for_the_supervisor_stands_first_in_the_team():
    supervisor, people = make_team(3)
    for one, year, status in zip(people, (2026, 2027, 2026), ("approved", "submitted", "draft"), strict=True):
        Plan.objects.create(employee=one, year=year, status=status)
    rows = team_rows(supervisor, today=TODAY)
    assert (rows[0].employee, rows[0].plan.year, rows[0].plan_waits) == (people[1], 2027, True)
    assert {row.plan.status for row in rows[1:]} == {"approved", "draft"}
    client = signed_in(supervisor)
    text = client.get(reverse("team")).content.decode().replace("\xa0", " ")
    assert "Menunggu Anda" in text
    assert "1 rencana pengembangan juga menunggu" in client.get(reverse("approval_list")).content.decode()


def test_the_team_page_costs_the_same_for_one_and_three():
    position = learner([(3, 1)])[0].position
    costs = []
    for size in (1, 3):
        supervisor, people = make_team(size)
        for one in people:
            one.position = position
            one.save()
        client = signed_in(supervisor)
        client.get(reverse("team"))
        with CaptureQueriesContext(connection) as queries:
            text = client.get(reverse("team")).content.decode()
        assert all(one.name in text for one in people)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_finished_session_proposes_one_assessment_for_those_who_passed_with_a_gap():
    _supervisor, [person] = make_team()
    other, [competency] = learner([(3, 1)])
    person.position = other.position
    person.save()
    Assessment.objects.create(
        employee=person, competency=competency, method=Method.SUPERVISOR, level=1, day=date(2026, 1, 5)
    )
    session = make_finished_session(status=SessionStatus.PUBLISHED)
    ProgrammeCompetency.objects.create(programme=session.programme, competency=competency, level=3)
    enrolled = [
        Enrolment.objects.create(session=session, employee=one, number=n, status=EnrolmentStatus.CONFIRMED)
        for n, one in enumerate((person, EmployeeFactory()), start=1)
    ]
    officer = grant(EmployeeFactory().user, "bkpsdm")
    completion.finish_by_list(session, {enrolled[0].pk, enrolled[1].pk}, by=officer)
    assert [(one.employee, one.trained_on) for one in Review.objects.all()] == [(person, session.end)]
    next_one = SessionFactory(programme=session.programme)
    text = signed_in(person).get(reverse("competency_profile")).content.decode()
    assert "menunggu penilaian" in text
    assert reverse("plan_join", args=[next_one.pk, competency.pk]) not in text
    assert "Langkah terbesar berikutnya" not in text
    assert Assessment.objects.get(employee=person).level == 1
