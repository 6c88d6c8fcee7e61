"""Approvals: whose turn it is, and what a yes or a no does. Nobody decides on himself, in any role."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import rules
from django.db import transaction
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.dates import format_moment
from asnportal.common.errors import OwnCase, Refusal, WrongState
from asnportal.notifications.services import outbox
from asnportal.people.models import Employee, User
from training.models import Approval, Enrolment, EnrolmentStatus, Session
from training.notices import enrolment as notices
from training.queries.eligibility import has_begun
from training.queries.seat import other_open_sessions
from training.services import seat

Step = Enrolment.Step
NO_SUPERVISOR = "Atasan langsung belum tercatat, jadi permintaan langsung ke BKPSDM."
REASON_NEEDED = "Alasan penolakan wajib diisi."


class NotYours(Refusal):
    """The step waits for somebody else."""

    def __init__(self) -> None:
        super().__init__("Permintaan ini menunggu keputusan orang lain.", code="not_yours")


@dataclass(frozen=True)
class Turn:
    """Whose approval is asked; ``because`` says why it is not the usual one."""

    step: str
    approver: Employee | None = None
    because: str = ""


def first_turn(session: Session, employee: Employee) -> Turn:
    """Who is asked first by this session's rule."""
    if session.approval in (Session.Approval.SUPERVISOR, Session.Approval.BOTH):
        supervisor = employee.supervisor
        if supervisor is not None and supervisor.is_active:
            return Turn(Step.SUPERVISOR, supervisor)
        return Turn(Step.BKPSDM, because=NO_SUPERVISOR)
    return Turn(Step.BKPSDM if session.approval == Session.Approval.BKPSDM else Step.NONE)


def turn_after(enrolment: Enrolment) -> Turn:
    """Who is asked after the open step was approved."""
    both = enrolment.session.approval == Session.Approval.BOTH
    return Turn(Step.BKPSDM if both and enrolment.step == Step.SUPERVISOR else Step.NONE)


@transaction.atomic
def approve(enrolment: Enrolment, *, by: User, step: str, note: str = "") -> Enrolment:
    """Yes to the open step; the last yes takes a seat or a place in the queue. Returns the enrolment as it is.

    ``step`` is the one the officer saw: a form sent twice never answers the next step (TRUST T06).
    Raises WrongState, OwnCase or NotYours.
    """
    _session, fresh = seat.hold_with(enrolment)
    _guard(fresh, by=by, step=step)
    answer = _record(fresh, Approval.Decision.APPROVED, by=by, note=note)
    record("enrolment.approve", fresh, by=by, note=note, step=fresh.step)
    turn = turn_after(fresh)
    if turn.step == Step.NONE:
        seat.settle(fresh, by=by, answer=answer)
    else:
        hand_to(fresh, turn)
        outbox.post_many([notices.decided(fresh, answer)])
    return fresh


@transaction.atomic
def decline(enrolment: Enrolment, *, by: User, step: str, note: str) -> Enrolment:
    """No to the open step, with the reason the person reads. Raises as approve, and Refusal without reason."""
    if not note.strip():
        raise Refusal(REASON_NEEDED, code="reason")
    _session, fresh = seat.hold_with(enrolment)
    _guard(fresh, by=by, step=step)
    answer = _record(fresh, Approval.Decision.DECLINED, by=by, note=note)
    seat.end(fresh, "decline", by=by, reason=note)
    outbox.post_many([notices.decided(fresh, answer, alternatives=other_open_sessions(fresh.session))])
    return fresh


def hand_to(enrolment: Enrolment, turn: Turn) -> None:
    """The step is open now for the one whose turn it is."""
    enrolment.step, enrolment.approver, enrolment.step_since = turn.step, turn.approver, timezone.now()
    if turn.because:
        enrolment.escalated_because, enrolment.escalated_at = turn.because, enrolment.step_since
    enrolment.save(update_fields=["step", "approver", "step_since", "escalated_because", "escalated_at"])


def _guard(enrolment: Enrolment, *, by: User, step: str) -> None:
    if has_begun(enrolment.session, now=timezone.now()):
        raise WrongState("Pelatihan sudah dimulai, jadi permintaan ini tidak lagi dapat diputuskan.")
    if enrolment.status != EnrolmentStatus.REQUESTED or enrolment.step != step:
        raise WrongState(already_decided(enrolment))
    if enrolment.employee.user_id == by.pk:
        raise OwnCase
    if not rules.has_perm("training.approve_enrolment", by, enrolment):
        raise NotYours


def already_decided(enrolment: Enrolment) -> str:
    """Who decided and when, for whoever comes second."""
    last = enrolment.approvals.select_related("by__employee").last()
    if last is None and enrolment.status == EnrolmentStatus.REQUESTED:
        return f"Permintaan ini sekarang menunggu {Step(enrolment.step).label}."
    if last is None:
        return "Permintaan ini tidak lagi menunggu keputusan."
    word = "disetujui" if last.decision == Approval.Decision.APPROVED else "ditolak"
    return f"Permintaan ini sudah {word} {last.by}, {format_moment(last.at)}."


def _record(enrolment: Enrolment, decision: str, *, by: User, note: str) -> Approval:
    return Approval.objects.create(
        enrolment=enrolment,
        step=enrolment.step,
        decision=decision,
        by=by,
        subject=enrolment.employee.user,
        note=note,
    )


@dataclass(frozen=True)
class Outcome:
    """What became of one of many: ``problem`` is the sentence for a row that was not decided."""

    enrolment: Enrolment
    problem: str = ""


def approve_many(enrolments: Sequence[Enrolment], *, by: User, step: str) -> list[Outcome]:
    """Yes to each, one transaction per row: one that cannot be decided does not stop the others."""
    return [_attempt(e, lambda e: approve(e, by=by, step=step)) for e in enrolments]


def decline_many(enrolments: Sequence[Enrolment], *, by: User, step: str, note: str) -> list[Outcome]:
    """No to each with the same reason, one transaction per row."""
    return [_attempt(e, lambda e: decline(e, by=by, step=step, note=note)) for e in enrolments]


def _attempt(enrolment: Enrolment, verb: Callable[[Enrolment], Enrolment]) -> Outcome:
    try:
        return Outcome(verb(enrolment))
    except Refusal as refusal:
        return Outcome(enrolment, refusal.message)
