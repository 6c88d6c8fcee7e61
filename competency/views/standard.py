"""Standards of posts, the dictionary, and their files: BKPSDM keeps them, auditor and technical admin read."""

import rules
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from asnportal.audit.models import record
from asnportal.common.access import require
from asnportal.common.export import csv_file
from asnportal.common.views import SignedIn, attempt, searched
from asnportal.people.models import Position
from competency.forms.standard import DescriptionForm, StandardForm, TableForm
from competency.models import Competency
from competency.queries import standard_list as query
from competency.services import dictionary as words_service
from competency.services import standard as service
from competency.services.tables import TABLES, bring_in

PER_PAGE = 25


@require_GET
def standard_list(request: SignedIn) -> HttpResponse:
    require(request.user, "competency.view_standards")
    words, only = searched(request), request.GET.get("hanya", "")
    found = query.positions(words, only=only, on=timezone.localdate())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "only": only, "keeps": keeps(request)}
    return render(request, "competency/standard/list.html", context)


def keeps(request: SignedIn) -> bool:
    return bool(rules.has_perm("competency.keep_standard", request.user))


@require_GET
def standard_detail(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "competency.view_standards")
    page = query.position_page(get_object_or_404(Position, pk=pk), on=timezone.localdate())
    return render(request, "competency/standard/detail.html", {"page": page, "keeps": keeps(request)})


@require_http_methods(["GET", "POST"])
def standard_new(request: SignedIn, pk: int) -> HttpResponse:
    """A new version, filled with what the last one asks."""
    require(request.user, "competency.keep_standard")
    position = get_object_or_404(Position, pk=pk)
    versions = query.position_page(position, on=timezone.localdate()).versions
    kept = {item.competency_id: item for item in versions[0].items} if versions else {}
    form = StandardForm(request.POST or None, kept=kept)

    def publish() -> None:
        levels, since, basis = form.version()
        service.publish(position, levels, since=since, by=request.user, legal_basis=basis)

    if attempt(form, publish):
        messages.success(request, "Versi baru tersimpan.")
        return redirect("standard_detail", pk)
    context = {"form": form, "position": position}
    return render(request, "competency/standard/new.html", context, status=422 if form.errors else 200)


@require_GET
def dictionary(request: SignedIn) -> HttpResponse:
    require(request.user, "competency.view_standards")
    words = searched(request)
    context = {"competencies": query.dictionary(words), "words": words, "keeps": keeps(request)}
    return render(request, "competency/standard/dictionary.html", context)


@require_http_methods(["GET", "POST"])
def dictionary_edit(request: SignedIn, pk: int) -> HttpResponse:
    """Name, definition and the five descriptions; earlier descriptions stay with their dates."""
    require(request.user, "competency.keep_standard")
    competency = get_object_or_404(Competency, pk=pk)
    editions = list(query.editions(competency))
    now = {f"level_{one.level}": one.description for one in editions if one.valid_until is None}
    first = {"name": competency.name, "definition": competency.definition, **now}
    form = DescriptionForm(request.POST or None, initial=first)
    if attempt(form, lambda: words_service.rewrite(competency, form.cleaned_data, by=request.user)):
        messages.success(request, "Kamus diperbarui. Uraian yang berubah berlaku mulai hari ini.")
        return redirect("dictionary")
    old = [one for one in editions if one.valid_until is not None]
    context = {"form": form, "competency": competency, "old": old}
    return render(request, "competency/standard/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def table_load(request: SignedIn) -> HttpResponse:
    """The three tables by file, whole or not at all."""
    require(request.user, "competency.keep_standard")
    form = TableForm(request.POST or None, request.FILES or None)

    def load() -> object:
        kind, file = form.cleaned_data["isi"], form.cleaned_data["berkas"]
        return bring_in(kind, file.read(), by=request.user)

    if done := attempt(form, load, refused_at="berkas"):
        messages.success(request, words_service.told(done.result))
        return redirect("table_load")
    status = 422 if form.errors else 200
    return render(request, "competency/standard/load.html", {"form": form}, status=status)


@require_GET
def table_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """One of the three tables as csv; taking assessments out is written down like every export."""
    require(request.user, "competency.export_tables")
    table = TABLES[kind]
    rows = table.rows(timezone.localdate())
    record("table.export", None, by=request.user, kind=kind, rows=len(rows))
    return csv_file(kind, table.columns, [[row[name] for name in table.columns] for row in rows])
