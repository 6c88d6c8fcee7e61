"""The five-year plan (HCDP): the sum of the annual plans, and what is already asked of years without one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Sum

from asnportal.common.workbook import Page
from competency.models import Competency, NeedLine, Plan, PlanItem, UnitNeed
from competency.queries.need import people_words
from training.models import CityPlan, CityPlanLine, Enrolment, EnrolmentStatus, Session, SessionStatus

YEARS = 5
NO_FAMILY = "Tanpa kompetensi khusus"
NO_FORM = "Bentuk belum dipilih"
PEOPLE = F("quota") * F("sessions_planned")


@dataclass
class Sums:
    """``people`` are seats, ``jp`` seats times JP materi, ``cost`` and ``spent`` whole rupiah."""

    lines: int = 0
    people: int = 0
    jp: int = 0
    cost: int = 0
    spent: int = 0

    def take(self, row: dict[str, Any]) -> None:
        for name in ("lines", "people", "jp", "cost", "spent"):
            setattr(self, name, getattr(self, name) + (row[name] or 0))


@dataclass(frozen=True)
class Year:
    """``plan`` is None where there is none. ``needs`` and ``wishes`` are people, in words: of needs that offices
    have sent and that stand in no line, and of individual plans."""

    year: int
    plan: CityPlan | None
    sums: Sums
    runs: int
    completed: int
    needs: str
    wishes: str


@dataclass
class Group:
    """A family of competencies or a form, year by year."""

    name: str
    years: dict[int, Sums] = field(default_factory=lambda: defaultdict(Sums))

    @property
    def total(self) -> Sums:
        whole = Sums()
        for one in self.years.values():
            whole.take(vars(one))
        return whole

    @property
    def cells(self) -> list[tuple[int, Sums]]:
        return sorted(self.years.items())


@dataclass(frozen=True)
class Outlook:
    first: int
    years: Sequence[Year]
    families: Sequence[Group]
    forms: Sequence[Group]
    total: Sums

    @property
    def last(self) -> int:
        return self.first + YEARS - 1


def outlook(first: int) -> Outlook:
    """Six statements, however many lines."""
    span = range(first, first + YEARS)
    plans = {plan.year: plan for plan in CityPlan.objects.filter(year__in=span)}
    rows = _rows(span)
    total, sums = Sums(), {year: Sums() for year in span}
    for row in rows:
        sums[row["plan__year"]].take(row)
        total.take(row)
    runs, completed = _runs(span), _completed(span)
    needs, wishes = _needs(span), _wishes(span)
    years = [
        Year(
            year=year,
            plan=plans.get(year),
            sums=sums[year],
            runs=runs.get(year, 0),
            completed=completed.get(year, 0),
            needs=people_words(needs.get(year, 0), names=False),
            wishes=people_words(wishes.get(year, 0), names=False),
        )
        for year in span
    ]
    families = {str(value): str(label) for value, label in Competency.Family.choices}
    return Outlook(
        first,
        years,
        _groups(rows, span, lambda row: families.get(row["competency__family"] or "", NO_FAMILY)),
        _groups(rows, span, lambda row: row["form__name"] or NO_FORM),
        total,
    )


def _rows(span: range) -> list[dict[str, Any]]:
    """The lines of all years summed by year, family and form."""
    lines = CityPlanLine.objects.filter(plan__year__in=span)
    grouped = lines.values("plan__year", "competency__family", "form__name").annotate(
        lines=Count("pk"),
        seats=Sum(PEOPLE),
        jp=Sum(PEOPLE * F("jp")),
        cost=Sum(PEOPLE * F("cost")),
        spent=Sum("actual_cost"),
    )
    return [{**row, "people": row["seats"]} for row in grouped.order_by("plan__year")]


def _groups(
    rows: Iterable[dict[str, Any]], span: range, name_of: Callable[[dict[str, Any]], str]
) -> list[Group]:
    """What costs most comes first; every group has all years."""
    found: dict[str, Group] = {}
    for row in rows:
        group = found.setdefault(name_of(row), Group(name_of(row)))
        group.years[row["plan__year"]].take(row)
    for group in found.values():
        for year in span:
            group.years[year] = group.years[year]
    return sorted(found.values(), key=lambda one: (-one.total.cost, -one.total.people, one.name))


def _runs(span: range) -> dict[int, int]:
    alive = Session.objects.filter(plan_line__plan__year__in=span).exclude(status=SessionStatus.CANCELLED)
    return dict(
        alive.order_by()
        .values("plan_line__plan__year")
        .annotate(many=Count("pk"))
        .values_list("plan_line__plan__year", "many")
    )


def _completed(span: range) -> dict[int, int]:
    done = Enrolment.objects.filter(session__plan_line__plan__year__in=span, status=EnrolmentStatus.COMPLETED)
    return dict(
        done.order_by()
        .values("session__plan_line__plan__year")
        .annotate(many=Count("pk"))
        .values_list("session__plan_line__plan__year", "many")
    )


def _needs(span: range) -> dict[int, int]:
    """People of sent and verified needs that stand in no line; one who needs two things counts twice."""
    known = (UnitNeed.Status.SENT, UnitNeed.Status.VERIFIED)
    asked = NeedLine.objects.filter(need__year__in=span, need__status__in=known, in_plan=None)
    return dict(
        asked.order_by().values("need__year").annotate(many=Sum("people")).values_list("need__year", "many")
    )


def _wishes(span: range) -> dict[int, int]:
    """People with something in a plan of their own that was sent or approved."""
    known = (Plan.Status.SUBMITTED, Plan.Status.APPROVED, Plan.Status.FINISHED)
    wished = PlanItem.objects.filter(plan__year__in=span, plan__status__in=known)
    return dict(
        wished.order_by()
        .values("plan__year")
        .annotate(many=Count("plan__employee", distinct=True))
        .values_list("plan__year", "many")
    )


def pages_of(found: Outlook) -> list[Page]:
    """The three sheets of the workbook."""
    head = ("Tahun", "Keadaan rencana", "Baris", "Orang", "JP (orang x JP)", "Anggaran (Rp)")
    more = ("Jadwal dibuat", "Orang selesai", "Terpakai (Rp)", "Kebutuhan unit (orang)", "Rencana pegawai")
    return [
        Page("Per tahun", (*head, *more), _year_rows(found)),
        Page("Jenis kompetensi", group_head(found, "Jenis kompetensi"), _group_rows(found.families)),
        Page("Bentuk", group_head(found, "Bentuk"), _group_rows(found.forms)),
    ]


def group_head(found: Outlook, first: str) -> tuple[str, ...]:
    columns = [f"{year.year} {what}" for year in found.years for what in ("orang", "anggaran (Rp)")]
    return (first, *columns, "Jumlah orang", "Jumlah anggaran (Rp)")


def _year_rows(found: Outlook) -> Iterator[tuple[object, ...]]:
    for one in found.years:
        state = one.plan.get_status_display() if one.plan else "Belum ada rencana"
        sums = one.sums
        planned = (sums.lines, sums.people, sums.jp, sums.cost)
        yield (one.year, state, *planned, one.runs, one.completed, sums.spent, one.needs, one.wishes)


def _group_rows(groups: Sequence[Group]) -> Iterator[tuple[object, ...]]:
    for group in groups:
        cells = [value for _, one in group.cells for value in (one.people, one.cost)]
        yield (group.name, *cells, group.total.people, group.total.cost)
