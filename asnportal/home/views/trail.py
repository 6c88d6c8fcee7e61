"""The audit trail, for the auditor and the technical admin; BKPSDM reads it too. Nobody changes it."""

from datetime import datetime, time, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from asnportal.audit.models import AuditLine
from asnportal.common.access import require
from asnportal.common.dates import WITA
from asnportal.common.views import SignedIn, searched

FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_GET
def audit_trail(request: SignedIn) -> HttpResponse:
    require(request.user, "people.view_trail")
    found = AuditLine.objects.select_related("target_type")
    words, day = searched(request), day_of(request.GET.get("tanggal", ""))
    for word in words.split():
        found = (
            found.filter(actor_name__icontains=word)
            | found.filter(label__icontains=word)
            | found.filter(verb__icontains=word)
        )
    if day:
        found = found.filter(at__gte=day, at__lt=day + timedelta(days=1))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    typed = request.GET.get("tanggal", "")
    context = {"page": page, "words": words, "day": typed, "ignored": bool(typed) and day is None}
    return render(request, "home/trail/list.html", context)


def day_of(text: str) -> datetime | None:
    """The start of a WITA day, or None for anything that is no date of this portal's time (B14, B48)."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return datetime.combine(day, time(), WITA) if day and FIRST_YEAR <= day.year <= LAST_YEAR else None
