"""One competency with all that is on record, one's own view, the request for a new look, and the supervisor's level."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from asnportal.audit.models import record
from asnportal.common.access import require
from asnportal.common.views import SignedIn, attempt
from asnportal.people.models import Employee
from competency.forms.assessment import AssessForm, DeclineForm, ReviewForm, SelfForm
from competency.models import Competency, Review
from competency.queries.assessment import descriptors, detail_of
from competency.queries.profile import profile_of
from competency.services import assessment as service
from competency.services import review as reviews


@require_GET
def competency_detail(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "competency.view_own_profile")
    competency = get_object_or_404(Competency, pk=pk)
    detail = detail_of(_own_record(request), competency, timezone.localdate())
    return render(request, "competency/assessment/detail.html", {"detail": detail, "own": True})


def _own_record(request: SignedIn) -> Employee:
    return Employee.objects.select_related("position", "unit", "supervisor__user").get(user=request.user)


@require_http_methods(["GET", "POST"])
def self_assessment(request: SignedIn) -> HttpResponse:
    """Every competency of the post on one page; kept apart from what is official."""
    require(request.user, "competency.view_own_profile")
    employee = _own_record(request)
    day = timezone.localdate()
    profile = profile_of(employee, day)
    form = SelfForm(request.POST if request.method == "POST" else None, profile=profile)
    if done := attempt(form, lambda: service.assess_self_many(employee, form.found(), by=request.user)):
        messages.success(request, f"Tersimpan: penilaian mandiri untuk {done.result} kompetensi.")
        return redirect("competency_profile")
    texts = descriptors([line.competency for line in form.lines], day)
    rows = [(line, field, texts[line.competency.pk]) for line, field in form.rows()]
    context = {"form": form, "rows": rows, "profile": profile}
    return render(request, "competency/assessment/self.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def review_request(request: SignedIn, pk: int) -> HttpResponse:
    """Ask the supervisor for a new assessment of one competency."""
    require(request.user, "competency.view_own_profile")
    competency, form = get_object_or_404(Competency, pk=pk), ReviewForm(request.POST or None)
    employee = _own_record(request)
    if attempt(form, lambda: reviews.request(employee, competency, by=request.user, **form.cleaned_data)):
        messages.success(request, "Permintaan penilaian sudah dikirim ke atasan Anda.")
        return redirect("competency_detail", pk)
    context = {"form": form, "competency": competency, "employee": employee}
    return render(request, "competency/assessment/request.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def assess_employee(request: SignedIn, public_id: str, pk: int) -> HttpResponse:
    """The supervisor chooses the level against the descriptors."""
    require(request.user, "competency.assess_employee")
    people = Employee.objects.visible_to(request.user).select_related("position", "unit", "user")
    employee = get_object_or_404(people, public_id=public_id)
    competency = get_object_or_404(Competency, pk=pk)
    require(request.user, "competency.assess_employee", employee)
    form = AssessForm(request.POST or None)
    if done := attempt(form, lambda: service.assess(employee, form.found(competency), by=request.user)):
        messages.success(request, f"{competency.name} {employee.name} dinilai level {done.result.level}.")
        return redirect("employee_profile", public_id)
    if request.method == "GET":
        record("assessment.read", employee, by=request.user)
    detail = detail_of(employee, competency, timezone.localdate())
    context = {"form": form, "detail": detail, "employee": employee}
    return render(request, "competency/assessment/assess.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def review_decline(request: SignedIn, public_id: str) -> HttpResponse:
    """The supervisor answers a request without a new level, with the reason."""
    require(request.user, "competency.assess_employee")
    found = Review.objects.visible_to(request.user).select_related("employee__user", "competency")
    review, form = get_object_or_404(found, public_id=public_id), DeclineForm(request.POST or None)
    require(request.user, "competency.assess_employee", review.employee)
    if attempt(form, lambda: reviews.decline(review, by=request.user, **form.cleaned_data)):
        messages.success(request, f"{review.employee.name} diberi tahu beserta alasannya.")
        return redirect("employee_profile", review.employee.public_id)
    context = {"form": form, "review": review}
    return render(request, "competency/assessment/decline.html", context, status=422 if form.errors else 200)
