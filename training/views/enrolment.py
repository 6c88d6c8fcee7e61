"""A person's own request: made, watched, given up."""

from collections.abc import Callable
from uuid import UUID

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.errors import Refusal
from asnportal.common.views import SignedIn
from asnportal.people.models import User
from training.forms.enrolment import ReasonForm, RequestForm
from training.models import ACTIVE, OPEN, Enrolment, EnrolmentStatus, Session
from training.queries.eligibility import has_begun
from training.queries.enrolment import badge_for
from training.queries.seat import place_in_line
from training.queries.timeline import timeline
from training.services import enrolment as service
from training.services.eligibility import NotEligible
from training.views.question import Question, ask
from training.views.session_page import found_or_404, show

WHY_WITHDRAW = "Tulis alasan mengundurkan diri."


@require_POST
@login_not_required
def enrolment_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Signed out meanwhile: sign in and come back to the page that holds the button (TRUST B44)."""
    if not isinstance(request.user, User):
        return redirect_to_login(reverse("session", args=[pk]))
    require(request.user, "training.request_enrolment")
    rows = Session.objects.visible_to(request.user).select_related("programme").prefetch_related("meetings")
    session = get_object_or_404(rows, pk=pk)
    form, employee = RequestForm(request.POST), request.user.employee
    if not form.is_valid():
        return show(request, found_or_404(request, pk), problem=str(form.errors["reason"][0]))
    try:
        made = service.request(
            session, employee=employee, by=request.user, reason=form.cleaned_data["reason"]
        )
    except NotEligible as refusal:
        if refusal.code != "own":
            return show(request, found_or_404(request, pk), problem=refusal.message)
        messages.info(request, refusal.message)
        made = Enrolment.objects.get(session=session, employee=employee, status__in=ACTIVE)
    return redirect("enrolment", made.public_id)


def found(request: SignedIn, public_id: UUID) -> Enrolment:
    rows = Enrolment.objects.visible_to(request.user).select_related(
        "session__programme", "employee__user", "employee__supervisor", "employee__unit", "approver"
    )
    return get_object_or_404(rows.prefetch_related("session__meetings"), public_id=public_id)


@require_GET
def enrolment(request: SignedIn, public_id: UUID) -> HttpResponse:
    return show_enrolment(request, found(request, public_id))


def show_enrolment(request: SignedIn, shown: Enrolment, *, problem: str = "") -> HttpResponse:
    """The page of one enrolment; with ``problem``, the sentence of a verb that was refused, as 409."""
    place = place_in_line(shown) if shown.status == EnrolmentStatus.WAITING else 0
    context = {
        "enrolment": shown,
        "session": shown.session,
        "place": place,
        "badge": badge_for(shown, place=place),
        "steps": timeline(shown),
        "is_own": shown.employee.user_id == request.user.pk,
        "can_withdraw": shown.status in OPEN and not has_begun(shown.session, now=timezone.now()),
        "can_decide": _can_decide(request.user, shown),
        "manages": shown.status in OPEN and rules.has_perm("training.manage_participants", request.user),
        "problem": problem,
    }
    return render(request, "training/enrolment/page.html", context, status=409 if problem else 200)


def _can_decide(user: User, shown: Enrolment) -> bool:
    open_step = shown.status == EnrolmentStatus.REQUESTED and shown.employee.user_id != user.pk
    return open_step and bool(rules.has_perm("training.approve_enrolment", user, shown))


@require_http_methods(["GET", "POST"])
def enrolment_withdraw(request: SignedIn, public_id: UUID) -> HttpResponse:
    require(request.user, "training.withdraw_enrolment")
    shown = found(request, public_id)
    require(request.user, "training.withdraw_enrolment", shown)
    form = ReasonForm(request.POST or None, missing=WHY_WITHDRAW, label="Alasan mengundurkan diri")
    if done(form, lambda reason: service.withdraw(shown, by=request.user, reason=reason)):
        messages.success(request, "Pengunduran diri tercatat. Terima kasih sudah memberi tahu.")
        return redirect("enrolment", public_id)
    has_seat = shown.status == EnrolmentStatus.CONFIRMED
    text = "Kursi langsung diberikan kepada yang berikutnya dalam daftar tunggu."
    question = Question(
        title=f"Mengundurkan diri dari {shown.session.title}?",
        text=text if has_seat else f"Nomor urut {shown.number} tidak dapat dikembalikan.",
        submit="Undurkan diri",
        cancel=page_of(shown),
    )
    return ask(request, question, form, session=shown.session)


def page_of(shown: Enrolment) -> str:
    return reverse("enrolment", args=[shown.public_id])


def done(form: ReasonForm, verb: Callable[[str], object]) -> bool:
    """Whether the form held a reason and the verb was done; a refusal becomes the form's own error."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        verb(form.cleaned_data["reason"])
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


@require_http_methods(["GET", "POST"])
def enrolment_promote(request: SignedIn, public_id: UUID) -> HttpResponse:
    require(request.user, "training.manage_participants")
    shown = found(request, public_id)
    form = ReasonForm(request.POST or None, missing=service.REASON_NEEDED)
    if done(form, lambda reason: service.promote(shown, by=request.user, reason=reason)):
        messages.success(request, f"{shown.employee.name} mendapat kursi.")
        return redirect("session_participants", shown.session_id)
    question = Question(
        title=f"Beri kursi kepada {shown.employee.name}?",
        text=f"{shown.session.free_seats} kursi kosong. Ini mendahului urutan daftar tunggu, jadi alasannya dicatat.",
        submit="Beri kursi",
        cancel=page_of(shown),
        kind="",
    )
    return ask(request, question, form, session=shown.session)


@require_http_methods(["GET", "POST"])
def enrolment_cancel(request: SignedIn, public_id: UUID) -> HttpResponse:
    require(request.user, "training.manage_participants")
    shown = found(request, public_id)
    form = ReasonForm(request.POST or None, missing=service.REASON_NEEDED)
    if done(form, lambda reason: service.cancel(shown, by=request.user, reason=reason)):
        messages.success(request, f"Pendaftaran {shown.employee.name} dibatalkan.")
        return redirect("session_participants", shown.session_id)
    question = Question(
        title=f"Batalkan pendaftaran {shown.employee.name}?",
        text="Kursinya langsung diberikan kepada yang berikutnya. Alasannya dikirim kepada yang bersangkutan.",
        submit="Batalkan pendaftaran",
        cancel=page_of(shown),
    )
    return ask(request, question, form, session=shown.session)
