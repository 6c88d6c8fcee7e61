"""Rows of the city's annual plan: it holds no names, so the leaders of the city read it (P60)."""

from django.utils import timezone

from competency.models import UnitNeed
from tests.factories import ProviderFactory
from tests.permissions.matrix import Arguments, Row
from tests.permissions.world import World
from training.models import CityPlan, CityPlanLine, CityPlanNeed


def a_line(world: World, role: str) -> CityPlanLine:
    """A fixed plan with one verified line that a need of unit A stands in."""
    plan, _ = CityPlan.objects.get_or_create(year=2026, defaults={"decree_number": "1/2026"})
    need, _ = UnitNeed.objects.get_or_create(unit=world.unit_a, year=2026, defaults={"status": "verified"})
    wanted, _ = need.lines.get_or_create(title="Menulis laporan", defaults={"people": 3})
    line: CityPlanLine = plan.lines.create(title="Menulis laporan", jp=8, cost=0, provider=ProviderFactory())
    CityPlanNeed.objects.update_or_create(need_line=wanted, defaults={"line": line})
    CityPlanLine.objects.filter(pk=line.pk).update(status="verified", verified_by=world.k1)
    return line


def line(world: World, role: str) -> Arguments:
    return {"pk": a_line(world, role).pk}


def plan(world: World, role: str) -> Arguments:
    return {"pk": a_line(world, role).plan_id}


def fixed_year(world: World, role: str) -> Arguments:
    CityPlan.objects.get_or_create(year=timezone.localdate().year)
    return {}


def need_in_line(world: World, role: str) -> Arguments:
    made = a_line(world, role)
    return {"pk": made.pk, "need_pk": made.needs.get().need_line_id}


#                                     PUB ASN SPV OPD BKP PTN AUD SU PIM
ROWS = [
    Row("P60", "city_plan", "GET", "L F F F A F A A A"),
    Row("P60", "city_pool", "GET", "L F F F A F A A F"),
    Row("P60", "city_line_from_needs", "POST", "L F F F A F F F F"),
    Row("P60", "city_plan_ceiling", "POST", "L F F F A F F F F", data={"ceiling": "1000000"}),
    Row("P60", "city_plan_fix", "GET", "L F F F A F F F F", plan),
    Row("P60", "city_plan_fix", "POST", "L F F F A F F F F", plan, also=(422,)),
    Row("P60", "city_plan_revise", "GET", "L F F F A F F F F", plan),
    Row("P60", "city_plan_revise", "POST", "L F F F A F F F F", plan, also=(422,)),
    Row("P60", "city_line", "GET", "L F F F A F A A A", line),
    Row("P60", "city_line_new", "GET", "L F F F A F F F F"),
    Row("P60", "city_line_new", "POST", "L F F F A F F F F", also=(422,)),
    Row("P60", "city_line_edit", "GET", "L F F F A F F F F", line),
    Row("P60", "city_line_edit", "POST", "L F F F A F F F F", line, also=(422,)),
    Row("P60", "city_line_drop", "POST", "L F F F A F F F F", line),
    Row("P60", "city_line_verify", "POST", "L F F F A F F F F", line, also=(422,)),
    Row("P60", "city_line_split", "POST", "L F F F A F F F F", need_in_line),
    Row("P60", "city_line_spend", "POST", "L F F F A F F F F", line, {"cost": "100"}),
    Row("P60", "city_line_session", "POST", "L F F F A F F F F", line),
    Row("P60", "city_progress", "GET", "L F F F A F A A A"),
    Row("P60", "city_progress_file", "GET", "L F F F A F A A A", fixed_year),
    Row("P60", "hcdp", "GET", "L F F F A F A A A"),
    Row("P60", "hcdp_file", "GET", "L F F F A F A A A"),
]
