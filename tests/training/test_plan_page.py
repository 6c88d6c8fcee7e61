"""Rencana on the page: one tap from a gap to item and seat, progress by itself, and the supervisor's answer."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competency.models import Plan, PlanItem
from competency.services import plan as service
from competency.services.plan import Wish
from tests.factories import make_officer, make_team
from tests.training.test_profile_page import learner, offer, signed_in
from training.models import Enrolment, EnrolmentStatus, Session
from training.queries.plan import plan_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forms")]
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-24T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def gap():
    """A person with a supervisor, a gap, and an open session that closes it (approval by the supervisor)."""
    supervisor, [person] = make_team()
    other, [competency] = learner([(3, 1)])
    person.position = other.position
    person.save()
    for one in other.assessments.all():
        one.pk, one.employee = None, person
        one.save()
    session = offer(competency, 3, start=date(2026, 12, 14), approval=Session.Approval.SUPERVISOR)
    return supervisor, person, competency, session


def test_one_tap_makes_the_item_and_the_request(gap):
    _supervisor, person, competency, session = gap
    client = signed_in(person)
    address = reverse("plan_join", args=[session.pk, competency.pk])
    assert address in client.get(reverse("competency_profile")).content.decode()
    client.post(address)
    made = Enrolment.objects.get()
    item = PlanItem.objects.get()
    assert (made.employee, made.status, made.plan_item) == (person, EnrolmentStatus.REQUESTED, item)
    assert (item.plan.year, item.source, item.competency, item.target) == (
        2026,
        "gap",
        competency,
        session.end,
    )
    assert (item.title, item.plan.status) == (session.title, "draft")
    text = client.get(reverse("plan")).content.decode().replace("\xa0", " ")
    assert "Menunggu persetujuan" in text
    assert "Boleh ditambahkan" not in text


def test_when_the_seat_is_refused_no_item_is_kept_either(gap):
    _supervisor, person, competency, session = gap
    session.programme.eligible_kinds = ["PPPK"]
    session.programme.save()
    answer = signed_in(person).post(reverse("plan_join", args=[session.pk, competency.pk]), follow=True)
    assert "Pelatihan ini untuk PPPK." in answer.content.decode()
    assert not PlanItem.objects.exists()
    assert not Enrolment.objects.exists()


def test_progress_follows_the_enrolment_by_itself(gap):
    _supervisor, person, competency, session = gap
    signed_in(person).post(reverse("plan_join", args=[session.pk, competency.pk]))
    seen = []
    for status in ("requested", "waiting", "confirmed", "completed"):
        Enrolment.objects.update(status=status)
        page = plan_page(person, year=2026, today=TODAY)
        seen.append((page.rows[0].state[2], page.running, page.done))
    assert seen == [
        ("Menunggu persetujuan", 1, 0),
        ("Daftar tunggu", 1, 0),
        ("Terdaftar", 1, 0),
        ("Selesai", 0, 1),
    ]


def test_written_sent_returned_and_approved_by_clicking(gap):
    supervisor, person, _competency, _session = gap
    own, boss = signed_in(person), signed_in(supervisor)
    data = {
        "title": "Mentoring",
        "source": "wish",
        "form": "",
        "target": "2026-12-20",
        "jp": "",
        "reason": "",
    }
    assert own.post(reverse("plan_item_new"), data).status_code == 422
    form = service.LearningForm.objects.get(code="C2")
    own.post(reverse("plan_item_new"), {**data, "form": form.pk})
    plan = Plan.objects.get()
    own.post(reverse("plan_submit", args=[plan.pk]))
    page = reverse("employee_plan", args=[person.public_id]) + "?tahun=2026"
    assert "Setujui rencana" in boss.get(page).content.decode()
    assert boss.post(reverse("plan_send_back", args=[plan.pk]), {"reason": " "}).status_code == 422
    boss.post(reverse("plan_send_back", args=[plan.pk]), {"reason": "Tambah jadwalnya."})
    assert "“Tambah jadwalnya.”" in own.get(reverse("plan")).content.decode()
    own.post(reverse("plan_submit", args=[plan.pk]))
    boss.post(reverse("plan_approve", args=[plan.pk]))
    text = own.get(reverse("plan")).content.decode()
    for words in ("Disetujui", "Dikembalikan", "Diajukan", "Berjalan"):
        assert words in text
    assert "Setujui rencana" not in text


def test_the_dialogue_is_read_by_the_two_who_hold_it_and_by_nobody_else(gap):
    supervisor, person, _competency, _session = gap
    item = service.add(person, 2026, Wish(title="Mentoring", source="wish", target=TODAY), by=person.user)
    service.say(item.plan, text="Kapan mulai?", by=supervisor.user)
    page = reverse("employee_plan", args=[person.public_id]) + "?tahun=2026"
    officer = make_officer()
    client = Client()
    client.force_login(officer)
    assert "Kapan mulai?" in signed_in(supervisor).get(page).content.decode()
    assert "Mentoring" in client.get(page).content.decode()
    assert "Kapan mulai?" not in client.get(page).content.decode()


def test_on_the_first_of_january_unfinished_items_are_offered_for_the_new_plan(gap):
    _supervisor, person, _competency, _session = gap
    for title in ("Selesai", "Belum"):
        service.add(person, 2026, Wish(title=title, source="wish", target=date(2026, 12, 1)), by=person.user)
    PlanItem.objects.filter(title="Selesai").update(done_on=date(2026, 11, 1))
    with time_machine.travel("2027-01-01T00:10:00+08:00", tick=False):
        client = signed_in(person)
        text = client.get(reverse("plan")).content.decode()
        assert "Belum selesai dari 2026" in text
        client.post(reverse("plan_carry_over") + "?tahun=2027")
        assert "Belum selesai dari 2026" not in client.get(reverse("plan")).content.decode()
    assert list(PlanItem.objects.filter(plan__year=2027).values_list("title", flat=True)) == ["Belum"]


def test_a_page_of_a_year_that_makes_no_sense_is_the_present_one(gap):
    _supervisor, person, _competency, _session = gap
    for year in ("abc", "99999", "-1", ""):
        assert signed_in(person).get(reverse("plan"), {"tahun": year}).status_code == 200


def test_the_plan_costs_the_same_with_one_item_and_with_five(gap):
    _supervisor, person, _competency, _session = gap
    costs = []
    for number in (1, 4):
        for n in range(number):
            service.add(
                person, 2026, Wish(title=f"B{n}", source="wish", target=date(2026, 12, 1)), by=person.user
            )
        with CaptureQueriesContext(connection) as queries:
            page = plan_page(person, year=2026, today=TODAY)
        costs.append(len(queries))
    assert len(page.rows) == 5
    assert costs[0] == costs[1]
