"""The needs of one office: its admin unit compiles, orders and sends them; who heads a unit there reads."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.repeat import sent_once
from asnportal.common.views import SignedIn, asked_year, attempt, carry_out
from asnportal.people.models import Unit
from competency.forms.need import NeedBudgetForm, NeedLineForm, NeedScopeForm, NeedWordsForm
from competency.models import NeedLine, UnitNeed, offices_of
from competency.permissions import keeps_office
from competency.queries import need as query
from competency.services import need as service


def year_of(request: SignedIn) -> int:
    return asked_year(request) or query.planning_year(timezone.localdate())


def office_of(request: SignedIn) -> Unit | None:
    """The office asked for, among those of this person; the first where none is."""
    offices = offices_of(request.user)
    wanted = request.GET.get("unit", "").replace("\x00", "")  # which no database takes
    if wanted:
        return get_object_or_404(offices, code=wanted[:30])
    return offices.first()


def kept_office(request: SignedIn) -> Unit:
    """The office asked for, for the officer who keeps all of it (else 403; out of sight 404)."""
    require(request.user, "competency.keep_need")
    office = office_of(request)
    require(request.user, "competency.keep_need", office)
    if office is None:  # an officer of a unit that belongs to no office
        return get_object_or_404(Unit.objects.none())
    return office


def kept_need(request: SignedIn, pk: int) -> UnitNeed:
    require(request.user, "competency.keep_need")
    need = get_object_or_404(UnitNeed.objects.visible_to(request.user).select_related("unit"), pk=pk)
    require(request.user, "competency.keep_need", need.unit)
    return need


def kept_line(request: SignedIn, pk: int) -> NeedLine:
    require(request.user, "competency.keep_need")
    mine = NeedLine.objects.filter(need__in=UnitNeed.objects.visible_to(request.user))
    line = get_object_or_404(mine.select_related("need__unit"), pk=pk)
    require(request.user, "competency.keep_need", line.need.unit)
    return line


def address(unit: Unit, year: int) -> str:
    return f"{reverse('unit_need')}?{urlencode({'tahun': year, 'unit': unit.code})}"


@require_GET
def unit_need(request: SignedIn) -> HttpResponse:
    require(request.user, "people.view_unit_figures")
    year, office = year_of(request), office_of(request)
    context: dict[str, Any] = {"year": year, "office": office, "offices": list(offices_of(request.user))}
    if office is not None:
        need = UnitNeed.objects.filter(unit=office, year=year).select_related("unit", "decided_by").first()
        context |= need_context(need, request)
        context |= {"keeps": keeps_office(request.user, office), "plans": query.plans_of(office, year, need)}
    today = timezone.localdate()
    context["years"] = sorted({today.year - 1, today.year, today.year + 1, year})
    return render(request, "competency/need/unit.html", context)


def need_context(need: UnitNeed | None, request: SignedIn) -> dict[str, Any]:
    """What the office's page and BKPSDM's page show of a list."""
    if need is None:
        return {"need": None, "scope_form": NeedScopeForm(initial={"scope": UnitNeed.Scope.APPROVED})}
    return {
        "need": need,
        "table": query.table_of(need, request.user),
        "trail": query.trail_of(need),
        "scope_form": NeedScopeForm(initial={"scope": need.scope}),
        "budget_form": NeedBudgetForm(initial={"budget": need.budget}),
    }


@require_POST
def need_compile(request: SignedIn) -> HttpResponse:
    office, year = kept_office(request), year_of(request)
    form = NeedScopeForm(request.POST)
    scope = form.cleaned_data["scope"] if form.is_valid() else UnitNeed.Scope.APPROVED
    carry_out(
        request,
        lambda: service.compile_plans(office, year, scope=scope, by=request.user),
        done="Kebutuhan disusun dari rencana pegawai. Urutan dan butir Anda sendiri tetap.",
    )
    return redirect(address(office, year))


@require_http_methods(["GET", "POST"])
@sent_once
def need_line_new(request: SignedIn) -> HttpResponse:
    office, year = kept_office(request), year_of(request)
    form = NeedLineForm(request.POST or None)
    if attempt(form, lambda: service.add(office, year, form.want(), by=request.user)):
        messages.success(request, "Butir ditambahkan di urutan terakhir.")
        return redirect(address(office, year))
    context = {"form": form, "year": year, "back": address(office, year)}
    return render(request, "competency/need/line.html", context, status=422 if form.errors else 200)


FIELDS = ("title", "competency", "form", "people", "month", "jp", "cost", "reason")


@require_http_methods(["GET", "POST"])
def need_line_edit(request: SignedIn, pk: int) -> HttpResponse:
    line = kept_line(request, pk)
    kind = NeedLineForm if line.is_own else NeedWordsForm
    form = kind(request.POST or None, initial={name: getattr(line, name) for name in FIELDS})
    back = address(line.need.unit, line.need.year)
    if attempt(form, lambda: service.change(line, form.want(line), by=request.user)):
        return redirect(back)
    context = {"form": form, "year": line.need.year, "line": line, "back": back}
    return render(request, "competency/need/line.html", context, status=422 if form.errors else 200)


@require_POST
def need_line_drop(request: SignedIn, pk: int) -> HttpResponse:
    line = kept_line(request, pk)
    carry_out(request, lambda: service.drop(line, by=request.user))
    return redirect(address(line.need.unit, line.need.year))


@require_POST
def need_line_move(request: SignedIn, pk: int) -> HttpResponse:
    """One place up or down; the page comes back at the line."""
    line = kept_line(request, pk)
    act = service.move_down if request.POST.get("arah") == "turun" else service.move_up
    carry_out(request, lambda: act(line, by=request.user))
    return redirect(f"{address(line.need.unit, line.need.year)}#b{line.pk}")


@require_POST
def need_budget(request: SignedIn, pk: int) -> HttpResponse:
    need, form = kept_need(request, pk), NeedBudgetForm(request.POST)
    if form.is_valid():
        carry_out(request, lambda: service.set_budget(need, by=request.user, **form.cleaned_data))
    else:
        messages.error(request, str(form.errors["budget"][0]))
    return redirect(address(need.unit, need.year))


@require_POST
def need_send(request: SignedIn, pk: int) -> HttpResponse:
    return _verb(request, pk, service.send, "Kebutuhan dikirim ke BKPSDM.")


@require_POST
def need_take_back(request: SignedIn, pk: int) -> HttpResponse:
    return _verb(request, pk, service.take_back, "Kebutuhan ditarik untuk diubah.")


def _verb(request: SignedIn, pk: int, verb: Callable[..., UnitNeed], done: str) -> HttpResponse:
    need = kept_need(request, pk)
    carry_out(request, lambda: verb(need, by=request.user), done=done)
    return redirect(address(need.unit, need.year))
