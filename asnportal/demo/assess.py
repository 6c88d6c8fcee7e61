"""Levels of the demo city: most people were assessed, some officially, some long ago, some never."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from asnportal.people.models import Employee
from competency.models import Assessment, Method, OfficialIndex, PerformanceRating
from competency.queries.period import anniversary
from competency.queries.standard import Requirement, requirements

MIX = (Method.CENTRE, Method.CENTRE, Method.AROUND, Method.SUPERVISOR, Method.TEST)
PREDICATES = ("Sangat Baik", "Baik", "Baik", "Baik", "Butuh Perbaikan")
NEVER = 0.12  # share of people without any assessment
YEARS = 3


def assess(people: Sequence[Employee], chance: random.Random, today: date) -> None:
    """Bring people with their position, in a fixed order: the same seed gives the same levels."""
    asked = requirements({one.position for one in people if one.position}, today)
    rows: list[Assessment] = []
    for person in people:
        wanted = asked.get(person.position_id or 0)
        if wanted and chance.random() > NEVER:
            rows += levels(person, wanted, chance, today)
    Assessment.objects.bulk_create(rows, batch_size=1000)


def levels(person: Employee, asked: Requirement, chance: random.Random, today: date) -> Iterator[Assessment]:
    """One look at everything the post asks; a few of them lapsed, a few with the person's own view beside."""
    method = chance.choice(MIX)
    day = today - timedelta(days=chance.randint(30, 1200))
    own = chance.random() < 0.3
    for one in asked.items:
        held = min(5, max(0, one.level + chance.choice((-2, -1, -1, 0, 0, 0, 1))))
        look = Assessment(
            employee=person,
            competency=one.competency,
            method=method,
            level=held,
            day=day,
            valid_until=anniversary(day, day.year + YEARS),
            position_id=person.position_id,
            standard_id=one.standard_id,
            required=one.level,
        )
        yield look
        if own:
            yield own_view(look, min(5, held + chance.choice((0, 0, 1))))


def own_view(look: Assessment, level: int) -> Assessment:
    """What the person thought of himself on the same day."""
    return Assessment(
        employee=look.employee,
        competency=look.competency,
        method=Method.SELF,
        level=level,
        day=look.day,
        valid_until=look.valid_until,
        position_id=look.position_id,
        standard_id=look.standard_id,
        required=look.required,
    )


def rate(people: Sequence[Employee], chance: random.Random, today: date) -> None:
    """The predicates of the last year, and what SIASN gave for it; a few people have neither."""
    measured = [one for one in people if one.kind != Employee.Kind.CPNS and chance.random() > 0.05]
    year = today.year - 1
    PerformanceRating.objects.bulk_create(
        [PerformanceRating(employee=one, year=year, predicate=chance.choice(PREDICATES)) for one in measured],
        batch_size=1000,
    )
    OfficialIndex.objects.bulk_create(
        [
            OfficialIndex(
                employee=one,
                year=year,
                qualification=15,
                competence=chance.choice((Decimal(0), Decimal("17.5"), Decimal("22.5"), Decimal(40))),
                performance=25,
                discipline=5,
            )
            for one in measured
        ],
        batch_size=1000,
    )
