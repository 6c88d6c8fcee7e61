"""BKPSDM answers proposals."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from asnportal.audit.models import AuditLine
from asnportal.common.access import require
from asnportal.common.errors import Refusal
from asnportal.common.views import SignedIn
from partners.forms.proposal import AnswerForm
from partners.models import Proposal, ProposalStatus
from partners.queries.proposal import TABS, listed, tabs
from partners.services import proposal as service


@require_GET
def proposal_list(request: SignedIn) -> HttpResponse:
    require(request.user, "partners.read_proposals")
    visible = Proposal.objects.visible_to(request.user)
    here = next((tab for tab in TABS if tab.key == request.GET.get("tab")), TABS[0])
    page = Paginator(listed(visible.filter(status__in=here.states)), 25).get_page(request.GET.get("page"))
    context = {"page": page, "tabs": tabs(visible), "here": here}
    return render(request, "partners/proposal/review_list.html", context)


@require_http_methods(["GET", "POST"])
def proposal_review(request: SignedIn, public_id: str) -> HttpResponse:
    require(request.user, "partners.read_proposals")
    found = get_object_or_404(listed(Proposal.objects.visible_to(request.user)), public_id=public_id)
    form = AnswerForm(request.POST or None, proposal=found)
    if request.method == "POST":
        require(request.user, "partners.answer_proposal", found)
        if form.is_valid():
            try:
                return _answer(request, found, form)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
    context = {
        "proposal": found,
        "form": form,
        "subjects": service.subjects_with_jp(found),
        "timeline": reversed(AuditLine.objects.about(found)),
        "open": found.status == ProposalStatus.SUBMITTED,
    }
    return render(request, "partners/proposal/review.html", context, status=422 if form.errors else 200)


def _answer(request: SignedIn, proposal: Proposal, form: AnswerForm) -> HttpResponse:
    words = form.cleaned_data["pesan"]
    if form.cleaned_data["keputusan"] == "accept":
        session = service.accept(proposal, by=request.user, answer=words, day=form.day)
        messages.success(
            request, "Usulan disetujui. Jadwalnya sudah ada sebagai draf; periksa lalu buka pendaftaran."
        )
        return redirect("session_manage", session.pk)
    if form.cleaned_data["keputusan"] == "give_back":
        service.give_back(proposal, by=request.user, answer=words)
        messages.success(request, "Usulan dikembalikan kepada mitra.")
    else:
        service.decline(proposal, by=request.user, answer=words)
        messages.success(request, "Usulan ditolak. Mitra menerima alasannya.")
    return redirect("proposal_list")
