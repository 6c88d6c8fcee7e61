"""Reports on the whole city for BKPSDM, technical admin, auditor and leaders: figures of groups, never a name."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from asnportal.audit.models import record
from asnportal.common.access import password_again, require
from asnportal.common.export import Row, csv_file, xlsx_file
from asnportal.common.views import SignedIn
from asnportal.people.models import Employee, Unit
from competency.forms.report import ReportFilter
from competency.queries import report_jp as query
from competency.queries.report import Tree, grouped, tree

WRITERS = {"xlsx": xlsx_file, "csv": csv_file}


@require_GET
def report(request: SignedIn) -> HttpResponse:
    """JP fulfilment, the city first, then by office; or one office by its parts."""
    require(request.user, "competency.view_reports")
    context = jp_context(request, tree())
    return render(request, "competency/report/jp.html", context)


@require_POST
@password_again
def report_export(request: SignedIn) -> HttpResponseBase:
    require(request.user, "competency.view_reports")
    return jp_file(request, tree())


def jp_context(request: SignedIn, view: Tree) -> dict[str, Any]:
    """The report as the address asks for it, on the people of a view."""
    today = timezone.localdate()
    unit = asked_unit(request, view)
    form = ReportFilter(
        request.GET, years=query.years(today), units=choices(view, unit), everything=everything(view)
    )
    chosen = form.chosen()
    year, kind = chosen["tahun"], chosen["kelompok"]
    people = query.shares(people_of(view), kind, year, today=today)
    return {
        "form": form,
        "unit": unit,
        "report": query.jp_report(grouped(people, view, unit), kind, year),
        "today": today,
    }


def jp_file(request: SignedIn, view: Tree) -> HttpResponseBase:
    """What the page shows, as a file; leaves a line."""
    found: query.JpReport = jp_context(request, view)["report"]
    rows = list(jp_rows(found))
    return written(request, "pemenuhan-jp", HEADINGS[found.kind], rows, about=f"{found.kind} {found.year}")


HEADINGS = {
    "pns": ("Unit", "PNS dan CPNS", "Mencapai target", "Persen", "Rata-rata JP", "Target JP"),
    "pppk": ("Unit", "PPPK", "JP diakui", "Rata-rata JP", "Paling banyak JP"),
}


def jp_rows(report: query.JpReport) -> Iterator[Row]:
    for row in [report.total, *report.rows] if report.total else []:
        if row and report.is_ceiling:
            yield (row.group.name, row.people, float(row.jp), float(row.mean), float(report.target))
        elif row:
            figures = (row.people, row.fulfilled, row.percent, float(row.mean), float(report.target))
            yield (row.group.name, *figures)


def written(
    request: SignedIn, name: str, headings: Row, rows: list[Row], *, about: str = ""
) -> HttpResponseBase:
    """A report as xlsx or csv, with its line in the trail (PRODUCT.md, rule 10)."""
    kind = "csv" if request.POST.get("jenis_berkas") == "csv" else "xlsx"
    unit = request.GET.get("unit", "")[:30]
    record(
        "report.export", None, by=request.user, report=name, rows=len(rows), file=kind, unit=unit, of=about
    )
    return WRITERS[kind](name, headings, rows)


def people_of(view: Tree) -> Any:
    """Everybody, or those of the own units with all below. The caller has asked the permission."""
    if not view.tops:
        return Employee.objects.all()
    return Employee.objects.of_units(Unit.objects.under_any(view.tops))


def asked_unit(request: SignedIn, view: Tree) -> Unit | None:
    """The unit that the address opens; outside the view 404. One's only unit is open by itself."""
    code = request.GET.get("unit", "")
    if not code:
        return view.tops[0] if len(view.tops) == 1 else None
    found = view.find(code)
    if found is None:
        raise Http404
    return found


def everything(view: Tree) -> str:
    return "Semua unit Anda" if view.tops else "Seluruh kota"


def choices(view: Tree, unit: Unit | None) -> list[tuple[str, str]]:
    """The uppermost units, and those on the way to the one that is open."""
    way = view.way(unit) if unit else []
    return [(one.code, str(one)) for one in dict.fromkeys([*view.first, *way])]
