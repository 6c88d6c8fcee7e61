"""Which reminders are due: before the first meeting of a session and before meetings after a gap. Days in WITA.

A session without meetings (learnt alone, or loaded without hours) is announced by its first day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from asnportal.common.dates import WITA
from asnportal.people.queries.workday import add_working_days
from training.models import Enrolment, EnrolmentStatus, Meeting, Session, SessionStatus
from training.queries.deadline import REMIND_AFTER

DISTANCES = (7, 1)  # days before
GAP = 7  # a meeting more than so many days after the one before is announced again
AT = time(8)
LOOK_BACK = timedelta(days=2)  # after a longer silence nobody asks any more why no reminder came


@dataclass(frozen=True)
class Opening:
    """A day that is announced. ``meeting`` is None where the session has none; then ``begins_at`` is the end of
    its first day, until which "today" is still of use."""

    day: date
    begins_at: datetime
    meeting: Meeting | None = None


@dataclass(frozen=True)
class DueReminder:
    """``useful_until``: the meeting itself, or the moment at which the nearer reminder takes over."""

    enrolment: Enrolment
    opening: Opening
    days: int
    useful_until: datetime


@dataclass(frozen=True)
class _Distance:
    days: int
    due_at: datetime
    useful_until: datetime


def due_reminders(now: datetime) -> Iterator[DueReminder]:
    """Ordered by person, so that what one person gets lies together. Who was confirmed later needs none."""
    openings = _openings_of_meetings(now) | _openings_without_meetings(now)
    seats = Enrolment.objects.filter(
        session__in=openings, status=EnrolmentStatus.CONFIRMED, employee__is_active=True
    ).select_related("employee__user", "session__programme")
    for enrolment in seats.order_by("employee_id", "id"):
        for opening in openings[enrolment.session_id]:
            for distance in _due_distances(opening, now):
                if enrolment.confirmed_at is None or enrolment.confirmed_at < distance.due_at:
                    yield DueReminder(enrolment, opening, distance.days, distance.useful_until)


def unanswered(now: datetime) -> QuerySet[Enrolment]:
    """Requests that wait for a supervisor since two working days, asked once more at 08.00 WITA."""
    local = now.astimezone(WITA)
    waiting = (
        Enrolment.objects.filter(status=EnrolmentStatus.REQUESTED, step=Enrolment.Step.SUPERVISOR)
        .filter(approver__isnull=False, step_since__isnull=False, session__status=SessionStatus.PUBLISHED)
        .filter(session__registration_closes__gt=now)
    )
    asked = {
        moment.astimezone(WITA).date() for moment in waiting.values_list("step_since", flat=True) if moment
    }
    late = [day for day in asked if _moment(add_working_days(day, REMIND_AFTER)) <= local]
    last = max(late, default=None)
    found = waiting.filter(step_since__lt=_midnight_after(last)) if last else waiting.none()
    return found.select_related("employee", "approver__user", "session__programme").order_by(
        "approver_id", "id"
    )


def _openings_of_meetings(now: datetime) -> dict[int, list[Opening]]:
    """By session, the meetings of the days around whose day is announced: the first one, and after a gap."""
    near = Meeting.objects.filter(
        session__status=SessionStatus.PUBLISHED,
        starts_at__gt=now - LOOK_BACK,
        starts_at__lt=now + timedelta(days=max(DISTANCES) + 1),
    )
    sessions = set(near.values_list("session_id", flat=True))
    found: dict[int, list[Opening]] = {}
    meetings = Meeting.objects.filter(session__in=sessions).order_by("session_id", "starts_at")
    for session_id, own in _by_session(meetings):
        wanted = [opening for opening in _after_gaps(own) if any(_due_distances(opening, now))]
        if wanted:
            found[session_id] = wanted
    return found


def _openings_without_meetings(now: datetime) -> dict[int, list[Opening]]:
    """By session, the first day of sessions that have no meetings."""
    today = now.astimezone(WITA).date()
    sessions = Session.objects.filter(
        status=SessionStatus.PUBLISHED,
        meetings=None,
        start__gte=today - LOOK_BACK,
        start__lte=today + timedelta(days=max(DISTANCES)),
    )
    starts = sessions.values_list("pk", "start")
    openings = {pk: Opening(day=start, begins_at=_midnight_after(start)) for pk, start in starts}
    return {pk: [opening] for pk, opening in openings.items() if any(_due_distances(opening, now))}


def _by_session(meetings: Iterable[Meeting]) -> Iterator[tuple[int, list[Meeting]]]:
    groups: dict[int, list[Meeting]] = {}
    for meeting in meetings:
        groups.setdefault(meeting.session_id, []).append(meeting)
    yield from groups.items()


def _after_gaps(meetings: Iterable[Meeting]) -> Iterator[Opening]:
    """The first meeting, and each one that begins more than GAP days after the day before it."""
    before: date | None = None
    for meeting in meetings:
        day = meeting.starts_at.astimezone(WITA).date()
        if before is None or (day - before).days > GAP:
            yield Opening(day=day, begins_at=meeting.starts_at, meeting=meeting)
        before = day


def _due_distances(opening: Opening, now: datetime) -> Iterator[_Distance]:
    """Distances whose moment has come not longer than LOOK_BACK ago."""
    until = opening.begins_at
    for days in sorted(DISTANCES):
        due_at = _moment(opening.day - timedelta(days=days))
        if now - LOOK_BACK < due_at <= now:
            yield _Distance(days, due_at, until)
        until = due_at


def _moment(day: date) -> datetime:
    return datetime.combine(day, AT, WITA)


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), WITA)
