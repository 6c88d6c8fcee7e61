"""The facts that decide whether somebody may join, for many pairs of session and person at once.

Two statements at most, whatever the number of pairs; the caller brings sessions (with their programme) and people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from asnportal.common.dates import WITA
from asnportal.people.models import Employee
from training.models import ACTIVE, OPEN, Enrolment, EnrolmentStatus, Meeting, Session


@dataclass(frozen=True, slots=True)
class Commitment:
    """One active enrolment of the person, in this session or in another one."""

    id: int
    public_id: UUID
    session_id: int
    status: str
    step: str
    number: int
    approver_id: int | None
    title: str
    programme_id: int
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting's hours (UTC, the end not included: meetings that only touch do not overlap)."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Sitting") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Clash:
    """A meeting of the wanted session and the one of another session that it overlaps."""

    with_: Commitment
    mine: Sitting
    other: Sitting

    @property
    def is_certain(self) -> bool:
        """The person holds a seat there; else it is an open request or a place in the queue."""
        return self.with_.status == EnrolmentStatus.CONFIRMED


@dataclass(frozen=True, slots=True)
class Facts:
    """What the conditions of services/eligibility.py look at. ``begins_at`` is None without meetings.

    ``you`` is how a sentence names the person: "Anda" to himself, the name to an officer or an approver.
    """

    session: Session
    employee: Employee
    now: datetime
    own: Commitment | None
    others: tuple[Commitment, ...]
    clashes: tuple[Clash, ...]
    begins_at: datetime | None
    you: str = "Anda"

    def about_somebody(self) -> "Facts":
        """The same facts, told to somebody else than the person."""
        return replace(self, you=self.employee.name)

    @property
    def has_begun(self) -> bool:
        today = self.now.astimezone(WITA).date()
        if today != self.session.start:
            return today > self.session.start
        return self.begins_at is None or self.begins_at <= self.now


def facts_of(pairs: Sequence[tuple[Session, Employee]], *, now: datetime) -> list[Facts]:
    """One Facts for each pair, in their order."""
    commitments = _commitments({employee.pk for _session, employee in pairs})
    sittings = _prefetched({session for session, _employee in pairs})
    sittings |= _sittings(_sessions_to_read(pairs, commitments, now) - sittings.keys())
    return [_facts(session, employee, commitments[employee.pk], sittings, now) for session, employee in pairs]


FIELDS = ("id", "public_id", "session_id", "status", "step", "number", "approver_id")
OF_SESSION = ("session__programme__title", "session__programme_id", "session__start", "session__end")


def _commitments(people: set[int]) -> dict[int, list[Commitment]]:
    """Every active enrolment of these people, one statement."""
    found: dict[int, list[Commitment]] = defaultdict(list)
    for person, *row in _active_rows().filter(employee__in=people):
        found[person].append(Commitment(*row))
    return found


@cache
def _active_rows() -> QuerySet[Enrolment, tuple[Any, ...]]:
    """Put together once: everybody who wants a seat waits while this is read."""
    rows = Enrolment.objects.filter(status__in=ACTIVE).order_by("id")
    return rows.values_list("employee_id", *FIELDS, *OF_SESSION)


def _sessions_to_read(
    pairs: Sequence[tuple[Session, Employee]], commitments: dict[int, list[Commitment]], now: datetime
) -> set[int]:
    """Of which sessions the hours matter: those that lie on the same days, and those that begin today."""
    today = now.astimezone(WITA).date()
    wanted: set[int] = set()
    for session, employee in pairs:
        near = [c.session_id for c in commitments[employee.pk] if _may_clash(session, c)]
        if near or session.start == today:
            wanted.update(near, [session.pk])
    return wanted


def _may_clash(session: Session, other: Commitment) -> bool:
    apart = other.end < session.start or session.end < other.start
    return other.session_id != session.pk and other.status in OPEN and not apart


def _prefetched(sessions: Iterable[Session]) -> dict[int, list[Sitting]]:
    """The meetings of sessions that came with them."""
    loaded = [s for s in sessions if "meetings" in getattr(s, "_prefetched_objects_cache", {})]
    return {s.pk: [Sitting(m.starts_at, m.ends_at) for m in s.meetings.all()] for s in loaded}


def _sittings(sessions: set[int]) -> dict[int, list[Sitting]]:
    """The meetings of these sessions in order, one statement (none for no session)."""
    found: dict[int, list[Sitting]] = defaultdict(list)
    rows = Meeting.objects.filter(session__in=sessions).order_by("starts_at", "id") if sessions else []
    for meeting in rows:
        found[meeting.session_id].append(Sitting(meeting.starts_at, meeting.ends_at))
    return found


def _facts(
    session: Session,
    employee: Employee,
    commitments: Sequence[Commitment],
    sittings: dict[int, list[Sitting]],
    now: datetime,
) -> Facts:
    mine = sittings.get(session.pk, [])
    others = tuple(c for c in commitments if c.session_id != session.pk)
    return Facts(
        session=session,
        employee=employee,
        now=now,
        own=next((c for c in commitments if c.session_id == session.pk), None),
        others=others,
        clashes=tuple(_clashes(mine, (c for c in others if _may_clash(session, c)), sittings)),
        begins_at=mine[0].starts_at if mine else None,
    )


def _clashes(
    mine: Sequence[Sitting], others: Iterable[Commitment], sittings: dict[int, list[Sitting]]
) -> Iterable[Clash]:
    """The first overlap with each of the other sessions."""
    for commitment in others:
        theirs = sittings.get(commitment.session_id, [])
        pair = next(((a, b) for a in mine for b in theirs if a.overlaps(b)), None)
        if pair:
            yield Clash(commitment, *pair)


def has_begun(session: Session, *, now: datetime) -> bool:
    """Whether the first meeting has started; without meetings a session starts with its first day (WITA)."""
    today = now.astimezone(WITA).date()
    if today != session.start:
        return today > session.start
    starts = [meeting.starts_at for meeting in session.meetings.all()]
    return not starts or min(starts) <= now
