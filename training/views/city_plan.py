"""The city's annual plan: BKPSDM keeps it; auditor, technical admin and the leaders of the city read it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.views import SignedIn, asked_year, attempt, carry_out, chosen_ids
from competency.models import NeedLine
from training.forms.city_plan import CeilingForm, FixForm, ReviseForm
from training.models import CityPlan, CityPlanLine
from training.queries import city_plan as query
from training.services import city_line
from training.services import city_plan as service


def year_of(request: SignedIn) -> int:
    return asked_year(request) or timezone.localdate().year


def address(year: int, name: str = "city_plan") -> str:
    return f"{reverse(name)}?tahun={year}"


def found_plan(request: SignedIn, year: int) -> CityPlan | None:
    plan: CityPlan | None = CityPlan.objects.visible_to(request.user).filter(year=year).first()
    return plan


@require_GET
def city_plan(request: SignedIn) -> HttpResponse:
    require(request.user, "training.view_city_plan")
    year = year_of(request)
    plan = found_plan(request, year)
    context = {
        "year": year,
        "years": query.years_around(timezone.localdate(), year),
        "page": query.plan_page(plan) if plan else None,
        "waiting": query.waiting_needs(year).count(),
        "ceiling_form": CeilingForm(initial={"ceiling": plan.ceiling if plan else None}),
    }
    return render(request, "training/city_plan/plan.html", context)


@require_GET
def city_pool(request: SignedIn) -> HttpResponse:
    """All verified needs of the year that stand in no line, merged by competency and form."""
    require(request.user, "competency.view_needs")
    year = year_of(request)
    plan = found_plan(request, year)
    context = {
        "year": year,
        "years": query.years_around(timezone.localdate(), year),
        "plan": plan,
        "bundles": query.bundles(query.waiting_needs(year)),
        "lines": list(plan.lines.all()) if plan else [],
    }
    return render(request, "training/city_plan/pool.html", context)


@require_POST
def city_line_from_needs(request: SignedIn) -> HttpResponse:
    """One tap on a bundle, or the ticked needs: into a new line, or into one that is there."""
    require(request.user, "training.keep_city_plan")
    year = year_of(request)
    chosen = list(NeedLine.objects.filter(pk__in=wanted_ids(request)))
    target = request.POST.get("baris", "") if "gabung" in request.POST else ""
    line = None
    if target.isascii() and target.isdigit() and len(target) < 18:
        lines = CityPlanLine.objects.visible_to(request.user).select_related("plan")
        line = get_object_or_404(lines, pk=int(target), plan__year=year)

    def put() -> CityPlanLine:
        if line is not None:
            return city_line.join(line, chosen, by=request.user)
        return city_line.from_needs(year, chosen, by=request.user)

    if done := carry_out(request, put):
        messages.success(request, f"Kebutuhan masuk baris {done.result.title}. Lengkapi, lalu verifikasi.")
    return redirect(address(year, "city_pool"))


def wanted_ids(request: SignedIn) -> list[int]:
    """Those of the bundle whose button was pressed, else those that were ticked."""
    whole = request.POST.get("kelompok", "")[:20_000]
    parts = [part for part in whole.split("-") if part.isascii() and part.isdigit() and len(part) < 18]
    return [int(part) for part in parts] if whole else chosen_ids(request)


@require_POST
def city_plan_ceiling(request: SignedIn) -> HttpResponse:
    require(request.user, "training.keep_city_plan")
    year, form = year_of(request), CeilingForm(request.POST)
    if form.is_valid():
        carry_out(request, lambda: service.set_ceiling(year, by=request.user, **form.cleaned_data))
    else:
        messages.error(request, str(form.errors["ceiling"][0]))
    return redirect(address(year))


@require_http_methods(["GET", "POST"])
def city_plan_fix(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.keep_city_plan")
    plan = get_object_or_404(CityPlan.objects.visible_to(request.user), pk=pk)
    form = FixForm(request.POST or None, initial={"decree_number": plan.decree_number})
    if attempt(form, lambda: service.fix(plan, by=request.user, **form.cleaned_data)):
        messages.success(request, f"{plan} ditetapkan. Jadwal dapat dibuat dari barisnya.")
        return redirect(address(plan.year))
    context = {"form": form, "plan": plan, "page": query.plan_page(plan)}
    return render(request, "training/city_plan/fix.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def city_plan_revise(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.keep_city_plan")
    plan = get_object_or_404(CityPlan.objects.visible_to(request.user), pk=pk)
    form = ReviseForm(request.POST or None)
    if attempt(form, lambda: service.revise(plan, by=request.user, **form.cleaned_data)):
        messages.success(request, f"{plan} dibuka untuk {form.cleaned_data['name']}.")
        return redirect(address(plan.year))
    context = {"form": form, "plan": plan}
    return render(request, "training/city_plan/revise.html", context, status=422 if form.errors else 200)
