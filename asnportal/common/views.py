"""What views of every app share."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from asnportal.people.models import User


class SignedIn(HttpRequest):
    """A request that LoginRequiredMiddleware has let through."""

    user: "User"
