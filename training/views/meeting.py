"""One meeting of a session, added, changed or removed by hand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from asnportal.common.access import require
from asnportal.common.errors import Refusal
from asnportal.common.views import SignedIn
from training.forms.session import MeetingForm
from training.models import Meeting, Session
from training.services import meeting as service


@require_http_methods(["GET", "POST"])
def meeting_new(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.keep_session")
    session = get_object_or_404(Session.objects.visible_to(request.user), pk=pk)
    return _form(request, session, None)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: SignedIn, pk: int, meeting_pk: int) -> HttpResponse:
    require(request.user, "training.keep_session")
    session = get_object_or_404(Session.objects.visible_to(request.user), pk=pk)
    return _form(request, session, get_object_or_404(session.meetings, pk=meeting_pk))


def _form(request: SignedIn, session: Session, meeting: Meeting | None) -> HttpResponse:
    form = MeetingForm(request.POST or None, initial=_initial(session, meeting))
    if request.method == "POST" and ("hapus" in request.POST or form.is_valid()):
        try:
            _do(request, session, meeting, form)
        except Refusal as refusal:
            form.is_valid()
            form.add_error(None, refusal.message)
        else:
            return redirect("session_manage", session.pk)
    context = {"form": form, "session": session, "meeting": meeting}
    return render(request, "training/session/meeting.html", context, status=422 if form.errors else 200)


def _do(request: SignedIn, session: Session, meeting: Meeting | None, form: MeetingForm) -> None:
    if meeting is None:
        service.add(session, form.values(), by=request.user)
        messages.success(request, "Pertemuan ditambahkan.")
    elif "hapus" in request.POST:
        service.remove(meeting, by=request.user)
        messages.success(request, "Pertemuan dihapus.")
    else:
        service.change(meeting, form.values(), by=request.user)
        messages.success(request, "Pertemuan diubah.")


def _initial(session: Session, meeting: Meeting | None) -> dict[str, object]:
    if meeting is None:
        fresh: dict[str, object] = {"day": session.start, "place": session.place, "link": session.link}
        last = session.meetings.last()
        return {**fresh, **hours_of(last)} if last else fresh
    starts = timezone.localtime(meeting.starts_at)
    kept = {"place": meeting.place, "link": meeting.link, "topic": meeting.topic}
    return {"day": starts.date(), **hours_of(meeting)} | kept


def hours_of(meeting: Meeting) -> dict[str, object]:
    """In WITA; a further meeting mostly has the hours of the one before."""
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return {"starts": starts.time(), "ends": ends.time()}
