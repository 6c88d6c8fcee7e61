"""The tree of units, a unit's page, its heads."""

from datetime import timedelta

import rules
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.errors import Refusal
from asnportal.common.views import SignedIn, attempt, searched
from asnportal.people.forms.unit import HeadForm, NewUnitForm, UnitForm
from asnportal.people.models import Unit, UnitHead
from asnportal.people.queries import unit as query
from asnportal.people.queries.headship import head_of
from asnportal.people.services import unit as service


@require_GET
def unit_list(request: SignedIn) -> HttpResponse:
    require(request.user, "people.view_people")
    words = searched(request)
    may_keep = rules.has_perm("people.keep_unit", request.user)
    inside = request.GET.get("di", "")
    branches = query.tree(words, inside=int(inside) if inside.isdecimal() and len(inside) < 19 else None)
    context = {"branches": branches, "words": words, "inside": inside, "may_keep": may_keep}
    return render(request, "people/unit/list.html", context)


@require_http_methods(["GET", "POST"])
def unit_new(request: SignedIn) -> HttpResponse:
    require(request.user, "people.keep_unit")
    form = NewUnitForm(request.POST or None)
    if done := attempt(form, lambda: service.create(form.values(), by=request.user), refused_at="code"):
        messages.success(request, f"{done.result} tersimpan.")
        return redirect("unit_edit", done.result.pk)
    return render(request, "people/unit/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def unit_edit(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "people.keep_unit")
    unit = _get(request, pk)
    form = UnitForm(request.POST or None, instance=_get(request, pk))
    if attempt(form, lambda: service.update(unit, form.values(), by=request.user)):
        messages.success(request, "Perubahan tersimpan.")
        return redirect("unit_edit", pk)
    return _page(request, unit, form, HeadForm(initial={"since": timezone.localdate()}))


@require_POST
def unit_head_add(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "people.keep_unit")
    unit = _get(request, pk)
    form = HeadForm(request.POST)
    if done := attempt(
        form,
        lambda: service.name_head(unit, form.cleaned_data["employee"], form.term(), by=request.user),
        refused_at="employee",
    ):
        messages.success(
            request, f"{done.result.name_in_office} tercatat. Atasan pegawai unit ini sudah disesuaikan."
        )
        return redirect("unit_edit", pk)
    return _page(request, unit, UnitForm(instance=unit), form)


@require_POST
def unit_head_end(request: SignedIn, pk: int, head_pk: int) -> HttpResponse:
    """The head's last day is yesterday: from today on somebody else decides."""
    require(request.user, "people.keep_unit")
    head = get_object_or_404(UnitHead.objects.filter(unit=_get(request, pk)), pk=head_pk)
    try:
        service.end_head(head, on=timezone.localdate() - timedelta(days=1), by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "Masa tugas diakhiri. Atasan pegawai unit ini sudah disesuaikan.")
    return redirect("unit_edit", pk)


def _get(request: SignedIn, pk: int) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user).select_related("parent"), pk=pk)


def _page(request: SignedIn, unit: Unit, form: UnitForm, head_form: HeadForm) -> HttpResponse:
    wrong = head_form if head_form.errors else form
    context = {
        "unit": unit,
        "form": wrong,
        "unit_form": form,
        "head_form": head_form,
        "heads": unit.heads.select_related("employee"),
        "head": head_of(unit),
        "today": timezone.localdate(),
        "people": unit.employees.filter(is_active=True).count(),
    }
    return render(request, "people/unit/edit.html", context, status=422 if wrong.errors else 200)
