"""Attendance per meeting: the grid, the rest as present, closing and reopening, sheets for paper."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.dates import WITA
from asnportal.common.errors import Refusal
from asnportal.common.views import SignedIn, attempt, carry_out, searched
from training.forms.attendance import ReopenForm, read_marks
from training.models import Attendance, Meeting, Session
from training.queries import attendance as query
from training.queries.meeting import MOST_PRINTED, around, next_open, share_days
from training.services import attendance as service
from training.services import completion

PER_PAGE = 50
MARKS = [
    (Attendance.Mark.PRESENT, "Hadir", ""),
    (Attendance.Mark.EXCUSED, "Izin", "w"),
    (Attendance.Mark.SICK, "Sakit", "w"),
    (Attendance.Mark.ABSENT, "Tidak hadir", "b"),
]


def find_session(request: SignedIn, pk: int) -> Session:
    return get_object_or_404(Session.objects.visible_to(request.user).select_related("programme"), pk=pk)


def find_meeting(request: SignedIn, pk: int, meeting_pk: int) -> Meeting:
    """The meeting of a session in scope, for somebody who marks."""
    require(request.user, "training.mark_attendance")
    return get_object_or_404(find_session(request, pk).meetings.select_related("session"), pk=meeting_pk)


def page_of(meeting: Meeting) -> str:
    return f"{reverse('session_attendance', args=[meeting.session_id])}?pertemuan={meeting.pk}"


@require_GET
def session_attendance(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.view_workspace")
    session = find_session(request, pk)
    meetings = list(session.meetings.all())
    context = {"session": session, "meetings": meetings, "obstacles": completion.obstacles(session)}
    if not meetings:
        return render(request, "training/attendance/none.html", context)
    meeting = chosen(meetings, request.GET.get("pertemuan", ""))
    meeting.session = session
    words, unmarked = searched(request), request.GET.get("saring") == "belum"
    found = query.listed(session, meeting, words=words, unmarked=unmarked)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context |= {"meeting": meeting, "number": meetings.index(meeting) + 1, "page": page, "marks": MARKS}
    context |= {"rows": query.as_rows(list(page), meeting, reader_id=request.user.pk)}
    context |= {"near": around(meetings, meeting), "times": share_days(meetings)}
    context |= {"next_open": next_open(meetings, timezone.now())}
    context |= {"counts": query.counts(session, meeting), "words": words, "unmarked": unmarked}
    return render(request, "training/attendance/grid.html", context)


def chosen(meetings: Sequence[Meeting], wanted: str) -> Meeting:
    """The one asked for, else today's, else the first that is still open, else the last."""
    today = timezone.localdate()
    by_id = {str(meeting.pk): meeting for meeting in meetings}
    todays = [m for m in meetings if m.starts_at.astimezone(WITA).date() == today]
    still_open = [m for m in meetings if m.closed_at is None]
    return by_id.get(wanted) or next(iter([*todays, *still_open, meetings[-1]]))


@require_POST
def attendance_mark(request: SignedIn, pk: int, meeting_pk: int) -> HttpResponse:
    """Keep the marks of the page; the button that was pressed says what comes next."""
    meeting = find_meeting(request, pk, meeting_pk)
    try:
        outcome = service.mark(meeting, read_marks(request.POST), by=request.user)
        _tell(request, outcome)
        if "tutup" in request.POST:
            service.close_meeting(meeting, by=request.user)
            messages.success(request, "Pertemuan ditutup. Kehadirannya kini dihitung.")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    if "semua" in request.POST:
        return redirect("attendance_rest", pk, meeting_pk)
    return redirect(f"{page_of(meeting)}&{_kept(request)}")


def _kept(request: SignedIn) -> str:
    """Search, filter and page stay as they were."""
    kept = QueryDict(mutable=True)
    kept.update({name: request.POST[name] for name in ("q", "saring", "page") if request.POST.get(name)})
    return kept.urlencode()


def _tell(request: SignedIn, outcome: service.Outcome) -> None:
    if outcome.changed:
        messages.success(request, f"{outcome.changed} tanda tersimpan.")
    for enrolment, sentence in outcome.refused:
        messages.warning(request, f"{enrolment.employee}: {sentence}")


@require_http_methods(["GET", "POST"])
def attendance_rest(request: SignedIn, pk: int, meeting_pk: int) -> HttpResponse:
    """Everybody without a mark was present: asked once, with their number."""
    meeting = find_meeting(request, pk, meeting_pk)
    if request.method == "POST":
        if done := carry_out(request, lambda: service.mark_rest_present(meeting, by=request.user)):
            _tell(request, done.result)
        return redirect(page_of(meeting))
    context = {
        "meeting": meeting,
        "session": meeting.session,
        "counts": query.counts(meeting.session, meeting),
    }
    return render(request, "training/attendance/rest.html", context)


@require_http_methods(["GET", "POST"])
def meeting_reopen(request: SignedIn, pk: int, meeting_pk: int) -> HttpResponse:
    meeting, form = find_meeting(request, pk, meeting_pk), ReopenForm(request.POST or None)
    if attempt(
        form, lambda: service.reopen_meeting(meeting, by=request.user, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, "Pertemuan dibuka kembali.")
        return redirect(page_of(meeting))
    context = {"meeting": meeting, "session": meeting.session, "form": form}
    status = 422 if form.errors else 200
    return render(request, "training/attendance/reopen.html", context, status=status)


@require_GET
def attendance_sheet(request: SignedIn, pk: int) -> HttpResponse:
    """For paper: one sheet to sign per meeting, or the list of people."""
    require(request.user, "training.view_workspace")
    session = find_session(request, pk)
    people = list(query.people_of(session))
    meetings = list(session.meetings.all())
    wanted = request.GET.get("pertemuan", "")
    sheets = [] if request.GET.get("isi") == "daftar" else sheets_of(meetings, wanted)
    here = sheets[0][0] if len(sheets) == 1 else None
    context = {
        "session": session,
        "people": people,
        "blanks": range(3),
        "meetings": meetings,
        "near": around(meetings, here),
        "here": here.pk if here else None,
        "all_fit": 1 < len(meetings) <= MOST_PRINTED,
        "sheets": sheets,
    }
    return render(request, "training/attendance/sheet.html", context)


def sheets_of(meetings: Sequence[Meeting], wanted: str) -> list[tuple[Meeting, int]]:
    """The meeting asked for with its number; else all, or of very many the one that comes next."""
    numbered = [(meeting, number) for number, meeting in enumerate(meetings, 1)]
    if len(meetings) <= MOST_PRINTED and wanted not in {str(meeting.pk) for meeting in meetings}:
        return numbered
    one = chosen(meetings, wanted)
    return [pair for pair in numbered if pair[0] == one]
