"""Approvals: whose turn it is, what a yes and a no do, one by one and many at once."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from asnportal.audit.models import AuditLine
from asnportal.common.errors import OwnCase, Refusal, WrongState
from asnportal.notifications.models import Message
from tests.factories import (
    EmployeeFactory,
    MeetingFactory,
    SessionFactory,
    grant,
    make_officer,
    make_team,
    wita,
)
from training.models import Approval, Enrolment, EnrolmentStatus, Session
from training.services import approval, enrolment, seat
from training.services.approval import NotYours

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 20)
SUPERVISOR, BKPSDM = Enrolment.Step.SUPERVISOR, Enrolment.Step.BKPSDM


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(wita(date(2026, 10, 5), 9), tick=False):
        yield


@pytest.fixture
def officer():
    return make_officer()


def make_session(approval_: str = "supervisor", **values) -> Session:
    return SessionFactory(start=DAY, approval=approval_, **values)


def join(session, employee) -> Enrolment:
    return enrolment.request(session, employee=employee, by=employee.user, reason="Perlu untuk loket")


def fresh(made: Enrolment) -> Enrolment:
    return Enrolment.objects.get(pk=made.pk)


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("asked", "turns"),
    [("none", []), ("supervisor", [SUPERVISOR]), ("bkpsdm", [BKPSDM]), ("both", [SUPERVISOR, BKPSDM])],
)
def test_each_setting_asks_its_approvals_in_order(officer, asked, turns):
    supervisor, (learner,) = make_team()
    made = join(make_session(asked), learner)
    for turn in turns:
        assert (fresh(made).status, fresh(made).step) == ("requested", turn)
        assert fresh(made).approver == (supervisor if turn == SUPERVISOR else None)
        approval.approve(made, by=supervisor.user if turn == SUPERVISOR else officer, step=turn)
    assert (fresh(made).status, fresh(made).step, fresh(made).approver) == ("confirmed", "", None)
    given = Approval.objects.filter(enrolment=made).values_list("step", "subject")
    assert list(given) == [(turn, learner.user.pk) for turn in turns]


def test_without_a_supervisor_the_request_goes_to_bkpsdm_and_says_so(officer):
    made = join(make_session("both"), EmployeeFactory())
    assert (made.step, made.escalated_because) == (BKPSDM, approval.NO_SUPERVISOR)
    approval.approve(made, by=officer, step=BKPSDM)
    assert fresh(made).status == EnrolmentStatus.CONFIRMED


def test_an_inactive_supervisor_is_not_asked():
    supervisor, (learner,) = make_team()
    supervisor.is_active = False
    supervisor.save()
    learner.refresh_from_db()
    assert join(make_session(), learner).step == BKPSDM


def test_a_slow_supervisor_costs_nobody_the_place(officer):
    """The order of the queue is that of the requests, not of the approvals (PRODUCT.md, Seats)."""
    slow, (first,) = make_team()
    quick, (second, third) = make_team(2)
    session = make_session(quota=1)
    a, b, c = (join(session, person) for person in (first, second, third))
    approval.approve(b, by=quick.user, step=SUPERVISOR)
    approval.approve(c, by=quick.user, step=SUPERVISOR)
    approval.approve(a, by=slow.user, step=SUPERVISOR)
    assert [fresh(e).status for e in (a, b, c)] == ["waiting", "confirmed", "waiting"]
    enrolment.withdraw(b, by=second.user, reason="Tugas lain")
    assert [fresh(e).status for e in (a, c)] == ["confirmed", "waiting"]


def test_nobody_waits_while_a_seat_is_free(officer):
    supervisor, team = make_team(3)
    session = make_session(quota=2)
    made = [join(session, person) for person in team]
    for one in reversed(made):
        approval.approve(one, by=supervisor.user, step=SUPERVISOR)
    assert [fresh(e).status for e in made] == ["waiting", "confirmed", "confirmed"]


def test_requests_are_not_limited_by_the_quota():
    _supervisor, team = make_team(3)
    session = make_session(quota=1)
    assert [join(session, person).number for person in team] == [1, 2, 3]


def test_a_refusal_needs_a_reason_and_tells_it_with_other_dates():
    supervisor, (learner,) = make_team()
    session = make_session()
    SessionFactory(programme=session.programme, batch=2, start=date(2026, 12, 1), quota=25)
    made = join(session, learner)
    with pytest.raises(Refusal, match=r"^Alasan penolakan wajib diisi\.$"):
        approval.decline(made, by=supervisor.user, step=SUPERVISOR, note="  ")
    approval.decline(made, by=supervisor.user, step=SUPERVISOR, note="Ada pelayanan keliling.")
    assert (fresh(made).status, fresh(made).ended_reason) == ("declined", "Ada pelayanan keliling.")
    told = Message.objects.get(employee=learner, purpose="enrolment-decided")
    assert "Ada pelayanan keliling." in told.text
    assert "1 Desember (25 kursi)" in told.text


def test_the_second_to_decide_reads_who_did_it_before_and_when(officer):
    supervisor, (learner,) = make_team()
    made = join(make_session(), learner)
    approval.approve(made, by=supervisor.user, step=SUPERVISOR)
    with pytest.raises(WrongState) as refusal:
        approval.approve(made, by=supervisor.user, step=SUPERVISOR)
    assert refusal.value.message == (
        f"Permintaan ini sudah disetujui {supervisor}, 5 Oktober 2026 pukul 09.00 WITA."
    )


def test_T06_a_form_of_the_first_step_never_answers_the_second(officer):
    """An officer who is also the supervisor taps twice: the second tap finds another step."""
    supervisor, (learner,) = make_team()
    both = grant(supervisor.user, "bkpsdm")
    made = join(make_session("both"), learner)
    approval.approve(made, by=both, step=SUPERVISOR)
    with pytest.raises(WrongState):
        approval.approve(made, by=both, step=SUPERVISOR)
    assert (fresh(made).status, fresh(made).step) == ("requested", BKPSDM)


@pytest.mark.parametrize("verb", ["approve", "decline"])
def test_T03_nobody_decides_on_himself_in_any_role(officer, verb):
    made = join(make_session("bkpsdm"), officer.employee)
    words = {"note": "Tidak"} if verb == "decline" else {}
    with pytest.raises(OwnCase):
        getattr(approval, verb)(made, by=officer, step=BKPSDM, **words)
    answer = browser(officer).post(reverse("enrolment_approve", args=[made.public_id]), {"step": "bkpsdm"})
    assert answer.status_code == 409
    assert "Anda tidak dapat memutuskan hal Anda sendiri" in answer.text
    assert fresh(made).status == EnrolmentStatus.REQUESTED


def test_T03_the_database_refuses_an_approval_of_oneself(officer):
    made = join(make_session("bkpsdm"), officer.employee)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(enrolment=made, step=BKPSDM, decision="approved", by=officer, subject=officer)


def test_T05_after_a_move_the_former_supervisor_is_out_and_the_new_one_decides():
    former, (learner,) = make_team()
    new, _others = make_team()
    made = join(make_session(), learner)
    learner.supervisor, learner.unit = new, new.unit
    learner.save()
    address = reverse("enrolment_approve", args=[made.public_id])
    assert browser(former.user).post(address, {"step": "supervisor"}).status_code in (403, 404)
    with pytest.raises(NotYours):
        approval.approve(made, by=former.user, step=SUPERVISOR)
    assert browser(new.user).post(address, {"step": "supervisor"}).status_code == 302
    assert fresh(made).status == EnrolmentStatus.CONFIRMED


def test_T04_a_request_of_another_team_is_not_found():
    supervisor, _team = make_team()
    _other, (stranger,) = make_team()
    made = join(make_session(), stranger)
    answer = browser(supervisor.user).post(
        reverse("enrolment_approve", args=[made.public_id]), {"step": "supervisor"}
    )
    assert answer.status_code == 404
    assert fresh(made).status == EnrolmentStatus.REQUESTED


def test_P20_many_at_once_decide_what_they_can_and_name_the_rest():
    supervisor, team = make_team(3)
    _other, (stranger,) = make_team()
    session = make_session(quota=2)
    made = [join(session, person) for person in team]
    foreign = join(session, stranger)
    approval.approve(made[2], by=supervisor.user, step=SUPERVISOR)
    client = browser(supervisor.user)
    ids = [str(e.public_id) for e in [*made, foreign]] + ["bukan-uuid"]
    answer = client.post(reverse("approval_approve"), {"id": ids}, follow=True)
    assert "2 permintaan disetujui." in answer.text
    assert f"{team[2].name}: Permintaan ini sudah disetujui" in answer.text
    assert "2 permintaan tidak ditemukan dan dilewati." in answer.text
    assert [fresh(e).status for e in [*made, foreign]] == ["confirmed", "waiting", "confirmed", "requested"]


def test_T03_in_bulk_the_own_one_is_refused_and_the_others_pass(officer):
    session = make_session("bkpsdm")
    people = [EmployeeFactory() for _ in range(9)] + [officer.employee]
    made = [join(session, person) for person in people]
    outcomes = approval.approve_many(made, by=officer, step=BKPSDM)
    assert [bool(o.problem) for o in outcomes] == [False] * 9 + [True]
    assert session.enrolments.filter(status="confirmed").count() == 9
    assert fresh(made[9]).status == EnrolmentStatus.REQUESTED


def test_B41_declining_many_asks_for_the_reason_first():
    supervisor, team = make_team(2)
    session = make_session()
    made = [join(session, person) for person in team]
    client, ids = browser(supervisor.user), [str(e.public_id) for e in made]
    asked = client.post(reverse("approval_decline"), {"id": ids})
    assert (asked.status_code, "Tolak 2 permintaan?" in asked.text) == (200, True)
    empty = client.post(reverse("approval_decline"), {"id": ids, "reason": " "})
    assert (empty.status_code, "Alasan penolakan wajib diisi." in empty.text) == (422, True)
    done = client.post(reverse("approval_decline"), {"id": ids, "reason": "Loket penuh"}, follow=True)
    assert "2 permintaan ditolak." in done.text
    assert [fresh(e).status for e in made] == ["declined", "declined"]


def test_a_clash_that_came_later_keeps_the_seat_and_says_why():
    """Approved all the same, but the seat is not given while another one is held at that hour."""
    supervisor, (learner,) = make_team()
    one, two = make_session(), make_session("none")
    for session in (one, two):
        MeetingFactory(session=session)
    made = join(one, learner)
    join(two, learner)
    approval.approve(made, by=supervisor.user, step=SUPERVISOR)
    assert fresh(made).status == EnrolmentStatus.WAITING
    enrolment.withdraw(two.enrolments.get(), by=learner.user, reason="Pilih yang lain")
    assert [e.pk for e in seat.refill(one)] == [made.pk]
    assert fresh(made).status == EnrolmentStatus.CONFIRMED


def test_a_request_of_a_session_that_has_begun_is_not_decided_any_more():
    supervisor, (learner,) = make_team()
    made = join(make_session(), learner)
    with time_machine.travel(wita(DAY, 8), tick=False), pytest.raises(WrongState, match="sudah dimulai"):
        approval.approve(made, by=supervisor.user, step=SUPERVISOR)


def test_every_decision_leaves_a_line_with_who_and_why():
    supervisor, (learner,) = make_team()
    made = join(make_session(), learner)
    approval.approve(made, by=supervisor.user, step=SUPERVISOR, note="Silakan")
    lines = AuditLine.objects.about(made).values_list("verb", "actor", "note")
    assert list(lines) == [
        ("enrolment.request", learner.user.pk, "Perlu untuk loket"),
        ("enrolment.approve", supervisor.user.pk, "Silakan"),
        ("enrolment.confirm", supervisor.user.pk, ""),
    ]


def test_the_list_shows_what_is_needed_to_decide():
    supervisor, team = make_team(2)
    colleague, learner = team
    one, two = make_session("none", programme__title="Kearsipan"), make_session(programme__title="Pelayanan")
    MeetingFactory(session=one)
    MeetingFactory(session=two, starts_at=wita(DAY, 9))
    join(one, colleague)
    join(two, learner)
    Enrolment.objects.filter(session=two).update(step_since=wita(date(2026, 9, 30)))
    answer = browser(supervisor.user).get(reverse("approval_list"))
    assert "1 permintaan menunggu Anda" in answer.text
    assert "Yang paling lama sudah 3 hari kerja." in answer.text
    assert "1 orang lain di tim Anda belajar pada tanggal yang sama" in answer.text
    assert "“Perlu untuk loket”" in answer.text


@pytest.mark.parametrize("requests", [1, 3])
def test_the_list_reads_the_same_number_of_statements(requests, django_assert_num_queries):
    supervisor, team = make_team(3)
    for number, person in enumerate(team[:requests]):
        session = make_session()
        MeetingFactory(session=session)
        made = join(session, person)
        Enrolment.objects.filter(pk=made.pk).update(step_since=wita(date(2026, 10, 1 + number)))
    client = browser(supervisor.user)
    client.get(reverse("approval_list"))
    with django_assert_num_queries(14):
        client.get(reverse("approval_list"))


def test_the_history_keeps_what_was_decided_and_what_became_of_it():
    supervisor, (learner,) = make_team()
    made = join(make_session(), learner)
    approval.approve(made, by=supervisor.user, step=SUPERVISOR)
    answer = browser(supervisor.user).get(reverse("approval_list"), {"tab": "riwayat"})
    assert "Disetujui, 5 Okt 2026" in answer.text
    assert "Terdaftar" in answer.text
