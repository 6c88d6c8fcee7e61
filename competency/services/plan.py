"""The individual plan: draft, diajukan, dikembalikan or disetujui, selesai. Progress is read, never written, except by
hand for what no training of the portal stands behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.errors import OwnCase, Refusal
from asnportal.notifications.services import outbox
from asnportal.people.models import Employee, User
from competency import notices
from competency.models import PLAN, Competency, LearningForm, Plan, PlanItem, PlanNote
from competency.queries.period import anniversary

PEERS = {
    "C1",
    "C2",
    "C5",
    "C7",
    "C8",
    "C10",
}  # coaching, mentoring, secondment, benchmarking, exchange, communities
WORK = {"C9", "C11", "C12"}  # self-study, internship, guidance at work
CLOSED = "Rencana ini sudah diajukan. Tarik dahulu bila hendak mengubahnya."


@dataclass(frozen=True)
class Wish:
    """What an item says. ``target`` is a day of the plan's year (WITA), ``jp`` the JP diakui expected."""

    title: str
    source: str
    target: date
    jp: Decimal = Decimal(0)
    competency: Competency | None = None
    form: LearningForm | None = None
    reason: str = ""


def mix_of(form: LearningForm | None) -> str:
    """The third of 70-20-10 to which a form of learning belongs; a class where nothing else is said."""
    if form is None:
        return str(PlanItem.Mix.CLASS)
    if form.code in WORK:
        return str(PlanItem.Mix.WORK)
    return str(PlanItem.Mix.PEERS if form.code in PEERS else PlanItem.Mix.CLASS)


def plan_for(employee: Employee, year: int) -> Plan:
    """The plan of a year, made as a draft where there is none yet."""
    return Plan.objects.get_or_create(employee=employee, year=year)[0]


@transaction.atomic
def add(employee: Employee, year: int, wish: Wish, *, by: User) -> PlanItem:
    """One more item in the plan of a year, which begins with it; into an approved plan it is marked as added later.

    Raises Refusal for somebody else's plan, one that waits for an answer or is finished, and a target outside its
    year; then no plan is begun either.
    """
    held = _own(plan_for(employee, year), by)
    if held.status in (Plan.Status.SUBMITTED, Plan.Status.FINISHED):
        raise Refusal(CLOSED, code="closed")
    _check(held, wish)
    return _put(held, wish, by)


@transaction.atomic
def add_with_request(employee: Employee, wish: Wish, *, by: User) -> PlanItem:
    """As add, in the year of the target, together with a request for a seat: whatever the state of the plan,
    because the seat is asked for anyway.

    An unfinished item of the same gap becomes this one instead of standing twice; what the supervisor has read
    keeps its words.
    """
    held = _own(plan_for(employee, wish.target.year), by)
    open_ones = held.items.filter(competency=wish.competency, source=PlanItem.Source.GAP, done_on=None)
    kept: PlanItem | None = open_ones.first() if wish.competency else None
    if kept is None:
        return _put(held, wish, by)
    if not held.is_open:
        return kept
    kept.title, kept.target, kept.form, kept.jp = wish.title, wish.target, wish.form, wish.jp
    kept.save(update_fields=["title", "target", "form", "jp"])
    record("plan.change", held, by=by, after=kept.title)
    return kept


def _put(held: Plan, wish: Wish, by: User) -> PlanItem:
    later = not held.is_open
    item = PlanItem.objects.create(plan=held, mix=mix_of(wish.form), added_later=later, **vars(wish))
    record("plan.add", held, by=by, after=item.title)
    return item


@transaction.atomic
def change(item: PlanItem, wish: Wish, *, by: User) -> PlanItem:
    """Rewrite an item of an open plan. Raises as add does."""
    held = _own(item.plan, by)
    _must_be_open(held, item)
    _check(held, wish)
    for name, value in vars(wish).items():
        setattr(item, name, value)
    item.mix = mix_of(wish.form)
    item.save()
    record("plan.change", held, by=by, after=item.title)
    return item


@transaction.atomic
def drop(item: PlanItem, *, by: User) -> None:
    """Take an item out of an open plan, or one that was added later. Raises as change does."""
    held = _own(item.plan, by)
    _must_be_open(held, item)
    record("plan.drop", held, by=by, before=item.title)
    item.delete()


@transaction.atomic
def mark_done(item: PlanItem, *, by: User) -> PlanItem:
    """By hand, on today's date (WITA), for what ran outside the portal. Raises Refusal unless the plan is approved."""
    held = _own(item.plan, by)
    if held.status != Plan.Status.APPROVED:
        raise Refusal("Butir dapat ditandai selesai setelah rencananya disetujui.", code="not_approved")
    item.done_on = timezone.localdate()
    item.save(update_fields=["done_on"])
    record("plan.done", held, by=by, after=item.title)
    return item


def _own(plan: Plan, by: User) -> Plan:
    """The plan under its lock, for the person himself."""
    held: Plan = Plan.objects.select_for_update(of=("self",)).select_related("employee").get(pk=plan.pk)
    if by.employee_or_none != held.employee:
        raise Refusal("Rencana hanya dapat diubah oleh yang bersangkutan.", code="not_own")
    return held


def _must_be_open(plan: Plan, item: PlanItem) -> None:
    if not plan.is_open and not (item.added_later and plan.status == Plan.Status.APPROVED):
        raise Refusal(
            CLOSED if plan.status == Plan.Status.SUBMITTED else "Butir yang sudah disetujui tetap tercatat.",
            code="closed",
        )


def _check(plan: Plan, wish: Wish) -> None:
    if wish.target.year != plan.year:
        raise Refusal(f"Sasaran selesai harus dalam tahun {plan.year}.", code="year")


@transaction.atomic
def submit(plan: Plan, *, by: User) -> Plan:
    """To the supervisor. Raises Refusal without an item or a supervisor, WrongState from another state."""
    held = _own(plan, by)
    if not held.items.exists():
        raise Refusal("Isi paling sedikit satu butir sebelum mengajukan.", code="empty")
    supervisor = held.employee.supervisor
    if supervisor is None:
        raise Refusal("Atasan langsung Anda belum tercatat. Hubungi admin unit.", code="no_supervisor")
    held.submitted_at, held.round, held.note = timezone.now(), held.round + 1, ""
    PLAN.apply_locked(held, "submit", by=by, saving=["submitted_at", "round", "note"])
    outbox.post(notices.plan_submitted(held, supervisor))
    return held


@transaction.atomic
def take_back(plan: Plan, *, by: User) -> Plan:
    """Back to a draft while nobody has answered."""
    held = _own(plan, by)
    PLAN.apply_locked(held, "take_back", by=by)
    return held


@transaction.atomic
def approve(plan: Plan, *, by: User) -> Plan:
    """The supervisor says yes. Raises OwnCase, WrongState."""
    return _decide(plan, "approve", by=by, note="")


@transaction.atomic
def send_back(plan: Plan, *, by: User, reason: str) -> Plan:
    """The supervisor asks for changes and says which. Raises OwnCase, WrongState, Refusal without words."""
    if not reason.strip():
        raise Refusal("Tulis apa yang perlu diubah, supaya yang bersangkutan mengerti.", code="reason")
    return _decide(plan, "send_back", by=by, note=reason.strip())


def _decide(plan: Plan, verb: str, *, by: User, note: str) -> Plan:
    held: Plan = Plan.objects.select_for_update(of=("self",)).select_related("employee__user").get(pk=plan.pk)
    if by.employee_or_none == held.employee:
        raise OwnCase
    held.decided_by, held.decided_at, held.note = by, timezone.now(), note
    PLAN.apply_locked(held, verb, by=by, note=note, saving=["decided_by", "decided_at", "note"])
    outbox.post(notices.plan_decided(held))
    return held


@transaction.atomic
def finish(plan: Plan, *, by: User) -> Plan:
    """The person closes the year. Raises WrongState unless it was approved."""
    held = _own(plan, by)
    PLAN.apply_locked(held, "finish", by=by)
    return held


@transaction.atomic
def say(plan: Plan, *, text: str, by: User) -> PlanNote:
    """One line of the dialogue. Raises Refusal without words."""
    if not text.strip():
        raise Refusal("Tulis catatannya dahulu.", code="empty")
    note = PlanNote.objects.create(plan=plan, author=by, text=text.strip())
    outbox.post_many(notices.plan_note(note))
    return note


@transaction.atomic
def carry_over(employee: Employee, year: int, items: Iterable[PlanItem], *, by: User) -> int:
    """Unfinished items of an earlier plan into that of a year, on the same day of it. Gives how many.

    What was carried before stays as it is. Raises Refusal as add does.
    """
    fresh = [item for item in items if not hasattr(item, "carried_to")]
    for item in fresh:
        wish = Wish(
            title=item.title,
            source=item.source,
            target=anniversary(item.target, year),
            jp=item.jp,
            competency=item.competency,
            form=item.form,
            reason=item.reason,
        )
        made = add(employee, year, wish, by=by)
        made.carried_from = item
        made.save(update_fields=["carried_from"])
    return len(fresh)
