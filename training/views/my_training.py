"""Pelatihan saya: what somebody takes part in, waits for and has finished."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from asnportal.common.access import require
from asnportal.common.views import SignedIn
from training.queries.my_training import PAGE_SIZE, TABS, as_rows, counts, own_enrolments


@require_GET
def my_training(request: SignedIn) -> HttpResponse:
    require(request.user, "training.request_enrolment")
    own = request.user.employee
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "jalan"
    page = Paginator(own_enrolments(own, tab), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"tab": tab, "page": page, "rows": as_rows(list(page)), "counts": counts(own)}
    return render(request, "training/my_training/list.html", context)
