"""The holiday list: weekends and these days are no working days."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.views import SignedIn, attempt
from asnportal.people.forms.holiday import HolidayForm, HolidayListForm
from asnportal.people.models import Holiday
from asnportal.people.queries.workday import holiday_years
from asnportal.people.services import holiday as service


@require_http_methods(["GET", "POST"])
def holiday_list(request: SignedIn) -> HttpResponse:
    require(request.user, "people.keep_holidays")
    form = HolidayForm(request.POST or None)
    if done := attempt(
        form,
        lambda: service.add(form.cleaned_data["day"], name=form.cleaned_data["name"], by=request.user),
        refused_at="day",
    ):
        messages.success(request, f"{done.result.name} ditambahkan.")
        return redirect("holiday_list")
    return _page(request, form, HolidayListForm())


@require_POST
def holiday_paste(request: SignedIn) -> HttpResponse:
    require(request.user, "people.keep_holidays")
    form = HolidayListForm(request.POST)
    if not form.is_valid():
        return _page(request, HolidayForm(), form)
    lines = form.cleaned_data["lines"]
    added = service.add_all(lines, by=request.user)
    messages.success(request, f"{added} hari libur ditambahkan, {len(lines) - added} sudah ada di daftar.")
    return redirect("holiday_list")


@require_POST
def holiday_remove(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "people.keep_holidays")
    holiday = get_object_or_404(Holiday, pk=pk)
    service.remove(holiday, by=request.user)
    messages.success(request, f"{holiday.name} dihapus dari daftar.")
    return redirect("holiday_list")


def _page(request: SignedIn, form: HolidayForm, paste: HolidayListForm) -> HttpResponse:
    context = {"form": form, "paste": paste, "years": holiday_years(today=localdate())}
    wrong = form.errors or paste.errors
    return render(request, "people/holiday/list.html", context, status=422 if wrong else 200)
