"""Every workflow of the house walked: each move from each state, by one walk that finds a forgotten one (T06)."""

import ast
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

import competency.models
import partners.models
import training.models
from asnportal.audit.models import AuditLine, Workflow
from asnportal.common.errors import WrongState
from competency.models import LearningForm, TrainingRecord
from partners.models import Proposal
from tests.factories import (
    CompetencyFactory,
    EmployeeFactory,
    EnrolmentFactory,
    LearningFormFactory,
    PartnerFactory,
    SessionFactory,
    UnitFactory,
    UserFactory,
    make_certificate,
)

HOUSE = Path(settings.BASE_DIR)
APPS = ("asnportal", "competency", "training", "partners")
WORKFLOWS = {
    thing.name: thing
    for module in (competency.models, partners.models, training.models)
    for thing in vars(module).values()
    if isinstance(thing, Workflow)
}
DAY = date(2026, 10, 20)


def a_record() -> TrainingRecord:
    form: LearningForm = LearningFormFactory()
    values = {"title": "Webinar", "form": form, "end": DAY, "jp": 4, "match_key": "uji"}
    return TrainingRecord.objects.create(employee=EmployeeFactory(), **values)


def a_proposal() -> Proposal:
    hours = {"starts": "09:00", "ends": "12:00", "day": DAY, "last_day": DAY}
    words = {"title": "Kota tangguh", "summary": "Peta.", "place": "Aula", "quota": 30}
    belongs = {"partner": PartnerFactory(), "form": LearningFormFactory(), "created_by": UserFactory()}
    return Proposal.objects.create(**belongs, **hours, **words)


def a_review() -> Any:
    person, what = EmployeeFactory(), CompetencyFactory()
    return competency.models.Review.objects.create(
        employee=person, competency=what, cause="request", reason="x"
    )


def a_plan() -> Any:
    return competency.models.Plan.objects.create(employee=EmployeeFactory(), year=2026)


def a_need() -> Any:
    return competency.models.UnitNeed.objects.create(unit=UnitFactory(), year=2026)


def a_city_plan() -> Any:
    return training.models.CityPlan.objects.create(year=2026)


def a_city_line() -> Any:
    return a_city_plan().lines.create(title="Bimtek")


THINGS: dict[str, Callable[[], Any]] = {
    "session": SessionFactory,
    "enrolment": EnrolmentFactory,
    "certificate": lambda: make_certificate(EmployeeFactory()),
    "proposal": a_proposal,
    "record": a_record,
    "review": a_review,
    "plan": a_plan,
    "need": a_need,
    "cityplan": a_city_plan,
    "cityline": a_city_line,
}


def test_the_walk_leaves_no_workflow_out():
    assert set(WORKFLOWS) == set(THINGS)


def states_of(flow: Workflow) -> list[str]:
    return sorted({state for arrow in flow.moves.values() for state in (*arrow.sources, arrow.to)})


@pytest.mark.parametrize("name", WORKFLOWS)
@pytest.mark.django_db
def test_T06_every_move_works_from_its_states_only_and_leaves_one_line(name):
    flow, thing = WORKFLOWS[name], THINGS[name]()
    rows = type(thing)._base_manager.filter(pk=thing.pk)
    for state in states_of(flow):
        for verb, arrow in flow.moves.items():
            rows.update(status=state)
            thing.refresh_from_db()
            lines = AuditLine.objects.filter(verb=f"{name}.{verb}")
            before = lines.count()
            if state in arrow.sources:
                flow.apply(thing, verb, by=None)
            else:
                with pytest.raises(WrongState):
                    flow.apply(thing, verb, by=None)
            moved = state in arrow.sources
            assert rows.get().status == (arrow.to if moved else state), f"{state} {verb}"
            assert lines.count() == before + moved, f"{state} {verb}"


@pytest.mark.parametrize("flow", WORKFLOWS.values(), ids=WORKFLOWS)
def test_every_state_but_the_first_is_reached_by_a_move(flow):
    reached = {arrow.to for arrow in flow.moves.values()}
    assert len(set(states_of(flow)) - reached) <= 1


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for app in APPS:
        for path in (HOUSE / app).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path.relative_to(HOUSE), ast.parse(path.read_text())


def test_nobody_but_the_workflow_assigns_a_status():
    """``x.status = …`` and ``update(status=…)``; rows of outbox and jobs have states of their own."""
    own = {
        "asnportal/audit/models/workflow.py",
        "asnportal/audit/services/job.py",
        "asnportal/audit/services/intake.py",
        "asnportal/notifications/services/delivery.py",
        "asnportal/notifications/services/outbox.py",
    }
    found = {
        str(path)
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr == "status"
    }
    assert found - own == set()
