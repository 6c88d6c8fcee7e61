"""What BKPSDM sets for the whole portal: a page of doors."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from asnportal.common.access import require
from asnportal.common.views import SignedIn


@dataclass(frozen=True)
class Door:
    label: str
    text: str
    name: str
    icon: str


DOORS = (
    Door(
        "Hari libur",
        "Hari yang tidak dihitung sebagai hari kerja pada batas waktu dan pengingat.",
        "holiday_list",
        "calendar-days",
    ),
)


@require_GET
def settings(request: SignedIn) -> HttpResponse:
    require(request.user, "people.keep_holidays")
    return render(request, "home/settings/settings.html", {"doors": DOORS})
