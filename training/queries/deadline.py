"""Until when somebody may answer a request before it goes on (PRODUCT.md, Seats). Days are WITA days."""

from datetime import date

from asnportal.common.dates import WITA
from asnportal.people.queries.workday import add_working_days
from training.models import Enrolment

REMIND_AFTER = 2  # working days; the day of the request is day 0
ESCALATE_AFTER = 5


def answer_until(enrolment: Enrolment) -> date:
    """The last day for the open step's answer: five working days, or the end of registration if that is earlier."""
    asked_at = enrolment.step_since or enrolment.requested_at
    last = add_working_days(asked_at.astimezone(WITA).date(), ESCALATE_AFTER)
    return min(last, enrolment.session.registration_closes.astimezone(WITA).date())
