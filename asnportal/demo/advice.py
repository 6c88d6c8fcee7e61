"""What people of the demo city do not want to be advised: enough of them that BKPSDM reads a reason or two."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from django.utils import timezone

from asnportal.people.models import Employee
from training.models import SetAside
from training.queries.recommendation import Person, advisable
from training.services.recommendation import set_aside

REASONS = ("far",) * 7 + ("time",) * 6 + ("known",) * 3 + ("post",)


class Cast(Protocol):
    def employee(self, name: str) -> Employee: ...


def decline_advice(people: Sequence[Employee], chance: random.Random, cast: Cast) -> None:
    """Many set the same training aside, ``asn`` among them."""
    one = people[0]
    session = advisable(Person(one, ()), timezone.now()).order_by("start", "pk").first()
    others = [person for person in people if person.user_id is None]
    if session is not None:
        rows = [
            SetAside(
                employee=person,
                programme=session.programme,
                reason=reason,
                at=timezone.now() - timedelta(days=chance.randint(1, 20)),
            )
            for person, reason in zip(
                chance.sample(others, min(len(others), len(REASONS))), REASONS, strict=False
            )
        ]
        SetAside.objects.bulk_create(rows)
        asn = cast.employee("asn")
        if asn.user:
            set_aside(asn, session.programme, reason=SetAside.Reason.TIME, by=asn.user)
