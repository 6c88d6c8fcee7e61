"""Help: the person to ask, five short how-tos, words explained, and one page to print."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from asnportal.common.views import SignedIn
from asnportal.people.models import Unit


def contact_of(user: object) -> Unit | None:
    """The nearest unit, upwards from one's own, that names an admin unit with a telephone."""
    employee = getattr(user, "employee_or_none", None)
    if employee is None:
        return None
    codes = employee.unit.path.split("/")
    found = Unit.objects.filter(code__in=codes).exclude(contact_phone="")
    return found.order_by("-level").first()


@require_GET
def help_page(request: SignedIn) -> HttpResponse:
    return render(request, "home/help/help.html", {"contact": contact_of(request.user)})


@require_GET
def start_here(request: SignedIn) -> HttpResponse:
    """ "Mulai di sini": one A4 page for the notice board."""
    return render(request, "home/help/start_here.html", {"contact": contact_of(request.user)})
