"""The supervisor's team."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from asnportal.audit.models import record
from asnportal.common.access import require
from asnportal.common.views import SignedIn, asked_year
from training.queries.team_overview import team_rows

YEARS = 3  # the present one and those before it that can be chosen


@require_GET
def team(request: SignedIn) -> HttpResponse:
    """Reading the gaps of others leaves a line in the trail."""
    require(request.user, "competency.view_team")
    supervisor = request.user.employee
    record("assessment.read_team", supervisor, by=request.user)
    today = timezone.localdate()
    year = min(asked_year(request) or today.year, today.year)
    rows = team_rows(supervisor, today=today, year=year)
    context = {"rows": rows, "year": year, "years": range(today.year, today.year - YEARS, -1), "today": today}
    return render(request, "training/team/list.html", context)
