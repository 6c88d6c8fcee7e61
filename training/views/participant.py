"""BKPSDM's list of the people of a session: read, filter, download, decide, write to, enrol."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from asnportal.audit.models import record
from asnportal.common.access import require
from asnportal.common.errors import Refusal
from asnportal.common.export import csv_file, xlsx_file
from asnportal.common.views import SignedIn, searched
from asnportal.people.models import Employee
from training.forms.participant import EnrolForm, MessageForm, ParticipantListForm
from training.models import Enrolment, Session, SessionStatus
from training.queries.eligibility import has_begun
from training.queries.participant import (
    HEADINGS,
    PAGE_SIZE,
    as_rows,
    candidates,
    file_rows,
    in_states,
    participants,
    state_counts,
)
from training.queries.seat import seat_counts
from training.services import announcement, enrolment
from training.services.announcement import Announcement

WRITERS = {"xlsx": xlsx_file, "csv": csv_file}


def session_of(request: SignedIn, pk: int) -> Session:
    rows = Session.objects.visible_to(request.user).select_related("programme")
    return get_object_or_404(rows, pk=pk)


def sees_masked(request: SignedIn) -> bool:
    return not request.user.has_role("bkpsdm", "admin")


@require_GET
def session_participants(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.view_workspace")
    session, form = session_of(request, pk), ParticipantListForm(request.GET)
    masked = sees_masked(request)
    found = participants(session, **form.wish(), masked=masked)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "session": session,
        "form": form,
        "page": page,
        "rows": as_rows(list(page), masked=masked),
        "may_add": session.status == SessionStatus.PUBLISHED and not has_begun(session, now=timezone.now()),
        "states": state_counts(session),
        "seats": seat_counts([session])[session.pk],
    }
    return render(request, "training/participant/list.html", context)


@require_GET
def participants_file(request: SignedIn, pk: int, kind: str) -> HttpResponseBase:
    """The filtered list as a file; who took it is written down (PRODUCT.md, rule 10)."""
    require(request.user, "training.export_participants")
    session, form = session_of(request, pk), ParticipantListForm(request.GET)
    masked = sees_masked(request)
    rows = participants(session, **form.wish(), masked=masked)
    record("session.export", session, by=request.user, kind=kind, rows=rows.count())
    lines = file_rows(rows.iterator(chunk_size=500), masked=masked)
    return WRITERS[kind](f"peserta-jadwal-{session.pk}", HEADINGS, lines)


@require_http_methods(["GET", "POST"])
def session_message(request: SignedIn, pk: int) -> HttpResponse:
    """Written, then shown once more with the number of people, then sent."""
    require(request.user, "training.manage_participants")
    session, form = session_of(request, pk), MessageForm(request.POST or None)
    if request.method != "POST" or not form.is_valid() or "ubah" in request.POST:
        status = 422 if request.method == "POST" and form.errors else 200
        return render(
            request, "training/participant/message.html", {"session": session, "form": form}, status=status
        )
    clean = form.cleaned_data
    people = list(in_states(session, clean["to"]))
    if "yakin" not in request.POST or not people:
        context = {"session": session, "form": form, "people": people}
        return render(request, "training/participant/message_confirm.html", context)
    message = Announcement(clean["subject"], clean["text"], clean["number"])
    count = announcement.announce(session, message, to=people, by=request.user)
    messages.success(request, f"Pesan dikirim kepada {count} orang.")
    return redirect("session_participants", pk)


@require_http_methods(["GET", "POST"])
def participant_add(request: SignedIn, pk: int) -> HttpResponse:
    """Find somebody by name or NIP, then enrol with a reason."""
    require(request.user, "training.manage_participants")
    session, form = session_of(request, pk), EnrolForm(request.POST or None)
    words = searched(request)
    if request.method == "POST" and form.is_valid():
        if (person := _chosen(request)) is None:
            form.add_error(None, "Pilih dahulu pegawainya.")
        elif made := _enrol(request, session, person, form):
            return redirect("enrolment", made.public_id)
    context = {
        "session": session,
        "form": form,
        "words": words,
        "found": candidates(words, user=request.user),
    }
    return render(request, "training/participant/add.html", context, status=422 if form.errors else 200)


def _chosen(request: SignedIn) -> Employee | None:
    nip = "".join(ch for ch in request.POST.get("nip", "") if ch.isascii() and ch.isdigit())
    return Employee.objects.visible_to(request.user).filter(nip=nip).first()


def _enrol(request: SignedIn, session: Session, person: Employee, form: EnrolForm) -> Enrolment | None:
    try:
        made = enrolment.enrol(session, employee=person, by=request.user, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return None
    messages.success(request, f"{person.name} didaftarkan.")
    return made
