"""Is this certificate real? For everybody, by QR or by number and check code (T09–T11)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from asnportal.common.limits import Limit, take
from training.forms.verification import VerifyForm
from training.queries import certificate as query
from training.services.certificate_facts import format_period, spell_number

MISSES = (
    Limit("verify-miss", tries=10, seconds=60, per="ip"),
    Limit("verify-miss-day", tries=100, seconds=86_400, per="ip"),
)
TOKENS = Limit("verify-token", tries=60, seconds=60, per="ip")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Number and code. Only misses count against the limit, so that an office can check many."""
    form = VerifyForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, form, status=422 if form.errors else 200)
    tries = [take(request, limit) for limit in MISSES]
    if None in tries:
        return _show(request, form, "busy", status=429)
    found = query.by_number(form.cleaned_data["number"], form.cleaned_data["code"])
    if found is None:
        return _show(request, form, "missing", status=422)
    for one in tries:
        if one:
            one.give_back()
    return redirect("verify_token", found.token)


@login_not_required
@never_cache
@require_GET
def verify_token(request: HttpRequest, token: str) -> HttpResponse:
    """The address of the QR code. A revoked certificate is shown as revoked, never as missing."""
    if take(request, TOKENS) is None:
        return _show(request, VerifyForm(), "busy", status=429)
    found = query.by_token(token)
    if found is None:
        return _show(request, VerifyForm(), "missing", status=404)
    context = {
        "found": found,
        "now": timezone.now(),
        "period": format_period(found.start, found.end),
        "jp_words": spell_number(found.jp),
    }
    return _unlisted(render(request, "training/verification/result.html", context))


def _show(request: HttpRequest, form: VerifyForm, answer: str = "", *, status: int = 200) -> HttpResponse:
    context = {"form": form, "answer": answer}
    return _unlisted(render(request, "training/verification/search.html", context, status=status))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Search engines leave it alone. Other sites never learn an address of ours; with the stricter ``no-referrer``
    browsers would send the page's own forms without an origin, which is refused."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
