"""Trainings that wait for BKPSDM, imported or above the usual JP: decided one by one or many at once."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.views import SignedIn, carry_out, chosen_ids
from competency.forms.record import RecordListForm, RejectForm
from competency.models import TrainingRecord
from competency.queries import record as query
from competency.queries.record import RecordRow
from competency.services import ledger, outside
from competency.services import record as service

PER_PAGE = 25


@require_GET
def record_list(request: SignedIn) -> HttpResponse:
    require(request.user, "competency.view_records")
    form = RecordListForm(request.GET)
    form.is_valid()
    words, status = (form.cleaned_data.get(name, "") for name in ("q", "keadaan"))
    found = query.matching(TrainingRecord.objects.visible_to(request.user), words=words, status=status)
    page = Paginator(found.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": rows_of(list(page)), "status": status or "waiting"}
    return render(request, "competency/record/list.html", context)


def rows_of(records: Sequence[TrainingRecord]) -> list[RecordRow]:
    """With what is odd about each."""
    taken = query.counted_days(records)
    rows = []
    for record in records:
        day = ledger.record_day(record)
        doubts = service.obstacles(record.jp, day, record.form)
        if record.form is None:
            doubts.append(f"Bentuk “{record.form_name or 'kosong'}” tidak dikenal.")
        if (record.employee_id, record.end or record.start) in taken:
            doubts.append("Ada kegiatan lain pada tanggal yang sama.")
        rows.append(RecordRow(record, doubts))
    return rows


@require_POST
def record_decide(request: SignedIn) -> HttpResponse:
    """Verify the chosen ones at once; rejecting asks for the reason on a page of its own."""
    require(request.user, "competency.verify_record")
    chosen = chosen_records(request)
    if not chosen:
        messages.error(request, "Pilih dahulu riwayat yang hendak diputuskan.")
        return redirect("record_list")
    if request.POST.get("aksi") == "tolak":
        return reject(request, chosen)
    tell(request, service.verify_many(chosen, by=request.user), "terverifikasi")
    return redirect("record_list")


def chosen_records(request: SignedIn) -> list[TrainingRecord]:
    found = TrainingRecord.objects.visible_to(request.user).filter(pk__in=chosen_ids(request))
    return list(found.select_related("employee", "form").order_by("pk"))


def reject(request: SignedIn, chosen: list[TrainingRecord]) -> HttpResponse:
    form = RejectForm(request.POST if "reason" in request.POST else None)
    if form.is_valid():
        tell(request, service.reject_many(chosen, by=request.user, **form.cleaned_data), "ditolak")
        return redirect("record_list")
    status = 422 if form.is_bound else 200
    return render(request, "competency/record/reject.html", {"form": form, "chosen": chosen}, status=status)


def tell(request: SignedIn, outcome: service.Outcome, verb: str) -> None:
    if outcome.done:
        messages.success(request, f"{outcome.done} riwayat {verb}.")
    for record, sentence in outcome.refused[:10]:
        messages.warning(request, f"{record.employee.name}, {record.title}: {sentence}")


@require_GET
def record_next(request: SignedIn) -> HttpResponse:
    """The fast queue: straight to the oldest handed-in training that waits."""
    require(request.user, "competency.verify_record")
    found = query.next_to_check(request.user)
    if found is None:
        messages.success(request, "Semua bukti sudah diperiksa. Terima kasih.")
        return redirect("record_list")
    return redirect("record_check", found.public_id)


@require_http_methods(["GET", "POST"])
def record_check(request: SignedIn, public_id: str) -> HttpResponse:
    """Evidence beside what was typed; accepting or rejecting leads to the next one."""
    require(request.user, "competency.verify_record")
    found = TrainingRecord.objects.visible_to(request.user).select_related("employee__unit", "form")
    record = get_object_or_404(found, public_id=public_id)
    form = RejectForm(request.POST if request.POST.get("aksi") == "tolak" else None)
    if request.method == "POST" and _decided(request, record, form):
        return redirect("record_next")
    context = {
        "record": record,
        "form": form,
        "doubts": rows_of([record])[0].doubts,
        "same": query.same_elsewhere(record),
        "jp": outside.expected(record),
        "following": query.next_to_check(request.user, after=record),
    }
    return render(request, "competency/record/check.html", context, status=422 if form.errors else 200)


def _decided(request: SignedIn, record: TrainingRecord, form: RejectForm) -> bool:
    """Whether the queue goes on: it stays at a rejection without its reason."""
    whose = f"{record.title}, {record.employee.name}"
    if request.POST.get("aksi") != "tolak":
        carry_out(request, lambda: service.verify(record, by=request.user), done=f"{whose}: diterima.")
        return True
    if not form.is_valid():
        return False
    reason = form.cleaned_data["reason"]
    told = f"{whose}: ditolak beserta alasannya."
    carry_out(request, lambda: service.reject(record, by=request.user, reason=reason), done=told)
    return True
