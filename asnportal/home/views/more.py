"""The phone's "Lainnya": everything that has no place in the tab bar, on a plain page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from asnportal.common.views import SignedIn


@require_GET
def more(request: SignedIn) -> HttpResponse:
    """The rest of this person's menu as a list, with the account's own pages below."""
    return render(request, "home/more/more.html")
