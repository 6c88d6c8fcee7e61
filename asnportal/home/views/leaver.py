"""Somebody leaves or comes back. Here, not in people: the seats that get free are training's."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from asnportal.audit.models import Job
from asnportal.common.access import require
from asnportal.common.errors import Refusal
from asnportal.common.views import SignedIn
from asnportal.people.forms.employee import LeaveForm, LeaversForm
from asnportal.people.models import Employee
from asnportal.people.services import employee as service
from asnportal.people.services.intake_job import still_missing
from competency.queries.intake import imports_visible_to
from training.models import EnrolmentStatus, SessionStatus
from training.services import escalation

HOLDING = (EnrolmentStatus.REQUESTED, EnrolmentStatus.WAITING, EnrolmentStatus.CONFIRMED)
PER_PAGE = 100


@require_http_methods(["GET", "POST"])
def employee_leave(request: SignedIn, public_id: str) -> HttpResponse:
    """The question names what follows; then the account closes and the seats go to the queue."""
    require(request.user, "people.keep_employee")
    employee = _get(request, public_id)
    form = LeaveForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                service.leave(employee, by=request.user, **form.cleaned_data)
                escalation.release_leavers(now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, f"{employee.full_name} tidak aktif lagi. Pendaftarannya sudah dibatalkan."
            )
            return redirect("employee_detail", public_id)
    seats = Employee.objects.filter(_open_seats(), pk=employee.pk).count()
    context = {"form": form, "employee": employee, "seats": seats}
    return render(request, "people/employee/leave.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def import_leavers(request: SignedIn, public_id: str) -> HttpResponse:
    """Whom a file of everybody did not name: only who is ticked leaves, never by the file alone."""
    require(request.user, "people.keep_employee")
    done = imports_visible_to(request.user).filter(status=Job.Status.DONE)
    job = get_object_or_404(done, public_id=public_id)
    missing = still_missing(job, request.user)
    page = Paginator(missing.annotate(seats=Count("enrolments", filter=_open_seats())), PER_PAGE).get_page(
        request.GET.get("page")
    )
    if not page.object_list:
        messages.info(request, "Tidak ada lagi yang perlu diputuskan dari berkas ini.")
        return redirect("import_job", public_id)
    form = LeaversForm(request.POST or None, people=missing, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        _let_go(request, job, form.cleaned_data)
        return redirect("import_job", public_id)
    context = {"form": form, "job": job, "page": page, "ticked": request.POST.getlist("orang")}
    return render(request, "people/employee/leavers.html", context, status=422 if form.errors else 200)


def _let_go(request: SignedIn, job: Job, chosen: dict[str, Any]) -> None:
    """The people first, then their seats, session by session; what a crash leaves, the sweeper frees."""
    leaving = service.Leaving(chosen["on"], chosen["reason"], f"Tidak ada di berkas {job.source_name}.")
    refused = service.leave_many(chosen["orang"], leaving, by=request.user)
    escalation.release_leavers(now=timezone.now())
    if done := len(chosen["orang"]) - len(refused):
        messages.success(request, f"{done} pegawai tidak aktif lagi. Pendaftarannya sudah dibatalkan.")
    for employee, told in refused:
        messages.warning(request, f"{employee.full_name}: {told}")


@require_POST
def employee_reactivate(request: SignedIn, public_id: str) -> HttpResponse:
    require(request.user, "people.keep_employee")
    employee = _get(request, public_id)
    try:
        service.reactivate(employee, by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, f"{employee.full_name} aktif kembali.")
    return redirect("employee_detail", public_id)


def _open_seats() -> Q:
    """Of an employee: requests and places that end when he leaves today."""
    return Q(
        enrolments__status__in=HOLDING,
        enrolments__session__status=SessionStatus.PUBLISHED,
        enrolments__session__start__gte=timezone.localdate(),
    )


def _get(request: SignedIn, public_id: str) -> Employee:
    return get_object_or_404(Employee.objects.visible_to(request.user), public_id=public_id)
