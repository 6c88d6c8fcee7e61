"""What every page of the portal may use without its view handing it over."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from asnportal.home.menu import Menu, menu_for, public_menu
from asnportal.home.person import card_of
from asnportal.home.queries.waiting import waiting_for

THEME_COOKIE = "tema"


def layout(request: HttpRequest) -> dict[str, Any]:
    """Site name, theme, menu, bell and the person at the top right; nothing is read before it is drawn.

    An error page may be drawn before anybody is known: then there is a public menu and nobody.
    """
    shared = {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_OWNER": settings.SITE_OWNER,
        "theme": request.COOKIES.get(THEME_COOKIE, ""),
        "public_menu": SimpleLazyObject(lambda: public_menu(request.path)),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {**shared, "menu": Menu(), "unread": 0, "person": None}
    waiting: Any = SimpleLazyObject(lambda: waiting_for(user))
    return {
        **shared,
        "menu": SimpleLazyObject(lambda: menu_for(user, path=request.path, waiting=waiting)),
        "unread": SimpleLazyObject(lambda: waiting.unread),
        "delayed_mails": SimpleLazyObject(lambda: waiting.delayed),
        "person": SimpleLazyObject(lambda: card_of(user)),
    }
