"""One meeting at a time: added, changed, removed. The session's dates follow its meetings."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Min
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.dates import format_day_date
from asnportal.common.errors import Refusal
from asnportal.people.models import User
from training.models import Meeting, Session
from training.services.schedule import WITA
from training.services.session import tell_changes


@transaction.atomic
def add(session: Session, values: dict[str, Any], *, by: User) -> Meeting:
    """A further meeting. Raises Refusal when another one starts at the same moment."""
    meeting = Meeting(session=session, **values)
    _save(meeting)
    record("meeting.create", session, by=by, at=meeting.starts_at.isoformat())
    follow_meetings(session)
    tell(session, f"Pertemuan tambahan: {when(meeting)}.")
    return meeting


@transaction.atomic
def change(meeting: Meeting, values: dict[str, Any], *, by: User) -> list[str]:
    """Change an open meeting; gives the changed fields. Raises Refusal for a closed one."""
    _must_be_open(meeting)
    changed = [name for name, value in values.items() if getattr(meeting, name) != value]
    before = when(meeting)
    for name, value in values.items():
        setattr(meeting, name, value)
    _save(meeting)
    if changed:
        record("meeting.update", meeting.session, by=by, changed=changed, at=meeting.starts_at.isoformat())
        follow_meetings(meeting.session)
        tell(meeting.session, f"Pertemuan: {before} → {when(meeting)}.")
    return changed


@transaction.atomic
def remove(meeting: Meeting, *, by: User) -> None:
    """Remove a meeting without attendance. Raises Refusal otherwise."""
    _must_be_open(meeting)
    if meeting.attendances.exists():
        raise Refusal(
            "Kehadiran pertemuan ini sudah direkam, jadi tidak dapat dihapus.", code="attendance_recorded"
        )
    record("meeting.delete", meeting.session, by=by, at=meeting.starts_at.isoformat())
    session, gone = meeting.session, when(meeting)
    meeting.delete()
    follow_meetings(session)
    tell(session, f"Pertemuan ditiadakan: {gone}.")


def when(meeting: Meeting) -> str:
    """Day, hours in WITA and place, in words."""
    starts, ends = timezone.localtime(meeting.starts_at, WITA), timezone.localtime(meeting.ends_at, WITA)
    place = f", {meeting.place}" if meeting.place else ""
    return f"{format_day_date(starts.date())}, {starts:%H.%M}–{ends:%H.%M} WITA{place}"


def tell(session: Session, change: str) -> None:
    """Participants are told under a new version, so that each change has its own message."""
    session.version += 1
    session.save(update_fields=["version"])
    tell_changes(session, [change])


def _must_be_open(meeting: Meeting) -> None:
    if meeting.closed_at:
        raise Refusal("Pertemuan ini sudah ditutup. Buka kembali sebelum mengubahnya.", code="meeting_closed")


def _save(meeting: Meeting) -> None:
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError as error:
        raise Refusal("Sudah ada pertemuan yang mulai pada waktu itu.", code="same_start") from error


def follow_meetings(session: Session) -> None:
    """Start and end of the session are the WITA days of its first and last meeting, where it has any."""
    ends = session.meetings.aggregate(first=Min("starts_at"), last=Max("ends_at"))
    if ends["first"]:
        session.start = ends["first"].astimezone(WITA).date()
        session.end = max(session.start, ends["last"].astimezone(WITA).date())
        session.save(update_fields=["start", "end"])
