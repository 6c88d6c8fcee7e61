"""Rows of competency: imported trainings, profiles and assessments."""

from datetime import date

from asnportal.audit.models import Job
from asnportal.common import files
from asnportal.people.models import User
from competency.models import CentreReport, NeedLine, Plan, PlanItem, Review, TrainingRecord, UnitNeed
from tests.factories import CompetencyFactory, LearningFormFactory, PositionFactory, SessionFactory
from tests.permissions.matrix import Arguments, Builder, Row
from tests.permissions.world import World


def profile_of(world: World, role: str) -> tuple[Arguments, Arguments]:
    """A person of unit A, and one of unit B whom sA and oA may not read."""
    return {"public_id": world.a1.public_id}, {"public_id": world.b1.public_id}


def level_of(world: World, role: str) -> tuple[Arguments, Arguments]:
    inside, outside = profile_of(world, role)
    competency = {"pk": CompetencyFactory().pk}
    return inside | competency, outside | competency


def any_competency(world: World, role: str) -> Arguments:
    return {"pk": CompetencyFactory().pk}


def review_of(world: World, role: str) -> tuple[Arguments, Arguments]:
    made = [
        Review.objects.create(
            employee=one, competency=CompetencyFactory(), cause=Review.Cause.REQUEST, reason="Sudah berlatih."
        )
        for one in (world.a1, world.b1)
    ]
    return {"public_id": made[0].public_id}, {"public_id": made[1].public_id}


def evidence_of(world: World, role: str) -> tuple[Arguments, Arguments]:
    """Handed-in trainings of a1 and b1, with a file; the column ASN is a1."""
    made = []
    for number, one in enumerate((world.a1, world.b1)):
        name = files.keep([b"%PDF-1.7"], folder="bukti", suffix=".pdf")
        made.append(
            TrainingRecord.objects.create(
                employee=one,
                title="Bimtek",
                form=LearningFormFactory(),
                start=date(2026, 11, 2),
                end=date(2026, 11, 2),
                jp=8,
                source=TrainingRecord.OUTSIDE,
                match_key=f"outside:{role}:{number}",
                evidence=name,
                evidence_name="a.pdf",
            )
        )
    return {"public_id": made[0].public_id}, {"public_id": made[1].public_id}


def report_of(world: World, role: str) -> tuple[Arguments, Arguments]:
    """Reports of a1 and b1; the column ASN is a1. Their supervisors read neither."""
    day, until = date(2026, 3, 2), date(2029, 3, 2)
    made = [
        CentreReport.objects.create(employee=one, day=day, valid_until=until, purpose="mapping", cut=90)
        for one in (world.a1, world.b1)
    ]
    return {"public_id": made[0].public_id}, {"public_id": made[1].public_id}


def centre_job(world: World, role: str) -> Arguments:
    owner = world.user(role)
    job = Job.objects.create(
        kind="competency.centre", owner=owner if isinstance(owner, User) else None, status="preparing"
    )
    return {"public_id": job.public_id}


def plan_of(state: str) -> Builder:
    """Plans of a1 and b1 in a state, each with an item; the column ASN is a1."""

    def build(world: World, role: str) -> tuple[Arguments, Arguments]:
        made = []
        for one in (world.a1, world.b1):
            plan, _ = Plan.objects.update_or_create(employee=one, year=2026, defaults={"status": state})
            plan.items.get_or_create(title="Menulis laporan", defaults={"target": date(2026, 12, 1)})
            made.append({"pk": plan.pk})
        return made[0], made[1]

    return build


def item_of(world: World, role: str) -> tuple[Arguments, Arguments]:
    inside, outside = plan_of("draft")(world, role)
    items = [PlanItem.objects.get(plan=one["pk"]) for one in (inside, outside)]
    return {"pk": items[0].pk}, {"pk": items[1].pk}


def need_of(state: str) -> Builder:
    """Needs of the units A and B in a state, each with an own line."""

    def build(world: World, role: str) -> tuple[Arguments, Arguments]:
        made = []
        for unit in (world.unit_a, world.unit_b):
            need, _ = UnitNeed.objects.update_or_create(unit=unit, year=2026, defaults={"status": state})
            need.lines.get_or_create(title="Menulis laporan", defaults={"people": 3})
            made.append({"pk": need.pk})
        return made[0], made[1]

    return build


def need_line_of(world: World, role: str) -> tuple[Arguments, Arguments]:
    inside, outside = need_of("draft")(world, role)
    lines = [NeedLine.objects.get(need=one["pk"]) for one in (inside, outside)]
    return {"pk": lines[0].pk}, {"pk": lines[1].pk}


def join_of(world: World, role: str) -> Arguments:
    return {"pk": SessionFactory().pk, "competency_pk": CompetencyFactory().pk}


def person_a(world: World, role: str) -> Arguments:
    return {"public_id": world.a1.public_id}


def a_position(world: World, role: str) -> Arguments:
    return {"pk": PositionFactory().pk}


def standards_file(world: World, role: str) -> Arguments:
    return {"kind": "standar"}


LEVEL = {"level": "2", "day": "2026-11-01"}
REASON = {"reason": "Belum terlihat dalam pekerjaan."}

#                                     PUB ASN SPV OPD BKP PTN AUD SU PIM
ROWS: list[Row] = [
    Row("P44", "record_list", "GET", "    L   F   F   F   A   F   A   A  F"),
    Row("P44", "record_decide", "POST", " L   F   F   F   A   F   F   F  F"),
    Row("P41", "standard_list", "GET", "L F F F A F A A F"),
    Row("P41", "standard_detail", "GET", "L F F F A F A A F", a_position),
    Row("P41", "standard_new", "GET", "L F F F A F F F F", a_position),
    Row("P41", "standard_new", "POST", "L F F F A F F F F", a_position, also=(422,)),
    Row("P41", "dictionary", "GET", "L F F F A F A A F"),
    Row("P41", "dictionary_edit", "GET", "L F F F A F F F F", any_competency),
    Row("P41", "dictionary_edit", "POST", "L F F F A F F F F", any_competency, also=(422,)),
    Row("P41", "table_load", "GET", "L F F F A F F F F"),
    Row("P41", "table_load", "POST", "L F F F A F F F F", also=(422,)),
    Row("P41", "table_file", "GET", "L F F F A F F F F", standards_file),
    Row("P44", "record_next", "GET", "L F F F A F F F F"),
    Row("P44", "record_check", "GET", "L F F F A F F F F", evidence_of),
    Row("P44", "record_check", "POST", "L F F F A F F F F", evidence_of, {"aksi": "terima"}),
    Row("P44", "outside_enter", "GET", "L F F F A F F F F", person_a),
    Row("P44", "outside_enter", "POST", "L F F F A F F F F", person_a, also=(422,)),
    Row("P43", "outside_new", "GET", "L A A F F F F F F"),
    Row("P43", "outside_new", "POST", "L A A F F F F F F", also=(422,)),
    Row("P43", "outside_withdraw", "POST", "L A/N N F F F F F F", evidence_of),
    Row("P45", "evidence_file", "GET", "L A/N A/N A/N A N A A N", evidence_of),
    Row("P41", "competency_profile", "GET", "L A A F F F F F F"),
    Row("P41", "own_index", "GET", "L A A F F F F F F"),
    Row("P41", "plan", "GET", "L A A F F F F F F"),
    Row("P41", "employee_plan", "GET", "L F A/N A/N A F A A F", profile_of),
    Row("P41", "plan_item_new", "GET", "L A A F F F F F F"),
    Row("P41", "plan_item_new", "POST", "L A A F F F F F F", also=(422,)),
    Row("P41", "plan_item_edit", "GET", "L A/N N F F F F F F", item_of),
    Row("P41", "plan_item_edit", "POST", "L A/N N F F F F F F", item_of, also=(422,)),
    Row("P41", "plan_item_drop", "POST", "L A/N N F F F F F F", item_of),
    Row("P41", "plan_item_done", "POST", "L A/N N F F F F F F", item_of),
    Row("P41", "plan_submit", "POST", "L A/N N F F F F F F", plan_of("draft")),
    Row("P41", "plan_take_back", "POST", "L A/N N F F F F F F", plan_of("submitted")),
    Row("P41", "plan_finish", "POST", "L A/N N F F F F F F", plan_of("approved")),
    Row("P41", "plan_carry_over", "POST", "L A A F F F F F F"),
    Row("P41", "plan_note", "POST", "L A/N A/N F F F F F F", plan_of("draft"), {"text": "Kapan mulai?"}),
    Row("P42", "plan_approve", "POST", "L F A/N F F F F F F", plan_of("submitted")),
    Row("P42", "plan_send_back", "GET", "L F A/N F F F F F F", plan_of("submitted")),
    Row("P42", "plan_send_back", "POST", "L F A/N F F F F F F", plan_of("submitted"), REASON),
    Row("P11", "plan_join", "POST", "L A A F F F F F F", join_of),
    Row("P41", "competency_detail", "GET", "L A A F F F F F F", any_competency),
    Row("P41", "employee_profile", "GET", "L F A/N A/N A F A A F", profile_of),
    Row("P41", "team", "GET", "L F A F F F F F F"),
    Row("P41", "own_centre", "GET", "L A A F F F F F F"),
    Row("P41", "centre_report", "GET", "L A/N N F A F A F F", report_of),
    Row("P41", "centre_list", "GET", "L F F F A F A F F"),
    Row("P41", "centre_load", "GET", "L F F F A F F F F"),
    Row("P41", "centre_load", "POST", "L F F F A F F F F", also=(422,)),
    Row("P41", "centre_check", "GET", "L F F F A F F F F", centre_job),
    Row("P41", "centre_check", "POST", "L F F F A F F F F", centre_job),
    Row("P41", "centre_file", "GET", "L F F F A F F F F"),
    Row("P41", "centre_template", "GET", "L F F F A F F F F"),
    Row("P42", "self_assessment", "GET", "L A A F F F F F F"),
    Row("P42", "self_assessment", "POST", "L A A F F F F F F", also=(422,)),
    Row("P42", "review_request", "GET", "L A A F F F F F F", any_competency),
    Row("P42", "review_request", "POST", "L A A F F F F F F", any_competency, REASON, also=(422,)),
    Row("P42", "assess_employee", "GET", "L F A/N F A F F F F", level_of),
    Row("P42", "assess_employee", "POST", "L F A/N F A F F F F", level_of, LEVEL),
    Row("P42", "review_decline", "GET", "L F A/N F A F F F F", review_of),
    Row("P42", "review_decline", "POST", "L F A/N F A F F F F", review_of, REASON),
    Row("P60", "report", "GET", "L F F F A F A A A"),
    Row("P60", "report", "GET", "L F F F N F N N N", query="?unit=tidak-ada"),
    Row("P60", "report_export", "POST", "L F F F A F A A A"),
    Row("P41", "heat_map", "GET", "L F A A A F A A F"),
    Row("P41", "heat_map", "GET", "L F N N A F A A F", query="?unit=B"),
    Row("P47", "heat_export", "POST", "L F F A A F A A F", query="?unit=A"),
    Row("P47", "heat_export", "POST", "L F F N A F A A F", query="?unit=B"),
    Row("P60", "unit_need", "GET", "L F A A F F F F F"),
    Row("P60", "unit_need", "GET", "L F N N F F F F F", query="?unit=B"),
    Row("P60", "need_compile", "POST", "L F F A F F F F F", data={"scope": "approved"}),
    Row("P60", "need_line_new", "GET", "L F F A F F F F F"),
    Row("P60", "need_line_new", "POST", "L F F A F F F F F", also=(422,)),
    Row("P60", "need_line_edit", "GET", "L F F A/N F F F F F", need_line_of),
    Row("P60", "need_line_edit", "POST", "L F F A/N F F F F F", need_line_of, also=(422,)),
    Row("P60", "need_line_drop", "POST", "L F F A/N F F F F F", need_line_of),
    Row("P60", "need_line_move", "POST", "L F F A/N F F F F F", need_line_of, {"arah": "naik"}),
    Row("P60", "need_budget", "POST", "L F F A/N F F F F F", need_of("draft"), {"budget": "1000000"}),
    Row("P60", "need_send", "POST", "L F F A/N F F F F F", need_of("draft")),
    Row("P60", "need_take_back", "POST", "L F F A/N F F F F F", need_of("sent")),
    Row("P60", "need_list", "GET", "L F F F A F A A F"),
    Row("P60", "need_detail", "GET", "L F F F A F A A F", need_of("sent")),
    Row("P60", "need_verify", "POST", "L F F F A F F F F", need_of("sent")),
    Row("P60", "need_send_back", "GET", "L F F F A F F F F", need_of("sent")),
    Row("P60", "need_send_back", "POST", "L F F F A F F F F", need_of("sent"), REASON),
]
