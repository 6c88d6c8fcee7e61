"""The needs of an office: compiled from its people's plans, ordered, sent to BKPSDM, verified or returned.

Compiling again refreshes the figures and takes nothing away: the order, own lines and the office's words stay.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.errors import OwnCase, Refusal
from asnportal.notifications.services import outbox
from asnportal.people.models import Employee, Unit, User
from competency import notices
from competency.models import NEED, Competency, LearningForm, NeedLine, Plan, PlanItem, UnitNeed
from competency.permissions import keeps_office

CLOSED = "Kebutuhan ini sudah dikirim. Tarik dahulu bila hendak mengubahnya."
# A closed year's plan was approved before; what of it is done is no need any more.
COUNTED = {
    UnitNeed.Scope.APPROVED: [Plan.Status.APPROVED, Plan.Status.FINISHED],
    UnitNeed.Scope.SUBMITTED: [Plan.Status.APPROVED, Plan.Status.FINISHED, Plan.Status.SUBMITTED],
}


@dataclass(frozen=True)
class Want:
    """What an office's own line says. ``jp`` and ``cost`` (whole rupiah) are per person, ``month`` is 1 to 12."""

    title: str
    people: int
    month: int
    jp: Decimal = Decimal(0)
    cost: int | None = None
    competency: Competency | None = None
    form: LearningForm | None = None
    reason: str = ""


@dataclass
class Bundle:
    """Items of plans that are one need: the same competency, else the same title, in the same form."""

    title: str
    competency_id: int | None
    form_id: int | None
    items: list[int] = field(default_factory=list)
    people: set[int] = field(default_factory=set)
    approved: set[int] = field(default_factory=set)
    jp: Decimal = Decimal(0)
    months: Counter[int] = field(default_factory=Counter)

    def figures(self) -> dict[str, object]:
        """Mean JP per person; the month that most name, the earliest of several."""
        return {
            "people": len(self.people),
            "waiting": len(self.people - self.approved),
            "jp": round(self.jp / len(self.people), 2),
            "month": min(self.months, key=lambda month: (-self.months[month], month)),
        }


def key_of(item: PlanItem) -> str:
    """What is compiled into one line."""
    what = f"k:{item.competency_id}" if item.competency_id else f"j:{' '.join(item.title.casefold().split())}"
    return f"{what}:{item.form_id or ''}"


def bundles(items: Iterable[PlanItem]) -> dict[str, Bundle]:
    """Bring items with plan and competency."""
    found: dict[str, Bundle] = {}
    for item in items:
        title = item.competency.name if item.competency else item.title
        one = found.setdefault(key_of(item), Bundle(title, item.competency_id, item.form_id))
        one.items.append(item.pk)
        one.people.add(item.plan.employee_id)
        one.jp += item.jp
        one.months[item.target.month] += 1
        if item.plan.status != Plan.Status.SUBMITTED:
            one.approved.add(item.plan.employee_id)
    return found


def wanted_items(unit: Unit, year: int, scope: str) -> Iterable[PlanItem]:
    """What active people of the office and all below it planned for a year and have not done."""
    people = Employee.objects.active().of_units(Unit.objects.under(unit))
    return (
        PlanItem.objects.filter(
            plan__employee__in=people,
            plan__year=year,
            plan__status__in=COUNTED[UnitNeed.Scope(scope)],
            done_on=None,
        )
        .select_related("plan", "competency")
        .order_by("pk")
    )


@transaction.atomic
def compile_plans(unit: Unit, year: int, *, scope: str, by: User) -> UnitNeed:
    """Gather the plans of an office into its list, which begins with it. Raises Refusal for somebody else's office
    and once the list is sent."""
    made = UnitNeed.objects.get_or_create(unit=unit, year=year)[0]
    need = _open(made, by)
    found = bundles(wanted_items(unit, year, scope))
    _write(need, found)
    need.scope, need.compiled_at = scope, timezone.now()
    need.save(update_fields=["scope", "compiled_at"])
    record("need.compile", need, by=by, lines=len(found), scope=scope)
    return need


def _write(need: UnitNeed, found: dict[str, Bundle]) -> None:
    kept = {line.key: line for line in need.lines.exclude(key="")}
    last = need.lines.aggregate(last=Max("order"))["last"] or 0
    for line in kept.values():
        line.people = line.waiting = 0
    fresh = [key for key in found if key not in kept]
    fresh.sort(key=lambda key: (-len(found[key].people), found[key].title))
    for number, key in enumerate(fresh, last + 1):
        one = found[key]
        kept[key] = NeedLine(
            need=need,
            order=number,
            key=key,
            title=one.title,
            competency_id=one.competency_id,
            form_id=one.form_id,
        )
    for key, one in found.items():
        for name, value in one.figures().items():
            setattr(kept[key], name, value)
    NeedLine.objects.bulk_update(
        [line for line in kept.values() if line.pk], ["people", "waiting", "jp", "month"]
    )
    NeedLine.objects.bulk_create([kept[key] for key in fresh])
    link: Any = NeedLine.items.through
    link.objects.filter(needline__need=need).delete()
    link.objects.bulk_create(
        link(needline_id=kept[key].pk, planitem_id=pk) for key, one in found.items() for pk in one.items
    )


@transaction.atomic
def add(unit: Unit, year: int, want: Want, *, by: User) -> NeedLine:
    """A need that stands in no plan. Raises Refusal as compile_plans does."""
    need = _open(UnitNeed.objects.get_or_create(unit=unit, year=year)[0], by)
    last = need.lines.aggregate(last=Max("order"))["last"] or 0
    line = NeedLine.objects.create(need=need, order=last + 1, **vars(want))
    record("need.add", need, by=by, after=line.title)
    return line


@transaction.atomic
def change(line: NeedLine, want: Want, *, by: User) -> NeedLine:
    """Rewrite an own line; of a compiled one only title, cost and reason. Raises Refusal as compile_plans does."""
    need = _open(line.need, by)
    names = list(vars(want)) if line.is_own else ["title", "cost", "reason"]
    for name in names:
        setattr(line, name, getattr(want, name))
    line.save(update_fields=names)
    record("need.change", need, by=by, after=line.title)
    return line


@transaction.atomic
def drop(line: NeedLine, *, by: User) -> None:
    """Take an own line out, or one that no plan names any more. Raises Refusal for what people still need."""
    need = _open(line.need, by)
    if not (line.is_own or line.is_gone):
        raise Refusal(
            "Butir ini berasal dari rencana pegawai, jadi tidak dihapus. Turunkan urutannya bila belum perlu.",
            code="in_plans",
        )
    record("need.drop", need, by=by, before=line.title)
    line.delete()


def move_up(line: NeedLine, *, by: User) -> None:
    """One place nearer to the top. Raises Refusal as compile_plans does."""
    _shift(line, -1, by)


def move_down(line: NeedLine, *, by: User) -> None:
    """One place nearer to the end. Raises Refusal as compile_plans does."""
    _shift(line, 1, by)


@transaction.atomic
def _shift(line: NeedLine, step: int, by: User) -> None:
    need = _open(line.need, by)
    lines = list(need.lines.all())
    here = next((place for place, one in enumerate(lines) if one.pk == line.pk), None)
    if here is None or not 0 <= here + step < len(lines):
        return
    lines[here], lines[here + step] = lines[here + step], lines[here]
    for number, one in enumerate(lines, 1):
        one.order = number
    NeedLine.objects.bulk_update(lines, ["order"])
    record("need.order", need, by=by, after=line.title, place=here + step + 1)


@transaction.atomic
def set_budget(need: UnitNeed, *, budget: int | None, by: User) -> UnitNeed:
    """How much the office has (whole rupiah), None where it is not known. Raises Refusal as compile_plans does."""
    held = _open(need, by)
    before, held.budget = held.budget, budget
    held.save(update_fields=["budget"])
    record("need.budget", held, by=by, before=before or "", after=budget or "")
    return held


def _hold(need: UnitNeed) -> UnitNeed:
    return UnitNeed.objects.select_for_update(of=("self",)).select_related("unit").get(pk=need.pk)


def _kept(need: UnitNeed, by: User) -> UnitNeed:
    """The list under its lock, for an officer of the whole office."""
    held = _hold(need)
    if not keeps_office(by, held.unit):
        raise Refusal("Kebutuhan disusun oleh admin unit perangkat daerahnya.", code="not_own")
    return held


def _open(need: UnitNeed, by: User) -> UnitNeed:
    held = _kept(need, by)
    if not held.is_open:
        raise Refusal(CLOSED, code="closed")
    return held


@transaction.atomic
def send(need: UnitNeed, *, by: User) -> UnitNeed:
    """To BKPSDM. Raises Refusal while nobody needs anything, WrongState from another state."""
    held = _kept(need, by)
    if not held.lines.filter(people__gt=0).exists():
        raise Refusal("Isi paling sedikit satu butir sebelum mengirim.", code="empty")
    held.sent_at, held.sent_by, held.round, held.note = timezone.now(), by, held.round + 1, ""
    NEED.apply_locked(held, "send", by=by, saving=["sent_at", "sent_by", "round", "note"])
    officers = User.objects.filter(is_active=True, role_grants__role="bkpsdm").select_related("employee")
    outbox.post_many(notices.need_sent(held, officers))
    return held


@transaction.atomic
def take_back(need: UnitNeed, *, by: User) -> UnitNeed:
    """Back to a draft while nobody has answered."""
    held = _kept(need, by)
    NEED.apply_locked(held, "take_back", by=by)
    return held


@transaction.atomic
def verify(need: UnitNeed, *, by: User) -> UnitNeed:
    """BKPSDM finds it right: from now on it can stand in the city's plan. Raises OwnCase, WrongState."""
    return _decide(need, "verify", by=by, note="")


@transaction.atomic
def send_back(need: UnitNeed, *, by: User, reason: str) -> UnitNeed:
    """BKPSDM asks for changes and says which. Raises OwnCase, WrongState, Refusal without words."""
    if not reason.strip():
        raise Refusal("Tulis apa yang perlu diubah, supaya unit mengerti.", code="reason")
    return _decide(need, "send_back", by=by, note=reason.strip())


def _decide(need: UnitNeed, verb: str, *, by: User, note: str) -> UnitNeed:
    held = _hold(need)
    if held.sent_by_id == by.pk:
        raise OwnCase
    held.decided_by, held.decided_at, held.note = by, timezone.now(), note
    NEED.apply_locked(held, verb, by=by, note=note, saving=["decided_by", "decided_at", "note"])
    outbox.post_many(notices.need_decided(held, _officers_of(held)))
    return held


def _officers_of(need: UnitNeed) -> QuerySet[User]:
    """Who keeps the list: officers of the office, or of what lies above it."""
    above = need.unit.path.split("/")
    found = User.objects.filter(is_active=True, role_grants__role="opd", role_grants__unit__code__in=above)
    return found.select_related("employee").distinct()
