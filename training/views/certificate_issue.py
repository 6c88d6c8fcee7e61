"""BKPSDM issues the certificates of a session: what blocks it, one button, progress, one by one, guests."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.views import SignedIn, attempt, carry_out
from training.forms.certificate import GuestForm
from training.models import Enrolment, Session
from training.queries import certificate as query
from training.services import certificate as service
from training.services.certificate_draft import requirements

PER_PAGE = 25


def find_session(request: SignedIn, pk: int) -> Session:
    sessions = Session.objects.visible_to(request.user).select_related("programme__provider")
    return get_object_or_404(sessions.prefetch_related("programme__subjects"), pk=pk)


@require_GET
def session_certificates(request: SignedIn, pk: int) -> HttpResponse:
    """The page; asked by htmx, only the progress."""
    require(request.user, "training.view_workspace")
    session = find_session(request, pk)
    context = {"session": session, "progress": query.progress(session)}
    if request.headers.get("HX-Target") == "kemajuan":
        return render(request, "training/certificate_issue/_progress.html", context)
    certificates = query.with_names(session.certificates.order_by("-pk"))
    needed = requirements(session)
    context |= {
        "requirements": needed,
        "ready": all(one.met for one in needed),
        "waiting": query.without_certificate(session)[:PER_PAGE],
        "waiting_count": query.without_certificate(session).count(),
        "page": Paginator(certificates, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "training/certificate_issue/session.html", context)


@require_POST
def certificate_request(request: SignedIn, pk: int) -> HttpResponse:
    """All who completed and have none yet."""
    require(request.user, "training.issue_certificate")
    session = find_session(request, pk)
    done = carry_out(request, lambda: service.request_batch(session, by=request.user))
    if done is None:
        return redirect("session_certificates", pk)
    batch = done.result
    if batch.requested:
        messages.success(request, f"{batch.requested} sertifikat sedang disiapkan.")
    for enrolment, sentence in batch.refused[:10]:
        messages.warning(request, f"{enrolment.employee}: {sentence}")
    if not batch.requested and not batch.refused:
        messages.info(request, "Semua yang lulus sudah punya sertifikat.")
    return redirect("session_certificates", pk)


@require_POST
def certificate_request_one(request: SignedIn, pk: int, enrolment_pk: int) -> HttpResponse:
    require(request.user, "training.issue_certificate")
    session = find_session(request, pk)
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.user).filter(session=session), pk=enrolment_pk
    )
    carry_out(
        request,
        lambda: service.request_one(enrolment, by=request.user),
        done=f"Sertifikat {enrolment.employee} sedang disiapkan.",
    )
    return redirect("session_certificates", pk)


@require_http_methods(["GET", "POST"])
def certificate_guest(request: SignedIn, pk: int) -> HttpResponse:
    """For somebody outside the staff: speaker, moderator, participant of another institution."""
    require(request.user, "training.issue_certificate")
    session, form = find_session(request, pk), GuestForm(request.POST or None)
    if attempt(
        form,
        lambda: service.request_for_guest(
            session, form.guest_values(), role=form.cleaned_data["role"], by=request.user
        ),
    ):
        messages.success(request, f"Sertifikat {form.cleaned_data['name']} sedang disiapkan.")
        return redirect("session_certificates", pk)
    context = {"session": session, "form": form}
    status = 422 if form.errors else 200
    return render(request, "training/certificate_issue/guest.html", context, status=status)
