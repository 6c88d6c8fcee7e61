"""What the pages about needs of offices read: one office's list, and who has sent."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from asnportal.audit.models import AuditLine
from asnportal.people.models import Employee, RoleGrant, Unit, User
from competency.models import NeedLine, Plan, UnitNeed
from competency.models.need import OFFICE
from competency.queries.ledger import SMALLEST_GROUP

NEXT_FROM = 7  # from July on an office thinks of the next year
TRAIL = 30
TOLD = [f"need.{verb}" for verb in ("compile", "budget", "send", "take_back", "send_back", "verify")]


def planning_year(today: date) -> int:
    """The year that an office plans for on this day (WITA)."""
    return today.year + (today.month >= NEXT_FROM)


def waiting_year() -> int | None:
    """The first year of which a list waits for BKPSDM."""
    waiting = UnitNeed.objects.filter(status=UnitNeed.Status.SENT).order_by("year")
    return waiting.values_list("year", flat=True).first()


def people_words(people: int, *, names: bool, own: bool = False) -> str:
    """How many, unless so few out of plans that who reads no names could guess them (privacy)."""
    if names or own or people >= SMALLEST_GROUP or people == 0:
        return f"{people:,}".replace(",", ".")
    return f"kurang dari {SMALLEST_GROUP}"


def readable_people(user: User) -> QuerySet[Employee]:
    """Whose names this person reads in the list: BKPSDM everybody's, an officer those of the own units."""
    if user.has_role("bkpsdm"):
        return Employee.objects.all()
    return Employee.objects.of_units(Unit.objects.under_any(user.officer_units))


@dataclass(frozen=True)
class NeedRow:
    """One line in its place. ``running`` is the sum of all costs down to it (whole rupiah); ``crosses`` says that
    it is the first one that the budget does not reach."""

    line: NeedLine
    place: int
    people: str
    who: Sequence[Employee]
    running: int
    crosses: bool
    is_last: bool

    @property
    def is_few(self) -> bool:
        """Whether the number is not told; then no sum is either, from which it could be reckoned."""
        return not self.people[0].isdigit()

    @property
    def is_first(self) -> bool:
        return self.place == 1


@dataclass(frozen=True)
class NeedTable:
    """All lines of a list, what they cost together, how many of them the budget reaches, how many have no cost."""

    rows: Sequence[NeedRow]
    total: int
    reached: int
    unpriced: int

    @property
    def needed(self) -> int:
        """Lines that people still need."""
        return sum(1 for row in self.rows if row.line.people)


def table_of(need: UnitNeed, user: User) -> NeedTable:
    """Two statements with names, one where the reader sees none."""
    lines = list(need.lines.select_related("competency", "form"))
    who = _names(need, user)
    sees = user.has_role("bkpsdm", "opd")
    rows: list[NeedRow] = []
    running, reached, crossed = 0, 0, False
    for place, line in enumerate(lines, 1):
        running += line.total or 0
        beyond = need.budget is not None and running > need.budget
        rows.append(
            NeedRow(
                line=line,
                place=place,
                people=people_words(line.people, names=sees, own=line.is_own),
                who=who[line.pk],
                running=running,
                crosses=beyond and not crossed,
                is_last=place == len(lines),
            )
        )
        crossed = crossed or beyond
        reached += not crossed
    unpriced = sum(1 for line in lines if line.people and line.cost is None)
    return NeedTable(rows, running, reached, unpriced)


def _names(need: UnitNeed, user: User) -> dict[int, list[Employee]]:
    found: dict[int, list[Employee]] = defaultdict(list)
    if not user.has_role("bkpsdm", "opd"):
        return found
    people = readable_people(user).filter(plans__items__needs__need=need)
    for one in people.annotate(line=F("plans__items__needs")).order_by("name").distinct():
        found[one.line].append(one)
    return found


@dataclass(frozen=True)
class Plans:
    """How many individual plans of an office there are for a year, for who begins."""

    approved: int
    submitted: int
    draft: int
    newer: int  # approved since the list was compiled

    @property
    def any(self) -> int:
        return self.approved + self.submitted


def plans_of(office: Unit, year: int, need: UnitNeed | None) -> Plans:
    """One statement."""
    people = Employee.objects.active().of_units(Unit.objects.under(office))
    is_approved = Q(status__in=[Plan.Status.APPROVED, Plan.Status.FINISHED])
    since = need.compiled_at if need else None
    return Plans(
        **Plan.objects.filter(employee__in=people, year=year).aggregate(
            approved=Count("pk", filter=is_approved),
            submitted=Count("pk", filter=Q(status=Plan.Status.SUBMITTED)),
            draft=Count("pk", filter=Q(status__in=[Plan.Status.DRAFT, Plan.Status.RETURNED])),
            newer=Count("pk", filter=is_approved & Q(decided_at__gt=since) if since else Q(pk=None)),
        )
    )


def trail_of(need: UnitNeed) -> list[AuditLine]:
    """Who did what when, the oldest first; what happened to single lines is too small to tell."""
    lines = AuditLine.objects.about(need).filter(verb__in=TOLD).order_by("-id")[:TRAIL]
    return list(reversed(lines))


@dataclass(frozen=True)
class OfficeState:
    """One office in BKPSDM's list. ``people`` are counted in each line for itself, ``cost`` is whole rupiah."""

    unit: Unit
    need: UnitNeed | None
    lines: int
    people: int
    cost: int
    has_officer: bool

    @property
    def state(self) -> str:
        """As the workflow names it; "" where nothing was begun."""
        return str(self.need.status) if self.need else ""


ORDER = {"sent": 0, "returned": 1, "draft": 2, "verified": 3, "": 4}


def offices(year: int) -> list[OfficeState]:
    """Every active office with the state of its list, those that wait for BKPSDM first. Three statements."""
    needs = UnitNeed.objects.filter(year=year).annotate(
        line_count=Count("lines", filter=Q(lines__people__gt=0)),
        heads=Sum("lines__people", default=0),
        priced=Sum(F("lines__people") * F("lines__cost"), default=0),
    )
    keepers = RoleGrant.objects.filter(role=RoleGrant.Role.OPD, user__is_active=True)
    units = Unit.objects.filter(level=OFFICE, is_active=True).prefetch_related(
        Prefetch("needs", needs, to_attr="asked"), Prefetch("officers", keepers, to_attr="keepers")
    )
    found = [_state(unit) for unit in units]
    return sorted(found, key=lambda one: (ORDER[one.state], one.unit.code))


def _state(unit: Unit) -> OfficeState:
    need = next(iter(unit.asked), None)  # type: ignore[attr-defined]
    return OfficeState(
        unit=unit,
        need=need,
        lines=need.line_count if need else 0,
        people=need.heads if need else 0,
        cost=need.priced if need else 0,
        has_officer=bool(unit.keepers),  # type: ignore[attr-defined]
    )
