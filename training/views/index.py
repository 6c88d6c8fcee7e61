"""IP ASN of oneself, as a simulation beside the official value."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from asnportal.common.access import require
from asnportal.common.dates import WITA
from asnportal.common.views import SignedIn
from asnportal.people.models import Employee
from training.services.index_page import index_page


@require_GET
def own_index(request: SignedIn) -> HttpResponse:
    """Only one's own: performance and discipline are for nobody else's eyes."""
    require(request.user, "competency.view_own_profile")
    employee = Employee.objects.select_related("position", "unit").get(user=request.user)
    now = timezone.now().astimezone(WITA)
    page = index_page(employee, now.date())
    return render(request, "training/index/page.html", {"page": page, "now": now})
