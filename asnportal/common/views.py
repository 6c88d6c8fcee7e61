"""What views of every app share."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from django.contrib import messages
from django.http import HttpRequest

from asnportal.common.errors import Refusal

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


Result = TypeVar("Result")


class Fillable(Protocol):
    """A form, or several that are sent as one."""

    def is_valid(self) -> bool: ...

    def add_error(self, field: str | None, error: str, /) -> None: ...


@dataclass(frozen=True)
class Done(Generic[Result]):
    """What a service gave back; true even where it gave nothing."""

    result: Result


def attempt(
    form: Fillable, act: Callable[[], Result], *, refused_at: str | None = None
) -> Done[Result] | None:
    """Carry out the act of a valid form. None where the form is not valid or the service refused: then its
    sentence stands in the form, at the field ``refused_at`` or above all."""
    if not form.is_valid():
        return None
    try:
        return Done(act())
    except Refusal as refusal:
        form.add_error(refused_at, refusal.message)
        return None


def carry_out(request: HttpRequest, act: Callable[[], Result], *, done: str = "") -> Done[Result] | None:
    """Carry out the act of a button; above the next page stands ``done``, or the sentence of the refusal."""
    try:
        result = act()
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return None
    if done:
        messages.success(request, done)
    return Done(result)


def asked_year(request: HttpRequest, name: str = "tahun") -> int | None:
    """The year in the address; None for anything that is none (TRUST B45)."""
    typed = request.GET.get(name, "")
    known = typed.isascii() and typed.isdigit() and len(typed) == 4 and 1970 <= int(typed) <= 2100
    return int(typed) if known else None


def chosen_ids(request: HttpRequest, *, most: int = 1000) -> list[int]:
    """The ids of ticked rows (``id`` in the form); what is no id of a database row is passed over."""
    return [int(value) for value in request.POST.getlist("id")[:most] if _ID.fullmatch(value)]
