"""What every page of the portal may use without its view handing it over."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from asnportal.home.menu import menu_for, public_menu
from asnportal.home.person import card_of

THEME_COOKIE = "tema"


def layout(request: HttpRequest) -> dict[str, Any]:
    """Site name, theme, menu and the person at the top right; read from the database only when drawn."""
    user = request.user
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_OWNER": settings.SITE_OWNER,
        "theme": request.COOKIES.get(THEME_COOKIE, ""),
        "menu": SimpleLazyObject(lambda: menu_for(user, path=request.path)),
        "public_menu": SimpleLazyObject(lambda: public_menu(request.path)),
        "person": SimpleLazyObject(lambda: card_of(user)),
    }
