"""BKPSDM's list of trainings that wait: imported, handed in, or held because of their JP."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from asnportal.people.models import Employee, User
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


def next_to_check(user: User, *, after: TrainingRecord | None = None) -> TrainingRecord | None:
    """The oldest handed-in training that waits and is not one's own; behind ``after`` if given. One statement."""
    waiting = TrainingRecord.objects.filter(
        status=TrainingRecord.Status.WAITING, source=TrainingRecord.OUTSIDE
    )
    if own := user.employee_or_none:
        waiting = waiting.exclude(employee=own)
    if after:
        waiting = waiting.exclude(pk=after.pk).filter(pk__gt=after.pk)
    found: TrainingRecord | None = waiting.order_by("pk").first()
    return found


def same_elsewhere(record: TrainingRecord) -> list[TrainingRecord]:
    """Records of other people with the same number or the very same file. One statement."""
    same = Q(evidence_sha256=record.evidence_sha256) if record.evidence_sha256 else Q(pk=None)
    if record.number:
        same |= Q(number__iexact=record.number)
    others = TrainingRecord.objects.filter(same).exclude(employee=record.employee_id)
    return list(others.select_related("employee")[:5])
