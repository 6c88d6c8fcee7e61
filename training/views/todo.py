"""Perlu tindak lanjut: the steps that wait for BKPSDM, and deciding many of them with one confirmation."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from asnportal.common.access import require
from asnportal.common.navigation import safe_next
from asnportal.common.views import SignedIn
from training.forms.enrolment import ReasonForm
from training.models import Enrolment
from training.queries.participant import PAGE_SIZE, as_rows, steps_at_bkpsdm, todo_counts
from training.services import approval as service
from training.views.approval import chosen_rows, report

BKPSDM = Enrolment.Step.BKPSDM
VERBS = ("setujui", "tolak")


@require_GET
def todo(request: SignedIn) -> HttpResponse:
    require(request.user, "training.view_workspace")
    page = Paginator(steps_at_bkpsdm(), PAGE_SIZE).get_page(request.GET.get("page"))
    masked = not request.user.has_role("bkpsdm", "admin")
    context = {
        "page": page,
        "rows": as_rows(list(page), masked=masked),
        "counts": todo_counts(timezone.localdate() + timedelta(days=7)),
    }
    return render(request, "training/todo/list.html", context)


@require_POST
def todo_decide(request: SignedIn) -> HttpResponse:
    """First the page that names how many and whom, then the decision; a refusal asks for its reason there."""
    require(request.user, "training.manage_participants")
    chosen, missing = chosen_rows(request)
    verb = request.POST.get("aksi", "")
    verb = verb if verb in VERBS else VERBS[0]
    back = safe_next(request, default=reverse("todo"))
    form = ReasonForm(
        request.POST if "yakin" in request.POST else None,
        missing=service.REASON_NEEDED,
        label="Alasan penolakan",
        hint="Dibaca oleh pemohon.",
    )
    if chosen and "yakin" in request.POST and (verb == "setujui" or form.is_valid()):
        outcomes = (
            service.approve_many(chosen, by=request.user, step=BKPSDM)
            if verb == "setujui"
            else service.decline_many(chosen, by=request.user, step=BKPSDM, note=form.cleaned_data["reason"])
        )
        report(request, outcomes, missing, "disetujui" if verb == "setujui" else "ditolak")
        return redirect(back)
    context = {"chosen": chosen, "missing": missing, "verb": verb, "form": form, "back": back}
    status = 422 if verb == "tolak" and form.errors else 200
    return render(request, "training/todo/decide.html", context, status=status)
