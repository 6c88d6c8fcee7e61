"""A form that is sent twice makes one row (TRUST B42): a double tap without JavaScript, a reload, a lost answer."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect

from asnportal.common.views import SignedIn

KEPT = 3600  # seconds in which the same sending is known again


def sent_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view that makes something and then redirects to it: the second sending goes where the first went.

    The same sending is the same page (its CSRF token is masked anew each time a page is drawn) with the same words.
    A form that was refused may be sent again as it is.
    """

    @wraps(view)
    def once(request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.POST.get("csrfmiddlewaretoken"):
            return view(request, *args, **kwargs)
        key = _key_of(request)
        if not cache.add(key, "", KEPT):
            messages.info(request, "Data sudah disimpan.")
            return redirect(cache.get(key) or request.path)
        made = ""
        try:
            response = view(request, *args, **kwargs)
            made = response.headers.get("Location", "")
        finally:
            if not made:
                cache.delete(key)
        if made:
            cache.set(key, made, KEPT)
        return response

    return once


def _key_of(request: SignedIn) -> str:
    sent = repr((request.user.pk, request.path, sorted(request.POST.lists())))
    return f"sent:{hashlib.sha256(sent.encode(errors='replace')).hexdigest()}"
