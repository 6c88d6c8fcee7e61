"""Imports of 10,000 people: exactly what was said, and all or nothing whatever dies (TRUST.md R17, R18)."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from asnportal.audit.models import AuditLine, Job
from asnportal.people.models import Employee, Unit, User
from asnportal.people.services import intake_job
from asnportal.people.services.reference import load_ranks
from tests.competency.importer import Importer, apart
from tests.crash import kill_once_it_waits, open_transaction, somebody_waits, wait_for_the_end_of_the_dead
from tests.data.people import Crowd, Line, write_people
from tests.factories import EmployeeFactory, PositionFactory, UnitFactory, make_officer
from tests.management.first_run import wait_until

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
ROWS, BAD = 10_000, 137
WORKER = "import django; django.setup(); from asnportal.people.services import intake_job; intake_job.run_waiting()"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def officer() -> User:
    """An officer of a small city: ten offices below it, five posts."""
    load_ranks()
    city = UnitFactory(code="0", name="Kota Contoh", level=0)
    for number in range(10):
        UnitFactory(code=f"0.{number}", name=f"Kantor {'ABCDEFGHIJ'[number]}", parent=city)
    PositionFactory.create_batch(5)
    return make_officer(nip=apart(900), name="Petugas Contoh", unit=city)


@pytest.fixture
def desk(officer: User) -> Importer:
    client = Client()
    client.force_login(officer)
    return Importer(client)


def upload(desk: Importer, path: Path) -> Importer:
    desk.upload(path.read_bytes(), path.name)
    return desk


def imported() -> int:
    """People besides the officer, as another connection sees them."""
    return Employee.objects.count() - 1


@contextmanager
def somebody_holds(nip: str) -> Iterator[None]:
    """Another transaction is writing this person: an import waits at that row."""

    def write() -> None:
        EmployeeFactory(nip=nip, user=None, unit=Unit.objects.first(), position=None)

    with open_transaction(write):
        yield


def everybody() -> list[tuple[Any, ...]]:
    facts = (
        "nip",
        "name",
        "title_after",
        "sex",
        "birth_date",
        "kind",
        "rank",
        "position__code",
        "unit__code",
    )
    return list(Employee.objects.order_by("nip").values_list(*facts, "quality_marks"))


def history() -> list[tuple[Any, ...]]:
    return list(Employee.history.order_by("nip").values_list("nip", "history_type", "name"))


def test_R17_ten_thousand_rows_of_which_137_are_bad(desk: Importer, tmp_path: Path) -> None:
    path = tmp_path / "pegawai.xlsx"
    lines = write_people(path, Crowd(ROWS, bad=BAD))
    upload(desk, path).press("Periksa berkas")
    assert "9.863 baris siap, 137 baris bermasalah." in desk.text
    told = desk.result()["Belum diimpor"]
    numbers = [number * ROWS // BAD + 2 for number in range(BAD)]
    assert told[0] == ["Baris", *lines[0], "Hasil", "Keterangan"]
    assert [row[0] for row in told[1:]] == numbers
    assert all(str(row[-1]).startswith(f"Baris {row[0]}") for row in told[1:])
    desk.press("Batalkan, hapus berkas")
    assert imported() == 0

    upload(desk, path).press("Periksa berkas").press("Impor 9.863 baris yang benar")
    job = desk.job
    answers = _pages_while_it_is_written(desk, lines[5_001])
    assert answers == [200, 200, 200, 200, 200]
    desk.work()
    assert "9.863 baris tersimpan" in desk.text
    assert imported() == 9_863
    xmins = Employee.objects.filter(user=None).extra(select={"x": "xmin::text"}).values_list("x", flat=True)
    assert len(set(xmins)) == 1
    assert [row[0] for row in desk.result()["Belum diimpor"][1:]] == numbers
    line = AuditLine.objects.get(verb="employee.import")
    counts = line.details["counts"]
    assert (counts["created"], counts["held"] + counts["rejected"]) == (9_863, BAD)
    assert line.note == f"pegawai.xlsx sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    assert job.owner == line.actor


def _pages_while_it_is_written(desk: Importer, line: Line) -> list[int]:
    """A worker stands in the middle of the transaction; meanwhile pages of others answer, without its rows."""

    def work() -> None:
        try:
            intake_job.run_waiting()
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    job = reverse("import_job", args=[desk.job.public_id])
    pages = [reverse("catalogue"), reverse("home"), reverse("employee_list"), reverse("import_list"), job]
    with somebody_holds(line["NIP BARU"]):
        worker.start()
        wait_until(somebody_waits, seconds=120, what="the import at that row")
        assert Employee.objects.filter(nip=line["NIP BARU"]).count() == imported() == 0
        answers = [desk.client.get(page).status_code for page in pages]
    worker.join(120)
    return answers


def test_R18_a_command_killed_in_the_middle_leaves_nothing_and_the_next_does_all(
    officer: User, media: Path, tmp_path: Path
) -> None:
    path = tmp_path / "pegawai.xlsx"
    lines = write_people(path, Crowd(ROWS))
    call_command("import_employees", str(path), verbosity=0)
    clean = everybody(), history()
    assert len(clean[0]) == ROWS + 1
    new = Employee.objects.filter(user=None)
    new.delete()
    Employee.history.exclude(nip=officer.username).delete()
    before = AuditLine.objects.count()

    with somebody_holds(lines[5_000]["NIP BARU"]):
        kill_once_it_waits("manage.py", "import_employees", str(path), media=media)
    wait_for_the_end_of_the_dead()
    assert (imported(), Employee.history.count(), AuditLine.objects.count()) == (0, 1, before)

    report = tmp_path / "report.json"
    call_command("import_employees", str(path), report=report, verbosity=0)
    assert (everybody(), history()) == clean
    call_command("import_employees", str(path), report=report, verbosity=0)
    assert '"created": 0,\n "updated": 0,\n "unchanged": 10000,' in report.read_text("utf-8")
    assert (everybody(), history()) == clean


def test_R18_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_does_all(
    desk: Importer, media: Path, tmp_path: Path
) -> None:
    path = tmp_path / "pegawai.xlsx"
    lines = write_people(path, Crowd(ROWS, bad=BAD))
    upload(desk, path).press("Periksa berkas").press("Impor 9.863 baris yang benar")
    job = desk.job
    with somebody_holds(lines[5_001]["NIP BARU"]):
        kill_once_it_waits("-c", WORKER, media=media)
    wait_for_the_end_of_the_dead()
    job.refresh_from_db()
    assert (imported(), job.status, job.attempts) == (0, Job.Status.RUNNING, 1)
    assert "Menyimpan" in desk.open(reverse("import_job", args=[job.public_id])).text
    desk.work()
    assert imported() == 0  # nobody else takes it before its lease has run out

    Job.objects.update(lease_until=timezone.now())
    desk.work()
    assert "9.863 baris tersimpan" in desk.text
    assert (imported(), Employee.history.filter(history_type="+").count()) == (9_863, 9_864)
    assert AuditLine.objects.filter(verb="employee.import").count() == 1
    kept = {file.suffix for file in media.rglob("*") if file.is_file()}
    assert kept == {".xlsx"}  # what was uploaded, without a suffix, is gone

    upload(desk, path)
    assert "Berkas ini sudah diimpor pada" in desk.text
    desk.press("Periksa berkas")
    assert "Centang bila berkas ini memang akan diimpor sekali lagi." in desk.text
    desk.press("Periksa berkas", lagi="on")
    assert "Semua sudah sama" in desk.text or "0 baru, 0 diperbarui, 9.863 tetap" in desk.text
