"""What of the staff's development waits for a supervisor."""

from django.db.models import QuerySet

from asnportal.people.models import Employee
from competency.models import Plan, Review


def plans_waiting(supervisor: Employee) -> QuerySet[Plan]:
    """Plans that were sent and not answered."""
    found: QuerySet[Plan] = Plan.objects.filter(
        employee__supervisor=supervisor, employee__is_active=True, status=Plan.Status.SUBMITTED
    )
    return found


def reviews_waiting(supervisor: Employee) -> QuerySet[Review]:
    """New assessments that were asked for or follow a training."""
    found: QuerySet[Review] = Review.objects.filter(
        employee__supervisor=supervisor, employee__is_active=True, status=Review.Status.OPEN
    )
    return found
