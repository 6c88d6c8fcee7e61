"""The first screen after sign-in, by role, and the first screen of visitors."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET
from rules import has_perm

from asnportal.common.access import require
from asnportal.common.views import SignedIn, asked_year
from asnportal.home.queries import city, learner, standing, team, unit
from partners.models import Partner
from partners.queries.proposal import figures, listed, session_rows
from training.queries.catalogue import Wish, catalogue

YEARS = 3  # the present one and those before it that can be chosen


@require_GET
@login_not_required
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    rows = catalogue(Wish(only_open=True), page=1, employee=None).rows[:3]
    return render(request, "home/landing/landing.html", {"rows": rows})


@require_GET
def home(request: SignedIn) -> HttpResponse:
    """Work that others wait for comes first; somebody without a duty sees his own learning."""
    pages: tuple[tuple[tuple[str, ...], Callable[[SignedIn], HttpResponse]], ...] = (
        (("bkpsdm", "admin"), bkpsdm_home),
        (("pimpinan",), leader_home),
        (("auditor",), auditor_home),
        (("mitra",), partner_home),
    )
    for roles, page in pages:
        if request.user.has_role(*roles):
            return page(request)
    return learner_home(request)


def learner_home(request: SignedIn) -> HttpResponse:
    employee = request.user.employee_or_none
    if employee is None:
        return render(request, "home/start/nobody.html")
    today = timezone.localdate()
    context = {
        "employee": employee,
        "mine": learner.learner(employee, today=today),
        "team": team.team_of(employee, today=today),
        "sees_unit": has_perm("people.view_unit_figures", request.user),
        "greeting": greeting(),
    }
    return render(request, "home/start/learner.html", context)


def years_of(request: SignedIn) -> dict[str, Any]:
    """The year asked for, not after the present one, and those that can be chosen."""
    present = timezone.localdate().year
    year = min(asked_year(request) or present, present)
    return {"year": year, "years": range(present, present - YEARS, -1), "is_past": year < present}


def greeting() -> str:
    """By the hour in WITA."""
    hour = timezone.localtime().hour
    return "pagi" if hour < 11 else "siang" if hour < 15 else "sore" if hour < 18 else "malam"


def bkpsdm_home(request: SignedIn) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "city": city.city(today=today),
        "todos": city.todos(today=today),
        "sessions": city.next_sessions(today=today),
        "machine": city.machine() if request.user.has_role("admin") else None,
        "units": standing.offices(),
    }
    context |= standing_of(today.year)
    return render(request, "home/start/bkpsdm.html", context)


def standing_of(year: int) -> dict[str, Any]:
    """What both first screens of the city tell: from the stored results of now, and JP by month of a year."""
    today = timezone.localdate()
    return {"standing": standing.standing(today=today), "trend": standing.trend(year, today=today)}


def leader_home(request: SignedIn) -> HttpResponse:
    today, years = timezone.localdate(), years_of(request)
    context = {
        "city": city.city(today=today, year=years["year"]),
        "units": city.units_of_city(year=years["year"]),
    }
    return render(request, "home/start/leader.html", context | years | standing_of(years["year"]))


def auditor_home(request: SignedIn) -> HttpResponse:
    today = timezone.localdate()
    return render(
        request, "home/start/auditor.html", {"watch": city.watch(today=today), "city": city.city(today=today)}
    )


def partner_home(request: SignedIn) -> HttpResponse:
    partner = Partner.objects.select_related("provider").filter(members__user=request.user).first()
    if partner is None:
        return render(request, "home/start/nobody.html")
    context = {
        "partner": partner,
        "figures": figures(partner, year=timezone.localdate().year),
        "proposals": listed(partner.proposals.all()).order_by("-id")[:5],
        "sessions": session_rows(partner)[:5],
    }
    return render(request, "home/start/partner.html", context)


@require_GET
def unit_home(request: SignedIn) -> HttpResponse:
    require(request.user, "people.view_unit_figures")
    today = timezone.localdate()
    years = years_of(request)
    figures = unit.overview(unit.tops_of(request.user, today=today), today=today, year=years["year"])
    acts = bool(request.user.officer_units)
    return render(request, "home/start/unit.html", {"unit": figures, "acts": acts} | years)
