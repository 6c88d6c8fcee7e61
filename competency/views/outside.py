"""Trainings outside the portal: handed in from the phone, taken back, and their evidence."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.audit.models import record as audit
from asnportal.common import files
from asnportal.common.access import require
from asnportal.common.views import SignedIn, attempt, carry_out
from asnportal.people.models import Employee
from competency.forms.outside import OutsideForm
from competency.models import TrainingRecord
from competency.queries.period import period_on
from competency.services import outside as service
from competency.services.turn import evidence_for

KINDS = {".jpg": "image/jpeg", ".pdf": "application/pdf"}


@require_http_methods(["GET", "POST"])
def outside_new(request: SignedIn) -> HttpResponse:
    require(request.user, "competency.hand_in")
    employee, form = request.user.employee, OutsideForm(request.POST or None, request.FILES or None)
    if attempt(form, lambda: service.hand_in(employee, form.claim(), form.evidence(), by=request.user)):
        messages.success(request, "Terkirim. BKPSDM memeriksanya, lalu JP-nya masuk sendiri.")
        year = period_on(employee, form.cleaned_data["end"]).year
        return redirect(f"{reverse('ledger')}?tahun={year}")  # where it is shown, which may be last year
    today = timezone.localdate()
    context = {
        "form": form,
        "employee": employee,
        "own": True,
        "evidence": evidence_for(today.year - 1, today=today),
    }
    return render(request, "competency/outside/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def outside_enter(request: SignedIn, public_id: str) -> HttpResponse:
    """An officer enters it for somebody, also after the last day for evidence."""
    require(request.user, "competency.verify_record")
    people = Employee.objects.visible_to(request.user).select_related("unit", "user")
    employee = get_object_or_404(people, public_id=public_id)
    form = OutsideForm(request.POST or None, request.FILES or None)
    if attempt(form, lambda: service.enter(employee, form.claim(), form.evidence(), by=request.user)):
        messages.success(request, f"Tercatat untuk {employee.name}, menunggu pemeriksaan.")
        return redirect("record_list")
    context = {"form": form, "employee": employee, "own": False}
    return render(request, "competency/outside/new.html", context, status=422 if form.errors else 200)


@require_POST
def outside_withdraw(request: SignedIn, public_id: str) -> HttpResponse:
    require(request.user, "competency.hand_in")
    own = TrainingRecord.objects.filter(employee=request.user.employee)
    found = get_object_or_404(own, public_id=public_id)
    carry_out(request, lambda: service.withdraw(found, by=request.user), done="Bukti ditarik kembali.")
    return redirect("ledger")


@require_GET
def evidence_file(request: SignedIn, public_id: str) -> HttpResponse:
    """The photo or PDF as kept. Pictures are ours and may be shown in the page; a PDF is only downloaded."""
    found = get_object_or_404(
        TrainingRecord.objects.visible_to(request.user).select_related("employee"), public_id=public_id
    )
    if not found.evidence or not files.path_of(found.evidence).exists():
        raise Http404
    if found.employee.user_id != request.user.pk:
        audit("record.read_evidence", found, by=request.user)
    suffix = found.evidence[-4:]
    name = content_disposition_header(as_attachment=suffix == ".pdf", filename=found.evidence_name)
    headers = {"Content-Disposition": name or "", "Content-Security-Policy": "sandbox; default-src 'none'"}
    return HttpResponse(
        files.path_of(found.evidence).read_bytes(), content_type=KINDS[suffix], headers=headers
    )
