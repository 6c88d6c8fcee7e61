"""Somebody leaves or comes back. Here, not in people: the seats that get free are training's."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.errors import Refusal
from asnportal.common.views import SignedIn
from asnportal.people.forms.employee import LeaveForm
from asnportal.people.models import Employee
from asnportal.people.services import employee as service
from training.models import Enrolment, EnrolmentStatus, SessionStatus
from training.services import escalation

HOLDING = (EnrolmentStatus.REQUESTED, EnrolmentStatus.WAITING, EnrolmentStatus.CONFIRMED)


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
            messages.success(request, f"{employee.full_name} tidak aktif lagi. Kursinya sudah dilepas.")
            return redirect("employee_detail", public_id)
    seats = Enrolment.objects.filter(
        employee=employee,
        status__in=HOLDING,
        session__status=SessionStatus.PUBLISHED,
        session__start__gte=timezone.localdate(),
    ).count()
    context = {"form": form, "employee": employee, "seats": seats}
    return render(request, "people/employee/leave.html", context, status=422 if form.errors else 200)


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


def _get(request: SignedIn, public_id: str) -> Employee:
    return get_object_or_404(Employee.objects.visible_to(request.user), public_id=public_id)
