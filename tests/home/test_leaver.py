"""Whom a file of everybody in a unit does not name: listed, ticked by an officer, then inactive (PRODUCT.md)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from asnportal.audit.models import AuditLine, Job
from asnportal.audit.services import job as jobs
from asnportal.people.models import Employee, Unit
from tests.competency.importer import Importer, apart
from tests.factories import (
    EmployeeFactory,
    EnrolmentFactory,
    SessionFactory,
    UnitFactory,
    make_nip,
    make_officer,
    make_unit_officer,
)
from training.models import Enrolment, EnrolmentStatus

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def health() -> Unit:
    return UnitFactory(code="11", name="Dinas Kesehatan")


@pytest.fixture
def people(health) -> list[Employee]:
    """Ani is in the file; Budi, Cici (in a section) and Dedi are not."""
    section = UnitFactory(code="11.1", name="Puskesmas Contoh", parent=health, level=2)
    names = [("Ani", health), ("Budi", health), ("Cici", section), ("Dedi", health)]
    EmployeeFactory(name="Orang Lain", unit=UnitFactory())
    return [EmployeeFactory(name=f"{name} Contoh", unit=unit, position=None) for name, unit in names]


@pytest.fixture
def desk(client) -> Importer:
    client.force_login(make_officer(nip=apart(900), name="Petugas Contoh"))
    return Importer(client)


def import_all(desk: Importer, health: Unit, *named: Employee) -> Importer:
    """A file that is said to hold everybody of the unit, and names these."""
    rows = [f"{one.nip};{one.name};{one.unit.code}" for one in named]
    desk.check(*rows, unit=health.code)
    return desk


def active() -> set[str]:
    return set(Employee.objects.active().values_list("name", flat=True))


def ids(*people: Employee) -> list[str]:
    return [str(one.pk) for one in people]


def test_who_is_missing_is_listed_before_and_after_and_nobody_leaves_by_the_file(desk, health, people):
    ani, budi, cici, dedi = people
    import_all(desk, health, ani)
    assert "3 pegawai tidak ada di berkas" in desk.text
    assert all(one.name in desk.text for one in (budi, cici, dedi))
    assert "Orang Lain" not in desk.text
    assert "Setelah impor selesai, Anda memilih sendiri" in desk.text
    desk.press("Selesaikan tanpa perubahan").work()
    assert "3 pegawai tidak ada di berkas" in desk.text
    assert {"Ani Contoh", "Budi Contoh", "Cici Contoh", "Dedi Contoh"} <= active()


def test_only_who_is_ticked_leaves_and_the_seat_goes_to_the_queue(desk, health, people):
    ani, budi, cici, _dedi = people
    session = SessionFactory(quota=1, confirmed_count=1)
    EnrolmentFactory(session=session, employee=budi, number=1, status=EnrolmentStatus.CONFIRMED)
    EnrolmentFactory(session=session, employee=ani, number=2, status=EnrolmentStatus.WAITING)
    import_all(desk, health, ani).press("Selesaikan").work()
    url = reverse("import_leavers", args=[desk.job.public_id])
    assert url in desk.answer.content.decode()
    desk.open(url)
    assert desk.field("orang") == []
    desk.press("Nonaktifkan yang dicentang", orang=ids(budi, cici), on="20-11-2026", reason="Pensiun")
    assert "2 pegawai tidak aktif lagi. Pendaftarannya sudah dibatalkan." in desk.text
    assert "1 pegawai tidak ada di berkas" in desk.text
    assert {"Budi Contoh", "Cici Contoh"}.isdisjoint(active())
    assert {"Ani Contoh", "Dedi Contoh"} <= active()
    budi.refresh_from_db()
    assert (budi.left_on, budi.left_reason, budi.user.is_active) == (date(2026, 11, 20), "Pensiun", False)
    states = dict(Enrolment.objects.values_list("employee", "status"))
    assert states == {budi.pk: EnrolmentStatus.CANCELLED, ani.pk: EnrolmentStatus.CONFIRMED}
    lines = AuditLine.objects.filter(verb="employee.leave")
    assert {line.target for line in lines} == {budi, cici}
    assert {(line.note, line.actor_name) for line in lines} == {
        ("Pensiun. Tidak ada di berkas pegawai.csv.", str(desk.job.owner))
    }


def test_nobody_ticked_or_without_a_reason_is_a_sentence_and_the_ticks_stay(desk, health, people):
    ani, budi, *_ = people
    import_all(desk, health, ani).press("Selesaikan").work()
    desk.open(reverse("import_leavers", args=[desk.job.public_id]))
    desk.press("Nonaktifkan")
    assert (desk.status, "Pilih paling sedikit satu orang." in desk.text) == (422, True)
    desk.press("Nonaktifkan", orang=ids(budi), on="besok")
    assert (desk.status, desk.field("orang"), desk.field("on")) == (422, ids(budi), ["besok"])
    assert "Budi Contoh" in active()


def test_whoever_is_not_on_the_list_does_not_leave(desk, health, people):
    ani, budi, *_ = people
    stranger = Employee.objects.get(name="Orang Lain")
    import_all(desk, health, ani).press("Selesaikan").work()
    desk.open(reverse("import_leavers", args=[desk.job.public_id]))
    for wrong in (ids(budi, stranger), ids(ani), ["x"], ["9" * 30]):
        desk.press("Nonaktifkan", orang=wrong, reason="Pensiun")
        assert (desk.status, "Daftarnya sudah berubah. Lihat lagi, lalu pilih." in desk.text) == (422, True)
    assert {"Ani Contoh", "Budi Contoh", "Orang Lain"} <= active()


def test_sent_twice_it_happens_once(desk, client, health, people):
    ani, budi, cici, dedi = people
    import_all(desk, health, ani, cici, dedi).press("Selesaikan").work()
    url = reverse("import_leavers", args=[desk.job.public_id])
    sent = {"orang": ids(budi), "on": "2026-11-20", "reason": "Pensiun"}
    client.post(url, sent)
    answer = client.post(url, sent, follow=True)
    assert "Tidak ada lagi yang perlu diputuskan" in answer.content.decode()
    assert AuditLine.objects.filter(verb="employee.leave").count() == 1


def test_who_moved_away_meanwhile_is_no_longer_on_the_list(desk, health, people):
    ani, budi, _cici, _dedi = people
    import_all(desk, health, ani).press("Selesaikan").work()
    Employee.objects.filter(pk=budi.pk).update(unit=UnitFactory())
    desk.open(reverse("import_leavers", args=[desk.job.public_id]))
    assert "Budi" not in desk.text
    desk.press("Nonaktifkan", orang=ids(budi), reason="Pensiun")
    assert desk.status == 422


def test_an_officer_missing_in_the_file_does_not_end_himself(client, health, people):
    officer = make_officer(unit=health, nip=apart(901), name="Petugas Sendiri")
    client.force_login(officer)
    desk = import_all(Importer(client), health, *people).press("Selesaikan").work()
    desk.open(reverse("import_leavers", args=[desk.job.public_id]))
    desk.press("Nonaktifkan", orang=ids(officer.employee), reason="Pensiun")
    assert "Anda tidak dapat menonaktifkan diri sendiri. Minta petugas lain." in desk.text
    assert "Petugas Sendiri" in active()


def test_an_admin_unit_lists_and_BKPSDM_decides(client, health, people):
    ani, budi, *_ = people
    client.force_login(make_unit_officer(health, nip=apart(902), name="Petugas Unit"))
    desk = import_all(Importer(client), health, ani)
    assert "BKPSDM memutuskan siapa yang sudah tidak aktif" in desk.text
    desk.press("Selesaikan").work()
    job = desk.job
    url = reverse("import_leavers", args=[job.public_id])
    assert "Budi Contoh" in desk.text
    assert url not in desk.answer.content.decode()
    assert client.post(url, {"orang": ids(budi), "on": "2026-11-20", "reason": "Pensiun"}).status_code == 403
    client.force_login(make_officer(nip=apart(903)))
    desk.open(url).press("Nonaktifkan", orang=ids(budi), reason="Pensiun")
    assert "Budi Contoh" not in active()


def test_a_unit_of_others_cannot_be_said_to_be_whole(client, health, people):
    client.force_login(make_unit_officer(UnitFactory(code="12"), nip=apart(904)))
    desk = Importer(client)
    desk.upload(f"NIP;Nama;Unit Kerja\n{make_nip(1)};Ani;12".encode(), unit=health.code)
    assert desk.status == 422
    assert not Job.objects.exists()


def test_when_nobody_is_missing_the_page_says_so(desk, health, people):
    import_all(desk, health, *people)
    assert "Semua pegawai unit ada di berkas" in desk.text
    desk.press("Selesaikan").work()
    assert reverse("import_leavers", args=[desk.job.public_id]) not in desk.answer.content.decode()


def test_after_a_day_the_list_is_forgotten(desk, health, people):
    import_all(desk, health, people[0]).press("Selesaikan").work()
    Job.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    jobs.expire()
    desk.open(reverse("import_leavers", args=[desk.job.public_id]))
    assert "Tidak ada lagi yang perlu diputuskan dari berkas ini." in desk.text


def test_the_list_takes_as_many_statements_for_one_as_for_three(desk, health):
    ani = EmployeeFactory(name="Ani Contoh", unit=health)

    def statements() -> list[int]:
        desk.check(f"{ani.nip};{ani.name};{health.code}", name=f"{Job.objects.count()}.csv", unit=health.code)
        desk.press("Selesaikan").work()
        return [desk.statements("import_job"), desk.statements("import_leavers")]

    EmployeeFactory(unit=health, user=None)
    for_one = statements()
    EmployeeFactory.create_batch(2, unit=health, user=None)
    assert statements() == for_one
