"""A person's way to a seat: request, withdraw; and what officers do: enrol, promote by hand, cancel.

Every verb locks the session first, so that what it checks is still true when it acts. Raises Refusal or
WrongState with the sentence that people read.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.errors import OwnCase, Refusal
from asnportal.notifications.notices import Notice
from asnportal.notifications.services import outbox
from asnportal.people.models import Employee, RoleGrant, User
from training.models import OPEN, Enrolment, EnrolmentStatus, Session
from training.notices import approval as approval_notices
from training.notices import enrolment as notices
from training.queries.eligibility import has_begun
from training.queries.team import away_with
from training.services import approval, eligibility, seat

REASON_NEEDED = "Tulis alasannya, supaya yang bersangkutan mengerti."


@transaction.atomic
def request(session: Session, *, employee: Employee, by: User, reason: str = "") -> Enrolment:
    """The person asks for a seat and gets the next number in line, whatever the quota.

    Raises NotEligible with the first condition of services/eligibility.py that is not met.
    """
    held = seat.hold_loaded(session, employee)
    facts = seat.own_facts(held, employee)
    eligibility.check(facts)
    turn = approval.first_turn(held, facts.employee)
    enrolment = _next_in_line(held, Enrolment(employee=facts.employee, requested_by=by, reason=reason))
    if turn.step == Enrolment.Step.NONE:
        seat.settle(enrolment, by=by, facts=facts)
        return enrolment
    enrolment.step, enrolment.approver, enrolment.step_since = turn.step, turn.approver, timezone.now()
    enrolment.escalated_because = turn.because
    enrolment.save(force_insert=True)
    seat.save_counters(held)
    record("enrolment.request", enrolment, by=by, note=reason, after=enrolment.status)
    tell_of_request(enrolment)
    return enrolment


def _next_in_line(session: Session, enrolment: Enrolment) -> Enrolment:
    """The next number of the held session; whoever saves the row saves the counters."""
    enrolment.session, enrolment.number = session, session.next_number
    session.next_number += 1
    return enrolment


def tell_of_request(enrolment: Enrolment) -> None:
    """To the person, and to the supervisor whose turn it is."""
    told = [notices.received(enrolment)]
    if enrolment.approver is not None:
        told.append(approval_notices.asked(enrolment, away=away_with(enrolment)))
    outbox.post_many(told)


@transaction.atomic
def enrol(session: Session, *, employee: Employee, by: User, reason: str) -> Enrolment:
    """An officer of BKPSDM enrols somebody; approvals are not asked, the window does not bind, the quota does."""
    _needs_reason(reason)
    held = seat.hold(session.pk)
    [facts] = seat.facts_under_lock(held, [employee.pk])
    if facts.employee.user_id == by.pk:
        raise OwnCase
    eligibility.check_for_officer(facts)
    enrolment = _next_in_line(
        held, Enrolment(employee=facts.employee, requested_by=by, reason=reason.strip())
    )
    seat.settle(enrolment, by=by, facts=facts)
    return enrolment


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by: User, reason: str) -> Enrolment:
    """Give up the request, the place in line or the seat, until the session starts; marked when late.

    After registration has closed BKPSDM is told, because the seat may stay empty.
    """
    if not reason.strip():
        raise Refusal("Tulis alasan Anda mengundurkan diri.", code="reason")
    session, fresh = seat.hold_with(enrolment)
    now = timezone.now()
    if fresh.status in OPEN and has_begun(session, now=now):
        raise Refusal(
            "Pelatihan sudah dimulai, jadi tidak dapat mengundurkan diri lewat portal. Hubungi narahubung.",
            code="begun",
        )
    fresh.late_withdrawal = fresh.status == EnrolmentStatus.CONFIRMED and now >= session.registration_ends
    seat.end(fresh, "withdraw", by=by, reason=reason)
    outbox.post_many([notices.withdrawn(fresh), *(_told_late(fresh) if fresh.late_withdrawal else ())])
    seat.fill_seats(session, by=None)
    return fresh


def _told_late(enrolment: Enrolment) -> Iterable[Notice]:
    officers = User.objects.filter(role_grants__role=RoleGrant.Role.BKPSDM, is_active=True)
    return [notices.withdrawn_late(enrolment, officer=o) for o in officers.select_related("employee")]


@transaction.atomic
def cancel(enrolment: Enrolment, *, by: User, reason: str) -> Enrolment:
    """The organiser ends one enrolment, with a reason; the seat goes to the next in line."""
    _needs_reason(reason)
    session, fresh = seat.hold_with(enrolment)
    if fresh.employee.user_id == by.pk:
        raise OwnCase
    seat.end(fresh, "cancel", by=by, reason=reason)
    outbox.post_many([notices.cancelled(fresh)])
    seat.fill_seats(session, by=None)
    return fresh


@transaction.atomic
def promote(enrolment: Enrolment, *, by: User, reason: str) -> Enrolment:
    """A free seat by hand to somebody in the queue whom the order passed over. Never past the quota."""
    _needs_reason(reason)
    session, fresh = seat.hold_with(enrolment)
    if fresh.employee.user_id == by.pk:
        raise OwnCase
    if fresh.status != EnrolmentStatus.WAITING:
        raise Refusal("Hanya yang berada di daftar tunggu dapat diberi kursi.", code="wrong_state")
    [facts] = seat.facts_under_lock(session, [fresh.employee_id])
    eligibility.check_for_seat_by_hand(facts)
    seat.give(fresh, by=by, note=reason)
    seat.save_counters(session)
    outbox.post_many([notices.seat_from_queue(fresh)])
    return fresh


def _needs_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal(REASON_NEEDED, code="reason")
