"""What views of every app share."""

import re
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from asnportal.people.models import User

SEARCH_LENGTH = 100
_ID = re.compile(r"[0-9]{1,18}")


class SignedIn(HttpRequest):
    """A request that LoginRequiredMiddleware has let through."""

    user: "User"


def searched(request: HttpRequest) -> str:
    """What is looked for (``q``): one line of at most 100 characters that every database takes (TRUST B29, B47)."""
    typed = request.GET.get("q", "")[:SEARCH_LENGTH]
    return " ".join("".join(char if char.isprintable() else " " for char in typed).split())


def chosen_ids(request: HttpRequest, *, most: int = 1000) -> list[int]:
    """The ids of ticked rows (``id`` in the form); what is no id of a database row is passed over."""
    return [int(value) for value in request.POST.getlist("id")[:most] if _ID.fullmatch(value)]
