"""Sheets of activation codes for a unit: who has no account yet, codes, slips to cut, mails where known.

Here, not in people: the mails are notifications'.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from asnportal.common.access import require
from asnportal.common.views import SignedIn
from asnportal.home.notices import activation_code
from asnportal.notifications.services import outbox
from asnportal.people.forms.activation import SheetForm, UnitChoice
from asnportal.people.models import Employee, Unit
from asnportal.people.queries.employee import NO_PASSWORD
from asnportal.people.services import activation

PER_SHEET = 8


@require_http_methods(["GET", "POST"])
def activation_sheet(request: SignedIn) -> HttpResponse:
    """For BKPSDM: any unit."""
    require(request.user, "people.keep_employee")
    return _sheet(request, "activation_sheet")


@require_http_methods(["GET", "POST"])
def unit_activation_sheet(request: SignedIn) -> HttpResponse:
    """For an admin unit: the own units."""
    require(request.user, "people.view_unit_people")
    return _sheet(request, "unit_activation_sheet")


def _sheet(request: SignedIn, name: str) -> HttpResponse:
    units = Unit.objects.visible_to(request.user).filter(is_active=True).order_by("path")
    choice = UnitChoice(request.GET, units=units)
    unit = (choice.cleaned_data["unit"] if choice.is_valid() else None) or units.first()
    people = _without_account(unit) if unit else Employee.objects.none()
    form = SheetForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        return _slips(request, form, unit)
    context = {"form": form, "units": units, "unit": unit, "people": people, "url_name": name}
    context["known"] = sum(bool(one.email) for one in people)
    return render(request, "people/activation/sheet.html", context, status=422 if form.errors else 200)


def _slips(request: SignedIn, form: SheetForm, unit: Unit | None) -> HttpResponse:
    """The codes are shown here and now: reloading makes new ones and ends these."""
    people = form.cleaned_data["orang"].select_related("unit", "position", "user")
    with transaction.atomic():
        slips = activation.make_codes(people, by=request.user)
        if form.cleaned_data["kirim"]:
            outbox.post_many(activation_code(slip) for slip in slips if slip.employee.email)
    context = {"slips": slips, "pages": pages(slips), "unit": unit}
    return render(request, "people/activation/slips.html", context)


def pages(slips: Sequence[activation.Slip]) -> list[Sequence[activation.Slip]]:
    """Eight slips a sheet of A4."""
    return [slips[start : start + PER_SHEET] for start in range(0, len(slips), PER_SHEET)]


def _without_account(unit: Unit) -> QuerySet[Employee]:
    people = Employee.objects.active().of_units(Unit.objects.under(unit)).filter(NO_PASSWORD)
    return people.select_related("unit", "position").order_by("unit__path", "name", "pk")
