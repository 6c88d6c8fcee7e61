"""What waits for a supervisor, with everything needed to decide, and what he decided before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from asnportal.common.dates import WITA
from asnportal.people.models import Employee, User
from asnportal.people.queries.workday import working_days_since_each
from competency.queries.ledger import YearSummary, current_summaries
from training.models import Approval, Enrolment, EnrolmentStatus
from training.queries.eligibility import Facts, facts_of
from training.queries.team import away_on_days_of

PAGE_SIZE = 25
LONG = 2  # working days after which a request stands out


@dataclass(frozen=True)
class Ask:
    """One request. ``facts`` hold the clashes; ``away`` counts the team's others on these days."""

    enrolment: Enrolment
    facts: Facts
    jp: YearSummary | None
    away: int
    working_days: int

    @property
    def is_late(self) -> bool:
        return self.working_days >= LONG


def asks_of(supervisor: Employee) -> QuerySet[Enrolment]:
    """Requests whose open step is this supervisor's today, the oldest first."""
    return (
        Enrolment.objects.filter(
            status=EnrolmentStatus.REQUESTED, step=Enrolment.Step.SUPERVISOR, employee__supervisor=supervisor
        )
        .select_related("employee__position", "employee__unit", "session__programme")
        .prefetch_related("session__meetings")
        .order_by("step_since", "id")
    )


def with_facts(enrolments: Sequence[Enrolment], *, supervisor: Employee) -> list[Ask]:
    """The same number of statements for one request and for many."""
    now = timezone.now()
    facts = facts_of([(e.session, e.employee) for e in enrolments], now=now)
    jp = current_summaries([e.employee for e in enrolments])
    away = away_on_days_of(enrolments, supervisor=supervisor.pk)
    waited = _waited([e.step_since or e.requested_at for e in enrolments], now)
    return [
        Ask(e, replace(f, own=None).about_somebody(), jp.get(e.employee_id), away.get(e.pk, 0), days)
        for e, f, days in zip(enrolments, facts, waited, strict=True)
    ]


def _waited(since: Sequence[datetime], now: datetime) -> list[int]:
    """Working days since each moment."""
    days = [moment.astimezone(WITA).date() for moment in since]
    passed = working_days_since_each(set(days), now.astimezone(WITA).date())
    return [passed[day] for day in days]


def decisions_of(user: User) -> QuerySet[Approval]:
    """What this account decided, the newest first."""
    return (
        Approval.objects.filter(by=user)
        .select_related(
            "enrolment__employee__position", "enrolment__session__programme", "enrolment__approver"
        )
        .order_by("-id")
    )
