"""Reminders before a session. Several for one person leave in one mail (notifications.services.delivery).

Load enrolments with ``employee__user`` and ``session__programme``.
"""

from datetime import date

from asnportal.notifications.notices import Notice
from training.models import Meeting, Session
from training.notices import when
from training.queries.reminder import DueReminder, Opening


def begins_soon(due: DueReminder, *, today: date) -> Notice:
    """Seven days or one day before. Once per enrolment, WITA day and distance.

    ``today`` (WITA) gives the words, as a reminder may come late; once it is of no use it is not mailed any more.
    """
    session, opening = due.enrolment.session, due.opening
    text = [_what(session, opening)]
    if link := (opening.meeting and opening.meeting.link) or session.link:
        text.append(f"Tautan pertemuan: {link}" if opening.meeting else f"Tautan: {link}")
    if session.notes:
        text.append(session.notes)
    text.append("Berhalangan? Undurkan diri secepatnya supaya rekan lain bisa ikut.")
    return Notice(
        key=f"meeting-reminder:{due.enrolment.pk}:{opening.day}:{due.days}",
        to=due.enrolment.employee,
        subject=f"{_how_soon(opening, today)}: {when.title(session)}",
        text=tuple(text),
        why="Anda terdaftar sebagai peserta.",
        link=f"/jadwal/{session.pk}/",
        link_label="Lihat jadwal",
        expires_at=due.useful_until,
    )


def _what(session: Session, opening: Opening) -> str:
    place = (opening.meeting and opening.meeting.place) or session.place
    days = when.sitting(opening.meeting) if opening.meeting else when.full_days(session)
    return f"{days}{f', {place}' if place else ''}: {session.title}."


def _how_soon(opening: Opening, today: date) -> str:
    left = (opening.day - today).days
    if left <= 1:
        return f"{'Besok' if left == 1 else 'Hari ini'} {_clock(opening.meeting)}"
    return f"{'Sepekan' if left == 7 else f'{left} hari'} lagi, {when.day_span(opening.day, opening.day)}"


def _clock(meeting: Meeting | None) -> str:
    return f"pukul {when.clock(meeting.starts_at)}" if meeting else "dimulai"
