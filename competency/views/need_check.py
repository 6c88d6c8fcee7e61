"""BKPSDM's side of the offices' needs: who has sent, what it says, verified or returned."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.views import SignedIn, asked_year, attempt, carry_out
from competency.forms.plan import SendBackForm
from competency.models import UnitNeed
from competency.queries import need as query
from competency.services import need as service
from competency.views.need import need_context


def any_need(request: SignedIn, pk: int) -> UnitNeed:
    rows = UnitNeed.objects.visible_to(request.user).select_related("unit", "decided_by", "sent_by")
    return get_object_or_404(rows, pk=pk)


@require_GET
def need_list(request: SignedIn) -> HttpResponse:
    require(request.user, "competency.view_needs")
    today = timezone.localdate()
    year = asked_year(request) or query.waiting_year() or query.planning_year(today)
    offices = query.offices(year)
    context = {
        "year": year,
        "years": sorted({today.year - 1, today.year, today.year + 1, year}),
        "offices": offices,
        "begun": [one for one in offices if one.need],
        "silent": [one for one in offices if not one.need],
        "sent": sum(1 for one in offices if one.state in ("sent", "verified")),
        "waiting": sum(1 for one in offices if one.state == "sent"),
    }
    return render(request, "competency/need/list.html", context)


@require_GET
def need_detail(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "competency.view_needs")
    need = any_need(request, pk)
    return render(request, "competency/need/detail.html", need_context(need, request))


@require_POST
def need_verify(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "competency.decide_need")
    need = any_need(request, pk)
    carry_out(request, lambda: service.verify(need, by=request.user), done=f"Kebutuhan {need} terverifikasi.")
    return redirect("need_detail", pk)


@require_http_methods(["GET", "POST"])
def need_send_back(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "competency.decide_need")
    need, form = any_need(request, pk), SendBackForm(request.POST or None)
    if attempt(form, lambda: service.send_back(need, by=request.user, **form.cleaned_data)):
        return redirect("need_detail", pk)
    context = {"form": form, "need": need}
    return render(request, "competency/need/send_back.html", context, status=422 if form.errors else 200)
