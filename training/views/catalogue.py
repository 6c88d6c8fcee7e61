"""The catalogue and the page of one programme, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from rules import has_perm

from asnportal.common.markdown import safe_html
from asnportal.people.models import User
from training.forms.catalogue import CatalogueForm
from training.models import Programme
from training.queries.catalogue import catalogue, facets, programme_view
from training.queries.recommendation import set_aside_counts
from training.services.button import button_states
from training.services.eligibility import requirements_of


def shell(request: HttpRequest) -> str:
    """The layout of a page that both visitors and signed-in people read."""
    return "layouts/app.html" if request.user.is_authenticated else "layouts/public.html"


def months_ahead() -> list[tuple[int, int]]:
    today = timezone.localdate()
    return [
        ((today.year * 12 + today.month - 1 + n) // 12, (today.month - 1 + n) % 12 + 1) for n in range(12)
    ]


def page_number(request: HttpRequest) -> int:
    """The page asked for; anything that is no number is the first (TRUST B45)."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1


@require_GET
@login_not_required
def catalogue_list(request: HttpRequest) -> HttpResponse:
    form = CatalogueForm(request.GET, facets=facets(), months=months_ahead())
    form.is_valid()
    employee = request.user.employee_or_none if isinstance(request.user, User) else None
    found = catalogue(form.wish(), page=page_number(request), employee=employee)
    context = {"form": form, "found": found, "chosen": form.chosen(), "layout": shell(request)}
    part = request.headers.get("HX-Target") == "hasil"
    response = render(
        request, "training/catalogue/_results.html" if part else "training/catalogue/list.html", context
    )
    response["Vary"] = "HX-Request, HX-Target, Cookie"
    return response


@require_GET
@login_not_required
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    view = programme_view(slug, user=user)
    if view is None:
        raise Http404
    buttons = button_states(view.sessions, user=request.user)
    open_to_me = [state for state in buttons.values() if state.kind in ("join", "visitor")]
    context = {
        "programme": view.programme,
        "requirements": requirements_of(view.programme),
        "sessions": [(session, buttons[session.pk]) for session in view.sessions],
        "bar": open_to_me[0].session_id if len(open_to_me) == 1 and open_to_me[0].is_plain else None,
        "description": safe_html(view.programme.description_html),
        "layout": shell(request),
        "set_aside": aside_counts(view.programme, user),
    }
    return render(request, "training/programme/detail.html", context)


def aside_counts(programme: Programme, user: User | None) -> list[tuple[str, int]]:
    """For BKPSDM: for which reasons at least five people set it aside."""
    if user is None or not has_perm("training.view_set_aside_counts", user):
        return []
    return set_aside_counts(programme)
