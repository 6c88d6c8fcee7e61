"""Plans that wait for an answer."""

from asnportal.people.models import Employee
from competency.models import Plan


def plans_waiting(supervisor: Employee) -> int:
    """How many plans of this person's staff wait for a yes or a no. One statement."""
    return Plan.objects.filter(
        employee__supervisor=supervisor, employee__is_active=True, status=Plan.Status.SUBMITTED
    ).count()
