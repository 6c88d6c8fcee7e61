"""Requests that nobody answers, people who move or leave, sessions that start (PRODUCT.md, Seats and People).

Each function finds what is due and does it one row at a time, each in a transaction of its own under the
session's lock; run twice it finds nothing more. The sweeper of training/tasks.py calls them every minute.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from asnportal.audit.models import record
from asnportal.common.dates import WITA
from asnportal.notifications.services import outbox
from training.models import OPEN, Enrolment, EnrolmentStatus, Session, SessionStatus
from training.notices import approval as approval_notices
from training.notices import enrolment as notices
from training.queries.deadline import overdue_at
from training.queries.eligibility import has_begun
from training.services import approval, seat

Step = Enrolment.Step
NO_ANSWER = "Belum ada jawaban dari atasan langsung sampai batas waktunya."
CLOSED = "Pendaftaran ditutup sebelum atasan langsung menjawab."
NOBODY_NOW = "Atasan langsung tidak lagi tercatat."
NOT_DECIDED = "Pelatihan dimulai sebelum permintaan diputuskan."
NO_SEAT = "Pelatihan dimulai sebelum ada kursi yang kosong."
LEFT = "Tidak lagi aktif sebagai pegawai."


def sweep(*, now: datetime) -> dict[str, int]:
    """Everything that time alone changes. How many rows each rule moved, by its name."""
    rules = (release_leavers, reroute, leave_undecided, escalate_closed, escalate_overdue, refill_free_seats)
    return {rule.__name__: rule(now=now) for rule in rules}


def waiting_for_supervisor() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(status=EnrolmentStatus.REQUESTED, step=Step.SUPERVISOR)


def escalate_overdue(*, now: datetime) -> int:
    """Steps that a supervisor left unanswered for the working days given go to BKPSDM."""
    rows = list(waiting_for_supervisor().exclude(step_since=None))
    ends = {day: overdue_at(day) for day in {_day_of(e) for e in rows}}
    return _each((e for e in rows if ends[_day_of(e)] <= now), lambda e: _escalate(e, NO_ANSWER))


def _day_of(enrolment: Enrolment) -> datetime:
    """The WITA day since which the step waits, as its first moment."""
    since = enrolment.step_since or enrolment.requested_at
    return since.astimezone(WITA).replace(hour=0, minute=0, second=0, microsecond=0)


def escalate_closed(*, now: datetime) -> int:
    """When registration has closed every open step of a supervisor goes to BKPSDM."""
    closed = Q(session__registration_closes__lt=now.replace(second=0, microsecond=0))
    return _each(waiting_for_supervisor().filter(closed), lambda e: _escalate(e, CLOSED))


def _escalate(enrolment: Enrolment, because: str) -> bool:
    _session, fresh = seat.hold_with(enrolment)
    if fresh.status != EnrolmentStatus.REQUESTED or fresh.step != Step.SUPERVISOR:
        return False
    before = str(fresh.approver) if fresh.approver else ""
    approval.hand_to(fresh, approval.Turn(Step.BKPSDM, because=because))
    record("enrolment.escalate", fresh, by=None, note=because, before=before, after="BKPSDM")
    outbox.post_many([notices.escalated(fresh)])
    return True


def reroute(*, now: datetime) -> int:
    """A person moved or the supervisor changed: the open step goes to the supervisor of today (TRUST R29)."""
    same = Q(approver=F("employee__supervisor"))
    gone = Q(approver=None) | Q(employee__supervisor=None) | Q(employee__supervisor__is_active=False)
    return _each(waiting_for_supervisor().filter(~same | gone), _reroute)


def _reroute(enrolment: Enrolment) -> bool:
    _session, fresh = seat.hold_with(enrolment)
    supervisor = fresh.employee.supervisor
    if fresh.status != EnrolmentStatus.REQUESTED or fresh.step != Step.SUPERVISOR:
        return False
    if supervisor is None or not supervisor.is_active:
        return _escalate(enrolment, NOBODY_NOW)
    before = str(fresh.approver) if fresh.approver else ""
    approval.hand_to(fresh, approval.Turn(Step.SUPERVISOR, supervisor))
    note = "Atasan langsung berganti."
    record("enrolment.reroute", fresh, by=None, note=note, before=before, after=str(supervisor))
    outbox.post_many([approval_notices.asked(fresh)])
    return True


def leave_undecided(*, now: datetime) -> int:
    """What is still open or waiting when a session starts ends as undecided, with a message."""
    due = Enrolment.objects.filter(
        status__in=(EnrolmentStatus.REQUESTED, EnrolmentStatus.WAITING),
        session__status=SessionStatus.PUBLISHED,
        session__start__lte=now.astimezone(WITA).date(),
    )
    return _each(due, lambda e: _leave_undecided(e, now))


def _leave_undecided(enrolment: Enrolment, now: datetime) -> bool:
    session, fresh = seat.hold_with(enrolment)
    open_ = fresh.status in (EnrolmentStatus.REQUESTED, EnrolmentStatus.WAITING)
    if not open_ or not has_begun(session, now=now):
        return False
    reason = NO_SEAT if fresh.status == EnrolmentStatus.WAITING else NOT_DECIDED
    seat.end(fresh, "leave_undecided", by=None, reason=reason)
    outbox.post_many([notices.undecided(fresh)])
    return True


def release_leavers(*, now: datetime) -> int:
    """Whoever is no longer active gives up requests and seats of sessions to come; the queue moves up."""
    left = Enrolment.objects.filter(
        status__in=OPEN,
        employee__is_active=False,
        session__status=SessionStatus.PUBLISHED,
        session__start__gte=now.astimezone(WITA).date(),
    )
    return _each(left, lambda e: _release(e, now))


def _release(enrolment: Enrolment, now: datetime) -> bool:
    session, fresh = seat.hold_with(enrolment)
    if fresh.status not in OPEN or fresh.employee.is_active or has_begun(session, now=now):
        return False
    reason = LEFT.rstrip(".") + (f" ({fresh.employee.left_reason})." if fresh.employee.left_reason else ".")
    seat.end(fresh, "cancel", by=None, reason=reason)
    seat.fill_seats(session, by=None)
    return True


def refill_free_seats(*, now: datetime) -> int:
    """A seat that nobody in the queue could take may fit now: a clash elsewhere may be gone."""
    sessions = Session.objects.filter(
        status=SessionStatus.PUBLISHED,
        start__gte=now.astimezone(WITA).date(),
        confirmed_count__lt=F("quota"),
        enrolments__status=EnrolmentStatus.WAITING,
    ).distinct()
    return sum(len(seat.refill(session)) for session in sessions)


def _each(due: Iterable[Enrolment], act: Callable[[Enrolment], bool]) -> int:
    """Each row in its own transaction; how many changed."""
    done = 0
    for enrolment in due:
        with transaction.atomic():
            done += act(enrolment)
    return done
