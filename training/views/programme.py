"""BKPSDM keeps the catalogue."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from asnportal.common.access import require
from asnportal.common.repeat import sent_once
from asnportal.common.views import SignedIn, attempt, searched
from training.forms.programme import ProgrammeForms
from training.models import Programme
from training.queries.programme import matching
from training.services import programme as service


@require_GET
def programme_list(request: SignedIn) -> HttpResponse:
    require(request.user, "training.view_workspace")
    words = searched(request)
    found = matching(Programme.objects.visible_to(request.user), words=words)
    rows = found.select_related("form", "provider").annotate(runs=Count("sessions")).order_by("title", "pk")
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    return render(request, "training/programme/manage_list.html", {"page": page, "words": words})


@require_http_methods(["GET", "POST"])
@sent_once
def programme_new(request: SignedIn) -> HttpResponse:
    require(request.user, "training.keep_programme")
    forms = ProgrammeForms(request.POST or None)
    if done := attempt(
        forms, lambda: service.create(forms.values(), contents=forms.contents(), by=request.user)
    ):
        messages.success(request, f"{done.result.title} tersimpan di katalog.")
        return redirect("programme_edit", done.result.pk)
    return _form(request, forms)


@require_http_methods(["GET", "POST"])
def programme_edit(request: SignedIn, pk: int) -> HttpResponse:
    require(request.user, "training.keep_programme")
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    forms = ProgrammeForms(request.POST or None, programme=programme)
    if attempt(
        forms,
        lambda: service.update(
            Programme.objects.get(pk=pk), forms.values(), contents=forms.contents(), by=request.user
        ),
    ):
        messages.success(request, "Perubahan tersimpan.")
        return redirect("programme_edit", pk)
    return _form(request, forms, programme)


def _form(request: HttpRequest, forms: ProgrammeForms, programme: Programme | None = None) -> HttpResponse:
    sessions = programme.sessions.order_by("-start") if programme else []
    context = {"forms": forms, "form": forms.main, "programme": programme, "sessions": sessions}
    return render(
        request, "training/programme/form.html", context, status=422 if forms.main.is_bound else 200
    )
