"""The individual plan: one's own to write, and the team member's to approve or send back."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.views import SignedIn, asked_year, attempt, carry_out
from asnportal.people.models import Employee
from competency.forms.plan import PlanItemForm
from competency.models import Competency, Plan, PlanItem
from competency.services import plan as service
from training.models import Session
from training.queries.plan import plan_page
from training.services.eligibility import NotEligible
from training.services.plan import join_for_gap

PEOPLE = Employee.objects.select_related("position", "unit", "user", "supervisor__user")


def year_of(request: SignedIn) -> int:
    return asked_year(request) or timezone.localdate().year


def to_plan(plan: Plan) -> HttpResponse:
    return redirect(f"{reverse('plan')}?tahun={plan.year}")


def own_plan(request: SignedIn, pk: int) -> Plan:
    found: Plan = get_object_or_404(Plan.objects.filter(employee=request.user.employee), pk=pk)
    return found


@require_GET
def plan(request: SignedIn) -> HttpResponse:
    require(request.user, "competency.keep_plan")
    employee = PEOPLE.get(user=request.user)
    page = plan_page(employee, year=year_of(request), today=timezone.localdate())
    context = {"page": page, "own": True, "employee": employee}
    return render(request, "training/plan/page.html", context)


@require_GET
def employee_plan(request: SignedIn, public_id: str) -> HttpResponse:
    """A team member's plan for the supervisor, the unit's officer and BKPSDM."""
    require(request.user, "competency.view_profile")
    employee = get_object_or_404(Employee.objects.visible_to(request.user), public_id=public_id)
    employee = PEOPLE.get(pk=employee.pk)
    page = plan_page(employee, year=year_of(request), today=timezone.localdate())
    context = {"page": page, "own": False, "employee": employee}
    return render(request, "training/plan/page.html", context)


@require_http_methods(["GET", "POST"])
def plan_item_new(request: SignedIn) -> HttpResponse:
    require(request.user, "competency.keep_plan")
    year = year_of(request)
    form = PlanItemForm(request.POST or None, initial=_initial(request, year))
    if done := attempt(form, lambda: service.add(request.user.employee, year, form.wish(), by=request.user)):
        messages.success(request, "Butir ditambahkan ke rencana.")
        return to_plan(done.result.plan)
    context = {"form": form, "year": year}
    return render(request, "training/plan/item.html", context, status=422 if form.errors else 200)


def _initial(request: SignedIn, year: int) -> dict[str, object]:
    """From a gap: its competency and where it comes from."""
    wanted = request.GET.get("kompetensi", "").replace("\x00", "")
    found = Competency.objects.filter(code=wanted[:12]).first() if wanted else None
    first = {"target": date(year, 12, 15), "source": "wish"}
    return {**first, "competency": found, "source": "gap", "title": found.name} if found else first


FIELDS = ("title", "source", "competency", "form", "target", "jp", "reason")


@require_http_methods(["GET", "POST"])
def plan_item_edit(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "competency.keep_plan")
    item = own_item(request, pk)
    form = PlanItemForm(request.POST or None, initial={name: getattr(item, name) for name in FIELDS})
    if attempt(form, lambda: service.change(item, form.wish(), by=request.user)):
        return to_plan(item.plan)
    context = {"form": form, "year": item.plan.year, "item": item}
    return render(request, "training/plan/item.html", context, status=422 if form.errors else 200)


def own_item(request: SignedIn, pk: int) -> PlanItem:
    own = PlanItem.objects.filter(plan__employee=request.user.employee).select_related("plan")
    return get_object_or_404(own, pk=pk)


@require_POST
def plan_item_drop(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "competency.keep_plan")
    item = own_item(request, pk)
    carry_out(request, lambda: service.drop(item, by=request.user))
    return to_plan(item.plan)


@require_POST
def plan_item_done(request: SignedIn, pk: int) -> HttpResponse:
    """By hand, for what ran outside the portal."""
    require(request.user, "competency.keep_plan")
    item = own_item(request, pk)
    carry_out(request, lambda: service.mark_done(item, by=request.user))
    return to_plan(item.plan)


@require_POST
def plan_submit(request: SignedIn, pk: int) -> HttpResponse:
    return _verb(request, pk, service.submit)


@require_POST
def plan_take_back(request: SignedIn, pk: int) -> HttpResponse:
    return _verb(request, pk, service.take_back)


@require_POST
def plan_finish(request: SignedIn, pk: int) -> HttpResponse:
    return _verb(request, pk, service.finish)


def _verb(request: SignedIn, pk: int, verb: Callable[..., Plan]) -> HttpResponse:
    """The person's own move: done, or the sentence why not."""
    require(request.user, "competency.keep_plan")
    found = own_plan(request, pk)
    carry_out(request, lambda: verb(found, by=request.user))
    return to_plan(found)


@require_POST
def plan_carry_over(request: SignedIn) -> HttpResponse:
    """Unfinished items of last year's plan into this year's."""
    require(request.user, "competency.keep_plan")
    year = year_of(request)
    page = plan_page(PEOPLE.get(user=request.user), year=year, today=timezone.localdate())
    items = [row.item for row in page.unfinished]
    carry_out(request, lambda: service.carry_over(request.user.employee, year, items, by=request.user))
    return redirect(f"{reverse('plan')}?tahun={year}")


@require_POST
def plan_join(request: SignedIn, pk: int, competency_pk: int) -> HttpResponse:
    """One tap on a gap: the item of the plan and the request for a seat."""
    require(request.user, "training.request_enrolment")
    rows = (
        Session.objects.visible_to(request.user)
        .select_related("programme__form")
        .prefetch_related("meetings")
    )
    session, competency = get_object_or_404(rows, pk=pk), get_object_or_404(Competency, pk=competency_pk)
    try:
        made = join_for_gap(session, competency, employee=request.user.employee, by=request.user)
    except NotEligible as refusal:
        messages.error(request, refusal.message)
        return redirect("competency_profile")
    messages.success(request, f"Masuk rencana {session.end.year}, dan pendaftarannya sudah diajukan.")
    return redirect("enrolment", made.public_id)
