"""What waits for a person, as the menu counts it: the same lists as the pages behind its entries."""

from asnportal.people.models import User
from partners.queries.proposal import waiting_for_bkpsdm
from training.queries.approval import asks_of
from training.queries.participant import steps_at_bkpsdm


def verifications(user: User) -> int:
    """Requests whose open step is BKPSDM's."""
    return steps_at_bkpsdm().count()


def proposals(user: User) -> int:
    """Proposals that BKPSDM has to answer."""
    return waiting_for_bkpsdm()


def approvals(user: User) -> int:
    """Requests that wait for this supervisor."""
    employee = user.employee_or_none
    return asks_of(employee).count() if employee else 0
