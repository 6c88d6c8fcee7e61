"""What the supervisor answers to a plan, and the dialogue about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.views import SignedIn, attempt, carry_out
from competency.forms.plan import PlanNoteForm, SendBackForm
from competency.models import Plan
from competency.services import plan as service
from training.views.plan import to_plan


def staff_plan(request: SignedIn, pk: int, permission: str) -> Plan:
    """A plan within sight (else 404) about which the verb is allowed (else 403)."""
    require(request.user, permission)
    rows = Plan.objects.visible_to(request.user).select_related(
        "employee__user", "employee__supervisor__user"
    )
    found: Plan = get_object_or_404(rows, pk=pk)
    require(request.user, permission, found)
    return found


def address(plan: Plan) -> str:
    return f"{reverse('employee_plan', args=[plan.employee.public_id])}?tahun={plan.year}"


@require_POST
def plan_approve(request: SignedIn, pk: int) -> HttpResponse:
    found = staff_plan(request, pk, "competency.decide_plan")
    carry_out(request, lambda: service.approve(found, by=request.user))
    return redirect(address(found))


@require_http_methods(["GET", "POST"])
def plan_send_back(request: SignedIn, pk: int) -> HttpResponse:
    found, form = staff_plan(request, pk, "competency.decide_plan"), SendBackForm(request.POST or None)
    if attempt(form, lambda: service.send_back(found, by=request.user, **form.cleaned_data)):
        return redirect(address(found))
    context = {"form": form, "plan": found, "back": address(found)}
    return render(request, "training/plan/send_back.html", context, status=422 if form.errors else 200)


@require_POST
def plan_note(request: SignedIn, pk: int) -> HttpResponse:
    """One line of the dialogue, from the person or the supervisor."""
    found = staff_plan(request, pk, "competency.talk_about_plan")
    form = PlanNoteForm(request.POST)
    if form.is_valid():
        carry_out(request, lambda: service.say(found, by=request.user, **form.cleaned_data))
    else:
        messages.error(request, str(form.errors["text"][0]))
    is_own = found.employee.user_id == request.user.pk
    return to_plan(found) if is_own else redirect(address(found))
