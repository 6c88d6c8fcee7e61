"""Seats: everything that counts, gives or frees one, under the lock of the session's row.

A request takes a seat when its last approval is given, else it waits in the order of the request numbers.
Locks are always taken in one order: the session, then people by their key.
"""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.errors import Refusal
from asnportal.notifications.services import outbox
from asnportal.people.models import Employee, User
from training.models import ENROLMENT, OPEN, Approval, Enrolment, EnrolmentStatus, Session
from training.notices import enrolment as notices
from training.notices import session as session_notices
from training.queries.eligibility import Facts, facts_of, has_begun
from training.queries.seat import place_in_line
from training.services.eligibility import in_the_way_of_a_seat

MAY_CHANGE = [
    "status",
    "start",
    "end",
    "quota",
    "confirmed_count",
    "next_number",
    "registration_opens",
    "registration_closes",
    "approval",
]
PERSON_MAY_CHANGE = ["is_active", "kind", "legal_status", "position", "rank", "supervisor"]
LONG_TEXTS = ("programme__description", "programme__description_html")
COUNTERS = ["confirmed_count", "next_number"]
LOOK_AHEAD = 50  # waiting people looked at together beyond the free seats, when some no longer fit
SETTLED = ("step", "approver", "step_since", "confirmed_at")
ENDED = ("ended_at", "ended_reason", "late_withdrawal", "step", "approver")


def hold(pk: int) -> Session:
    """The session's row (with its programme and meetings), locked until the transaction ends."""
    rows = Session.objects.select_related("programme").defer(*LONG_TEXTS).prefetch_related("meetings")
    return locked(rows).get(pk=pk)


def hold_loaded(session: Session, person: Employee) -> Session:
    """As hold, for a session and a person read before: only what may have changed is read under the lock.

    Everybody who wants a seat waits behind this lock, so whatever can be read before it is.
    """
    prefetch_related_objects([session], "programme", "meetings")
    if session.programme.eligible_groups:
        prefetch_related_objects([person], "position")
    session.refresh_from_db(fields=MAY_CHANGE, from_queryset=locked(Session.objects.all()))
    return session


def locked(rows: QuerySet[Session]) -> QuerySet[Session]:
    """Without the lock (a setting of one test only, TRUST R02) two people read the same free seat."""
    return rows.select_for_update(of=("self",), no_key=True) if settings.SEAT_LOCK else rows


def hold_with(enrolment: Enrolment) -> tuple[Session, Enrolment]:
    """The locked session of an enrolment and the enrolment as it is now."""
    session = hold(enrolment.session_id)
    fresh = Enrolment.objects.select_related("employee__user", "employee__supervisor", "approver").get(
        pk=enrolment.pk
    )
    fresh.session = session
    return session, fresh


def hold_people(people: Iterable[int]) -> dict[int, Employee]:
    """These people's rows, locked in the order of their keys: one person takes seats one after the other."""
    rows = Employee.objects.select_related("user", "position").filter(pk__in=people).order_by("pk")
    return {person.pk: person for person in rows.select_for_update(of=("self",), no_key=True)}


def own_facts(session: Session, person: Employee) -> Facts:
    """Facts of one person for a held session; the person's row is locked and what may have changed read again."""
    rows = Employee.objects.select_for_update(no_key=True)
    person.refresh_from_db(fields=PERSON_MAY_CHANGE, from_queryset=rows)
    [facts] = facts_of([(session, person)], now=timezone.now())
    return facts


def facts_under_lock(session: Session, people: Sequence[int]) -> list[Facts]:
    """Facts of these people for a held session, read after their rows were locked."""
    held = hold_people(people)
    return facts_of([(session, held[person]) for person in people if person in held], now=timezone.now())


def settle(
    enrolment: Enrolment, *, by: User | None, facts: Facts | None = None, answer: Approval | None = None
) -> None:
    """All approvals are in: a seat if one is free, else a place in the queue. ``enrolment.session`` is held.

    ``facts`` are those that the caller has just read under the lock; ``answer`` is the approval that settles it.
    """
    session, place = enrolment.session, 0
    if session.free_seats and not in_the_way_of_a_seat(facts or _facts_of_one(enrolment)):
        give(enrolment, by=by)
    else:
        _move(enrolment, "queue", by=by)
        place = place_in_line(enrolment)
    save_counters(session)
    if answer is not None:
        outbox.post_many([notices.decided(enrolment, answer, place=place)])
    else:
        outbox.post_many([notices.queued(enrolment, place=place) if place else notices.confirmed(enrolment)])


def _facts_of_one(enrolment: Enrolment) -> Facts:
    [facts] = facts_under_lock(enrolment.session, [enrolment.employee_id])
    return facts


def give(enrolment: Enrolment, *, by: User | None, note: str = "") -> None:
    """One free seat of the held session to this enrolment; the caller saves the counters.

    Raises Refusal when there is none.
    """
    session = enrolment.session
    if not session.free_seats:
        raise Refusal(
            "Semua kursi sudah terisi. Naikkan kuota, atau tunggu sampai ada yang mengundurkan diri.",
            code="full",
        )
    enrolment.confirmed_at = timezone.now()
    _move(enrolment, "confirm", by=by, note=note)
    session.confirmed_count += 1


def _move(enrolment: Enrolment, verb: str, *, by: User | None, note: str = "") -> None:
    """Into the seat or the queue; a request that nobody has to approve is born there."""
    if enrolment.pk is None:
        ENROLMENT.enter(enrolment, verb, by=by, note=enrolment.reason)
        return
    enrolment.step, enrolment.approver, enrolment.step_since = "", None, None
    ENROLMENT.apply_locked(enrolment, verb, by=by, note=note, saving=SETTLED)


def end(enrolment: Enrolment, verb: str, *, by: User | None, reason: str = "") -> None:
    """A move that ends an open enrolment; a seat it held is free for the next in line at once."""
    session = enrolment.session
    held_a_seat = enrolment.status == EnrolmentStatus.CONFIRMED
    enrolment.step, enrolment.approver = "", None
    enrolment.ended_at, enrolment.ended_reason = timezone.now(), reason
    ENROLMENT.apply_locked(enrolment, verb, by=by, note=reason, saving=ENDED)
    if held_a_seat:
        session.confirmed_count -= 1
        save_counters(session)


def save_counters(session: Session) -> None:
    session.save(update_fields=COUNTERS)


def fill_seats(session: Session, *, by: User | None) -> list[Enrolment]:
    """Free seats of a held session go to the lowest numbers that still pass the eligibility list.

    Whoever does not pass now keeps the place in line and is passed over; ends with the session's start.
    """
    promoted: list[Enrolment] = []
    if not session.free_seats or has_begun(session, now=timezone.now()):
        return promoted
    last = 0
    while session.free_seats and (line := _next_in_line(session, after=last)):
        last = line[-1].number
        facts = facts_under_lock(session, [e.employee_id for e in line])
        for enrolment, fact in zip(line, facts, strict=True):
            if session.free_seats and not in_the_way_of_a_seat(fact):
                give(enrolment, by=by, note="Kursi dari daftar tunggu.")
                promoted.append(enrolment)
    save_counters(session)
    outbox.post_many(notices.seat_from_queue(enrolment) for enrolment in promoted)
    return promoted


def _next_in_line(session: Session, *, after: int) -> list[Enrolment]:
    rows = (
        session.enrolments.filter(status=EnrolmentStatus.WAITING, number__gt=after)
        .select_related("employee__user")
        .order_by("number")[: session.free_seats + LOOK_AHEAD]
    )
    line = list(rows)
    for enrolment in line:
        enrolment.session = session
    return line


@transaction.atomic
def set_quota(session: Session, *, quota: int, by: User | None) -> list[Enrolment]:
    """Change the number of seats; a raise gives them to the queue at once. Returns who got one.

    Raises Refusal when more people hold a seat than the new quota has (TRUST B23, T15).
    """
    held = hold(session.pk)
    if quota < held.confirmed_count:
        raise Refusal(
            f"Kuota tidak boleh lebih kecil dari peserta terkonfirmasi ({held.confirmed_count}).",
            code="quota_below_confirmed",
        )
    before, held.quota = held.quota, quota
    held.version += 1
    held.save(update_fields=["quota", "version"])
    record("session.quota", held, by=by, before=before, after=quota)
    promoted = fill_seats(held, by=by)
    session.refresh_from_db()
    return promoted


@transaction.atomic
def refill(session: Session) -> list[Enrolment]:
    """Look again whether somebody in the queue fits a free seat (a clash may have gone elsewhere)."""
    return fill_seats(hold(session.pk), by=None)


@transaction.atomic
def cancel_all(session: Session, *, by: User | None, reason: str) -> list[Enrolment]:
    """The session does not take place: every open enrolment ends, nobody is promoted (TRUST R28)."""
    held = hold(session.pk)
    rows = list(held.enrolments.filter(status__in=OPEN).select_related("employee__user").order_by("number"))
    for enrolment in rows:
        enrolment.session = held
        end(enrolment, "cancel", by=by, reason=reason)
    outbox.post_many(session_notices.cancelled(enrolment) for enrolment in rows)
    return rows
