"""Which meetings of a session are shown: a study of two years has hundreds."""

from collections.abc import Sequence
from datetime import datetime

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


def page_with_next(meetings: Sequence[Meeting], now: datetime) -> int:
    """The page of the list on which the next meeting stands, else the last one."""
    past = sum(meeting.ends_at < now for meeting in meetings)
    return min(past, max(0, len(meetings) - 1)) // PAGE_SIZE + 1
