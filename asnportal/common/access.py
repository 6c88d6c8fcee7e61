"""Words for views: what is not granted is 403, what is out of scope is 404, and when the password is asked again."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import rules
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

FRESH = 30 * 60  # seconds
View = Callable[..., HttpResponseBase]


def require(user: Any, permission: str, thing: Any = None) -> None:
    """Raise PermissionDenied (403) unless the rule grants it."""
    if not rules.has_perm(permission, user, thing):
        raise PermissionDenied


def password_again(view: View) -> View:
    """For deciding and for taking data out: on a device that stays signed in for 30 days, a POST first asks the
    password when it was last given more than half an hour ago; then the POST goes on (TRUST T43)."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and is_stale(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return asked


def is_stale(request: HttpRequest) -> bool:
    """Whether this is a remembered session whose password was given long ago."""
    if not getattr(request.session, "is_remembered", False) or not request.user.is_authenticated:
        return False
    given = [entry["at"] for entry in get_authentication_records(request, request.user)]
    return time.time() - max(given, default=0) > FRESH
