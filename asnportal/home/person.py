"""How the signed-in person is shown at the top right of each page."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


@dataclass(frozen=True)
class Card:
    name: str
    place: str
    initials: str


def card_of(user: AbstractBaseUser | AnonymousUser) -> Card:
    """Name, place of work and two letters; for a stranger all three are empty."""
    name = str(user) if user.is_authenticated else ""
    return Card(name=name, place="", initials=initials(name))


def initials(name: str) -> str:
    """The first letters of the first two words, without degrees behind a comma: "Rahmawati Noor, S.Sos." is RN."""
    words = [word for word in name.split(",")[0].split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper()
