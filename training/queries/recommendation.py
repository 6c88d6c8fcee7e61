"""Open sessions that may help somebody: on a gap the nearest that leads above the level held, else the nearest.

What the person set aside is left out. Why a session is advised, and in which order, says services/recommendation.py.
"""

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from asnportal.common.dates import WITA
from asnportal.people.models import Employee, Position, Unit
from competency.models import Assessment, Competency, PlanItem
from competency.queries.ledger import SMALLEST_GROUP
from competency.queries.profile import Entry, Line, counting, entry_of
from competency.queries.standard import Requirement, requirement
from training.models import Enrolment, EnrolmentStatus, Programme, ProgrammeCompetency, Session, SetAside
from training.queries.seat import with_queue

CANDIDATES = 3  # per competency, so that a full or clashing one has a neighbour
NEAREST = 12  # of any kind, where no gap asks for them
KEPT_SECONDS = 60


@dataclass(frozen=True)
class Offer:
    """An open session, the level it leads to (0: no gap), the open item of the plan that it fits ("" none), and how
    many colleagues of the same office have finished the programme."""

    session: Session
    leads_to: int = 0
    planned: str = ""
    colleagues: int = 0


@dataclass(frozen=True)
class Person:
    """Who is advised, with the unit, and the ids of the competencies that the post asks."""

    employee: Employee
    asked: Collection[int]


def offers_for(lines: Sequence[Line], now: datetime, *, person: Person) -> Mapping[int, Sequence[Offer]]:
    """By competency id: open sessions that lead above what is held, the nearest start first. Two statements, of which
    the first looks at every open session and takes only its key.

    One that reaches the level of the post stands before one that only brings nearer to it.
    """
    by_line = {line.competency.pk: line for line in lines}
    chosen: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for pk, competency, leads_to, planned in _aims(person, now, by_line):
        if leads_to > (by_line[competency].held or 0):
            chosen[competency].append((pk, leads_to, planned))
    for competency, listed in chosen.items():
        needed = by_line[competency].required or 1
        listed.sort(key=lambda aim: aim[1] < needed)  # within, the nearest start stays first
        del listed[CANDIDATES:]
    wanted = {pk for listed in chosen.values() for pk, *_ in listed}
    sessions = with_facts(Session.objects.filter(pk__in=wanted), person.employee).in_bulk() if wanted else {}
    return {
        competency: [_offer(sessions[pk], leads_to, planned) for pk, leads_to, planned in listed]
        for competency, listed in chosen.items()
    }


def _aims(person: Person, now: datetime, competencies: Collection[int]) -> Iterable[tuple[Any, ...]]:
    """Key of the session, competency, the level it leads to and the open item of the plan, the nearest start first."""
    planned = (
        _open_items(person.employee, now).filter(competency=OuterRef("competency_id")).values("title")[:1]
    )
    return (
        advisable(person, now)
        .annotate(
            competency_id=F("programme__competencies__competency"),
            leads_to=F("programme__competencies__level"),
        )
        .filter(competency_id__in=competencies)
        .annotate(planned=Coalesce(Subquery(planned), Value("")))
        .order_by("start", "pk")
        .values_list("pk", "competency_id", "leads_to", "planned")
    )


def nearest_offers(person: Person, now: datetime) -> Sequence[Offer]:
    """The nearest open sessions, whatever they are about. One statement."""
    items = _open_items(person.employee, now)
    planned = items.filter(title__iexact=OuterRef("programme__title")).values("title")[:1]
    rows = with_facts(advisable(person, now), person.employee)
    rows = rows.annotate(planned=Coalesce(Subquery(planned), Value("")))
    return [_offer(row, 0, row.planned) for row in rows.order_by("start", "pk")[:NEAREST]]


def _offer(session: Any, leads_to: int, planned: str) -> Offer:
    return Offer(session, leads_to, planned, session.colleagues)


def advisable(person: Person, now: datetime) -> QuerySet[Session]:
    """Open sessions that the person has not set aside and that train for no other post: a programme for technical
    competencies needs one that the post asks.

    "Not at this time" hides the dates that were there when it was said, and no later one.
    """
    aims = ProgrammeCompetency.objects.filter(
        programme=OuterRef("programme"), competency__family=Competency.Family.TECHNICAL
    )
    fits = ~Exists(aims) | Exists(aims.filter(competency__in=person.asked))
    aside = SetAside.objects.filter(employee=person.employee, programme=OuterRef("programme")).filter(
        ~Q(reason=SetAside.Reason.TIME) | Q(at__gte=OuterRef("created_at"))
    )
    return Session.objects.registration_open(now).filter(fits, ~Exists(aside), programme__is_active=True)


def with_facts(sessions: QuerySet[Session], employee: Employee) -> QuerySet[Any]:
    """Each with programme, queue and ``colleagues``: how many of the same office have finished the programme."""
    finished = (
        Enrolment.objects.filter(
            session__programme=OuterRef("programme"),
            status=EnrolmentStatus.COMPLETED,
            employee__unit__in=Unit.objects.filter(_in_office(employee.unit)).values("pk"),
        )
        .exclude(employee=employee)
        .order_by()
        .values("session__programme")
        .annotate(people=Count("employee", distinct=True))
        .values("people")
    )
    return (
        with_queue(sessions)
        .annotate(colleagues=Coalesce(Subquery(finished, output_field=IntegerField()), 0))
        .select_related("programme__provider", "programme__form")
    )


def _in_office(unit: Unit) -> Q:
    """The whole office (perangkat daerah) of a unit: the unit of level 1 above it with everything below."""
    parts = unit.path.split("/")
    path = "/".join(parts[: len(parts) - max(0, unit.level - 1)] or parts)
    return Q(path=path) | Q(path__startswith=f"{path}/")


def _open_items(employee: Employee, now: datetime) -> QuerySet[PlanItem]:
    """What stands unfinished in the plans of this year and later."""
    year = now.astimezone(WITA).year
    return PlanItem.objects.filter(plan__employee=employee, plan__year__gte=year, done_on=None).order_by("pk")


def set_aside_by(employee: Employee) -> Sequence[SetAside]:
    """What the person set aside, the newest first. One statement."""
    return list(SetAside.objects.filter(employee=employee).select_related("programme"))


def set_aside_counts(programme: Programme) -> list[tuple[str, int]]:
    """How many people set a programme aside for each reason, in words; none under five people. One statement."""
    rows = (
        SetAside.objects.filter(programme=programme)
        .order_by()
        .values_list("reason")
        .annotate(people=Count("employee"))
        .filter(people__gte=SMALLEST_GROUP)
    )
    return [
        (str(SetAside.Reason(reason).label), people) for reason, people in rows.order_by("-people", "reason")
    ]


def gaps_closed_by(programmes: Collection[int], employee: Employee, on: date) -> Mapping[int, str]:
    """By programme id the name of the first gap that it reduces, for the cards of the catalogue. Two statements.

    What the post asks is kept for a minute by each process; what the person set aside is left out.
    """
    if employee.position_id is None:
        return {}
    asked = {
        one.competency.pk: one
        for one in kept_requirement(employee.position_id, on, int(time.monotonic()) // KEPT_SECONDS).items
    }
    aims = (
        ProgrammeCompetency.objects.filter(programme__in=programmes, competency__in=asked)
        .exclude(programme__set_aside__employee=employee)
        .order_by("competency__code")
        .values_list("programme_id", "competency_id", "level")
    )
    rows = list(aims) if asked else []
    entries: dict[int, list[Entry]] = defaultdict(list)
    assessed = Assessment.objects.filter(employee=employee, competency__in={row[1] for row in rows})
    for look in assessed if rows else ():
        entries[look.competency_id].append(entry_of(look))
    found: dict[int, str] = {}
    for programme, competency, level in rows:
        held = counting(entries[competency], on)
        if held and held.level < asked[competency].level and held.level < level:
            found.setdefault(programme, asked[competency].competency.name)
    return found


@lru_cache(maxsize=500)
def kept_requirement(position: int, on: date, _minute: int) -> Requirement:
    return requirement(Position.objects.filter(pk=position).first(), on)
