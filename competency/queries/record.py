"""BKPSDM's list of trainings that were imported, or held because of their JP."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from asnportal.people.models import Employee
from competency.models import LedgerLine, TrainingRecord


@dataclass(frozen=True)
class RecordRow:
    """``doubts`` is what to look at before deciding; they never block."""

    record: TrainingRecord
    doubts: Sequence[str]


def matching(
    records: QuerySet[TrainingRecord], *, words: str = "", status: str = ""
) -> QuerySet[TrainingRecord]:
    """Narrowed by words of name, title, organizer or number, and by state (waiting if not said)."""
    for word in words.split():
        records = records.filter(
            Q(employee__name__icontains=word)
            | Q(title__icontains=word)
            | Q(organizer__icontains=word)
            | Q(number__icontains=word)
        )
    return records.filter(status=status or TrainingRecord.Status.WAITING).select_related(
        "employee__unit", "form", "checked_by__employee"
    )


def counted_days(records: Sequence[TrainingRecord]) -> set[tuple[int, object]]:
    """(employee, day) pairs on which a living line already counts. One statement."""
    days = {record.end or record.start for record in records} - {None}
    people = Employee.objects.filter(pk__in={record.employee_id for record in records})
    lines = LedgerLine.objects.filter(
        employee__in=people, day__in=days, reverses=None, reversed_by=None
    ).exclude(record__in=[record.pk for record in records])
    return set(lines.values_list("employee_id", "day"))
