"""The command that loads the city's reference data."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asnportal.common.dates import WITA
from asnportal.people.models import Holiday, Position, Unit
from competency.models import Competency, LearningForm, StandardItem
from partners.models import Partner
from training.models import Meeting, Programme, Session, SessionStatus

SMALL = Path(__file__).parents[2] / "asnportal" / "demo" / "city"


@pytest.fixture
def forms(db):
    """The forms of learning that the catalogue names."""
    with (SMALL / "training_catalogue.csv").open(encoding="utf-8") as file:
        names = dict.fromkeys(row["bentuk"] for row in csv.DictReader(file))
    for number, name in enumerate(names):
        if not LearningForm.objects.filter(name__iexact=name).exists():
            LearningForm.objects.create(code=f"F{number}", name=name, path=LearningForm.Path.CLASSICAL)


@pytest.mark.usefixtures("forms")
def test_the_small_city_has_the_agreed_numbers_and_a_second_load_writes_nothing():
    call_command("import_reference", SMALL, verbosity=0)
    models = [Unit, Position, Competency, StandardItem, Programme, Session, Partner]
    assert [model.objects.count() for model in models] == [413, 304, 57, 3527, 194, 406, 41]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        call_command("import_reference", SMALL, verbosity=0)
    writes = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []


@pytest.mark.usefixtures("forms")
def test_holidays_are_no_working_days_unless_a_session_lies_on_them_alone():
    for day in (date(2027, 5, 17), date(2027, 5, 18), date(2027, 5, 19)):
        Holiday.objects.create(day=day, name="Iduladha")
    call_command("import_reference", SMALL, verbosity=0)
    starts = {
        code: list(Meeting.objects.filter(session__code=code).values_list("starts_at", flat=True))
        for code in ("S0338", "S0402")
    }
    days = {code: [start.astimezone(WITA).date() for start in found] for code, found in starts.items()}
    assert days["S0338"] == [date(2027, 5, 17), date(2027, 5, 18), date(2027, 5, 19)]
    assert days["S0402"][0] == date(2027, 5, 20)


@pytest.mark.usefixtures("forms")
def test_sessions_get_their_state_and_one_meeting_per_working_day():
    call_command("import_reference", SMALL, verbosity=0)
    session = Session.objects.get(code="S0001")
    assert (session.status, session.quota, session.mode) == (SessionStatus.FINISHED, 60, "blended")
    days = {m.starts_at.astimezone().weekday() for m in session.meetings.all()}
    assert days <= {0, 1, 2, 3, 4}
    assert not Meeting.objects.filter(session__code="S0237").exists()


@pytest.mark.usefixtures("forms")
def test_a_session_that_people_already_use_keeps_its_state_and_quota():
    call_command("import_reference", SMALL, verbosity=0)
    Session.objects.filter(code="S0001").update(quota=61, status=SessionStatus.CANCELLED)
    call_command("import_reference", SMALL, verbosity=0)
    assert Session.objects.filter(code="S0001", quota=61, status=SessionStatus.CANCELLED).exists()


@pytest.mark.usefixtures("forms")
def test_a_broken_file_writes_nothing_and_says_which(tmp_path):
    for name in ("units", "positions"):
        shutil.copy(SMALL / f"{name}.csv", tmp_path)
    broken = (tmp_path / "positions.csv").read_text().replace("Struktural", "Melayang", 1)
    (tmp_path / "positions.csv").write_text(broken)
    with pytest.raises(CommandError, match=r"positions\.csv tidak dapat dimuat"):
        call_command("import_reference", tmp_path, verbosity=0)
    assert Unit.objects.count() == 0


def test_a_folder_that_is_none_is_refused_with_a_sentence(db):
    with pytest.raises(CommandError, match="bukan folder"):
        call_command("import_reference", Path("/tidak/ada"), verbosity=0)
