"""Imports: the list, the file that starts one, its progress and its result (DESIGN.md 7, Impor)."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from asnportal.audit.models import Job, record
from asnportal.audit.services import intake as service
from asnportal.audit.services import job as jobs
from asnportal.common import files
from asnportal.common.access import require
from asnportal.common.errors import Refusal
from asnportal.common.sheets import Refused
from asnportal.common.views import SignedIn
from asnportal.common.workbook import XLSX
from asnportal.people.services.intake_job import still_missing
from competency.forms.intake import UploadForm
from competency.queries.intake import imports_visible_to, masked_book, may_read_numbers
from competency.queries.intake_template import template_book
from competency.services import intake_job

PER_PAGE = 25
PASTED = "tempelan.txt"


@require_GET
def import_list(request: SignedIn) -> HttpResponse:
    require(request.user, "people.view_imports")
    found = imports_visible_to(request.user).order_by("-id")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "competency/intake/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def import_new(request: SignedIn) -> HttpResponse:
    require(request.user, "people.import_data")
    posted = request.method == "POST"
    data = (request.POST, request.FILES) if posted else (None, None)
    initial = {"jenis": request.GET.get("jenis", "pegawai")}
    form = UploadForm(*data, user=request.user, initial=initial)
    if posted and form.is_valid() and (job := _receive(request, form)):
        return redirect("import_columns", job.public_id)
    return render(request, "competency/intake/new.html", {"form": form}, status=422 if posted else 200)


def _receive(request: SignedIn, form: UploadForm) -> Job | None:
    """The job of the file, or None with the reason in the form."""
    clean = form.cleaned_data
    kind = intake_job.kind_named(clean["jenis"])
    file = clean["berkas"]
    upload = (
        service.Upload(file.name, file.chunks())
        if file
        else service.Upload(PASTED, [clean["tempel"].encode()])
    )
    unit = clean["unit"].code if clean["unit"] and kind is not intake_job.HISTORIES else ""
    try:
        return service.receive(kind, upload, by=request.user, params={"unit": unit})
    except Refused as refused:
        form.add_error("berkas" if file else "tempel", refused.message)
        return None


@require_GET
def import_job(request: SignedIn, public_id: str) -> HttpResponse:
    require(request.user, "people.view_imports")
    job = get_object_or_404(imports_visible_to(request.user), public_id=public_id)
    if job.is_preparing and job.owner_id == request.user.pk:
        return redirect("import_check" if job.result else "import_columns", job.public_id)
    if request.htmx and job.is_open:  # type: ignore[attr-defined]
        return render(request, "competency/intake/_progress.html", {"job": job})
    context = {"job": job, "kind": intake_job.kind_of(job), "missing": still_missing(job, request.user)}
    answer = render(request, "competency/intake/job.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        answer["HX-Refresh"] = "true"  # ended since the last look: the whole page tells how
    return answer


@require_GET
def import_result(request: SignedIn, public_id: str) -> HttpResponse | StreamingHttpResponse:
    """The workbook with Keterangan; whoever may read numbers only in part gets them so."""
    require(request.user, "people.view_imports")
    job = get_object_or_404(imports_visible_to(request.user), public_id=public_id)
    if not job.file_name:
        raise Http404
    try:
        path = files.path_of(jobs.file_of(job))
    except Refusal as refusal:
        return render(
            request, "competency/intake/gone.html", {"job": job, "told": refusal.message}, status=410
        )
    record("import.download", job, by=request.user, note=job.source_name)
    whole = may_read_numbers(request.user, job)
    return _download([path.read_bytes()] if whole else masked_book(path), job.file_name)


@require_GET
def import_template(request: SignedIn, slug: str) -> HttpResponse | StreamingHttpResponse:
    """An empty workbook with the headings that are read."""
    require(request.user, "people.import_data")
    try:
        kind = intake_job.kind_named(slug)
    except StopIteration:
        raise Http404 from None
    return _download(template_book(kind.vocabulary), f"templat-{slug}.xlsx")


def _download(pieces: Iterable[bytes], name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(iter(pieces), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
