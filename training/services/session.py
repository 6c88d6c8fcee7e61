"""Sessions: made, changed, published, cloned, cancelled. Seats belong to services/seat.py, people to enrolment.py."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.dates import format_range
from asnportal.common.errors import Refusal
from asnportal.notifications.services import outbox
from asnportal.people.models import User
from training.models import OPEN, SESSION, Meeting, Programme, Session, SessionStatus
from training.notices import session as notices
from training.services import seat
from training.services.schedule import WITA, PlannedMeeting

NOT_CLONED = {
    "id",
    "code",
    "batch",
    "status",
    "confirmed_count",
    "next_number",
    "version",
    "cancel_reason",
} | {
    "created_by",
    "created_at",
    "start",
    "end",
    "registration_opens",
    "registration_closes",
}


def next_batch(programme: Programme) -> int:
    """The number of the next run (angkatan) of a programme, 1 for the first."""
    return (programme.sessions.aggregate(last=Max("batch"))["last"] or 0) + 1


@transaction.atomic
def open_from(
    programme: Programme, values: dict[str, Any], *, meetings: Sequence[PlannedMeeting] = (), by: User | None
) -> Session:
    """A new session as draft. ``values`` are cleaned fields; dates are WITA days, moments are UTC."""
    check_window(values)
    session = Session(**{"programme": programme, "batch": next_batch(programme), "created_by": by} | values)
    session.full_clean(exclude=["created_by", "programme"], validate_constraints=False)
    session.save()
    add_meetings(session, meetings)
    record("session.create", session, by=by)
    return session


def check_window(values: dict[str, Any]) -> None:
    """Registration closes before the first day, opens before it closes. Raises Refusal (TRUST B17, B18)."""
    start, end = values["start"], values["end"]
    closes, opens = values["registration_closes"], values.get("registration_opens")
    if end < start:
        raise Refusal("Tanggal selesai tidak boleh sebelum tanggal mulai.", code="dates_reversed")
    if closes.astimezone(WITA).date() > start:
        raise Refusal("Batas pendaftaran harus sebelum tanggal mulai.", code="closes_after_start")
    if opens and opens >= closes:
        raise Refusal("Pendaftaran harus dibuka sebelum ditutup.", code="window_reversed")


def add_meetings(session: Session, meetings: Sequence[PlannedMeeting]) -> None:
    Meeting.objects.bulk_create(Meeting(session=session, **vars(m)) for m in meetings)


@transaction.atomic
def update(session: Session, values: dict[str, Any], *, version: int, by: User | None) -> list[str]:
    """Change a session; gives the names of the changed fields. The quota is not among them: services/seat.py.

    Raises Refusal when somebody else saved since ``version`` was read (TRUST R27), or the dates do not fit.
    """
    locked = Session.objects.select_for_update().get(pk=session.pk)
    if locked.version != version:
        raise Refusal(
            "Data sudah diubah orang lain sejak halaman ini dibuka. Muat ulang, lalu ulangi perubahan Anda.",
            code="stale",
        )
    check_window(values)
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    for name, value in values.items():
        setattr(locked, name, value)
    before = Session.objects.get(pk=session.pk)
    locked.version += 1
    locked.save()
    if changed:
        record("session.update", locked, by=by, changed=changed)
        tell_changes(locked, changes_between(before, locked))
    session.refresh_from_db()
    return changed


def changes_between(before: Session, after: Session) -> list[str]:
    """What participants must know, as sentences: days, place, way, link."""
    pairs = {
        "Tanggal": (format_range(before.start, before.end), format_range(after.start, after.end)),
        "Tempat": (before.place or "belum diisi", after.place or "belum diisi"),
        "Cara": (before.get_mode_display(), after.get_mode_display()),
        "Tautan": (before.link or "belum diisi", after.link or "belum diisi"),
    }
    return [f"{name}: {old} → {new}." for name, (old, new) in pairs.items() if old != new]


def tell_changes(session: Session, changes: Sequence[str]) -> None:
    """One message to everybody who has a seat or waits for one; nothing for a draft or a past session."""
    if not changes or session.status != SessionStatus.PUBLISHED or session.end < timezone.localdate():
        return
    people = session.enrolments.filter(status__in=OPEN).select_related("employee__user", "session__programme")
    people = people.prefetch_related("session__meetings")
    outbox.post_many(notices.changed(enrolment, changes=changes) for enrolment in people)


@transaction.atomic
def cancel(session: Session, *, by: User, reason: str) -> None:
    """The session does not take place: all its requests and seats end, everybody is told once (TRUST R28).

    Raises Refusal without a reason, WrongState for a finished or already cancelled session.
    """
    if not reason.strip():
        raise Refusal("Tulis alasan pembatalan. Semua peserta membacanya.", code="no_reason")
    held = seat.hold(session.pk)
    SESSION.apply_locked(held, "cancel", by=by, note=reason)
    held.cancel_reason = reason.strip()
    held.save(update_fields=["cancel_reason"])
    seat.cancel_all(held, by=by, reason=reason.strip())
    session.refresh_from_db()


@transaction.atomic
def replace_meetings(session: Session, meetings: Sequence[PlannedMeeting], *, by: User | None) -> None:
    """New meetings for old ones. Raises Refusal once attendance has been recorded."""
    if (
        session.meetings.filter(attendances__isnull=False).exists()
        or session.meetings.exclude(closed_at=None).exists()
    ):
        raise Refusal(
            "Kehadiran sudah direkam, jadi pertemuan tidak dapat diganti sekaligus. Ubah satu per satu.",
            code="attendance_recorded",
        )
    session.meetings.all().delete()
    add_meetings(session, meetings)
    record("session.meetings", session, by=by, count=len(meetings))


def publish(session: Session, *, by: User | None) -> None:
    """Open a draft to the public. Raises WrongState, or Refusal for a session that has already begun."""
    if session.start < timezone.localdate():
        raise Refusal(
            "Tanggal mulai sudah lewat. Ubah tanggalnya sebelum membuka pendaftaran.", code="start_in_past"
        )
    SESSION.apply(session, "publish", by=by)


@transaction.atomic
def clone(session: Session, *, start: date, by: User | None) -> Session:
    """The same session again from another day: same rules, meetings moved by as many days, next batch, as draft."""
    shift = timedelta(days=(start - session.start).days)
    values = {
        f.name: getattr(session, f.name)
        for f in Session._meta.fields
        if f.name not in NOT_CLONED | {"programme"}
    }
    moved = {
        name: _moved(getattr(session, name), shift)
        for name in ("start", "end", "registration_opens", "registration_closes")
    }
    if session.plan_line and session.plan_line.plan.year != start.year:
        values["plan_line"] = None  # another year has another plan
    meetings = [
        PlannedMeeting(m.starts_at + shift, m.ends_at + shift, m.place, m.link)
        for m in session.meetings.all()
    ]
    return open_from(session.programme, values | moved, meetings=meetings, by=by)


def _moved(moment: date | datetime | None, shift: timedelta) -> date | datetime | None:
    return moment + shift if moment else None
