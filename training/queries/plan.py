"""The page "Rencana": items with the progress that their enrolments show, the mix, and what could be added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from asnportal.audit.models import AuditLine
from asnportal.people.models import Employee
from competency.models import Plan, PlanItem, PlanNote
from competency.queries.profile import Line, profile_of
from training.models import Enrolment, EnrolmentStatus

ZERO = Decimal(0)
SUGGESTED = 3
STATES = {
    EnrolmentStatus.REQUESTED: ("warn", "hourglass", "Menunggu persetujuan"),
    EnrolmentStatus.WAITING: ("warn", "hourglass", "Daftar tunggu"),
    EnrolmentStatus.CONFIRMED: ("brand", "calendar-days", "Terdaftar"),
    EnrolmentStatus.COMPLETED: ("ok", "circle-check", "Selesai"),
    EnrolmentStatus.NOT_COMPLETED: ("bad", "circle-x", "Belum memenuhi syarat"),
    EnrolmentStatus.DECLINED: ("bad", "circle-x", "Permintaan ditolak"),
}
VERBS = {
    "plan.submit": "Diajukan",
    "plan.take_back": "Ditarik kembali",
    "plan.send_back": "Dikembalikan",
    "plan.approve": "Disetujui",
    "plan.finish": "Ditutup",
}


@dataclass(frozen=True)
class ItemRow:
    """One item with what stands behind it; ``is_done`` by a finished training or by hand."""

    item: PlanItem
    enrolment: Enrolment | None

    @property
    def is_done(self) -> bool:
        finished = self.enrolment is not None and self.enrolment.status == EnrolmentStatus.COMPLETED
        return finished or self.item.done_on is not None

    @property
    def is_running(self) -> bool:
        return not self.is_done and self.enrolment is not None and self.enrolment.status in STATES

    @property
    def state(self) -> tuple[str, str, str]:
        """Colour, icon and words of the badge."""
        if self.item.done_on:
            return ("ok", "circle-check", "Selesai")
        if self.enrolment is not None and self.enrolment.status in STATES:
            return STATES[EnrolmentStatus(self.enrolment.status)]
        return ("", "circle", "Belum dimulai")


@dataclass(frozen=True)
class Share:
    """A third of 70-20-10: how many items and their percent of all."""

    mix: str
    words: str
    items: int
    percent: int


@dataclass(frozen=True)
class PlanPage:
    """``plan`` is None while nothing was written for the year."""

    employee: Employee
    year: int
    years: Sequence[int]
    plan: Plan | None
    rows: Sequence[ItemRow]
    notes: Sequence[PlanNote]
    trail: Sequence[tuple[str, AuditLine]]
    suggestions: Sequence[Line]
    unfinished: Sequence[ItemRow]

    @property
    def expected(self) -> Decimal:
        return sum((row.item.jp for row in self.rows), ZERO)

    @property
    def done(self) -> int:
        return sum(1 for row in self.rows if row.is_done)

    @property
    def running(self) -> int:
        return sum(1 for row in self.rows if row.is_running)

    @property
    def mix(self) -> list[Share]:
        total = len(self.rows)
        found = []
        for value, words in PlanItem.Mix.choices:
            number = sum(1 for row in self.rows if row.item.mix == value)
            found.append(Share(value, str(words), number, number * 100 // total if total else 0))
        return found


def plan_page(employee: Employee, *, year: int, today: date) -> PlanPage:
    """A constant number of statements, however many items."""
    plans = {plan.year: plan for plan in Plan.objects.filter(employee=employee).select_related("decided_by")}
    plan, before = plans.get(year), plans.get(year - 1)
    rows = _rows([one for one in (plan, before) if one])
    mine = rows.get(plan.pk, []) if plan else []
    old = [row for row in (rows.get(before.pk, []) if before else []) if not row.is_done]
    taken = {row.item.competency_id for row in mine}
    short = profile_of(employee, today).short if year >= today.year else []
    return PlanPage(
        employee=employee,
        year=year,
        years=sorted({*plans, today.year, today.year + 1}, reverse=True),
        plan=plan,
        rows=mine,
        notes=list(plan.notes.select_related("author__employee")) if plan else [],
        trail=_trail(plan) if plan else [],
        suggestions=[line for line in short if line.competency.pk not in taken][:SUGGESTED],
        unfinished=[row for row in old if not hasattr(row.item, "carried_to")] if year <= today.year else [],
    )


def unfinished_count(employee: Employee, year: int) -> int:
    """How many items of a year's plan are neither done nor carried over, as plan_page lists them. One statement."""
    linked = Enrolment.objects.filter(plan_item=OuterRef("pk")).order_by("-pk").values("status")[:1]
    rows = PlanItem.objects.filter(plan__employee=employee, plan__year=year, done_on=None, carried_to=None)
    done = Q(latest=EnrolmentStatus.COMPLETED)
    return rows.annotate(latest=Coalesce(Subquery(linked), Value(""))).exclude(done).count()


def _rows(plans: Sequence[Plan]) -> Mapping[int, list[ItemRow]]:
    """By plan id. Two statements."""
    items = list(
        PlanItem.objects.filter(plan__in=plans).select_related("competency", "form", "carried_to", "plan")
    )
    linked = Enrolment.objects.filter(plan_item__in=items).select_related("session__programme").order_by("pk")
    latest = {enrolment.plan_item_id: enrolment for enrolment in linked}
    found: dict[int, list[ItemRow]] = {plan.pk: [] for plan in plans}
    for item in items:
        found[item.plan_id].append(ItemRow(item, latest.get(item.pk)))
    return found


def _trail(plan: Plan) -> list[tuple[str, AuditLine]]:
    lines = AuditLine.objects.about(plan).filter(verb__in=VERBS)
    return [(VERBS[line.verb], line) for line in lines]
