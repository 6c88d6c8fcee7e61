"""The import of training history as a background job: what the importer may say, and for whom."""

from django.utils import timezone

from asnportal.audit.models import Job
from asnportal.audit.services import intake as jobs
from asnportal.common.sheets import HISTORY, Table
from asnportal.common.wake import wake
from asnportal.people.services import intake_job as people
from asnportal.people.services.intake_job import owner_of, scope_of
from competency.models import TrainingRecord
from competency.services import intake

JOB = "competency.import"


def examine(table: Table, job: Job) -> intake.HistoryPlan:
    user = owner_of(job)
    own = user.employee_or_none
    decisions = intake.HistoryDecisions(
        status=job.params.get("status") or TrainingRecord.Status.WAITING,
        may_verify=user.has_role("bkpsdm"),
        own=own.nip if own else "",
    )
    return intake.examine(table, today=timezone.localdate(), decisions=decisions, scope=scope_of(user))


def write(plan: intake.HistoryPlan, job: Job) -> None:
    intake.write(plan, by=owner_of(job), source=jobs.source_of(job))


HISTORIES = jobs.Kind(
    name=JOB, slug="riwayat", verb="record.import", vocabulary=HISTORY, examine=examine, write=write
)


KINDS = (people.EMPLOYEES, HISTORIES)


def kind_of(job: Job) -> jobs.Kind:
    """What a job imports."""
    return next(kind for kind in KINDS if kind.name == job.kind)


def kind_named(slug: str) -> jobs.Kind:
    """By its word in addresses and forms. Raises StopIteration for any other word."""
    return next(kind for kind in KINDS if kind.slug == slug)


def send(job: Job) -> None:
    """Confirm a checked import and wake a worker. Raises Refusal, WrongState."""
    jobs.confirm(kind_of(job), job)
    if job.kind == people.JOB:
        wake("people.run_import")
    else:
        wake("competency.run_import")


def run_waiting() -> int:
    """All imports of histories that wait (the task's whole work)."""
    return jobs.run_waiting(HISTORIES)
