"""One's own JP and certificates at /riwayat/, and somebody's for those who read all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from asnportal.common.access import require
from asnportal.common.views import SignedIn, asked_year, attempt
from asnportal.people.models import Employee
from competency.forms.ledger import ReverseForm
from competency.models import LedgerLine
from competency.queries.period import period_on
from competency.services import ledger as service
from competency.services.turn import Evidence, ending, evidence_for, is_told
from training.queries.ledger import LedgerPage, ledger_page

ALL = "semua"


@require_GET
def ledger(request: SignedIn) -> HttpResponse:
    require(request.user, "training.view_own_ledger")
    return _show(request, request.user.employee, own=True)


@require_GET
def employee_ledger(request: SignedIn, public_id: str) -> HttpResponse:
    require(request.user, "training.view_workspace")
    employee = get_object_or_404(
        Employee.objects.visible_to(request.user).select_related("unit"), public_id=public_id
    )
    return _show(request, employee, own=False)


def _show(request: SignedIn, employee: Employee, *, own: bool) -> HttpResponse:
    today = timezone.localdate()
    page = ledger_page(employee, year=_year(request, employee), today=today)
    context = {"page": page, "own": own, "all": ALL, "employee": employee}
    context |= {"ended": _ended(page), "evidence": _evidence(page) if own else None}
    return render(request, "training/ledger/page.html", context)


def _ended(page: LedgerPage) -> str:
    """How the year shown ended, or in the first month of a new one how the year before did."""
    if page.is_over and page.summary:
        return ending(page.summary)
    told = page.summary and page.before and is_told(page.summary, today=page.today)
    return ending(page.before) if told and page.before else ""


def _evidence(page: LedgerPage) -> Evidence | None:
    """For a calendar year that is over: whether evidence of it is still taken."""
    if page.year is None or page.year >= page.today.year:
        return None
    return evidence_for(page.year, today=page.today)


def _year(request: SignedIn, employee: Employee) -> int | None:
    """The year asked for, the present one where the address makes no sense (TRUST B45), None for all."""
    if request.GET.get("tahun") == ALL:
        return None
    return asked_year(request) or period_on(employee, timezone.localdate()).year


@require_http_methods(["GET", "POST"])
def ledger_reverse(request: SignedIn, pk: int) -> HttpResponse:
    """Take a wrong line back, with a reason; both stay to be read."""
    require(request.user, "competency.reverse_line")
    lines = LedgerLine.objects.visible_to(request.user).select_related("employee", "form")
    line, form = get_object_or_404(lines, pk=pk), ReverseForm(request.POST or None)
    if attempt(form, lambda: service.reverse(line, by=request.user, reason=form.cleaned_data["reason"])):
        messages.success(request, "Baris dibatalkan.")
        return redirect("employee_ledger", line.employee.public_id)
    status = 422 if form.errors else 200
    return render(request, "training/ledger/reverse.html", {"line": line, "form": form}, status=status)
