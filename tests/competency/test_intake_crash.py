"""An import of training history killed in the middle leaves no record and no line of the ledger (TRUST.md R18)."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from asnportal.audit.models import AuditLine
from asnportal.people.models import Employee
from competency.models import LedgerLine, TrainingRecord
from competency.services import reference
from tests.crash import kill_once_it_waits, open_transaction, wait_for_the_end_of_the_dead
from tests.data.trainings import write_trainings
from tests.factories import EmployeeFactory, UnitFactory

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
PEOPLE, ROWS = 100, 3_000


@pytest.fixture
def people() -> list[Employee]:
    reference.load()
    return EmployeeFactory.create_batch(PEOPLE, unit=UnitFactory(), user=None, position=None)


def everything() -> tuple[list[Any], list[Any]]:
    facts = ("employee__nip", "title", "form__code", "start", "end", "jp", "number", "status", "match_key")
    records = TrainingRecord.objects.order_by("match_key").values_list(*facts)
    lines = LedgerLine.objects.order_by("record__match_key").values_list(
        "record__match_key", "day", "jp", "form"
    )
    return list(records), list(lines)


def test_R18_a_history_killed_in_the_middle_leaves_nothing_and_the_next_does_all(
    people: list[Employee], tmp_path: Path
) -> None:
    path, report = tmp_path / "riwayat.xlsx", tmp_path / "report.json"
    write_trainings(path, [person.nip for person in people], ROWS)
    call_command("import_history", str(path), verbosity=0)
    clean = everything()
    assert (len(clean[0]), len(clean[1])) == (ROWS, ROWS // 2)
    key = TrainingRecord.objects.order_by("pk")[1_500].match_key
    LedgerLine.objects.all()._raw_delete("default")
    TrainingRecord.objects.all().delete()
    before = AuditLine.objects.count()

    def write() -> None:
        TrainingRecord.objects.create(employee=people[0], title="Sedang ditulis", match_key=key)

    with open_transaction(write):
        kill_once_it_waits("manage.py", "import_history", str(path), media=tmp_path)
    wait_for_the_end_of_the_dead()
    assert everything() == ([], [])
    assert AuditLine.objects.count() == before

    call_command("import_history", str(path), verbosity=0)
    assert everything() == clean
    call_command("import_history", str(path), report=report, verbosity=0)
    told = json.loads(report.read_text("utf-8"))
    assert [told[name] for name in ("created", "updated", "unchanged", "held", "rejected")] == [
        0,
        0,
        ROWS,
        0,
        0,
    ]
    assert everything() == clean
