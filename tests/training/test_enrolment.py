"""A person's way to a seat, and what officers do with it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from asnportal.audit.models import AuditLine
from asnportal.common.errors import OwnCase, Refusal, WrongState
from asnportal.notifications.models import Message
from tests.factories import EmployeeFactory, MeetingFactory, SessionFactory, make_officer, wita
from training.models import ACTIVE, ENROLMENT, OPEN, Enrolment, EnrolmentStatus, Session
from training.notices import enrolment as notices
from training.services import approval, enrolment, seat
from training.services.eligibility import NotEligible

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 20)
NOW = wita(date(2026, 10, 5), 9)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer():
    return make_officer()


def make_session(**values) -> Session:
    return SessionFactory(start=DAY, **values)


def join(session: Session, employee=None) -> Enrolment:
    employee = employee or EmployeeFactory()
    return enrolment.request(session, employee=employee, by=employee.user)


def states(session: Session) -> list[tuple[int, str]]:
    return list(session.enrolments.order_by("number").values_list("number", "status"))


def messages_to(employee) -> list[str]:
    return list(Message.objects.filter(employee=employee).order_by("id").values_list("purpose", flat=True))


def test_without_approval_a_request_takes_a_seat_at_once():
    session = make_session(quota=2)
    made = join(session)
    session.refresh_from_db()
    assert (made.status, made.number, made.confirmed_at) == (EnrolmentStatus.CONFIRMED, 1, NOW)
    assert (session.confirmed_count, session.next_number) == (1, 2)
    assert messages_to(made.employee) == ["enrolment-confirmed"]


def test_past_the_quota_people_wait_in_the_order_of_their_numbers():
    session = make_session(quota=1)
    made = [join(session) for _ in range(3)]
    session.refresh_from_db()
    assert states(session) == [(1, "confirmed"), (2, "waiting"), (3, "waiting")]
    assert session.confirmed_count == 1
    assert [Message.objects.get(employee=e.employee).subject.split(":")[0] for e in made[1:]] == [
        "Daftar tunggu nomor 1",
        "Daftar tunggu nomor 2",
    ]


def test_a_late_withdrawal_gives_the_seat_to_the_first_in_the_queue(officer):
    session = make_session(quota=1, registration_closes=wita(date(2026, 10, 12), 23, 59))
    first, second, third = (join(session) for _ in range(3))
    with time_machine.travel(wita(date(2026, 10, 13), 9), tick=False):
        gone = enrolment.withdraw(first, by=first.employee.user, reason="Ditugaskan ke lapangan")
    session.refresh_from_db()
    assert (gone.late_withdrawal, gone.ended_reason) == (True, "Ditugaskan ke lapangan")
    assert states(session) == [(1, "withdrawn"), (2, "confirmed"), (3, "waiting")]
    assert session.confirmed_count == 1
    assert messages_to(second.employee) == ["enrolment-queued", "enrolment-seat-from-queue"]
    assert messages_to(third.employee) == ["enrolment-queued"]
    assert messages_to(officer.employee) == ["enrolment-withdrawn-late"]


def test_a_withdrawal_before_the_closing_is_not_late(officer):
    gone = join(make_session())
    enrolment.withdraw(gone, by=gone.employee.user, reason="Tugas lain")
    assert Enrolment.objects.get(pk=gone.pk).late_withdrawal is False
    assert messages_to(officer.employee) == []


def test_nobody_withdraws_once_the_first_meeting_has_started():
    session = make_session()
    MeetingFactory(session=session, starts_at=wita(DAY, 8))
    made = join(session)
    with time_machine.travel(wita(DAY, 7, 59), tick=False):
        assert ENROLMENT.allows(made, "withdraw")
    with time_machine.travel(wita(DAY, 8), tick=False), pytest.raises(Refusal) as refusal:
        enrolment.withdraw(made, by=made.employee.user, reason="Terlambat")
    assert refusal.value.code == "begun"


def test_without_meetings_a_session_starts_with_its_day():
    made = join(make_session())
    with time_machine.travel(wita(DAY, 0), tick=False), pytest.raises(Refusal, match="sudah dimulai"):
        enrolment.withdraw(made, by=made.employee.user, reason="Terlambat")


def test_a_withdrawal_needs_a_reason():
    made = join(make_session())
    with pytest.raises(Refusal, match="Tulis alasan"):
        enrolment.withdraw(made, by=made.employee.user, reason="  ")


def test_R03_a_second_request_finds_the_first_one():
    session, person = make_session(), EmployeeFactory()
    join(session, person)
    with pytest.raises(NotEligible, match="Anda sudah terdaftar"):
        join(session, person)
    assert messages_to(person) == ["enrolment-confirmed"]


def test_whoever_withdrew_may_ask_again_and_gets_a_new_number():
    session, person = make_session(quota=1), EmployeeFactory()
    first = join(session, person)
    enrolment.withdraw(first, by=person.user, reason="Salah pilih")
    again = join(session, person)
    assert (again.number, again.status) == (2, EnrolmentStatus.CONFIRMED)


def test_an_officer_enrols_somebody_after_the_closing_without_approvals(officer):
    session = make_session(approval=Session.Approval.BOTH, registration_closes=wita(date(2026, 10, 1)))
    person = EmployeeFactory()
    made = enrolment.enrol(session, employee=person, by=officer, reason="Surat usulan nomor 5")
    assert (made.status, made.requested_by, made.reason) == ("confirmed", officer, "Surat usulan nomor 5")


def test_an_officer_does_not_enrol_past_the_quota(officer):
    session = make_session(quota=1)
    join(session)
    made = enrolment.enrol(session, employee=EmployeeFactory(), by=officer, reason="Usulan unit")
    assert made.status == EnrolmentStatus.WAITING


def test_an_officer_does_not_enrol_himself_in_this_way(officer):
    with pytest.raises(OwnCase):
        enrolment.enrol(make_session(), employee=officer.employee, by=officer, reason="Saya")


def test_an_officer_reads_the_name_where_a_condition_is_not_met(officer):
    session, person = make_session(), EmployeeFactory(name="Budi Santoso")
    join(session, person)
    with pytest.raises(NotEligible, match=r"^Budi Santoso sudah terdaftar di jadwal ini\.$"):
        enrolment.enrol(session, employee=person, by=officer, reason="Usulan")


def test_the_organiser_ends_one_enrolment_with_a_reason_and_the_queue_moves_up(officer):
    session = make_session(quota=1)
    first, second = join(session), join(session)
    enrolment.cancel(first, by=officer, reason="Data ganda")
    assert states(session) == [(1, "cancelled"), (2, "confirmed")]
    assert messages_to(first.employee) == ["enrolment-confirmed", "enrolment-cancelled"]
    assert messages_to(second.employee) == ["enrolment-queued", "enrolment-seat-from-queue"]


@pytest.mark.parametrize("verb", [enrolment.cancel, enrolment.promote])
def test_what_officers_do_needs_a_reason_and_is_never_about_themselves(officer, verb):
    session = make_session(quota=1)
    join(session)
    own = join(session, officer.employee)
    with pytest.raises(Refusal, match="alasan"):
        verb(own, by=officer, reason=" ")
    with pytest.raises(OwnCase):
        verb(own, by=officer, reason="Perlu")


def test_a_seat_by_hand_is_for_whom_the_order_passed_over(officer):
    session = make_session(quota=1)
    taken, passed_over = join(session), join(session)
    session.programme.eligible_kinds = ["PPPK"]
    session.programme.save()
    enrolment.withdraw(taken, by=taken.employee.user, reason="Tugas lain")
    assert states(session) == [(1, "withdrawn"), (2, "waiting")]
    enrolment.promote(passed_over, by=officer, reason="Diminta kepala dinas")
    session.refresh_from_db()
    assert states(session) == [(1, "withdrawn"), (2, "confirmed")]
    assert session.confirmed_count == 1
    line = AuditLine.objects.about(passed_over).last()
    assert (line.verb, line.actor, line.note) == ("enrolment.confirm", officer, "Diminta kepala dinas")


def test_no_seat_by_hand_past_the_quota(officer):
    session = make_session(quota=1)
    _taken, waiting = join(session), join(session)
    with pytest.raises(Refusal, match="Semua kursi sudah terisi"):
        enrolment.promote(waiting, by=officer, reason="Penting")


def test_R28_a_cancelled_session_ends_every_open_enrolment_with_one_message_each(officer):
    session = make_session(quota=3)
    people = [join(session) for _ in range(5)]
    gone = join(session)
    enrolment.withdraw(gone, by=gone.employee.user, reason="Tugas lain")
    seat.cancel_all(session, by=officer, reason="Narasumber sakit")
    session.refresh_from_db()
    assert states(session) == [(n, "cancelled") for n in range(1, 6)] + [(6, "withdrawn")]
    assert session.confirmed_count == 0
    for person in people:
        assert messages_to(person.employee).count("session-cancelled") == 1
    assert messages_to(gone.employee)[-1] == "enrolment-withdrawn"


# Every state against every verb: what is not in the table refuses and changes nothing (TRUST T06).

VERBS = {
    "approve": lambda e, officer: approval.approve(e, by=officer, step="bkpsdm"),
    "decline": lambda e, officer: approval.decline(e, by=officer, step="bkpsdm", note="Belum"),
    "withdraw": lambda e, officer: enrolment.withdraw(e, by=e.employee.user, reason="Tugas lain"),
    "cancel": lambda e, officer: enrolment.cancel(e, by=officer, reason="Data ganda"),
    "promote": lambda e, officer: enrolment.promote(e, by=officer, reason="Penting"),
}
LEADS_TO = {
    ("approve", "requested"): "confirmed",
    ("decline", "requested"): "declined",
    ("promote", "waiting"): "confirmed",
} | {
    (verb, str(state)): {"withdraw": "withdrawn", "cancel": "cancelled"}[verb]
    for verb in ("withdraw", "cancel")
    for state in OPEN
}


@pytest.mark.parametrize("state", EnrolmentStatus.values)
@pytest.mark.parametrize("verb", VERBS)
def test_T06_every_verb_works_from_its_states_only(officer, verb, state):
    session = make_session(quota=5)
    made = join(session)
    step = "bkpsdm" if state == "requested" else ""
    Enrolment.objects.filter(pk=made.pk).update(status=state, step=step)
    Session.objects.filter(pk=session.pk).update(confirmed_count=int(state in ACTIVE[2:]))
    made.refresh_from_db()
    lines = AuditLine.objects.count()
    if (verb, state) in LEADS_TO:
        VERBS[verb](made, officer)
        assert Enrolment.objects.get(pk=made.pk).status == LEADS_TO[verb, state]
        assert AuditLine.objects.count() > lines
    else:
        with pytest.raises(Refusal) as refusal:
            VERBS[verb](made, officer)
        assert refusal.value.code in {"wrong_state"}
        assert Enrolment.objects.get(pk=made.pk).status == state
        assert AuditLine.objects.count() == lines
    taken = session.enrolments.filter(status__in=["confirmed", "completed", "not_completed"]).count()
    assert Session.objects.get(pk=session.pk).confirmed_count == taken


@pytest.mark.parametrize("state", EnrolmentStatus.values)
@pytest.mark.parametrize("move", [name for name, _arrow in ENROLMENT])
def test_T06_every_arrow_leaves_its_sources_only(officer, move, state):
    made = join(make_session())
    Enrolment.objects.filter(pk=made.pk).update(status=state)
    made.refresh_from_db()
    arrow = ENROLMENT.moves[move]
    if state in arrow.sources:
        ENROLMENT.apply(made, move, by=officer)
        assert Enrolment.objects.get(pk=made.pk).status == arrow.to
    else:
        with pytest.raises(WrongState):
            ENROLMENT.apply(made, move, by=officer)
        assert Enrolment.objects.get(pk=made.pk).status == state


def test_every_arrow_tells_somebody_or_says_why_not():
    assert set(notices.OF_MOVE) == {name for name, _arrow in ENROLMENT}
    for words in notices.OF_MOVE.values():
        named = [w.strip() for w in words.split(";")[0].split(",")]
        told = [w for w in named if callable(getattr(notices, w, None))]
        assert told == named or words.startswith("none, because")


def test_R15_the_last_second_of_the_closing_minute_is_in_time_and_the_next_is_not():
    session = SessionFactory(start=date(2026, 11, 23), registration_closes=wita(date(2026, 11, 22), 23, 59))
    closing = wita(date(2026, 11, 23), 0)
    with time_machine.travel(closing - timedelta(seconds=1), tick=False):
        assert join(session).status == EnrolmentStatus.CONFIRMED
    with time_machine.travel(closing, tick=False):
        assert timezone.now() == closing
        with pytest.raises(NotEligible, match=r"ditutup pada 22 November 2026 pukul 23\.59 WITA"):
            join(session)
