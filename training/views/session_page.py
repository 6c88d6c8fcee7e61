"""The page of one session, for everybody; the same facts as a calendar file."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from asnportal.common.ics import invitation
from asnportal.people.models import User
from training.models import Session
from training.notices import when
from training.queries.session_page import own_story, recognised_jp, session_for_page
from training.services.button import button_states
from training.services.eligibility import requirements_of
from training.views.catalogue import shell


@require_GET
@login_not_required
def session(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, found_or_404(request, pk))


def show(request: HttpRequest, session: Session, *, problem: str = "") -> HttpResponse:
    """The page; with ``problem``, the sentence of a request that was refused, as 409."""
    user = request.user if isinstance(request.user, User) else None
    button = button_states([session], user=request.user)[session.pk]
    context = {
        "session": session,
        "programme": session.programme,
        "requirements": requirements_of(session.programme),
        "jp": recognised_jp(session),
        "button": button,
        "bar": session.pk if button.is_plain else None,
        "own": own_story(session, user=user) if user else None,
        "problem": problem,
        "layout": shell(request),
    }
    return render(request, "training/session_page/page.html", context, status=409 if problem else 200)


def found_or_404(request: HttpRequest, pk: int) -> Session:
    found = session_for_page(pk, user=request.user if isinstance(request.user, User) else None)
    if found is None:
        raise Http404
    return found


@require_GET
@login_not_required
def session_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_or_404(request, pk)
    events = when.events(found)
    if not events:
        raise Http404
    response = HttpResponse(invitation(events), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="jadwal-{found.pk}.ics"'
    return response
