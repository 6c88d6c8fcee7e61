"""Reminders before meetings. Several for one person leave in one mail (notifications.services.delivery).

Load enrolments with ``employee__user`` and ``session__programme``.
"""

from datetime import date, datetime

from asnportal.common.dates import WITA
from asnportal.notifications.notices import Notice
from training.models import Enrolment, Meeting
from training.notices import when


def meeting_soon(
    enrolment: Enrolment, meeting: Meeting, *, days: int, today: date, until: datetime
) -> Notice:
    """The reminder of ``days`` (7 or 1) before. Once per enrolment, WITA day of the meeting and distance.

    ``today`` (WITA) gives the words, as a reminder may come late; after ``until`` it is not mailed any more.
    """
    session = enrolment.session
    day = meeting.starts_at.astimezone(WITA).date()
    place = meeting.place or session.place
    link = meeting.link or session.link
    text = [f"{when.sitting(meeting)}{f', {place}' if place else ''}: {session.title}."]
    if link:
        text.append(f"Tautan pertemuan: {link}")
    if session.notes:
        text.append(session.notes)
    text.append("Berhalangan? Undurkan diri secepatnya supaya rekan lain bisa ikut.")
    return Notice(
        key=f"meeting-reminder:{enrolment.pk}:{day}:{days}",
        to=enrolment.employee,
        subject=f"{_how_soon(meeting, day, today)}: {when.title(session)}",
        text=tuple(text),
        why="Anda terdaftar sebagai peserta.",
        link=f"/jadwal/{session.pk}/",
        link_label="Lihat jadwal",
        expires_at=until,
    )


def _how_soon(meeting: Meeting, day: date, today: date) -> str:
    left = (day - today).days
    if left <= 1:
        return f"{'Besok' if left == 1 else 'Hari ini'} pukul {when.clock(meeting.starts_at)}"
    return f"{'Sepekan' if left == 7 else f'{left} hari'} lagi, {when.day_span(day, day)}"
