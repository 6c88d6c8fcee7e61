"""Seats: the queue, the quota, and whom a free seat passes over."""

from datetime import date

import pytest
import time_machine

from asnportal.common.errors import Refusal
from asnportal.notifications.models import Message
from tests.factories import EmployeeFactory, MeetingFactory, SessionFactory, make_officer, make_team, wita
from training.models import Enrolment, Session
from training.queries.seat import places_in_line, seat_counts
from training.services import approval, enrolment, escalation, seat

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(wita(date(2026, 10, 5), 9), tick=False):
        yield


@pytest.fixture
def officer():
    return make_officer()


def join(session, employee=None) -> Enrolment:
    employee = employee or EmployeeFactory()
    return enrolment.request(session, employee=employee, by=employee.user)


def states(session) -> list[str]:
    return list(session.enrolments.order_by("number").values_list("status", flat=True))


def test_a_raised_quota_gives_its_seats_at_once_in_order(officer):
    session = SessionFactory(start=DAY, quota=1)
    made = [join(session) for _ in range(4)]
    promoted = seat.set_quota(session, quota=3, by=officer)
    assert [e.pk for e in promoted] == [made[1].pk, made[2].pk]
    assert states(session) == ["confirmed", "confirmed", "confirmed", "waiting"]
    assert (session.quota, session.confirmed_count) == (3, 3)
    told = Message.objects.filter(purpose="enrolment-seat-from-queue").values_list("employee", flat=True)
    assert sorted(told) == sorted(e.employee_id for e in promoted)


def test_T15_B23_the_quota_is_not_lowered_below_those_who_have_a_seat(officer):
    session = SessionFactory(start=DAY, quota=30)
    for _ in range(28):
        join(session)
    with pytest.raises(Refusal) as refusal:
        seat.set_quota(session, quota=25, by=officer)
    assert refusal.value.message == "Kuota tidak boleh lebih kecil dari peserta terkonfirmasi (28)."
    session.refresh_from_db()
    assert session.quota == 30
    seat.set_quota(session, quota=28, by=officer)
    assert session.quota == 28


def test_a_raised_quota_does_not_seat_whose_approvals_are_missing(officer):
    supervisor, (learner,) = make_team()
    session = SessionFactory(start=DAY, quota=1)
    join(session)
    Session.objects.update(approval="supervisor")
    open_request = join(session, learner)
    seat.set_quota(session, quota=5, by=officer)
    assert states(session) == ["confirmed", "requested"]
    approval.approve(open_request, by=supervisor.user, step="supervisor")
    assert states(session) == ["confirmed", "confirmed"]


def test_a_free_seat_passes_over_who_no_longer_fits_and_keeps_the_place(officer):
    session = SessionFactory(start=DAY, quota=1)
    taken, clashing, next_one = join(session), EmployeeFactory(), EmployeeFactory()
    MeetingFactory(session=session)
    passed_over = join(session, clashing)
    join(session, next_one)
    other = SessionFactory(start=DAY)
    MeetingFactory(session=other)
    elsewhere = join(other, clashing)
    enrolment.withdraw(taken, by=taken.employee.user, reason="Tugas lain")
    assert states(session) == ["withdrawn", "waiting", "confirmed"]
    assert places_in_line([passed_over.pk]) == {passed_over.pk: 1}
    enrolment.withdraw(elsewhere, by=clashing.user, reason="Pilih yang lain")
    seat.set_quota(session, quota=2, by=officer)
    assert states(session) == ["withdrawn", "confirmed", "confirmed"]


def test_the_sweep_finds_a_seat_for_whom_a_clash_elsewhere_had_blocked():
    session, other, person = SessionFactory(start=DAY, quota=1), SessionFactory(start=DAY), EmployeeFactory()
    for one in (session, other):
        MeetingFactory(session=one)
    taken, waiting = join(session), join(session, person)
    elsewhere = join(other, person)
    enrolment.withdraw(taken, by=taken.employee.user, reason="Tugas lain")
    assert states(session) == ["withdrawn", "waiting"]
    assert escalation.refill_free_seats(now=wita(date(2026, 10, 5), 9)) == 0
    enrolment.withdraw(elsewhere, by=person.user, reason="Pilih yang lain")
    assert escalation.refill_free_seats(now=wita(date(2026, 10, 5), 9)) == 1
    waiting.refresh_from_db()
    assert waiting.status == "confirmed"


def test_after_the_start_nobody_is_seated_any_more(officer):
    session = SessionFactory(start=DAY, quota=1)
    MeetingFactory(session=session)
    join(session)
    join(session)
    with time_machine.travel(wita(DAY, 8), tick=False):
        assert seat.set_quota(session, quota=5, by=officer) == []
    assert states(session) == ["confirmed", "waiting"]


def test_a_long_line_of_people_who_no_longer_fit_is_walked_to_its_end(officer, monkeypatch):
    monkeypatch.setattr(seat, "LOOK_AHEAD", 2)
    session = SessionFactory(start=DAY, quota=1)
    join(session)
    line = [join(session, EmployeeFactory(kind="PPPK")) for _ in range(7)]
    last = join(session)
    session.programme.eligible_kinds = ["PNS"]
    session.programme.save()
    assert [e.pk for e in seat.set_quota(session, quota=2, by=officer)] == [last.pk]
    assert Enrolment.objects.filter(pk__in=[e.pk for e in line], status="waiting").count() == 7


def test_the_counts_are_told_in_a_sentence_for_many_sessions_with_one_statement(django_assert_num_queries):
    _supervisor, (learner,) = make_team()
    full, empty = SessionFactory(start=DAY, quota=1), SessionFactory(start=DAY, quota=12)
    join(full)
    join(full)
    Session.objects.filter(pk=full.pk).update(approval="supervisor")
    join(full, learner)
    sessions = list(Session.objects.order_by("pk"))
    with django_assert_num_queries(1):
        told = [counts.sentence for counts in seat_counts(sessions).values()]
    assert told == [
        "1 kursi, 1 terisi, 1 permintaan menunggu persetujuan, 1 di daftar tunggu",
        "12 kursi, 0 terisi",
    ]
    assert empty in sessions
