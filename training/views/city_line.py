"""One line of the city's annual plan: written, checked, split, and carried out as a session."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.repeat import sent_once
from asnportal.common.views import SignedIn, attempt, carry_out
from training.forms.city_plan import ActualCostForm, CityCheckForm, CityLineForm
from training.models import CityPlanLine, CityPlanNeed
from training.queries import city_plan as query
from training.services import city_line as service
from training.views.city_plan import address, year_of


def seen_line(request: SignedIn, pk: int) -> CityPlanLine:
    rows = CityPlanLine.objects.visible_to(request.user).select_related("plan")
    return get_object_or_404(rows, pk=pk)


def kept_line(request: SignedIn, pk: int) -> CityPlanLine:
    require(request.user, "training.keep_city_plan")
    return seen_line(request, pk)


@require_GET
def city_line(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.view_city_plan")
    return _page(request, pk, CityCheckForm())


def _page(request: SignedIn, pk: int, form: CityCheckForm) -> HttpResponse:
    plan = seen_line(request, pk).plan
    line = get_object_or_404(query.lines_of(plan), pk=pk)
    line.plan = plan
    context = {
        "row": query.row_of(line),
        "line": line,
        "form": form,
        "missing": service.missing(line),
        "why_not": service.why_no_session(line),
        "cost_form": ActualCostForm(initial={"cost": line.actual_cost}),
        "trail": query.trail_of(line),
    }
    return render(request, "training/city_plan/line.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@sent_once
def city_line_new(request: SignedIn) -> HttpResponse:
    require(request.user, "training.keep_city_plan")
    year = year_of(request)
    form = CityLineForm(request.POST or None, initial={"first_month": 1, "last_month": 12})
    if done := attempt(form, lambda: service.add(year, form.values(), by=request.user)):
        return redirect("city_line", done.result.pk)
    context = {"form": form, "year": year, "back": address(year)}
    return render(request, "training/city_plan/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def city_line_edit(request: SignedIn, pk: int) -> HttpResponse:
    line = kept_line(request, pk)
    form = CityLineForm(request.POST or None, instance=line)
    if attempt(form, lambda: service.change(seen_line(request, pk), form.values(), by=request.user)):
        return redirect("city_line", pk)
    context = {"form": form, "line": line, "year": line.plan.year, "back": reverse("city_line", args=[pk])}
    return render(request, "training/city_plan/edit.html", context, status=422 if form.errors else 200)


@require_POST
def city_line_drop(request: SignedIn, pk: int) -> HttpResponse:
    line = kept_line(request, pk)
    done = carry_out(
        request,
        lambda: service.drop(line, by=request.user),
        done="Baris dihapus. Kebutuhannya kembali ke daftar gabungan.",
    )
    return redirect(address(line.plan.year)) if done else redirect("city_line", pk)


@require_POST
def city_line_verify(request: SignedIn, pk: int) -> HttpResponse:
    line, form = kept_line(request, pk), CityCheckForm(request.POST)
    if attempt(form, lambda: service.verify(line, by=request.user)):
        messages.success(request, "Baris terverifikasi.")
        return redirect(address(line.plan.year))
    return _page(request, pk, form)


@require_POST
def city_line_split(request: SignedIn, pk: int, need_pk: int) -> HttpResponse:
    line = kept_line(request, pk)
    link = get_object_or_404(CityPlanNeed.objects.select_related("line__plan"), line=line, need_line=need_pk)
    carry_out(
        request,
        lambda: service.split(link, by=request.user),
        done="Kebutuhan dipisahkan dan kembali ke daftar gabungan.",
    )
    return redirect("city_line", pk)


@require_POST
def city_line_spend(request: SignedIn, pk: int) -> HttpResponse:
    line, form = kept_line(request, pk), ActualCostForm(request.POST)
    if form.is_valid():
        carry_out(
            request,
            lambda: service.set_actual_cost(line, by=request.user, **form.cleaned_data),
            done="Biaya yang terpakai tersimpan.",
        )
    else:
        messages.error(request, str(form.errors["cost"][0]))
    return redirect("city_line", pk)


@require_POST
def city_line_session(request: SignedIn, pk: int) -> HttpResponse:
    """To the page of a new session, filled from the line; its programme is made where there is none."""
    line = kept_line(request, pk)
    done = carry_out(request, lambda: service.programme_of(line, by=request.user))
    if done is None:
        return redirect("city_line", pk)
    return redirect(f"{reverse('session_new', args=[done.result.pk])}?baris={pk}")
