"""Peta kompetensi: people and competencies of a unit, for its admin unit, for who heads it, and for BKPSDM."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from asnportal.audit.models import record
from asnportal.common.access import password_again, require
from asnportal.common.dates import format_moment
from asnportal.common.export import workbook_file
from asnportal.common.views import SignedIn
from asnportal.common.workbook import Page
from asnportal.people.models import Unit
from asnportal.people.queries.employee import sees_masked
from competency.forms.heat import HeatFilter
from competency.models import Competency
from competency.models.need import OFFICE
from competency.queries import heat as query
from competency.queries import heat_table as table

PER_PAGE = 10
GROUPS_PER_PAGE = 25


def asked_code(request: SignedIn) -> str:
    """The code of the unit in the address, without what no database takes."""
    return request.GET.get("unit", "").replace("\x00", "")[:30]


def units_of(request: SignedIn) -> Sequence[Unit]:
    """The unit asked for, else those of this person; nothing where who reads all has not chosen."""
    if wanted := asked_code(request):
        return [get_object_or_404(query.readable_units(request.user), code=wanted)]
    return query.own_units(request.user)


def units_to_choose(request: SignedIn) -> Sequence[Unit]:
    """The own units; for who has none, or the whole city, the offices."""
    offices = query.readable_units(request.user).filter(level=OFFICE)
    return query.own_units(request.user) or list(offices.order_by("name"))


@require_GET
def heat_map(request: SignedIn) -> HttpResponse:
    require(request.user, "competency.view_heat")
    tops = units_of(request)
    context: dict[str, Any] = {"tops": tops, "units": units_to_choose(request)}
    context["sees_all"] = request.user.has_role(*query.SEES_ALL)
    if not tops:
        return render(request, "competency/heat/choose.html", context)
    context |= heat_context(request, query.heat_of(tops))
    return render(request, "competency/heat/map.html", context)


def heat_context(request: SignedIn, whole: query.Heat) -> dict[str, Any]:
    """The answer, the filter and one of the two tables. Names of others that are shown leave a line in the trail."""
    names = query.reads_all_names(request.user)
    form = HeatFilter(request.GET, heat=whole, narrows_people=names)
    chosen, only = form.chosen(), form.only()
    heat = whole.narrowed(part=chosen.get("bidang", ""), kind=chosen.get("jenis", ""))
    side = [only] if only else table.columns(whole, heat, chosen.get("kelompok", ""))
    view = request.GET.get("tampilan", "") or ("orang" if names or len(whole.parts) < 2 else "bidang")
    context = {
        "heat": heat,
        "form": form,
        "side": side,
        "only": only,
        "names": names,
        "answer": next(iter(table.largest(heat, 1)), None),
        "totals": table.group_cells(side, heat.totals),
        "view": "bidang" if view == "bidang" else "orang",
        "unit_code": asked_code(request),
    }
    if not heat.is_assessed:
        return context
    if context["view"] == "bidang":
        return context | groups_of(request, heat, side)
    return context | people_of(request, heat, side, is_narrowed=bool(chosen.get("kurang")))


def groups_of(request: SignedIn, heat: query.Heat, side: Sequence[Competency]) -> dict[str, Any]:
    rows = table.group_rows(heat, side)
    return {"page": Paginator(rows, GROUPS_PER_PAGE).get_page(request.GET.get("page"))}


def people_of(
    request: SignedIn, heat: query.Heat, side: Sequence[Competency], *, is_narrowed: bool
) -> dict[str, Any]:
    own = request.user.employee_or_none
    people = list(heat.people)
    if not query.reads_all_names(request.user):
        people = [one for one in people if own is not None and one.supervisor == own.pk]
    if is_narrowed:
        keys = [str(one.pk) for one in side]
        people = [one for one in people if one.is_short_in(keys)]
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    seen = [one.pk for one in shown if own is None or one.pk != own.pk]
    page.object_list = table.person_rows(shown, side)  # type: ignore[assignment]
    if seen:
        record("assessment.read_unit", heat.tops[0], by=request.user, people=seen)
    return {"page": page}


@require_POST
@password_again
def heat_export(request: SignedIn) -> HttpResponseBase:
    """Everybody of the unit as xlsx, with what the figures mean; each file leaves a line (PRODUCT.md, rule 10)."""
    require(request.user, "competency.export_heat")
    tops = units_of(request)
    if not tops:
        raise Http404
    masked, heat = sees_masked(request.user), query.heat_of(tops)
    record("heat.export", tops[0], by=request.user, rows=len(heat.people), file="xlsx", masked=masked)
    headings = (*table.HEADINGS, *(one.name for one in heat.asked))
    since = format_moment(heat.as_of) if heat.as_of else "belum dihitung"
    notes = [
        ("Unit", ", ".join(one.name for one in tops)),
        ("Dihitung", since),
        ("Diunduh", format_moment(timezone.now())),
        ("Angka", "Level yang dimiliki dikurangi level yang diminta jabatan: -2 berarti kurang 2 level."),
        ("Kosong", "Kompetensi itu tidak diminta jabatannya."),
    ]
    pages = [
        Page("Peta kompetensi", headings, table.file_rows(heat, masked=masked), (22, 32, 10, 32, 32)),
        Page("Keterangan", ("Hal", "Isi"), notes, (14, 48)),
    ]
    return workbook_file("peta-kompetensi", pages)
