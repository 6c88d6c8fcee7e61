"""Competencies of a person: one's own with what closes the gaps, somebody's for those who may read it."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from asnportal.audit.models import record
from asnportal.common.access import require
from asnportal.common.views import SignedIn
from asnportal.people.models import Employee
from training.services.profile import own_page, page_of


def today() -> date:
    return timezone.localdate()


@require_GET
def competency_profile(request: SignedIn) -> HttpResponse:
    require(request.user, "competency.view_own_profile")
    people = Employee.objects.select_related("position", "unit", "supervisor")
    page = own_page(people.get(user=request.user), today())
    return render(request, "training/profile/own.html", {"page": page, "profile": page.profile})


@require_GET
def employee_profile(request: SignedIn, public_id: str) -> HttpResponse:
    """Somebody else's: need to know, so each reading leaves a line in the trail."""
    require(request.user, "competency.view_profile")
    people = Employee.objects.visible_to(request.user).select_related("position", "unit", "supervisor")
    employee = get_object_or_404(people, public_id=public_id)
    if employee.user_id == request.user.pk:
        return redirect("competency_profile")
    record("assessment.read", employee, by=request.user)
    page = page_of(employee, today())
    profile = page.profile
    groups = [
        ("Perlu dikembangkan", profile.short),
        ("Belum dinilai", profile.unknown),
        ("Sudah sesuai", profile.met),
        ("Di atas standar", profile.above),
    ]
    context = {"page": page, "profile": profile, "employee": employee, "groups": groups}
    return render(request, "training/profile/other.html", context)
