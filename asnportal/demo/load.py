"""Loading the demo city: reference data, people, accounts and a year of life."""

import csv
from pathlib import Path

from django.db import transaction

from asnportal.demo.accounts import open_accounts
from asnportal.demo.calendar import moved
from asnportal.demo.life import live
from asnportal.demo.people import Plan, staff
from asnportal.people.models import Employee
from asnportal.people.services.reference import load_positions, load_ranks, load_units
from asnportal.people.services.supervisor import recompute
from competency.services import reference, result
from competency.services.dictionary import load_competencies
from competency.services.standard import load_standards
from partners.services.reference import load_partners
from training.services.reference import load_programmes, load_sessions

CITY = Path(__file__).parent / "city"


def rows_of(name: str) -> list[dict[str, str]]:
    with (CITY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_loaded() -> bool:
    return Employee.objects.exists()


@transaction.atomic
def load(plan: Plan) -> None:
    """Everything at once, or nothing. Does nothing to people who are already there."""
    reference.load()
    load_ranks()
    load_units(rows_of("units"))
    load_positions(rows_of("positions"))
    load_competencies(rows_of("competencies"))
    load_standards(rows_of("standards"))
    load_partners(rows_of("partners"))
    load_programmes(rows_of("training_catalogue"))
    load_sessions(moved(rows_of("sessions"), today=plan.today))
    fresh = not is_loaded()
    if fresh:
        staff(plan)
    recompute(on=plan.today)
    users = open_accounts()
    if fresh:
        live(plan, users)
        result.recompute(on=plan.today, again=True)
