"""The city's annual plans in the demo: this year's fixed and half carried out, next year's in draft."""

import random
from datetime import date
from typing import Protocol

from asnportal.people.models import User
from training.models import CityPlan, CityPlanLine, Programme, Session, SessionStatus
from training.queries.city_plan import bundles, proposed_session, waiting_needs
from training.services import city_line, city_plan

CEILING = 900_000_000
LATE = 1  # lines whose months are over without a session, on most days of the year
FEWEST = 2  # people for a line of its own
CATALOGUE = 8  # lines that come from the catalogue and have sessions already
COSTS = (0, 350_000, 600_000, 1_250_000)
DRILL = "Latihan layanan darurat kecamatan"


class Cast(Protocol):
    def __getitem__(self, name: str) -> User: ...


def plan_city(cast: Cast, chance: random.Random, today: date) -> None:
    """This year's plan with what came of it, and the beginning of the next."""
    by = cast["bkpsdm"]
    this_year(by, cast["bkpsdm2"], chance, today)
    next_year(by, cast["bkpsdm2"], today.year + 1)


def this_year(by: User, checker: User, chance: random.Random, today: date) -> None:
    wanted = [one for one in bundles(waiting_needs(today.year)) if one.people >= FEWEST]
    for place, bundle in enumerate(wanted):
        line = city_line.from_needs(today.year, bundle.needs, by=by)
        complete(line, by, late=place < LATE)
    carried = [from_catalogue(session, chance, by) for session in held_sessions(today.year)]
    plan = city_plan.set_ceiling(today.year, ceiling=CEILING, by=by)
    for line in plan.lines.filter(status=CityPlanLine.Status.DRAFT):
        city_line.verify(line, by=checker)
    decree = min(today, date(today.year, 1, 20))
    number = f"800.2.3.2/114/{today.year}"
    city_plan.fix(plan, decree_number=number, decree_date=decree, by=checker)
    for line in carried:
        spend(line, chance, today, by)
    draft_session(plan, today, by)


def draft_session(plan: CityPlan, today: date, by: User) -> None:
    """One line has just become a draft, by the button."""
    line = plan.lines.filter(last_month=12, programme=None).select_related("plan").first()
    if line is None:
        return
    city_line.programme_of(line, by=by)
    line = CityPlanLine.objects.select_related("plan", "programme").get(pk=line.pk)
    values = proposed_session(line, today=today)
    if "start" in values:
        city_line.open_session(line, values | {"place": "Aula BKPSDM"}, by=by)


def complete(line: CityPlanLine, by: User, *, late: bool) -> None:
    """What the needs left open: a provider is known, a form and hours may not be. Most have until December."""
    known = Programme.objects.filter(competencies__competency=line.competency).order_by("jp").first()
    values = {
        "form": line.form or (known.form if known else None),
        "jp": line.jp or 8,
        "cost": line.cost if line.cost is not None else 500_000,
        "audience": "ASN di perangkat daerah yang mengusulkan",
        "last_month": line.last_month if late else 12,
    }
    if values["form"] is not None:
        city_line.change(line, values, by=by)
    else:
        city_line.drop(line, by=by)


def held_sessions(year: int) -> list[Session]:
    """Runs of this year with people in them, one for each programme."""
    found: dict[int, Session] = {}
    runs = Session.objects.filter(start__year=year, enrolments__isnull=False).exclude(
        status__in=[SessionStatus.DRAFT, SessionStatus.CANCELLED]
    )
    for session in runs.select_related("programme__form", "programme__provider").order_by("start", "pk"):
        found.setdefault(session.programme_id, session)
    return list(found.values())[:CATALOGUE]


def from_catalogue(session: Session, chance: random.Random, by: User) -> CityPlanLine:
    """A line of a programme whose run is there already, as an office begins with such a plan."""
    programme = session.programme
    line = city_line.add(
        session.start.year,
        {
            "title": programme.title,
            "programme": programme,
            "form": programme.form,
            "provider": programme.provider,
            "jp": programme.jp,
            "quota": session.quota,
            "sessions_planned": chance.choice((1, 1, 2)),
            "cost": chance.choice(COSTS),
            "first_month": session.start.month,
            "last_month": 12,
            "audience": programme.audience,
        },
        by=by,
    )
    Session.objects.filter(pk=session.pk).update(plan_line=line)
    return line


def spend(line: CityPlanLine, chance: random.Random, today: date, by: User) -> None:
    """What is over was paid for, a little more or less than planned."""
    if line.total and line.sessions.filter(end__lt=today).exists():
        share = chance.choice((0.82, 0.94, 1.0, 1.05)) / line.sessions_planned
        city_line.set_actual_cost(line, cost=int(line.total * share) // 1000 * 1000, by=by)


def next_year(by: User, checker: User, year: int) -> None:
    """Two bundles stand in lines, one of them verified; the rest still waits."""
    city_plan.set_ceiling(year, ceiling=60_000_000, by=by)
    for number, bundle in enumerate(bundles(waiting_needs(year))[:2]):
        line = city_line.from_needs(year, bundle.needs, by=by)
        if number == 0 and not city_line.missing(line):
            city_line.verify(line, by=checker)
    city_line.add(
        year,
        {"title": DRILL, "quota": 25, "sessions_planned": 2, "first_month": 2, "last_month": 5, "jp": 8},
        by=by,
    )
