"""Attendance of one meeting: marked by the committee, closed and reopened by a person.

Only *hadir* counts towards the minimum. Nobody marks himself, in any role.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.dates import WITA, format_date
from asnportal.common.errors import OwnCase, Refusal
from asnportal.people.models import User
from training.models import Attendance, Enrolment, EnrolmentStatus, Meeting, Session, SessionStatus

OWN_MARK = "Kehadiran Anda sendiri ditandai petugas lain."


@dataclass
class Outcome:
    """What became of many marks: how many were new or changed, and whose were refused and why."""

    changed: int = 0
    refused: list[tuple[Enrolment, str]] = field(default_factory=list)


@transaction.atomic
def mark(meeting: Meeting, marks: Mapping[int, str], *, by: User, source: str = "panitia") -> Outcome:
    """Record marks by enrolment id. Who has no seat is passed over; one's own mark is refused, the others done.

    Raises Refusal for a closed meeting or one of a later day.
    """
    locked = _lock(meeting)
    _must_take_marks(locked)
    people = {
        one.pk: one
        for one in Enrolment.objects.filter(
            pk__in=marks, session_id=locked.session_id, status=EnrolmentStatus.CONFIRMED
        ).select_related("employee__user")
    }
    kept = dict(
        Attendance.objects.filter(meeting=locked, enrolment__in=people).values_list("enrolment_id", "mark")
    )
    outcome, changes = Outcome(), {}
    for pk, enrolment in people.items():
        if by.pk == enrolment.employee.user_id:
            outcome.refused.append((enrolment, OWN_MARK))
        elif kept.get(pk) != marks[pk]:
            changes[pk] = (kept.get(pk, ""), marks[pk])
    _write(locked, changes, by=by, source=source)
    outcome.changed = len(changes)
    return outcome


def _write(meeting: Meeting, changes: dict[int, tuple[str, str]], *, by: User, source: str) -> None:
    if not changes:
        return
    now = timezone.now()
    Attendance.objects.bulk_create(
        [
            Attendance(
                meeting=meeting,
                enrolment_id=pk,
                mark=Attendance.Mark(after),
                source=source,
                marked_by=by,
                marked_at=now,
            )
            for pk, (_, after) in changes.items()
        ],
        update_conflicts=True,
        unique_fields=["meeting", "enrolment"],
        update_fields=["mark", "source", "marked_by", "marked_at"],
    )
    record("attendance.mark", meeting, by=by, marks={str(pk): list(pair) for pk, pair in changes.items()})


def mark_rest_present(meeting: Meeting, *, by: User) -> Outcome:
    """Everybody with a seat and without a mark was present. Raises as mark does."""
    rest = Enrolment.objects.filter(session=meeting.session, status=EnrolmentStatus.CONFIRMED).exclude(
        attendances__meeting=meeting
    )
    marks = dict.fromkeys(rest.values_list("pk", flat=True), str(Attendance.Mark.PRESENT))
    return mark(meeting, marks, by=by, source="sisa")


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: User) -> None:
    """The list is final: from here on it counts. Raises Refusal while somebody has no mark."""
    locked = _lock(meeting)
    _must_take_marks(locked)
    people = Enrolment.objects.filter(session_id=locked.session_id, status=EnrolmentStatus.CONFIRMED)
    missing = people.exclude(attendances__meeting=locked).count()
    if missing:
        raise Refusal(
            f"{missing} peserta belum ditandai. Tandai dahulu, lalu tutup pertemuan.", code="unmarked"
        )
    locked.closed_at, locked.closed_by = timezone.now(), by
    locked.save(update_fields=["closed_at", "closed_by"])
    record("attendance.close", locked, by=by)
    meeting.refresh_from_db()


@transaction.atomic
def reopen_meeting(meeting: Meeting, *, by: User, reason: str) -> None:
    """Correct a closed list. Raises Refusal without a reason, or once the session is finished."""
    if not reason.strip():
        raise Refusal("Tulis alasan membuka kembali.", code="reason_missing")
    locked = _lock(meeting)
    if locked.session.status != SessionStatus.PUBLISHED:
        raise Refusal("Jadwal ini sudah selesai, jadi kehadirannya tidak dapat diubah lagi.", code="finished")
    if locked.closed_at is None:
        raise Refusal("Pertemuan ini masih terbuka.", code="open")
    locked.closed_at = locked.closed_by = None
    locked.save(update_fields=["closed_at", "closed_by"])
    record("attendance.reopen", locked, by=by, note=reason)
    meeting.refresh_from_db()


def _lock(meeting: Meeting) -> Meeting:
    """Session before meeting, in this order everywhere, so that finishing and marking wait for each other."""
    session = Session.objects.select_for_update(no_key=True).get(pk=meeting.session_id)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    locked.session = session
    return locked


def _must_take_marks(meeting: Meeting) -> None:
    if meeting.session.status != SessionStatus.PUBLISHED:
        raise Refusal("Kehadiran hanya dicatat pada jadwal yang sedang berjalan.", code="not_running")
    if meeting.closed_at is not None:
        raise Refusal("Pertemuan ini sudah ditutup. Buka kembali sebelum mengubahnya.", code="meeting_closed")
    day = meeting.starts_at.astimezone(WITA).date()
    if day > timezone.localdate():
        raise Refusal(f"Kehadiran dapat dicatat mulai {format_date(day)}.", code="too_early")


def must_not_be_own(session: Session, by: User) -> None:
    """Raises OwnCase when the acting person has a seat in the session himself."""
    if Enrolment.objects.filter(
        session=session, status=EnrolmentStatus.CONFIRMED, employee__user=by
    ).exists():
        raise OwnCase("Anda peserta jadwal ini. Minta petugas lain menutupnya.")
