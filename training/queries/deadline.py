"""Until when somebody may answer a request before it goes on (PRODUCT.md, Seats). Days are WITA days."""

from datetime import date, datetime, time

from django.conf import settings

from asnportal.common.dates import WITA
from asnportal.people.queries.workday import add_working_days
from training.models import Enrolment

REMIND_AFTER = 2  # working days; the day of the request is day 0
OFFICE_CLOSES = time(16)  # WITA; the last day's office hours still count


def answer_until(enrolment: Enrolment) -> date:
    """The last day for the open step's answer: the working days given, or the end of registration if earlier."""
    asked_at = enrolment.step_since or enrolment.requested_at
    last = add_working_days(asked_at.astimezone(WITA).date(), settings.ESCALATE_AFTER)
    return min(last, enrolment.session.registration_closes.astimezone(WITA).date())


def overdue_at(asked_at: datetime) -> datetime:
    """When a supervisor's step, asked at this moment, goes on to BKPSDM: as the offices close on the last day."""
    last = add_working_days(asked_at.astimezone(WITA).date(), settings.ESCALATE_AFTER)
    return datetime.combine(last, OFFICE_CLOSES, WITA)
