"""Advice for oneself, and what one set aside."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from asnportal.common.access import require
from asnportal.common.navigation import safe_next
from asnportal.common.views import SignedIn, attempt, carry_out
from asnportal.people.models import Employee
from training.forms.recommendation import SetAsideForm
from training.models import Programme
from training.queries.recommendation import set_aside_by
from training.services import recommendation as service

MANY = 6


@require_GET
def recommendation_list(request: SignedIn) -> HttpResponse:
    """The page, or its part for the first screen (three) and the catalogue."""
    require(request.user, "training.keep_recommendations")
    people = Employee.objects.select_related("position", "unit", "supervisor")
    employee, part = people.get(user=request.user), request.headers.get("HX-Target") == "saran"
    found = service.recommendations(employee, most=service.SHOWN if part else MANY)
    context = {"found": found, "back": safe_next(request, default=reverse("recommendation_list"))}
    if part:
        response = render(request, "training/recommendation/_list.html", context)
    else:
        context["aside"] = set_aside_by(employee)
        response = render(request, "training/recommendation/list.html", context)
    response["Vary"] = "HX-Request, HX-Target, Cookie"
    return response


@require_http_methods(["GET", "POST"])
def recommendation_set_aside(request: SignedIn, slug: str) -> HttpResponse:
    require(request.user, "training.keep_recommendations")
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    employee, form = request.user.employee, SetAsideForm(request.POST or None)
    back = safe_next(request, default=reverse("recommendation_list"))
    if attempt(form, lambda: service.set_aside(employee, programme, by=request.user, **form.cleaned_data)):
        messages.success(
            request, f"{programme.title} tidak disarankan lagi. Pilihan ini ada di Saran untuk Anda."
        )
        return HttpResponseRedirect(back)
    context = {"form": form, "programme": programme, "back": back}
    status = 422 if form.errors else 200
    return render(request, "training/recommendation/set_aside.html", context, status=status)


@require_POST
def recommendation_bring_back(request: SignedIn, slug: str) -> HttpResponse:
    require(request.user, "training.keep_recommendations")
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    carry_out(
        request,
        lambda: service.bring_back(request.user.employee, programme, by=request.user),
        done=f"{programme.title} dapat disarankan lagi.",
    )
    return HttpResponseRedirect(safe_next(request, default=reverse("recommendation_list")))
