"""What every request of somebody signed in passes: the second factor where it is due, and no page kept behind."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from asnportal.people.models import User

OFFICES = ("bkpsdm", "auditor", "admin")
# Open before the second factor: setting it up, giving it, leaving, and what the layout itself needs. Not the
# recovery codes, and not taking a factor off.
OPEN = {
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "account_reauthenticate",
    "account_logout",
    "set_language",
    "set_theme",
    "healthz",
    "readyz",
}


class Gate:
    """Middleware behind allauth's (TRUST.md T42, T43)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.user.is_authenticated and response.get("Content-Type", "").startswith("text/html"):
            response["Cache-Control"] = "no-store, private"
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not isinstance(request.user, User) or not needs_second_factor(request.user):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN or passed_second_factor(request, request.user):
            return None
        step = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp"
        return redirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")


def needs_second_factor(user: User) -> bool:
    if not settings.REQUIRE_MFA:
        return False
    return user.has_role(*OFFICES) or (settings.REQUIRE_MFA_UNIT_OFFICERS and user.has_role("opd"))


def passed_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether this session was opened, or confirmed since, with the second factor."""
    return any(entry.get("method") == "mfa" for entry in get_authentication_records(request, user))
