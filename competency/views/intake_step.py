"""The steps of one import that its owner prepares: columns, check, decisions, sending, giving up."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from asnportal.audit.models import Job
from asnportal.audit.services import intake as service
from asnportal.audit.services import job as jobs
from asnportal.common.access import require
from asnportal.common.sheets import Refused, Table
from asnportal.common.views import SignedIn, carry_out
from asnportal.people.services.intake_job import still_missing
from competency.forms import intake_decision as decided
from competency.forms.intake import ColumnsForm
from competency.forms.intake_decision import DecisionForm
from competency.queries.intake import imports_visible_to, unit_names
from competency.services import intake_job

APPLIED = "Keputusan diterapkan. Lihat jumlahnya, lalu impor."
CHANGED = "Jumlah baris yang siap sudah berubah. Lihat jumlahnya, lalu impor."


def own_job(request: SignedIn, public_id: str) -> Job:
    """An import of one's own, 404 for others' (they prepare theirs). Raises PermissionDenied."""
    require(request.user, "people.import_data")
    return get_object_or_404(imports_visible_to(request.user).filter(owner=request.user), public_id=public_id)


@require_http_methods(["GET", "POST"])
def import_columns(request: SignedIn, public_id: str) -> HttpResponse:
    job = own_job(request, public_id)
    if not job.is_preparing:
        return redirect("import_job", job.public_id)
    try:
        return _columns_page(request, job)
    except Refused as refused:
        context = {"job": job, "told": refused.message}
        return render(request, "competency/intake/gone.html", context, status=410)


def _columns_page(request: SignedIn, job: Job) -> HttpResponse:
    kind, posted = intake_job.kind_of(job), request.method == "POST"
    table, again = service.preview(kind, job), service.imported_at(kind, job)
    form = _columns_form(request, job, table, again=again)
    if posted and form.is_valid() and "contoh" not in request.POST and _settle(job, form):
        return redirect("import_check", job.public_id)
    if posted and not form.errors:
        shown = service.preview(kind, job, columns=form.columns())
        form = _columns_form(request, job, shown, again=again)
    context = {
        "job": job,
        "kind": kind,
        "form": form,
        "table": table,
        "again": again,
    }
    return render(request, "competency/intake/columns.html", context, status=422 if form.errors else 200)


def _columns_form(request: SignedIn, job: Job, table: Table, *, again: datetime | None) -> ColumnsForm:
    kind = intake_job.kind_of(job)
    return ColumnsForm(
        request.POST if request.method == "POST" else None,
        table=table,
        vocabulary=kind.vocabulary,
        may_verify=kind is intake_job.HISTORIES and request.user.has_role("bkpsdm"),
        again=again is not None,
    )


def _settle(job: Job, form: ColumnsForm) -> bool:
    params = {"status": form.cleaned_data.get("status") or ""}
    try:
        service.settle(intake_job.kind_of(job), job, columns=form.columns(), params=params)
    except Refused as refused:
        form.add_error(None, refused.message)
        return False
    return True


@require_http_methods(["GET", "POST"])
def import_check(request: SignedIn, public_id: str) -> HttpResponse:
    job = own_job(request, public_id)
    if not job.is_preparing:
        return redirect("import_job", job.public_id)
    if not job.result:
        return redirect("import_columns", job.public_id)
    before, posted = job.params["decisions"], request.method == "POST"
    groups = job.result["groups"]
    form = DecisionForm(
        request.POST if posted else None, groups=groups, user=request.user, skipped=before.get("skip", ())
    )
    if posted and "hapus" in request.POST:
        return _decide(request, job, decided.without(before, request.POST["hapus"]))
    if posted and form.is_valid():
        merged = form.merged(before)
        if merged != decided.whole(before):
            return _decide(request, job, merged)
        if "impor" in request.POST:
            return _send(request, job)
    return _check_page(request, job, form)


def _check_page(request: SignedIn, job: Job, form: DecisionForm) -> HttpResponse:
    result = job.result
    codes = {row["values"].get("unit", "") for row in result["rows"]}
    context = {
        "job": job,
        "kind": intake_job.kind_of(job),
        "form": form,
        "result": result,
        "made": decided.made(job.params["decisions"]),
        "names": unit_names(codes),
        "problems": result["open"] + result["refused_count"],
        "missing": still_missing(job, request.user),
    }
    return render(request, "competency/intake/check.html", context, status=422 if form.errors else 200)


def _decide(request: SignedIn, job: Job, decisions: dict[str, object]) -> HttpResponse:
    try:
        service.decide(intake_job.kind_of(job), job, decisions)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("import_columns", job.public_id)
    messages.success(request, APPLIED)
    return redirect("import_check", job.public_id)


def _send(request: SignedIn, job: Job) -> HttpResponse:
    """Import what the person saw as ready; when the count is another by now, it is shown first."""
    if request.POST.get("siap") != str(job.result["ready"]):
        messages.info(request, CHANGED)
        return redirect("import_check", job.public_id)
    carry_out(request, lambda: intake_job.send(job))
    return redirect("import_job", job.public_id)


@require_POST
def import_cancel(request: SignedIn, public_id: str) -> HttpResponse:
    job = own_job(request, public_id)
    gone = "Impor dibatalkan. Berkas sudah dihapus, tidak ada yang tersimpan."
    if carry_out(request, lambda: jobs.cancel(job), done=gone):
        return redirect("import_list")
    return redirect("import_job", job.public_id)
