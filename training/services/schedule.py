"""Many meetings at once: a range of days, weekdays, hours, minus holidays."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from asnportal.common.errors import Refusal
from asnportal.people.models import Holiday

WITA = ZoneInfo("Asia/Makassar")
MOST_MEETINGS = 250


@dataclass(frozen=True)
class Pattern:
    """Which days (WITA, both inclusive) and hours; ``weekdays`` as in date.weekday(), Monday is 0."""

    first: date
    last: date
    weekdays: Collection[int]
    starts: time
    ends: time
    place: str = ""
    link: str = ""


@dataclass(frozen=True)
class PlannedMeeting:
    """``starts_at`` and ``ends_at`` are UTC."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""
    link: str = ""


def plan(pattern: Pattern) -> tuple[list[PlannedMeeting], list[Holiday]]:
    """The meetings of a pattern and the holidays it left out. Raises Refusal when that gives none or too many."""
    if pattern.ends <= pattern.starts:
        raise Refusal("Jam selesai harus setelah jam mulai.", code="hours_reversed")
    holidays = {h.day: h for h in Holiday.objects.filter(day__range=(pattern.first, pattern.last))}
    days = [pattern.first + timedelta(n) for n in range((pattern.last - pattern.first).days + 1)]
    wanted = [day for day in days if day.weekday() in pattern.weekdays]
    meetings = [_meeting(pattern, day) for day in wanted if day not in holidays]
    if not meetings:
        raise Refusal(
            "Tidak ada hari yang cocok. Periksa rentang tanggal dan hari yang dipilih.", code="no_meetings"
        )
    if len(meetings) > MOST_MEETINGS:
        raise Refusal(f"Paling banyak {MOST_MEETINGS} pertemuan dalam satu jadwal.", code="too_many_meetings")
    return meetings, [holidays[day] for day in wanted if day in holidays]


def _meeting(pattern: Pattern, day: date) -> PlannedMeeting:
    return PlannedMeeting(
        starts_at=datetime.combine(day, pattern.starts, WITA).astimezone(UTC),
        ends_at=datetime.combine(day, pattern.ends, WITA).astimezone(UTC),
        place=pattern.place,
        link=pattern.link,
    )


def days_of(meetings: Sequence[PlannedMeeting]) -> tuple[date, date]:
    """First and last WITA day."""
    days = [m.starts_at.astimezone(WITA).date() for m in meetings]
    return min(days), max(days)
