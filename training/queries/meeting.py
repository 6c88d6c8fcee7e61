"""Which meetings of a session are shown: a study of two years has hundreds."""

from collections.abc import Sequence
from datetime import datetime

from asnportal.common.dates import WITA
from training.models import Meeting

MOST_SHOWN = 12  # as chips in a row
MOST_PRINTED = 31  # sheets of paper at once
PAGE_SIZE = 20


def around(meetings: Sequence[Meeting], here: Meeting | None) -> list[tuple[int, Meeting]]:
    """The meetings with their numbers: all of a few, of many those next to *here*."""
    numbered = list(enumerate(meetings, 1))
    if len(numbered) <= MOST_SHOWN:
        return numbered
    at = meetings.index(here) if here else 0
    first = max(0, min(at - 2, len(numbered) - 5))
    return numbered[first : first + 5]


def share_days(meetings: Sequence[Meeting]) -> bool:
    """Whether two meetings fall on one WITA day, so that the day alone does not tell them apart."""
    return len({meeting.starts_at.astimezone(WITA).date() for meeting in meetings}) < len(meetings)


def next_open(meetings: Sequence[Meeting], now: datetime) -> tuple[int, Meeting] | None:
    """The first meeting that has begun and is not closed yet, with its number."""
    waiting = (
        (n, one) for n, one in enumerate(meetings, 1) if one.closed_at is None and one.starts_at <= now
    )
    return next(waiting, None)


def page_with_next(meetings: Sequence[Meeting], now: datetime) -> int:
    """The page of the list on which the next meeting stands, else the last one."""
    past = sum(meeting.ends_at < now for meeting in meetings)
    return min(past, max(0, len(meetings) - 1)) // PAGE_SIZE + 1
