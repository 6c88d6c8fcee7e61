"""Whom to ask: the admin unit that is nearest to a person."""

from dataclasses import dataclass

from asnportal.people.models import Unit


@dataclass(frozen=True)
class Contact:
    """Name and telephone as the unit's page has them; ``unit`` is the unit that names them."""

    name: str
    phone: str
    unit: str

    def __str__(self) -> str:
        return f"{self.name}, {self.phone}" if self.name else self.phone


def contact_of(unit: Unit) -> Contact | None:
    """Of the unit itself, else of the nearest one above that names a telephone."""
    found = (
        Unit.objects.filter(code__in=unit.path.split("/"))
        .exclude(contact_phone="")
        .order_by("-level")
        .first()
    )
    return Contact(found.contact_name, found.contact_phone, str(found)) if found else None
