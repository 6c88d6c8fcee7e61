"""Needs of offices in the demo city: this year's are verified, next year's stand in every state.

Most people have no account yet, so the plans from which needs are compiled are written as rows.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.utils import timezone

from asnportal.people.models import Employee, RoleGrant, Unit, User
from competency.models import Competency, LearningForm, Plan, PlanItem, UnitNeed
from competency.services import need as service
from competency.services.need import Want


class Cast(Protocol):
    def __getitem__(self, name: str) -> User: ...


@dataclass(frozen=True)
class Course:
    """What several people plan: competency, form, JP, the month (1 to 12), whole rupiah per person."""

    competency: str
    form: str
    jp: int
    month: int
    cost: int


COURSES = (
    Course("T.11", "B3", 16, 3, 850_000),
    Course("M.05", "B10", 8, 4, 450_000),
    Course("T.14", "B3", 24, 5, 1_200_000),
    Course("T.15", "B10", 8, 7, 400_000),
    Course("T.20", "B3", 16, 8, 950_000),
    Course("M.07", "B2", 30, 9, 2_500_000),
    Course("T.13", "C3", 6, 10, 0),
)
OFFICES = ("23", "11", "05", "03", "10", "01")
SENT, VERIFIED, RETURNED = "sent", "verified", "returned"
# What became of next year's list; the demo's admin unit still has his to send.
NEXT_YEAR = {"11": RETURNED, "05": VERIFIED, "03": SENT, "10": SENT}
BUDGETS = {"23": 12_000_000, "11": 9_000_000, "05": 15_000_000}
OWN = Want(
    title="Tanggap darurat banjir di kantor layanan",
    people=6,
    month=2,
    jp=Decimal(8),
    cost=600_000,
    reason="Kantor pernah tutup tiga hari karena genangan; petugas belum tahu pembagian tugasnya.",
)


def need(cast: Cast, chance: random.Random, today: date) -> None:
    """Plans of people in six offices, and what their officers made of them."""
    for code in OFFICES:
        office = Unit.objects.filter(code=code).first()
        officer = officer_of(office) if office else None
        if office is None or officer is None:
            continue
        for year in (today.year, today.year + 1):
            plan_for(office, year, chance)
            compiled(office, year, officer)
        decide(cast, office, today.year, VERIFIED, officer)
        decide(cast, office, today.year + 1, NEXT_YEAR.get(code, ""), officer)


def officer_of(office: Unit) -> User | None:
    """The office's admin unit; where the demo has no account for one, somebody there becomes it."""
    grant = RoleGrant.objects.filter(role=RoleGrant.Role.OPD, unit=office).select_related("user").first()
    if grant:
        return grant.user
    person = Employee.objects.active().of_units(Unit.objects.under(office)).filter(user=None).first()
    if person is None:
        return None
    person.user = User.objects.create_user(person.nip)
    person.save(update_fields=["user"])
    RoleGrant.objects.create(user=person.user, role=RoleGrant.Role.OPD, unit=office)
    return User.objects.get(pk=person.user.pk)


def plan_for(office: Unit, year: int, chance: random.Random) -> None:
    """Approved plans of some people, and a few that still wait for their supervisor."""
    taken = Plan.objects.filter(year=year).values("employee")
    staff = Employee.objects.active().of_units(Unit.objects.under(office)).exclude(pk__in=taken)
    people = list(staff.order_by("pk")[:18])
    plans = Plan.objects.bulk_create(
        Plan(
            employee=person,
            year=year,
            status=Plan.Status.SUBMITTED if chance.random() < 0.15 else Plan.Status.APPROVED,
            submitted_at=timezone.now(),
        )
        for person in people
    )
    PlanItem.objects.bulk_create(item for plan in plans for item in items(plan, chance))


def items(plan: Plan, chance: random.Random) -> Sequence[PlanItem]:
    """One or two courses, the first ones more often."""
    competencies = {
        one.code: one for one in Competency.objects.filter(code__in=[c.competency for c in COURSES])
    }
    forms = {form.code: form for form in LearningForm.objects.filter(code__in=[c.form for c in COURSES])}
    chosen = {min(chance.randrange(7), chance.randrange(7)) for _ in range(2)}
    return [
        PlanItem(
            plan=plan,
            title=competencies[course.competency].name,
            source=PlanItem.Source.GAP,
            competency=competencies[course.competency],
            form=forms.get(course.form),
            target=date(plan.year, course.month, 20),
            jp=course.jp,
        )
        for course in (COURSES[number] for number in sorted(chosen))
        if course.competency in competencies
    ]


def compiled(office: Unit, year: int, officer: User) -> None:
    made = service.compile_plans(office, year, scope=UnitNeed.Scope.APPROVED, by=officer)
    costs = {course.competency: course.cost for course in COURSES}
    for line in made.lines.select_related("competency"):
        cost = costs.get(line.competency.code) if line.competency else None
        service.change(line, Want(line.title, line.people, line.month, cost=cost), by=officer)
    if office.code in BUDGETS:
        own = service.add(office, year, OWN, by=officer)
        service.move_up(own, by=officer)
        service.set_budget(made, budget=BUDGETS[office.code], by=officer)


def decide(cast: Cast, office: Unit, year: int, state: str, officer: User) -> None:
    """Sent, and answered by BKPSDM where the story says so."""
    made = UnitNeed.objects.get(unit=office, year=year)
    if not state or not made.lines.filter(people__gt=0).exists():
        return
    service.send(made, by=officer)
    if state == VERIFIED:
        service.verify(made, by=cast["bkpsdm2"])
    elif state == RETURNED:
        reason = "Biaya dua butir belum ditulis, dan bentuk untuk arsip lebih tepat bimtek."
        service.send_back(made, by=cast["bkpsdm2"], reason=reason)
