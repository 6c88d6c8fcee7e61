"""What time alone changes: unanswered requests, moves, leavers, sessions that start."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from asnportal.audit.models import AuditLine
from asnportal.notifications.models import Message
from asnportal.people.models import Holiday
from tests.factories import EmployeeFactory, MeetingFactory, SessionFactory, make_officer, make_team, wita
from training.models import Enrolment
from training.queries.timeline import timeline
from training.services import approval, enrolment, escalation
from training.tasks import sweep_enrolments

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 10, 5)
DAY = date(2026, 10, 20)
NOTHING = {
    "release_leavers": 0,
    "reroute": 0,
    "leave_undecided": 0,
    "escalate_closed": 0,
    "escalate_overdue": 0,
    "refill_free_seats": 0,
}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(wita(MONDAY, 9), tick=False):
        yield


@pytest.fixture
def asked():
    """A request made on Monday 5 October that waits for a supervisor."""
    _supervisor, (learner,) = make_team()
    session = SessionFactory(start=DAY, approval="supervisor")
    return enrolment.request(session, employee=learner, by=learner.user)


def sweep_at(moment) -> dict[str, int]:
    with time_machine.travel(moment, tick=False):
        return {rule: count for rule, count in escalation.sweep(now=timezone.now()).items() if count}


def fresh(made: Enrolment) -> Enrolment:
    return Enrolment.objects.select_related("approver").get(pk=made.pk)


def purposes(employee) -> list[str]:
    return list(Message.objects.filter(employee=employee).order_by("id").values_list("purpose", flat=True))


def test_a_sweep_with_nothing_due_changes_nothing(asked):
    assert escalation.sweep(now=timezone.now()) == NOTHING


def test_after_five_working_days_the_step_goes_to_bkpsdm_and_the_person_sees_it(asked):
    """Monday is day 0; the fifth working day is Monday the 12th, and its office hours still count."""
    assert sweep_at(wita(date(2026, 10, 12), 15, 59)) == {}
    assert sweep_at(wita(date(2026, 10, 12), 16)) == {"escalate_overdue": 1}
    now = fresh(asked)
    assert (now.status, now.step, now.approver) == ("requested", "bkpsdm", None)
    assert now.escalated_because == escalation.NO_ANSWER
    assert purposes(asked.employee) == ["enrolment-received", "enrolment-escalated"]
    assert sweep_at(wita(date(2026, 10, 12), 17)) == {}
    story = [step.title for step in timeline(now)]
    assert story[:3] == ["Permintaan diajukan", "Diteruskan ke BKPSDM", "Menunggu verifikasi BKPSDM"]


def test_weekends_and_holidays_are_no_working_days(asked):
    Holiday.objects.create(day=date(2026, 10, 8), name="Libur percontohan")
    assert sweep_at(wita(date(2026, 10, 12), 16)) == {}
    assert sweep_at(wita(date(2026, 10, 13), 16)) == {"escalate_overdue": 1}


def test_a_supervisor_who_answers_late_reads_that_it_went_on(asked):
    supervisor = asked.approver
    sweep_at(wita(date(2026, 10, 12), 16))
    with pytest.raises(approval.WrongState, match="sekarang menunggu BKPSDM"):
        approval.approve(asked, by=supervisor.user, step="supervisor")


def test_after_escalation_one_yes_of_bkpsdm_is_enough(asked):
    asked.session.approval = "both"
    asked.session.save(update_fields=["approval"])
    sweep_at(wita(date(2026, 10, 12), 16))
    approval.approve(asked, by=make_officer(), step="bkpsdm")
    assert fresh(asked).status == "confirmed"


def test_when_registration_closes_every_open_step_goes_to_bkpsdm(asked):
    asked.session.registration_closes = wita(date(2026, 10, 6), 23, 59)
    asked.session.save(update_fields=["registration_closes"])
    assert sweep_at(wita(date(2026, 10, 6), 23, 59)) == {}
    assert sweep_at(wita(date(2026, 10, 7), 0)) == {"escalate_closed": 1}
    assert (fresh(asked).step, fresh(asked).escalated_because) == ("bkpsdm", escalation.CLOSED)


def test_what_is_open_or_waiting_when_the_session_starts_ends_as_undecided(asked):
    full = SessionFactory(start=DAY, quota=1)
    MeetingFactory(session=full, starts_at=wita(DAY, 10))
    seated, waiting = (EmployeeFactory() for _ in range(2))
    for person in (seated, waiting):
        enrolment.request(full, employee=person, by=person.user)
    assert sweep_at(wita(DAY, 0))["leave_undecided"] == 1
    assert sweep_at(wita(DAY, 10)) == {"leave_undecided": 1}
    assert (fresh(asked).status, fresh(asked).ended_reason) == ("undecided", escalation.NOT_DECIDED)
    ended = waiting.enrolments.get()
    assert (ended.status, ended.ended_reason) == ("undecided", escalation.NO_SEAT)
    assert purposes(waiting) == ["enrolment-queued", "enrolment-undecided"]
    assert seated.enrolments.get().status == "confirmed"


def test_R29_a_person_who_moves_waits_for_the_new_supervisor(asked):
    former = asked.approver
    new, _team = make_team()
    learner = asked.employee
    learner.unit, learner.supervisor = new.unit, new
    learner.save()
    assert sweep_at(wita(date(2026, 10, 8), 9)) == {"reroute": 1}
    now = fresh(asked)
    assert (now.step, now.approver, now.step_since) == ("supervisor", new, wita(date(2026, 10, 8), 9))
    assert purposes(new) == ["approval-asked"]
    assert not Enrolment.objects.visible_to(former.user).filter(pk=asked.pk).exists()
    line = AuditLine.objects.about(asked).filter(verb="enrolment.reroute").get()
    assert (line.before, line.after) == (str(former), str(new))
    assert f"Dialihkan ke {new}" in [step.title for step in timeline(now)]
    assert sweep_at(wita(date(2026, 10, 15), 15)) == {}  # the new one has working days of his own
    assert sweep_at(wita(date(2026, 10, 15), 16)) == {"escalate_overdue": 1}


def test_without_a_supervisor_any_more_the_step_goes_to_bkpsdm(asked):
    learner = asked.employee
    learner.supervisor = None
    learner.save()
    assert sweep_at(wita(date(2026, 10, 6), 9)) == {"reroute": 1}
    assert (fresh(asked).step, fresh(asked).escalated_because) == ("bkpsdm", escalation.NOBODY_NOW)


def test_an_inactive_supervisor_passes_the_step_on(asked):
    supervisor = asked.approver
    supervisor.is_active = False
    supervisor.save()
    assert sweep_at(wita(date(2026, 10, 6), 9)) == {"reroute": 1}
    assert fresh(asked).step == "bkpsdm"


def test_a_leaver_frees_the_seat_to_the_queue_and_gets_no_mail():
    session = SessionFactory(start=DAY, quota=1)
    leaver, waiting = EmployeeFactory(), EmployeeFactory()
    for person in (leaver, waiting):
        enrolment.request(session, employee=person, by=person.user)
    leaver.is_active, leaver.left_reason = False, "Pensiun"
    leaver.save()
    assert sweep_at(wita(date(2026, 10, 6), 9)) == {"release_leavers": 1}
    gone = leaver.enrolments.get()
    assert (gone.status, gone.ended_reason) == ("cancelled", "Tidak lagi aktif sebagai pegawai (Pensiun).")
    assert waiting.enrolments.get().status == "confirmed"
    assert purposes(leaver) == ["enrolment-confirmed"]


def test_a_leaver_keeps_what_has_begun():
    session = SessionFactory(
        start=MONDAY, end=MONDAY + timedelta(days=3), registration_closes=wita(MONDAY, 12)
    )
    MeetingFactory(session=session, starts_at=wita(MONDAY, 13))
    person = EmployeeFactory()
    enrolment.request(session, employee=person, by=person.user)
    person.is_active = False
    person.save()
    assert sweep_at(wita(MONDAY, 14)) == {}
    assert person.enrolments.get().status == "confirmed"


def test_the_task_runs_the_sweep(asked):
    with time_machine.travel(wita(date(2026, 10, 13), 9), tick=False):
        sweep_enrolments()
        sweep_enrolments()
    assert fresh(asked).step == "bkpsdm"
    assert purposes(asked.employee).count("enrolment-escalated") == 1


def test_the_deadline_is_a_setting(asked, settings):
    settings.ESCALATE_AFTER = 2
    assert sweep_at(wita(date(2026, 10, 7), 16)) == {"escalate_overdue": 1}
