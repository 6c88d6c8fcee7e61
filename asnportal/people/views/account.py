"""Accounts and their roles (P55, P56, P74)."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from asnportal.audit.models import AuditLine
from asnportal.common.access import require
from asnportal.common.errors import Refusal
from asnportal.common.views import SignedIn, attempt
from asnportal.people.forms.role import AccountFilter, GrantForm, ReasonForm
from asnportal.people.models import Employee, RoleGrant, User
from asnportal.people.permissions import roles_granted_by
from asnportal.people.queries.account import found
from asnportal.people.services import role as service
from asnportal.people.services.activation import ensure_account


@require_GET
def account_list(request: SignedIn) -> HttpResponse:
    require(request.user, "people.keep_accounts")
    form = AccountFilter(request.GET or None)
    page = Paginator(found(form.chosen() if form.is_bound else {}), 25).get_page(request.GET.get("page"))
    return render(request, "people/account/list.html", {"page": page, "form": form})


@require_GET
def account_detail(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "people.keep_accounts")
    return _page(request, _get(pk))


@require_POST
def account_for(request: SignedIn, public_id: str) -> HttpResponse:
    """From a person to the account, made without a password where there is none yet."""
    require(request.user, "people.keep_accounts")
    employee = get_object_or_404(Employee.objects.visible_to(request.user).active(), public_id=public_id)
    return redirect("account_detail", ensure_account(employee).pk)


@require_POST
def account_grant(request: SignedIn, pk: int) -> HttpResponse:
    user = _get(pk)
    require(request.user, "people.keep_accounts")
    form = GrantForm(request.POST, roles=roles_granted_by(request.user))
    if attempt(form, lambda: service.grant(user, **form.cleaned_data, by=request.user)):
        messages.success(request, "Peran diberikan. Orangnya perlu masuk lagi.")
        return redirect("account_detail", pk)
    return _page(request, user, form)


@require_POST
def account_revoke(request: SignedIn, pk: int, grant_pk: int) -> HttpResponse:
    require(request.user, "people.keep_accounts")
    given = get_object_or_404(RoleGrant.objects.select_related("user", "unit"), pk=grant_pk, user_id=pk)
    return _do(request, pk, "Peran dicabut.", lambda: service.revoke(given, by=request.user))


@require_POST
def account_end_sessions(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "people.keep_accounts")
    user = _get(pk)
    require(request.user, "people.change_account", user)
    return _do(
        request,
        pk,
        "Sudah dikeluarkan dari semua perangkat.",
        lambda: service.end_sessions(user, by=request.user),
    )


@require_POST
def account_deactivate(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "people.keep_accounts")
    user = _get(pk)
    require(request.user, "people.change_account", user)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, user, reason_form=form)
    note = form.cleaned_data["reason"]
    return _do(request, pk, "Akun ditutup.", lambda: service.deactivate(user, by=request.user, note=note))


@require_POST
def account_reactivate(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "people.keep_accounts")
    user = _get(pk)
    require(request.user, "people.change_account", user)
    return _do(request, pk, "Akun dibuka lagi.", lambda: service.reactivate(user, by=request.user))


def _get(pk: int) -> User:
    return get_object_or_404(User.objects.select_related("employee__unit", "employee__position"), pk=pk)


def _do(request: SignedIn, pk: int, done: str, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("account_detail", pk)


def _page(
    request: SignedIn, user: User, form: GrantForm | None = None, reason_form: ReasonForm | None = None
) -> HttpResponse:
    mine = roles_granted_by(request.user)
    grant_form = form or GrantForm(roles=mine)
    wrong = reason_form or grant_form
    context = {
        "account": user,
        "form": wrong,
        "grant_form": grant_form,
        "reason_form": reason_form or ReasonForm(),
        "mine": mine,
        "is_own": user.pk == request.user.pk,
        "may_change": user.pk != request.user.pk and user.roles <= set(mine),
        "lines": AuditLine.objects.about(user).order_by("-id")[:10],
    }
    return render(request, "people/account/detail.html", context, status=422 if wrong.errors else 200)
