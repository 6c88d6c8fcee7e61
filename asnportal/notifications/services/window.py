"""When a message may arrive (PRODUCT.md, rule 7). Hours are WITA."""

from datetime import datetime, time, timedelta

from asnportal.common.dates import WITA
from asnportal.notifications.models import Message
from asnportal.people.queries.workday import working_days_from

OWN_HOURS = (time(6), time(20))
MOTIVATING_HOURS = (time(8), time(16))


def opening(urgency: str, moment: datetime) -> datetime:
    """The first moment, not before ``moment``, at which a message of this urgency may be delivered."""
    if urgency == Message.Urgency.OWN:
        return _own(moment)
    if urgency == Message.Urgency.MOTIVATING:
        return _motivating(moment)
    return moment


def _own(moment: datetime) -> datetime:
    local = moment.astimezone(WITA)
    first, last = OWN_HOURS
    if first <= local.time() < last:
        return moment
    day = local.date() if local.time() < first else local.date() + timedelta(days=1)
    return datetime.combine(day, first, WITA)


def _motivating(moment: datetime) -> datetime:
    local = moment.astimezone(WITA)
    first, last = MOTIVATING_HOURS
    start = local.date() if local.time() < last else local.date() + timedelta(days=1)
    day = next(working_days_from(start))
    return max(moment, datetime.combine(day, first, WITA))
