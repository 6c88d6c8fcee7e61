"""The city's annual plan as a whole: its ceiling, fixed by a decree, opened again by a named revision."""

from datetime import date

from django.db import transaction

from asnportal.audit.models import record
from asnportal.common.errors import Refusal
from asnportal.people.models import User
from training.models import CITY_PLAN, CityPlan, CityPlanLine


def plan_for(year: int) -> CityPlan:
    """The plan of a year, begun as a draft where there is none."""
    return CityPlan.objects.get_or_create(year=year)[0]


def hold(plan: CityPlan) -> CityPlan:
    """The plan under its lock."""
    held: CityPlan = CityPlan.objects.select_for_update().get(pk=plan.pk)
    return held


def hold_open(plan: CityPlan) -> CityPlan:
    """As hold. Raises Refusal while the plan is fixed."""
    held = hold(plan)
    if not held.is_open:
        raise Refusal(
            f"Rencana {held.year} sudah ditetapkan. Buka perubahan dahulu bila hendak mengubahnya.",
            code="fixed",
        )
    return held


def total_of(plan: CityPlan) -> int:
    """Whole rupiah of all lines whose cost is known."""
    return sum(line.total or 0 for line in plan.lines.all())


@transaction.atomic
def set_ceiling(year: int, *, ceiling: int | None, by: User) -> CityPlan:
    """What the city has for the year (whole rupiah). Raises Refusal while the plan is fixed."""
    held = hold_open(plan_for(year))
    before, held.ceiling = held.ceiling, ceiling
    held.save(update_fields=["ceiling"])
    record("cityplan.ceiling", held, by=by, before=before or "", after=ceiling or "")
    return held


@transaction.atomic
def fix(plan: CityPlan, *, decree_number: str, decree_date: date, by: User) -> CityPlan:
    """By a decree. Raises Refusal for an empty plan, a line that is not verified, a sum above the ceiling;
    WrongState for one that is fixed already."""
    held = hold(plan)
    if held.is_open:
        _check_ready(held)
    held.decree_number, held.decree_date = decree_number, decree_date
    CITY_PLAN.apply_locked(
        held,
        "fix",
        by=by,
        note=f"Keputusan {decree_number}",
        saving=["decree_number", "decree_date"],
        total=total_of(held),
        lines=held.lines.count(),
        revision=held.revision,
    )
    return held


def _check_ready(plan: CityPlan) -> None:
    lines = list(plan.lines.all())
    if not lines:
        raise Refusal("Isi paling sedikit satu baris sebelum menetapkan.", code="empty")
    open_ones = [line for line in lines if line.status != CityPlanLine.Status.VERIFIED]
    if open_ones:
        more = f" dan {len(open_ones) - 1} lainnya" if len(open_ones) > 1 else ""
        raise Refusal(f"Belum diverifikasi: {open_ones[0].title}{more}.", code="unverified")
    total = sum(line.total or 0 for line in lines)
    if plan.ceiling is not None and total > plan.ceiling:
        over = f"{total - plan.ceiling:,}".replace(",", ".")
        raise Refusal(
            f"Anggaran melampaui pagu sebesar Rp {over}. Kurangi baris atau naikkan pagunya.",
            code="above_ceiling",
        )


@transaction.atomic
def revise(plan: CityPlan, *, name: str, reason: str, by: User) -> CityPlan:
    """Open a fixed plan again. Raises Refusal without a name or a reason, WrongState for one that is open."""
    if not name.strip() or not reason.strip():
        raise Refusal("Tulis nama perubahan dan alasannya.", code="reason")
    held = hold(plan)
    held.revision += 1
    held.revision_name, held.revision_reason = name.strip(), reason.strip()
    CITY_PLAN.apply_locked(
        held,
        "revise",
        by=by,
        note=f"{held.revision_name}: {held.revision_reason}",
        saving=["revision", "revision_name", "revision_reason"],
    )
    return held
