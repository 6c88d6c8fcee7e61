"""The import of employees as a background job: what its owner may touch and decided, and who is missing."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from asnportal.audit.models import Job
from asnportal.audit.services import intake as jobs
from asnportal.common.sheets import PEOPLE, Table
from asnportal.people.models import Employee, Unit, User
from asnportal.people.services import intake

JOB = "people.import"


def scope_of(user: User) -> frozenset[int] | None:
    """Ids of the units whose people this account may import, None for all (P48). Asked again when it is written."""
    if not user.is_active:
        return frozenset()
    if user.has_role("bkpsdm", "admin"):
        return None
    if not user.officer_units:
        return frozenset()
    return frozenset(Unit.objects.visible_to(user).values_list("pk", flat=True))


def examine(table: Table, job: Job) -> intake.Plan:
    chosen = job.params["decisions"]
    decisions = intake.Decisions(accepted=frozenset(chosen.get("accept", ())), units=chosen.get("units", {}))
    scope = scope_of(owner_of(job))
    return intake.examine(table, today=timezone.localdate(), decisions=decisions, scope=scope)


def write(plan: intake.Plan, job: Job) -> None:
    intake.write(plan, by=owner_of(job), source=jobs.source_of(job))


def told(plan: intake.Plan, job: Job) -> dict[str, Any]:
    """Whom a file that holds everybody of a unit does not name (ids). Nobody leaves by the file alone."""
    unit = complete_unit(job)
    return {"missing": [person.pk for person in missing_from(plan, unit)]} if unit else {}


def missing_from(plan: intake.Plan, unit: Unit) -> list[Employee]:
    """Active people of a unit (and below) whom a file that holds everybody of it does not name.

    Where a row's NIP cannot be read, its name is enough to be named.
    """
    people = Employee.objects.active().of_units(Unit.objects.under(unit))
    return [one for one in people if one.nip not in plan.seen and one.name.casefold() not in plan.unread]


def still_missing(job: Job, user: User) -> QuerySet[Employee]:
    """Whom the file did not name and who is still active, in that unit and in this account's sight."""
    unit = complete_unit(job)
    if unit is None or not job.result.get("missing"):
        return Employee.objects.none()
    people = Employee.objects.visible_to(user).active().of_units(Unit.objects.under(unit))
    found = people.filter(pk__in=job.result["missing"]).select_related("unit", "position")
    return found.order_by("unit__path", "name", "pk")


def complete_unit(job: Job) -> Unit | None:
    """The unit of which the file holds everybody, as the person said and may say."""
    code = job.params.get("unit")
    return Unit.objects.visible_to(owner_of(job)).filter(code=code).first() if code else None


def owner_of(job: Job) -> User:
    """The person behind the job, with the roles of now. Raises User.DoesNotExist for a job of nobody."""
    return User.objects.get(jobs=job)


EMPLOYEES = jobs.Kind(
    name=JOB,
    slug="pegawai",
    verb="employee.import",
    vocabulary=PEOPLE,
    examine=examine,
    write=write,
    told=told,
)


def run_waiting() -> int:
    """All imports of people that wait (the task's whole work)."""
    return jobs.run_waiting(EMPLOYEES)
