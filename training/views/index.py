"""IP ASN of oneself, as a simulation beside the official value."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from asnportal.common.access import require
from asnportal.common.dates import WITA
from asnportal.common.views import SignedIn, asked_year
from asnportal.people.models import Employee
from competency.queries.index import index_years
from training.services.index_page import index_page


@require_GET
def own_index(request: SignedIn) -> HttpResponse:
    """Only one's own: performance and discipline are for nobody else's eyes. An earlier year as on its last day."""
    require(request.user, "competency.view_own_profile")
    employee = Employee.objects.select_related("position", "unit").get(user=request.user)
    now = timezone.now().astimezone(WITA)
    year = min(asked_year(request) or now.year, now.year)
    page = index_page(employee, now.date() if year == now.year else date(year, 12, 31))
    context = {"page": page, "now": now, "year": year, "years": index_years(employee, today=now.date())}
    return render(request, "training/index/page.html", context)
