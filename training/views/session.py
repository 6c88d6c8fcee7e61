"""BKPSDM makes, changes, publishes, clones and cancels sessions (jadwal)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.audit.models import AuditLine
from asnportal.common.access import require
from asnportal.common.errors import Refusal
from asnportal.common.repeat import sent_once
from asnportal.common.views import SignedIn, attempt, carry_out
from training.forms.session import (
    CancelForm,
    CloneForm,
    NewSessionForm,
    QuotaForm,
    RulesForm,
    SessionListForm,
)
from training.models import OPEN, CityPlanLine, Meeting, Programme, Session
from training.queries import meeting as meeting_list
from training.queries.city_plan import proposed_session
from training.queries.session_list import PAGE_SIZE, as_rows, filtered, in_order, phase_of, session_rows
from training.services import city_line, schedule, seat
from training.services import session as service


@require_GET
def session_list(request: SignedIn) -> HttpResponse:
    require(request.user, "training.view_workspace")
    form = SessionListForm(request.GET)
    form.is_valid()
    words, phase, mode = (form.cleaned_data.get(name, "") for name in ("q", "keadaan", "cara"))
    found = filtered(Session.objects.visible_to(request.user), words=words, phase=phase, mode=mode)
    page = Paginator(in_order(found), PAGE_SIZE).get_page(request.GET.get("page"))
    order = [session.pk for session in page]
    rows = as_rows(list(session_rows(Session.objects.filter(pk__in=order))))
    rows.sort(key=lambda row: order.index(row.id))
    return render(request, "training/session/manage_list.html", {"form": form, "page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@sent_once
def session_new(request: SignedIn, programme_pk: int) -> HttpResponse:
    require(request.user, "training.keep_session")
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=programme_pk)
    line = planned_line(request, programme)
    form = NewSessionForm(request.POST or None, initial=defaults_for(programme) | proposed(line))
    plan: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            meetings, left_out = schedule.plan(form.pattern())
            plan = {"meetings": meetings, "left_out": left_out}
            if "hitung" not in request.POST:
                made = _make(line or programme, form, meetings, request)
                return redirect("session_manage", made.pk)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    status = 422 if form.errors else 200
    context = {"form": form, "programme": programme, "line": line, **plan}
    return render(request, "training/session/new.html", context, status=status)


def planned_line(request: SignedIn, programme: Programme) -> CityPlanLine | None:
    """The line of the city's plan from which the new session comes (``baris`` in the address)."""
    wanted = request.GET.get("baris", "")
    if not wanted:
        return None
    lines = CityPlanLine.objects.visible_to(request.user).filter(programme=programme)
    known = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 18 else 0
    return get_object_or_404(lines.select_related("plan", "programme"), pk=known)


def proposed(line: CityPlanLine | None) -> dict[str, Any]:
    return proposed_session(line, today=timezone.localdate()) if line else {}


def _make(of: Programme | CityPlanLine, form: NewSessionForm, meetings: Any, request: SignedIn) -> Session:
    first, last = schedule.days_of(meetings)
    values = form.values() | {"start": first, "end": last}
    open_from = city_line.open_session if isinstance(of, CityPlanLine) else service.open_from
    made: Session = open_from(of, values, meetings=meetings, by=request.user)  # type: ignore[arg-type]
    if "terbit" in request.POST:
        service.publish(made, by=request.user)
        messages.success(request, "Jadwal tersimpan dan pendaftaran dibuka.")
    else:
        messages.success(request, "Jadwal tersimpan sebagai draf.")
    return made


def defaults_for(programme: Programme) -> dict[str, Any]:
    """What a new session of a programme most likely is: as its last one, else by the programme."""
    last = programme.sessions.order_by("-start").first()
    kept = ("place", "approval", "min_attendance_pct", "contact_name", "contact_phone", "signatory_name")
    values = {name: getattr(last, name) for name in (*kept, "signatory_title")} if last else {}
    quota = last.quota if last else programme.usual_quota or 30
    return {"mode": programme.mode, "quota": quota, "min_attendance_pct": 80} | values


@require_GET
def session_manage(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.view_workspace")
    session = get_object_or_404(
        session_rows(Session.objects.visible_to(request.user)).select_related(
            "programme__provider", "plan_line"
        ),
        pk=pk,
    )
    context = {
        "session": session,
        "row": as_rows([session])[0],
        "phase": phase_of(session, timezone.localdate()),
        "page": meeting_page(session, request.GET.get("page")),
        "timeline": AuditLine.objects.about(session)[:30],
        "clone_form": CloneForm(),
    }
    return render(request, "training/session/manage.html", context)


def meeting_page(session: Session, wanted: str | None) -> Page[Meeting]:
    """The page of meetings asked for, else the one with the next meeting."""
    meetings = list(session.meetings.all())
    return Paginator(meetings, meeting_list.PAGE_SIZE).get_page(
        wanted or meeting_list.page_with_next(meetings, timezone.now())
    )


@require_http_methods(["GET", "POST"])
def session_edit(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.keep_session")
    session = get_object_or_404(Session.objects.visible_to(request.user).select_related("programme"), pk=pk)
    form = RulesForm(request.POST or None, instance=session)
    if attempt(form, lambda: _update(request, form, Session.objects.get(pk=pk))):
        messages.success(request, "Perubahan tersimpan. Peserta diberi tahu bila waktu atau tempat berubah.")
        return redirect("session_manage", pk)
    return _page(request, "training/session/edit.html", {"form": form, "session": session})


def _update(request: SignedIn, form: RulesForm, session: Session) -> list[str]:
    values = {name: form.cleaned_data[name] for name in form.Meta.fields}
    return service.update(session, values, version=_version(request), by=request.user)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    form: forms.BaseForm = context["form"]
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
def session_publish(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.keep_session")
    session = get_object_or_404(Session.objects.visible_to(request.user), pk=pk)
    carry_out(
        request,
        lambda: service.publish(session, by=request.user),
        done="Pendaftaran dibuka. Jadwal tampil di katalog.",
    )
    return redirect("session_manage", pk)


@require_http_methods(["GET", "POST"])
@sent_once
def session_clone(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.keep_session")
    session = get_object_or_404(Session.objects.visible_to(request.user).select_related("programme"), pk=pk)
    form = CloneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = service.clone(session, start=form.cleaned_data["start"], by=request.user)
        messages.success(request, f"Salinan tersimpan sebagai draf angkatan {made.batch}.")
        return redirect("session_manage", made.pk)
    return _page(request, "training/session/clone.html", {"form": form, "session": session})


@require_http_methods(["GET", "POST"])
def session_quota(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.keep_session")
    session = get_object_or_404(Session.objects.visible_to(request.user).select_related("programme"), pk=pk)
    form = QuotaForm(request.POST or None, initial={"quota": session.quota})
    if done := attempt(
        form,
        lambda: seat.set_quota(session, quota=form.cleaned_data["quota"], by=request.user),
        refused_at="quota",
    ):
        from_queue = f" {len(done.result)} orang dari daftar tunggu mendapat kursi." if done.result else ""
        messages.success(request, f"Kuota sekarang {session.quota}.{from_queue}")
        return redirect("session_manage", pk)
    return _page(request, "training/session/quota.html", {"form": form, "session": session})


@require_http_methods(["GET", "POST"])
def session_cancel(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.keep_session")
    session = get_object_or_404(Session.objects.visible_to(request.user).select_related("programme"), pk=pk)
    form = CancelForm(request.POST or None)
    if attempt(form, lambda: service.cancel(session, by=request.user, reason=form.cleaned_data["reason"])):
        messages.success(request, "Jadwal dibatalkan. Semua peserta diberi tahu.")
        return redirect("session_manage", pk)
    affected = session.enrolments.filter(status__in=OPEN).count()
    context = {"form": form, "session": session, "affected": affected}
    return _page(request, "training/session/cancel.html", context)
