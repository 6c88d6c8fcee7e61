"""Lines of the city's annual plan: made of needs or without, merged, split, verified, carried out as sessions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.errors import Refusal
from asnportal.people.models import User
from competency.models import Competency, NeedLine, StandardItem, UnitNeed
from training.models import (
    CITY_LINE,
    CityPlan,
    CityPlanLine,
    CityPlanNeed,
    Programme,
    Provider,
    Session,
)
from training.services import programme as programmes
from training.services import session as sessions
from training.services.city_plan import hold, hold_open, plan_for
from training.services.programme import CompetencyLine, Contents
from training.services.schedule import PlannedMeeting

FAMILIES = {
    Competency.Family.TECHNICAL: Programme.Family.TECHNICAL,
    Competency.Family.MANAGERIAL: Programme.Family.MANAGERIAL,
    Competency.Family.SOCIOCULTURAL: Programme.Family.SOCIOCULTURAL,
}
JP_A_DAY = 8  # how many JP a day of training usually has, for the proposed days
MIDDLE = 2  # the level of a competency that no standard asks


@transaction.atomic
def add(year: int, values: dict[str, Any], *, by: User) -> CityPlanLine:
    """A line without needs, in the plan of a year, which begins with it. Raises Refusal while the plan is fixed."""
    plan = hold_open(plan_for(year))
    line: CityPlanLine = CityPlanLine.objects.create(plan=plan, **values)
    record("cityline.create", line, by=by)
    return line


@transaction.atomic
def change(line: CityPlanLine, values: dict[str, Any], *, by: User) -> list[str]:
    """Rewrite a line; what was verified is to be verified again. Gives the changed fields. Raises as add does."""
    held = _hold_line(line)
    changed = [name for name, value in values.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, values[name])
    if changed:
        held.save(update_fields=changed)
        record("cityline.update", held, by=by, changed=changed)
        _check_again(held, by)
    return changed


@transaction.atomic
def drop(line: CityPlanLine, *, by: User) -> None:
    """Take a line out; its needs wait for another one. Raises Refusal once a session carries it out."""
    held = _hold_line(line)
    if held.sessions.exists():
        raise Refusal("Baris ini sudah punya jadwal, jadi tidak dapat dihapus.", code="has_sessions")
    record("cityplan.drop", held.plan, by=by, before=held.title)
    held.delete()


def _hold_line(line: CityPlanLine) -> CityPlanLine:
    """The line as it is now, with its plan open and locked."""
    plan = hold_open(line.plan)
    found: CityPlanLine = CityPlanLine.objects.select_related("programme").get(pk=line.pk)
    found.plan = plan
    return found


def _check_again(line: CityPlanLine, by: User) -> None:
    if line.status == CityPlanLine.Status.VERIFIED:
        line.verified_by = line.verified_at = None
        CITY_LINE.apply_locked(line, "check_again", by=by, saving=["verified_by", "verified_at"])


@transaction.atomic
def from_needs(year: int, needs: Iterable[NeedLine], *, by: User) -> CityPlanLine:
    """One new line of the needs chosen: the competency that most people need, the form most of them name, the mean
    cost, everybody in one session. Raises Refusal where nothing fits, or as add does."""
    plan = hold_open(plan_for(year))
    chosen = _free(plan, needs)
    line: CityPlanLine = CityPlanLine.objects.create(plan=plan, **proposed(chosen))
    _put(line, chosen)
    record("cityline.create", line, by=by, needs=len(chosen))
    return line


@transaction.atomic
def join(line: CityPlanLine, needs: Iterable[NeedLine], *, by: User) -> CityPlanLine:
    """More needs into a line; its seats follow the people. Raises Refusal as from_needs does."""
    held = _hold_line(line)
    chosen = _free(held.plan, needs)
    _put(held, chosen)
    record("cityline.join", held, by=by, needs=len(chosen))
    _follow_people(held, by)
    return held


@transaction.atomic
def split(link: CityPlanNeed, *, by: User) -> CityPlanLine:
    """A need out of its line; the seats follow the people that remain. Raises Refusal while the plan is fixed."""
    held = _hold_line(link.line)
    record("cityline.split", held, by=by, before=str(link.need_line))
    link.delete()
    _follow_people(held, by)
    return held


def _free(plan: CityPlan, needs: Iterable[NeedLine]) -> list[NeedLine]:
    """Those of them that are verified, of this year, and in no line yet."""
    wanted = NeedLine.objects.filter(
        pk__in=[one.pk for one in needs],
        need__year=plan.year,
        need__status=UnitNeed.Status.VERIFIED,
        people__gt=0,
        in_plan=None,
    )
    found = list(wanted.select_related("competency", "form"))
    if not found:
        raise Refusal(
            "Pilih paling sedikit satu kebutuhan terverifikasi yang belum ada di rencana.", code="none"
        )
    return found


def _put(line: CityPlanLine, needs: Sequence[NeedLine]) -> None:
    CityPlanNeed.objects.bulk_create(CityPlanNeed(line=line, need_line=one) for one in needs)


def _follow_people(line: CityPlanLine, by: User) -> None:
    people = sum(link.need_line.people for link in line.needs.select_related("need_line"))
    if people:
        line.quota = min(10_000, max(1, ceil(people / line.sessions_planned)))
        line.save(update_fields=["quota"])
    _check_again(line, by)


def proposed(needs: Sequence[NeedLine]) -> dict[str, Any]:
    """What a line of these needs is, until somebody says otherwise."""
    heads: Counter[NeedLine] = Counter({one: one.people for one in needs})
    first = heads.most_common(1)[0][0]
    forms = Counter({one.form: 0 for one in needs if one.form})
    for one in needs:
        if one.form:
            forms[one.form] += one.people
    priced = [one for one in needs if one.cost is not None]
    people = sum(one.people for one in needs)
    months = [one.month for one in needs]
    competency = first.competency
    return {
        "title": (competency.name if competency else first.title)[:200],
        "competency": competency,
        "form": forms.most_common(1)[0][0] if forms else None,
        "provider": Provider.objects.filter(name__icontains="BKPSDM").order_by("pk").first(),
        "quota": min(people, 10_000),
        "jp": int(_mean([(one.jp, one.people) for one in needs if one.jp]).to_integral_value()),
        "cost": int(_mean([(Decimal(one.cost or 0), one.people) for one in priced])) if priced else None,
        "first_month": min(months),
        "last_month": max(months),
    }


def _mean(pairs: Sequence[tuple[Decimal, int]]) -> Decimal:
    """Weighted by people; 0 of nothing."""
    people = sum(weight for _, weight in pairs)
    return sum((value * weight for value, weight in pairs), Decimal(0)) / people if people else Decimal(0)


def missing(line: CityPlanLine) -> list[str]:
    """What a line must still say before it can be verified."""
    facts = {
        "bentuk": line.form,
        "penyelenggara": line.provider,
        "JP": line.jp or None,
        "biaya per orang": line.cost,
    }
    return [name for name, value in facts.items() if value is None]


@transaction.atomic
def verify(line: CityPlanLine, *, by: User) -> CityPlanLine:
    """Relevance, form, cost and quota were looked at. Raises Refusal while something is missing, WrongState."""
    held = _hold_line(line)
    if gaps := missing(held):
        raise Refusal(f"Lengkapi dahulu: {', '.join(gaps)}.", code="incomplete")
    held.verified_by, held.verified_at = by, timezone.now()
    CITY_LINE.apply_locked(held, "verify", by=by, saving=["verified_by", "verified_at"])
    return held


@transaction.atomic
def set_actual_cost(line: CityPlanLine, *, cost: int | None, by: User) -> CityPlanLine:
    """What was spent (whole rupiah), None where it is not known. Raises Refusal before the plan is fixed."""
    plan = hold(line.plan)
    if not plan.was_fixed:
        raise Refusal("Biaya yang terpakai ditulis sesudah rencana ditetapkan.", code="not_fixed")
    before, line.actual_cost = line.actual_cost, cost
    line.save(update_fields=["actual_cost"])
    record("cityline.spend", line, by=by, before=before or "", after=cost if cost is not None else "")
    return line


def why_no_session(line: CityPlanLine) -> str:
    """Why no session can be made of it; "" where one can."""
    if not line.plan.was_fixed:
        return f"Jadwal dibuat sesudah rencana {line.plan.year} ditetapkan."
    if line.status != CityPlanLine.Status.VERIFIED:
        return "Baris ini berubah dan belum diverifikasi lagi."
    return ""


@transaction.atomic
def programme_of(line: CityPlanLine, *, by: User) -> Programme:
    """The programme that the line names, else a draft made of the line. Raises Refusal as open_session does."""
    plan = hold(line.plan)
    held = CityPlanLine.objects.select_related("programme", "competency", "form", "provider").get(pk=line.pk)
    held.plan = plan
    _may_open(held)
    if held.programme is None:
        held.programme = programmes.create(_programme(held), contents=_contents(held), by=by)
        held.save(update_fields=["programme"])
    return held.programme


def _programme(line: CityPlanLine) -> dict[str, Any]:
    family = FAMILIES[Competency.Family(line.competency.family)] if line.competency else None
    return {
        "title": line.title,
        "form": line.form,
        "family": family or Programme.Family.TECHNICAL,
        "jp": line.jp,
        "duration_days": max(1, ceil(line.jp / JP_A_DAY)),
        "provider": line.provider,
        "audience": line.audience,
        "usual_quota": line.quota,
        "is_active": False,
    }


def _contents(line: CityPlanLine) -> Contents:
    """The competency with the level that most standards ask."""
    if line.competency is None:
        return Contents()
    asked = StandardItem.objects.filter(competency=line.competency).values("level")
    usual = asked.annotate(many=Count("pk")).order_by("-many", "level").first()
    return Contents(competencies=(CompetencyLine(line.competency, usual["level"] if usual else MIDDLE),))


def _may_open(line: CityPlanLine) -> None:
    if reason := why_no_session(line):
        raise Refusal(reason, code="no_session")


@transaction.atomic
def open_session(
    line: CityPlanLine, values: dict[str, Any], *, meetings: Sequence[PlannedMeeting] = (), by: User
) -> Session:
    """A draft session that carries the line out. Raises Refusal unless the plan is fixed and the line verified."""
    line.plan = hold(line.plan)
    _may_open(line)
    if line.programme is None:
        raise Refusal("Baris ini belum punya pelatihan.", code="no_programme")
    made = sessions.open_from(line.programme, values | {"plan_line": line}, meetings=meetings, by=by)
    record("cityline.session", line, by=by, after=str(made))
    return made
