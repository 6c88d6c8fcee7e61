"""First sign-in with a slip: two pages, no email needed."""

import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from asnportal.common.errors import Refusal
from asnportal.common.limits import Limit, take
from asnportal.people.forms.activation import CodeForm, FirstPasswordForm
from asnportal.people.models import ActivationCode, User
from asnportal.people.services import activation
from asnportal.people.services.signin import clean_login

WRONG_CODE = Limit("activation", tries=5, seconds=900)
WRONG_CODE_FROM = Limit("activation_from", tries=60, seconds=60, per="ip")
TICKET = "aktivasi"
MINUTES = 15
TOO_OFTEN = "Terlalu sering dicoba. Tunggu 15 menit, atau minta kode baru kepada admin unit Anda."


@never_cache
@sensitive_post_parameters("kode")
@login_not_required
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """NIP and code. The QR on the slip brings the code along."""
    initial = {"kode": request.GET.get("kode", "")[:40]}
    form = CodeForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _redeem(request, form)
            if status == 302:
                return redirect("activate_password")
    return render(request, "people/activation/code.html", {"form": form}, status=status)


@never_cache
@sensitive_post_parameters("password", "password2")
@login_not_required
@require_http_methods(["GET", "POST"])
def activate_password(request: HttpRequest) -> HttpResponse:
    """The name to confirm, a password, email and telephone if wanted; then straight in."""
    ticket = _ticket(request)
    if ticket is None:
        return redirect("activate")
    form = FirstPasswordForm(request.POST if request.method == "POST" else None, employee=ticket.employee)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            user = activation.set_first_password(ticket, password=values["password"], phone=values["phone"])
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return _enter(request, user, values["email"])
    context = {"form": form, "employee": ticket.employee, "known": ticket.purpose == ticket.Purpose.RESET}
    return render(request, "people/activation/password.html", context, status=422 if form.errors else 200)


def _redeem(request: HttpRequest, form: CodeForm) -> int:
    """The status to answer with; 302 when the ticket lies in the session."""
    tries = [take(request, WRONG_CODE_FROM), take(request, WRONG_CODE, clean_login(form.cleaned_data["nip"]))]
    if not all(tries):
        form.add_error("kode", TOO_OFTEN)
        return 429
    try:
        code = activation.redeem(form.cleaned_data["nip"], form.cleaned_data["kode"])
    except Refusal as refusal:
        form.add_error("kode", refusal.message)
        return 422
    for one in tries:
        if one:
            one.give_back()
    request.session.cycle_key()
    request.session[TICKET] = {"code": code.pk, "at": time.time()}
    return 302


def _ticket(request: HttpRequest) -> ActivationCode | None:
    held: dict[str, Any] = request.session.get(TICKET) or {}
    if time.time() - held.get("at", 0) > MINUTES * 60:
        return None
    codes = ActivationCode.objects.filter(used_at=None, replaced_at=None)
    return codes.select_related("employee__unit", "employee__position").filter(pk=held["code"]).first()


def _enter(request: HttpRequest, user: User, email: str) -> HttpResponse:
    """Signed in through allauth, so that a second factor is asked where there is one."""
    request.session.flush()
    if email:
        EmailAddress.objects.add_new_email(request, user, email)
    response: HttpResponse = perform_login(request, user)
    return response
