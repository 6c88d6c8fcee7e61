"""A partner proposes: list, one page to write, send, take back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.audit.models import AuditLine
from asnportal.common.access import require
from asnportal.common.errors import Refusal
from asnportal.common.repeat import sent_once
from asnportal.common.views import SignedIn, carry_out
from partners.forms.proposal import ProposalForms
from partners.models import Partner, Proposal
from partners.queries.proposal import listed, session_rows
from partners.services import proposal as service


def own_partner(request: SignedIn) -> Partner:
    """The partner this account acts for. Raises PermissionDenied for everybody else."""
    require(request.user, "partners.propose")
    return Partner.objects.select_related("provider").get(members__user=request.user)


@require_GET
def proposal_list(request: SignedIn) -> HttpResponse:
    partner = own_partner(request)
    proposals = listed(Proposal.objects.visible_to(request.user)).order_by("-id")
    return render(request, "partners/proposal/list.html", {"partner": partner, "proposals": proposals})


@require_GET
def session_list(request: SignedIn) -> HttpResponse:
    partner = own_partner(request)
    return render(request, "partners/session/list.html", {"partner": partner, "rows": session_rows(partner)})


@require_http_methods(["GET", "POST"])
@sent_once
def proposal_new(request: SignedIn) -> HttpResponse:
    partner = own_partner(request)
    last = partner.proposals.order_by("-id").first()
    contact = {"contact_name": last.contact_name, "contact_phone": last.contact_phone} if last else {}
    forms = ProposalForms(request.POST or None, proposal=Proposal(partner=partner, **contact))
    if request.method == "POST" and forms.is_valid():
        made = service.draft(partner, forms.values(), subjects=forms.lines(), by=request.user)
        return _after_saving(request, made)
    return _form(request, forms, None)


@require_http_methods(["GET", "POST"])
def proposal(request: SignedIn, public_id: str) -> HttpResponse:
    own_partner(request)
    found = get_object_or_404(Proposal.objects.visible_to(request.user), public_id=public_id)
    if not found.is_editable:
        context = {"proposal": found, "timeline": reversed(AuditLine.objects.about(found))}
        return render(request, "partners/proposal/detail.html", context)
    forms = ProposalForms(request.POST or None, proposal=found)
    if request.method == "POST" and forms.is_valid():
        kept = Proposal.objects.get(pk=found.pk)
        service.change(kept, forms.values(), subjects=forms.lines(), by=request.user)
        return _after_saving(request, kept)
    return _form(request, forms, Proposal.objects.get(pk=found.pk))


def _after_saving(request: SignedIn, proposal: Proposal) -> HttpResponse:
    if "draf" in request.POST:
        messages.success(request, "Draf tersimpan. Kirim bila sudah lengkap.")
        return redirect("partner_proposal", proposal.public_id)
    try:
        service.submit(proposal, by=request.user)
    except Refusal as refusal:
        messages.error(request, f"{refusal.message} Draf tersimpan.")
        return redirect("partner_proposal", proposal.public_id)
    messages.success(request, "Usulan terkirim. BKPSDM menjawab paling lama 5 hari kerja.")
    return redirect("partner_proposal_list")


def _form(request: SignedIn, forms: ProposalForms, proposal: Proposal | None) -> HttpResponse:
    context = {"forms": forms, "form": forms.main, "proposal": proposal}
    status = 422 if forms.main.is_bound else 200
    return render(request, "partners/proposal/form.html", context, status=status)


@require_POST
def proposal_withdraw(request: SignedIn, public_id: str) -> HttpResponse:
    own_partner(request)
    found = get_object_or_404(Proposal.objects.visible_to(request.user), public_id=public_id)
    carry_out(request, lambda: service.withdraw(found, by=request.user), done="Usulan ditarik kembali.")
    return redirect("partner_proposal_list")
