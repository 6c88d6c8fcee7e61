"""Plans of the demo city: one approved, one that waits for its supervisor; and a new assessment that each asks for."""

from datetime import date
from decimal import Decimal
from typing import Protocol

from asnportal.people.models import Employee
from competency.models import LearningForm
from competency.queries.profile import profile_of
from competency.services import plan as service
from competency.services import review as reviews
from competency.services.plan import Wish


class Cast(Protocol):
    def employee(self, name: str) -> Employee: ...


ASKED = "Sejak Juli saya menangani keberatan warga sendiri, tanpa pendampingan."
WISHES = (
    ("Mendampingi loket bersama rekan senior", "duty", "C2", 4),
    ("Menata ulang arsip digital bidang", "wish", "C11", 20),
)


def plan_ahead(cast: Cast, today: date) -> None:
    """What ``asn`` agreed with the supervisor, and what ``asn2`` has just sent."""
    for name, answered in (("asn", True), ("asn2", False)):
        person = cast.employee(name)
        user, supervisor = person.user, person.supervisor
        if user is None or supervisor is None or supervisor.user is None:
            continue
        for wish in wishes(person, today):
            service.add(person, today.year, wish, by=user)
        sent = service.submit(service.plan_for(person, today.year), by=user)
        service.say(sent, text="Kapan pendampingan di loket dimulai?", by=supervisor.user)
        if answered:
            service.approve(sent, by=supervisor.user)
        for line in profile_of(person, today).short[1:2]:
            reviews.request(person, line.competency, reason=ASKED, by=user)


def wishes(person: Employee, today: date) -> list[Wish]:
    """The largest gap, a duty, and a wish of one's own."""
    forms = {form.code: form for form in LearningForm.objects.all()}
    last = date(today.year, 12, 20)
    found = [
        Wish(f"Pelatihan {line.competency.name}", "gap", last, Decimal(8), line.competency, forms.get("B10"))
        for line in profile_of(person, today).short[:1]
    ]
    return found + [
        Wish(title, source, last, Decimal(jp), None, forms.get(code)) for title, source, code, jp in WISHES
    ]
