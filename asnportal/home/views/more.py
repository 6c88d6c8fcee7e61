"""The phone's "Lainnya": everything that has no place in the tab bar, on a plain page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from asnportal.common.views import SignedIn
from asnportal.home.menu import menu_for


@require_GET
def more(request: SignedIn) -> HttpResponse:
    """The whole menu of this person as a list, with the account's own pages below."""
    menu = menu_for(request.user, path=request.path)
    return render(request, "home/more/more.html", {"groups": menu.groups, "account": menu.account})
