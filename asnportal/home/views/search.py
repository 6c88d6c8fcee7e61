"""Cari: one box for everything an officer works with."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from asnportal.common.access import require
from asnportal.common.views import SignedIn
from asnportal.home.forms.search import SearchForm
from asnportal.home.queries import search as query
from asnportal.people.queries.employee import sees_masked


@require_GET
def search(request: SignedIn) -> HttpResponse:
    require(request.user, "people.search")
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    groups = query.search(request.user, words, today=timezone.localdate()) if words else []
    context = {"form": form, "words": words, "groups": groups, "masked": sees_masked(request.user)}
    return render(request, "home/search/results.html", context, status=422 if form.errors else 200)
