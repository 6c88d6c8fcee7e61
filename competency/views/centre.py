"""Reports of the assessment centre: one's own, all of them for BKPSDM, and their file in and out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from asnportal.audit.models import Job, record
from asnportal.common.access import require
from asnportal.common.errors import Refusal
from asnportal.common.export import csv_file, xlsx_file
from asnportal.common.nip import format_nip, mask_nip
from asnportal.common.views import SignedIn, attempt, searched
from asnportal.people.queries.employee import sees_masked
from competency.forms.centre import CentreFileForm, CentreListForm
from competency.models import CentreReport
from competency.queries.centre import matching
from competency.services import centre as service
from competency.services.centre_file import LIMITS
from competency.services.centre_page import judged, page_of

PER_PAGE = 25
SHOWN = 50  # faults on the page


@require_GET
def own_centre(request: SignedIn) -> HttpResponse:
    require(request.user, "competency.view_own_profile")
    own = CentreReport.objects.filter(employee=request.user.employee)
    context = {"reports": judged(own, timezone.localdate())}
    return render(request, "competency/centre/own.html", context)


@require_GET
def centre_report(request: SignedIn, public_id: str) -> HttpResponse:
    """One report in full. Somebody else's is need to know, so each reading leaves a line in the trail."""
    require(request.user, "competency.view_centre_report")
    found = CentreReport.objects.visible_to(request.user).select_related(
        "employee__unit", "employee__position"
    )
    report = get_object_or_404(found, public_id=public_id)
    own = report.employee.user_id == request.user.pk
    if not own:
        record("centre.read", report.employee, by=request.user)
    hide = mask_nip if sees_masked(request.user) else format_nip
    context = {
        "page": page_of(report, timezone.localdate()),
        "report": report,
        "own": own,
        "nip": hide(report.employee.nip),
    }
    return render(request, "competency/centre/report.html", context)


@require_GET
def centre_list(request: SignedIn) -> HttpResponse:
    require(request.user, "competency.view_centre_reports")
    form, today = CentreListForm(request.GET), timezone.localdate()
    form.is_valid()
    purpose, validity = (form.cleaned_data.get(name, "") for name in ("tujuan", "berlaku"))
    all_of_them = CentreReport.objects.visible_to(request.user)
    found = matching(all_of_them, words=searched(request), purpose=purpose, validity=validity, on=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = judged(page, today)
    record("centre.list", None, by=request.user, rows=len(rows))
    context = {"form": form, "page": page, "rows": rows, "narrowed": any(request.GET.values())}
    return render(request, "competency/centre/list.html", context)


@require_http_methods(["GET", "POST"])
def centre_load(request: SignedIn) -> HttpResponse:
    """The file is given and looked through; nothing is written here."""
    require(request.user, "competency.load_centre")
    form = CentreFileForm(request.POST or None, request.FILES or None)

    def receive() -> Job:
        file = form.cleaned_data["berkas"]
        if file.size > LIMITS.bytes:
            raise Refusal("Ukuran berkas paling besar 10 MB.", code="too_large")
        return service.receive(file.name, file.read(), by=request.user)

    if done := attempt(form, receive, refused_at="berkas"):
        return redirect("centre_check", done.result.public_id)
    status = 422 if form.errors else 200
    return render(request, "competency/centre/load.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def centre_check(request: SignedIn, public_id: str) -> HttpResponse:
    """What the file would do, every fault by its row; then written whole or not at all."""
    require(request.user, "competency.load_centre")
    jobs = Job.objects.visible_to(request.user).filter(kind=service.JOB)
    job = get_object_or_404(jobs, public_id=public_id)
    try:
        if request.method == "POST":
            messages.success(request, told(service.write(job, by=request.user)))
            return redirect("centre_list")
        plan = service.look(job)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("centre_load")
    context = {"job": job, "plan": plan, "faults": plan.faults[:SHOWN], "more": len(plan.faults) - SHOWN}
    return render(request, "competency/centre/check.html", context)


def told(plan: service.Plan) -> str:
    """What was written, as a sentence."""
    reports, levels = plan.reports, plan.levels
    return (
        f"Laporan: {reports.created} baru, {reports.updated} berubah, {reports.unchanged} tetap. "
        f"Level: {levels.created} baru, {levels.updated} berubah, {levels.unchanged} tetap."
    )


@require_GET
def centre_file(request: SignedIn) -> HttpResponseBase:
    """All reports as the file that can be loaded again; taking them out is written down."""
    require(request.user, "competency.load_centre")
    codes = service.codes_in_use()
    rows = service.report_rows(codes)
    record("centre.export", None, by=request.user, rows=len(rows))
    return csv_file("pusat-penilaian", service.headings(codes), rows)


@require_GET
def centre_template(request: SignedIn) -> HttpResponseBase:
    require(request.user, "competency.load_centre")
    return xlsx_file("templat-pusat-penilaian", service.headings(service.codes_in_use()), [])
