"""Stored results: whose there are, from when, and what came in since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Min, QuerySet

from asnportal.people.models import Employee
from competency.models import Assessment, Competency, LedgerLine, Result, ResultRun
from competency.queries.ledger import SMALLEST_GROUP


def results_of(people: QuerySet[Employee]) -> QuerySet[Result]:
    """Of a queryset of people (already scoped), with the person, post and unit; active people only."""
    return Result.objects.filter(employee__in=people, employee__is_active=True).select_related(
        "employee__position", "employee__unit"
    )


def as_of(results: QuerySet[Result] | None = None) -> datetime | None:
    """The moment (UTC) of the oldest among them, so that a page promises nothing; None where there are none."""
    rows = Result.objects.all() if results is None else results
    oldest: datetime | None = rows.order_by().aggregate(oldest=Min("computed_at"))["oldest"]
    return oldest


def newest_run() -> ResultRun | None:
    return ResultRun.objects.first()


def portion(last_id: int, size: int) -> list[Employee]:
    """The next active people by key. One statement."""
    people = Employee.objects.active().filter(pk__gt=last_id).select_related("position")
    return list(people.order_by("pk")[:size])


def newest_facts() -> tuple[int, int]:
    """The keys of the newest ledger line and of the newest assessment. Two statements."""
    line = LedgerLine.objects.aggregate(newest=Max("pk"))["newest"]
    assessment = Assessment.objects.aggregate(newest=Max("pk"))["newest"]
    return line or 0, assessment or 0


def people_with_news(run: ResultRun, *, until: tuple[int, int], most: int) -> list[Employee]:
    """Active people with a ledger line or an assessment that is newer than the run has seen, up to ``until``."""
    line, assessment = until
    changed: Collection[int] = {
        *LedgerLine.objects.filter(pk__gt=run.seen_line, pk__lte=line).values_list("employee_id", flat=True),
        *Assessment.objects.filter(pk__gt=run.seen_assessment, pk__lte=assessment).values_list(
            "employee_id", flat=True
        ),
    }
    people = Employee.objects.active().filter(pk__in=changed).select_related("position")
    return list(people.order_by("pk")[:most]) if changed else []


def finished_on(day: date) -> bool:
    """Whether everybody was computed for a WITA day."""
    return ResultRun.objects.filter(day=day).exclude(finished_at=None).exists()


@dataclass(frozen=True)
class CityGap:
    """People of the whole city: of whom the post asks the competency, those of them assessed, those short."""

    competency: Competency
    asked: int
    assessed: int
    short: int


@dataclass(frozen=True)
class CityGaps:
    """``finished_at`` (UTC) is the end of the pass that counted."""

    rows: list[CityGap]
    finished_at: datetime


def city_gaps(*, most: int) -> CityGaps | None:
    """What most people are short in, by the newest pass that came to its end; None before the first. Two statements.

    None of fewer than five people assessed (personal data).
    """
    run = ResultRun.objects.exclude(finished_at=None).first()
    if run is None or run.finished_at is None:
        return None
    counts = {int(key): figures for key, figures in run.gaps.items()}
    shown = [key for key, (_, assessed, short) in counts.items() if short and assessed >= SMALLEST_GROUP]
    first = sorted(shown, key=lambda key: (-counts[key][2], key))[:most]
    names = Competency.objects.in_bulk(first)
    return CityGaps([CityGap(names[key], *counts[key]) for key in first if key in names], run.finished_at)
