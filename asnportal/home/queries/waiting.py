"""What waits for a person, as menu and bell count it: the same lists as the pages behind them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from asnportal.common.counting import count_all
from asnportal.notifications.queries.inbox import unread
from asnportal.notifications.queries.mailbox import delayed, delayed_sets
from asnportal.people.models import User
from partners.queries.proposal import waiting_for_bkpsdm
from training.queries.approval import asks_of
from training.queries.participant import steps_at_bkpsdm


@dataclass(frozen=True)
class Waiting:
    """Unread messages; requests for this supervisor; requests, proposals and late mails for BKPSDM."""

    unread: int = 0
    approvals: int = 0
    verifications: int = 0
    proposals: int = 0
    delayed: int = 0


def waiting_for(user: User) -> Waiting:
    """All of them in one statement, for every page of this person."""
    sets: dict[str, QuerySet[Any]] = {"unread": unread(user)}
    if user.leads_people:
        sets["approvals"] = asks_of(user.employee)
    if not user.has_role("bkpsdm", "admin"):
        return Waiting(**count_all(**sets))
    sets |= {"verifications": steps_at_bkpsdm(), "proposals": waiting_for_bkpsdm(), **delayed_sets()}
    counts = count_all(**sets)
    return Waiting(delayed=delayed({name: counts.pop(name) for name in delayed_sets()}), **counts)
