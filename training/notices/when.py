"""When and where a session takes place, in the words of a mail (DESIGN.md 9.1, 9.4). Hours are WITA."""

from datetime import date, datetime

from django.utils.text import Truncator

from asnportal.common.dates import DAYS, MONTHS, WITA, format_date, format_day_date
from asnportal.common.ics import Event
from training.models import Meeting, Session

_TITLE_IN_SUBJECT = 100
_LISTED = 8  # meetings written out; more are counted
_IN_CALENDAR = 40  # a study of years would fill somebody's calendar with hundreds


def title(session: Session) -> str:
    """The title, short enough to leave room for a date in a subject."""
    return str(Truncator(session.title).chars(_TITLE_IN_SUBJECT))


def days(session: Session) -> str:
    """For a subject: "20 Oktober", "3–5 November", "30 Oktober – 2 November"; years only where they differ."""
    return day_span(session.start, session.end)


def day_span(first: date, last: date) -> str:
    month = MONTHS["id"]
    if first == last:
        return f"{first.day} {month[first.month - 1]}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {month[last.month - 1]}"
    if first.year != last.year:
        return f"{format_date(first)} – {format_date(last)}"
    return f"{first.day} {month[first.month - 1]} – {last.day} {month[last.month - 1]}"


def full_days(session: Session) -> str:
    """ "Selasa, 20 Oktober 2026" or "Selasa–Rabu, 20–21 Oktober 2026"."""
    first, last = session.start, session.end
    if first == last:
        return format_day_date(first)
    if (first.year, first.month) == (last.year, last.month):
        names = f"{DAYS['id'][first.weekday()]}–{DAYS['id'][last.weekday()]}"
        return f"{names}, {first.day}–{format_date(last)}"
    return f"{format_day_date(first)} sampai {format_day_date(last)}"


def when(session: Session) -> str:
    """One sentence with days, hours if they are known, and the place; without a full stop."""
    meetings = list(session.meetings.all())
    hours = {_hours(meeting) for meeting in meetings}
    parts = [full_days(session), *(hours if len(hours) == 1 else ()), where(session)]
    return ", ".join(part for part in parts if part)


def schedule(session: Session) -> tuple[str, ...]:
    """The meetings one by one, when one sentence would hide that their hours or days differ."""
    meetings = list(session.meetings.all())
    if len(meetings) < 2 or len({_hours(meeting) for meeting in meetings}) == 1:
        return ()
    lines = [sitting(meeting) for meeting in meetings[:_LISTED]]
    if len(meetings) > _LISTED:
        lines.append(f"dan {len(meetings) - _LISTED} pertemuan lagi")
    return ("Pertemuan: " + "; ".join(lines) + ".",)


def sitting(meeting: Meeting) -> str:
    """ "Selasa, 20 Oktober 2026, 08.00–12.00 WITA"."""
    return f"{format_day_date(meeting.starts_at)}, {_hours(meeting)}"


def where(session: Session) -> str:
    return session.place or (f"daring: {session.link}" if session.link else "")


def clock(moment: datetime) -> str:
    return f"{moment.astimezone(WITA):%H.%M} WITA"


def events(session: Session) -> tuple[Event, ...]:
    """The meetings for a calendar. Their order names them, so that a moved meeting moves there too."""
    return tuple(
        Event(
            uid=f"jadwal-{session.pk}-{number}",
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            title=session.title,
            place=meeting.place or session.place,
            link=meeting.link or session.link,
            sequence=session.version,
        )
        for number, meeting in enumerate(list(session.meetings.all())[:_IN_CALENDAR], 1)
    )


def _hours(meeting: Meeting) -> str:
    first, last = meeting.starts_at.astimezone(WITA), meeting.ends_at.astimezone(WITA)
    return f"{first:%H.%M}–{last:%H.%M} WITA"
