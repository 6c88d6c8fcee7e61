"""The supervisor's team."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from asnportal.audit.models import record
from asnportal.common.access import require
from asnportal.common.views import SignedIn
from training.queries.team_overview import team_rows


@require_GET
def team(request: SignedIn) -> HttpResponse:
    """Reading the gaps of others leaves a line in the trail."""
    require(request.user, "competency.view_team")
    supervisor = request.user.employee
    record("assessment.read_team", supervisor, by=request.user)
    rows = team_rows(supervisor, today=timezone.localdate())
    return render(request, "training/team/list.html", {"rows": rows})
