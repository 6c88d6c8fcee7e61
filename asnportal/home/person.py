"""How the signed-in person is shown at the top right of each page."""

from dataclasses import dataclass

from asnportal.people.models import RoleGrant, User


@dataclass(frozen=True)
class Card:
    name: str
    place: str
    initials: str


def card_of(user: User) -> Card:
    """Name, place of work (else the role) and two letters."""
    employee = user.employee_or_none
    name = employee.name if employee else user.get_full_name()
    place = str(employee.unit) if employee else ", ".join(RoleGrant.Role(role).label for role in user.roles)
    return Card(name=name, place=place, initials=initials(name))


def initials(name: str) -> str:
    """The first letters of the first two words; degrees behind a comma do not count."""
    words = [word for word in name.split(",", maxsplit=1)[0].split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper()
