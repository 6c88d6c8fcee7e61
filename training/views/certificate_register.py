"""The register of all certificates, and what is done to one of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.views import SignedIn, attempt, carry_out
from training.forms.certificate import CorrectForm, RegisterForm, RevokeForm
from training.models import Certificate
from training.queries import certificate as query
from training.services import certificate as service

PER_PAGE = 25


@require_GET
def certificate_list(request: SignedIn) -> HttpResponse:
    require(request.user, "training.view_workspace")
    form = RegisterForm(request.GET)
    form.is_valid()
    words, status = (form.cleaned_data.get(name, "") for name in ("q", "keadaan"))
    found = query.matching(Certificate.objects.visible_to(request.user), words=words, status=status)
    page = Paginator(query.with_names(found.order_by("-pk")), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/certificate_register/list.html", {"form": form, "page": page})


def find(request: SignedIn, public_id: str) -> Certificate:
    require(request.user, "training.revoke_certificate")
    found = query.with_names(Certificate.objects.visible_to(request.user))
    return get_object_or_404(found, public_id=public_id)


@require_http_methods(["GET", "POST"])
def certificate_revoke(request: SignedIn, public_id: str) -> HttpResponse:
    found, form = find(request, public_id), RevokeForm(request.POST or None)
    if attempt(form, lambda: service.revoke(found, by=request.user, **form.cleaned_data)):
        messages.success(request, f"Sertifikat {found.number or found.facts['name']} dicabut.")
        return redirect("session_certificates", found.session_id)
    context = {"certificate": found, "form": form, "line": query.ledger_line(found)}
    status = 422 if form.errors else 200
    return render(request, "training/certificate_register/revoke.html", context, status=status)


@require_http_methods(["GET", "POST"])
def certificate_correct(request: SignedIn, public_id: str) -> HttpResponse:
    """A new print under the same number, from what is recorded now."""
    found, form = find(request, public_id), CorrectForm(request.POST or None)
    if attempt(form, lambda: service.correct(found, by=request.user, reason=form.cleaned_data["reason"])):
        messages.success(request, "Cetakan berikutnya sedang disiapkan.")
        return redirect("session_certificates", found.session_id)
    context = {"certificate": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "training/certificate_register/correct.html", context, status=status)


@require_POST
def certificate_retry(request: SignedIn, public_id: str) -> HttpResponse:
    found = find(request, public_id)
    carry_out(request, lambda: service.retry(found, by=request.user), done="Sertifikat disiapkan lagi.")
    return redirect("session_certificates", found.session_id)
