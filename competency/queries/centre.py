"""Reading reports of the assessment centre."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from competency.models import Assessment, CentreReport, Method, RuleFigure

SOON = 90  # days


def matching(
    reports: QuerySet[Any], *, words: str = "", purpose: str = "", validity: str = "", on: date
) -> QuerySet[CentreReport]:
    """``validity``: "segera" ends within SOON days, "lewat" has ended, "" all. The newest day first."""
    if words:
        reports = reports.filter(
            Q(employee__name__icontains=words)
            | Q(employee__unit__name__icontains=words)
            | Q(organizer__icontains=words)
        )
    if purpose:
        reports = reports.filter(purpose=purpose)
    if validity == "segera":
        reports = reports.filter(valid_until__range=(on, on + timedelta(days=SOON)))
    elif validity == "lewat":
        reports = reports.filter(valid_until__lt=on)
    people = reports.select_related("employee__unit", "employee__position")
    return people.order_by("-day", "employee__name", "pk")


def levels_of(report: CentreReport) -> list[Assessment]:
    """What the centre found on that day, in the order of the dictionary. One statement."""
    found = Assessment.objects.filter(employee=report.employee_id, day=report.day, method=Method.CENTRE)
    return list(found.select_related("competency").order_by("competency__code"))


def jpm_figures() -> list[RuleFigure]:
    """The dated thresholds of the classes, the newest last. One statement."""
    return list(RuleFigure.objects.filter(key__startswith="jpm_").order_by("valid_from"))
