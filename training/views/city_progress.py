"""The annual plan against what came of it, and the five-year plan as the sum of annual ones."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from asnportal.audit.models import record
from asnportal.common.access import require
from asnportal.common.export import workbook_file, xlsx_file
from asnportal.common.views import SignedIn
from training.models import CityPlan
from training.queries import city_plan as plans
from training.queries import city_progress as query
from training.queries import hcdp as sums
from training.views.city_plan import found_plan, year_of


@require_GET
def city_progress(request: SignedIn) -> HttpResponse:
    require(request.user, "training.view_city_plan")
    year, today = year_of(request), timezone.localdate()
    plan = found_plan(request, year)
    context = {
        "year": year,
        "years": plans.years_around(today, year),
        "page": query.progress_page(plan, today=today) if plan else None,
    }
    return render(request, "training/city_plan/progress.html", context)


@require_GET
def city_progress_file(request: SignedIn) -> HttpResponseBase:
    require(request.user, "training.view_city_plan")
    plan = get_object_or_404(CityPlan.objects.visible_to(request.user), year=year_of(request))
    page = query.progress_page(plan, today=timezone.localdate())
    record("cityplan.export", plan, by=request.user, rows=len(page.rows))
    return xlsx_file(f"rencana-dan-realisasi-{plan.year}", query.HEADINGS, query.file_rows(page))


@require_GET
def hcdp(request: SignedIn) -> HttpResponse:
    require(request.user, "training.view_city_plan")
    first, today = year_of(request), timezone.localdate()
    context = {"year": first, "years": plans.years_around(today, first), "today": today}
    return render(request, "training/city_plan/hcdp.html", {**context, "found": sums.outlook(first)})


@require_GET
def hcdp_file(request: SignedIn) -> HttpResponseBase:
    require(request.user, "training.view_city_plan")
    found = sums.outlook(year_of(request))
    record("cityplan.export_years", None, by=request.user, first=found.first, last=found.last)
    return workbook_file(f"hcdp-{found.first}-{found.last}", sums.pages_of(found))
