"""What people read when something did not work: one page per kind, in words, with a way on."""

import secrets

import structlog
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

PLAIN = (
    "Ada gangguan di sistem kami. Data Anda aman. Coba lagi sebentar, atau sebutkan kode {} kepada petugas."
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where more was sent than we take (TRUST B25, B30)."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return _page(request, f"{status}.html", status=status)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; a sentence given with PermissionDenied says whom the page is for."""
    return _page(request, "403.html", status=403, reason=str(exception))


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was open too long, or the form comes from somewhere else (TRUST B43)."""
    return _page(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without database, session or context; its code stands in the log as ``code``."""
    code = _code()
    structlog.get_logger(__name__).error("server_error_page", code=code)
    try:
        return HttpResponseServerError(render_to_string("500.html", {"code": code}))
    except Exception:
        return HttpResponseServerError(PLAIN.format(code), content_type="text/plain; charset=utf-8")


def _code() -> str:
    """Eight letters and digits that are easy to read out; the log line that has them has the request's id."""
    letters = "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def _page(request: HttpRequest, template: str, *, status: int, reason: str = "") -> HttpResponse:
    """The error inside the layout the person knows: with the menu if signed in, public if not."""
    user = getattr(request, "user", None)
    layout = "layouts/app.html" if user is not None and user.is_authenticated else "layouts/public.html"
    return render(request, template, {"layout": layout, "reason": reason}, status=status)
