"""Reminders before meetings. Several for one person leave in one mail (notifications.services.delivery)."""

from asnportal.common.dates import WITA
from asnportal.notifications.notices import Notice
from training.models import Enrolment, Meeting
from training.notices import when


def meeting_soon(enrolment: Enrolment, meeting: Meeting, *, days: int) -> Notice:
    """days (7 or 1) before a meeting. Once per person, session, WITA day of the meeting and distance."""
    session = enrolment.session
    day = meeting.starts_at.astimezone(WITA).date()
    place = meeting.place or session.place
    link = meeting.link or session.link
    at = f"{when.clock(meeting.starts_at)}{f', {place}' if place else ''}"
    if days == 1:
        subject = f"Besok pukul {when.clock(meeting.starts_at)}: {when.title(session)}"
        text = [f"Besok pukul {at}: {session.title}."]
    else:
        subject = f"Sepekan lagi, {when.day_span(day, day)}: {when.title(session)}"
        text = [f"{when.sitting(meeting)}{f', {place}' if place else ''}: {session.title}."]
    if link:
        text.append(f"Tautan pertemuan: {link}")
    if session.notes:
        text.append(session.notes)
    text.append("Berhalangan? Undurkan diri secepatnya supaya rekan lain bisa ikut.")
    return Notice(
        key=f"meeting-reminder:{enrolment.pk}:{day}:{days}",
        to=enrolment.employee,
        subject=subject,
        text=tuple(text),
        why="Anda terdaftar sebagai peserta.",
        link=f"/jadwal/{session.pk}/",
        link_label="Lihat jadwal",
        expires_at=meeting.starts_at,
    )
