"""A supervisor's team on the days of a training: who else is away."""

from collections.abc import Sequence

from training.models import Enrolment, EnrolmentStatus


def away_with(enrolment: Enrolment) -> int:
    """How many others with the same supervisor hold a seat in a session on one of these days."""
    return (
        Enrolment.objects.filter(
            employee__supervisor=enrolment.approver_id,
            employee__is_active=True,
            status=EnrolmentStatus.CONFIRMED,
            session__start__lte=enrolment.session.end,
            session__end__gte=enrolment.session.start,
        )
        .exclude(employee=enrolment.employee_id)
        .order_by()
        .values("employee")
        .distinct()
        .count()
    )


def away_on_days_of(enrolments: Sequence[Enrolment], *, supervisor: int) -> dict[int, int]:
    """The same for many requests to one supervisor, by the enrolment's key; one statement."""
    if not enrolments:
        return {}
    taken = Enrolment.objects.filter(
        employee__supervisor=supervisor,
        employee__is_active=True,
        status=EnrolmentStatus.CONFIRMED,
        session__start__lte=max(e.session.end for e in enrolments),
        session__end__gte=min(e.session.start for e in enrolments),
    ).values_list("employee_id", "session__start", "session__end")
    rows = list(taken)
    return {
        e.pk: len(
            {
                person
                for person, start, end in rows
                if person != e.employee_id and start <= e.session.end and e.session.start <= end
            }
        )
        for e in enrolments
    }
