"""The staff record on its pages: lists, one person, edits, contact, files (P38–P40, P46, P47)."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from asnportal.audit.models import AuditLine
from asnportal.people.models import Employee, Position, RoleGrant, UnitHead, User
from asnportal.people.services import employee as service
from asnportal.people.services import unit as unit_service
from tests.factories import (
    EmployeeFactory,
    PositionFactory,
    UnitFactory,
    UserFactory,
    grant,
    make_head,
    make_nip,
    make_officer,
    make_team,
    make_unit_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def house():
    """Unit A with A1 below, unit B; somebody in each."""
    a, b = UnitFactory(name="Dinas A"), UnitFactory(name="Dinas B")
    a1 = UnitFactory(name="Bidang A1", parent=a, level=2)
    names = ("Aminah", "Ahmad", "Budi")
    return a, a1, b, [EmployeeFactory(unit=u, name=n) for u, n in zip((a, a1, b), names, strict=True)]


def record_of(employee, **changes):
    """What the form sends for this person."""
    values = {
        "nip": employee.nip,
        "name": employee.name,
        "sex": employee.sex,
        "birth_date": employee.birth_date.isoformat(),
        "kind": employee.kind,
        "position": employee.position_id or "",
        "unit": employee.unit_id,
    }
    return {**values, **changes}


def edit(client, employee, **changes):
    return client.post(reverse("employee_edit", args=[employee.public_id]), record_of(employee, **changes))


def refused(answer, sentence):
    assert answer.status_code == 422
    assert sentence in answer.content.decode(), answer.context["form"].errors


# -- lists and files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["employee_list", "without_supervisor", "unit_list", "account_list"])
def test_a_list_takes_the_same_statements_for_one_and_for_three(client, officer, name):
    client.force_login(officer)

    def statements():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name)).status_code == 200
        return len(seen)

    few = statements()
    for user in [one.user for one in make_team(3)[1]]:
        grant(user, RoleGrant.Role.OPD, unit=user.employee.unit)
        make_head(UnitFactory(), user.employee)
    assert statements() == few


def test_T07_T50_an_admin_unit_finds_only_the_own_people_by_any_filter(client, house):
    a, _, b, (aminah, ahmad, budi) = house
    client.force_login(make_unit_officer(a, name="Nurul"))
    url = reverse("unit_people")
    text = client.get(url).content.decode()
    assert aminah.name in text
    assert ahmad.name in text
    for query in (
        "",
        f"?unit={b.pk}",
        "?q=Budi",
        f"?q={budi.nip}",
        "?keadaan=semua&urut=-unit",
        "?q=Dinas+B",
    ):
        assert f">{budi.name}<" not in client.get(url + query).content.decode(), query


def test_T50_every_two_letters_give_only_own_names(client, house):
    a, _, _, (_, _, budi) = house
    client.force_login(make_unit_officer(a, name="Nurul"))
    for first in "abcdefghijklmnopqrstuvwxyz":
        for second in "aiudn":
            text = client.get(f"{reverse('unit_people')}?q={first}{second}").content.decode()
            assert budi.full_name not in text


def test_T08_people_of_a_unit_that_moved_away_are_out_of_sight(client, house, officer):
    a, a1, b, (_, ahmad, _) = house
    client.force_login(make_unit_officer(a))
    url = reverse("employee_detail", args=[ahmad.public_id])
    assert client.get(url).status_code == 200
    unit_service.update(a1, {"parent": b}, by=officer)
    assert client.get(url).status_code == 404
    assert ahmad.name not in client.get(reverse("unit_people")).content.decode()


BAD_QUERIES = (
    "page=-1 page=0 page=abc page=999999999 unit=99999999999999999999 unit=abc jenis=HONORER keadaan=x "
)
BAD_QUERIES += f"urut=password urut=-user__password q=%27 q=%25 q=%00 q={'a' * 5000} unit=1&unit=2"


@pytest.mark.parametrize("query", BAD_QUERIES.split())
def test_B45_B47_B48_nothing_in_the_address_breaks_the_list(client, officer, query):
    client.force_login(officer)
    answer = client.get(f"{reverse('employee_list')}?{query}")
    assert answer.status_code == 200
    told = {
        "unit=abc": "Saringan tidak valid dan diabaikan.",
        BAD_QUERIES.split()[-2]: "paling panjang 100 karakter.",
    }
    assert told.get(query, "") in answer.content.decode()


def test_a_search_finds_names_and_numbers(client, officer):
    one, other = EmployeeFactory(name="Rahmawati"), EmployeeFactory(name="Syahrul")
    client.force_login(officer)
    nip = one.nip
    for words in ("rahma", nip, f"{nip[:8]}+{nip[8:14]}", "100%25"):
        text = client.get(f"{reverse('employee_list')}?q={words}").content.decode()
        assert (one.name in text) == (words != "100%25"), words
        assert other.name not in text or words[0] == "1"


def test_T47_the_auditor_reads_masked_numbers_and_cannot_search_for_them(client):
    learner = EmployeeFactory(name="Rahmawati")
    client.force_login(grant(UserFactory(), RoleGrant.Role.AUDITOR))
    pages = [reverse("employee_list"), reverse("employee_detail", args=[learner.public_id])]
    for url in pages:
        text = client.get(url).content.decode()
        assert learner.name in text
        assert learner.nip not in text.replace(" ", "")
    assert learner.name not in client.get(f"{pages[0]}?q={learner.nip[:10]}").content.decode()
    book = load_workbook(io.BytesIO(client.post(reverse("employee_export")).getvalue()))
    cells = [str(cell.value) for row in book.active.rows for cell in row]
    assert learner.nip not in cells
    assert f"{learner.nip[:4]}{'•' * 11}{learner.nip[15:]}" in cells


def test_P47_an_admin_unit_takes_out_only_the_own_people_and_it_is_written_down(client, house):
    a, _, b, (aminah, ahmad, budi) = house
    user = make_unit_officer(a, name="Nurul")
    client.force_login(user)
    answer = client.post(f"{reverse('employee_export')}?unit={b.pk}&q=", {"jenis_berkas": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert aminah.nip in text
    assert ahmad.nip in text
    assert budi.nip not in text
    line = AuditLine.objects.get(verb="employee.export")
    assert (line.actor, line.details["rows"], line.details["file"]) == (user, 3, "csv")


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x","klik")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1"])
def test_T26_a_name_never_becomes_a_formula(client, officer, name):
    Employee.objects.filter(pk=EmployeeFactory().pk).update(name=name)
    client.force_login(officer)
    book = load_workbook(io.BytesIO(client.post(reverse("employee_export")).getvalue()))
    assert {cell.data_type for row in book.active.iter_rows(min_row=2) for cell in row if cell.value} == {"s"}
    lines = b"".join(
        client.post(reverse("employee_export"), {"jenis_berkas": "csv"}).streaming_content
    ).decode()
    cells = [cell.strip('"') for line in lines.splitlines()[1:] for cell in line.split(";")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "＝"))]


# -- one person --------------------------------------------------------------------------------------------


def test_P38_who_sees_whom(client, officer):
    supervisor, (member,) = make_team(1)
    stranger = EmployeeFactory()
    url = reverse("employee_detail", args=[member.public_id])
    for user, status in ((member.user, 200), (supervisor.user, 200), (officer, 200), (stranger.user, 404)):
        client.force_login(user)
        assert client.get(url).status_code == status


def test_P40_an_officer_changes_the_record_and_everything_is_said(client, officer):
    learner, unit = EmployeeFactory(), UnitFactory()
    head = EmployeeFactory(
        unit=unit, position=PositionFactory(kind=Position.Kind.STRUCTURAL, echelon="III.a")
    )
    client.force_login(officer)
    answer = edit(client, learner, name="Rahmawati", unit=unit.pk)
    assert answer.status_code == 302
    learner.refresh_from_db()
    assert (learner.name, learner.unit, learner.supervisor) == ("Rahmawati", unit, head)
    line = AuditLine.objects.get(verb="employee.update")
    assert (line.actor, line.details["fields"]) == (officer, ["name", "unit"])
    assert learner.history.first().history_user == officer


def test_P40_nobody_changes_the_own_record(client, officer):
    client.force_login(officer)
    refused(edit(client, officer.employee, name="Naik Pangkat"), "diubah oleh petugas lain")


def test_a_new_number_is_the_new_name_of_the_account(client, officer):
    learner = EmployeeFactory()
    client.force_login(officer)
    new = make_nip(4321)
    assert edit(client, learner, nip=new).status_code == 302
    assert User.objects.get(pk=learner.user_id).username == new


def test_T28_fields_that_are_not_on_the_form_stay(client, officer):
    learner, other = EmployeeFactory(), UserFactory()
    client.force_login(officer)
    hostile = {"user": other.pk, "is_active": "", "supervisor": officer.employee.pk, "public_id": "x", "id": "1",
               "left_on": "2020-01-01", "quality_marks": "[1]", "is_superuser": "on"}  # fmt: skip
    before = Employee.objects.values("user", "is_active", "supervisor", "public_id", "left_on").get(
        pk=learner.pk
    )
    assert edit(client, learner, name="Berubah", **hostile).status_code == 302
    after = Employee.objects.values("user", "is_active", "supervisor", "public_id", "left_on").get(
        pk=learner.pk
    )
    assert before == after


BAD = {
    "B01": ({"nip": "19870514201001200"}, "NIP harus 18 angka, ini 17"),
    "B02": ({"nip": "1987051420100120077"}, "NIP harus 18 angka, ini 19"),
    "B05": ({"nip": "198513012010011001"}, "tanggal lahir 01/13/1985 (bulan 13) di dalam NIP tidak ada"),
    "B06": ({"nip": "198705142010013007"}, "angka ke-15 harus 1 (laki-laki) atau 2 (perempuan)"),
    "B07": ({"nip": "1987O514201001200l"}, "NIP hanya boleh berisi angka. Periksa huruf O atau l."),
    "B10": ({"birth_date": "1987-05-15"}, "Tanggal lahir tidak sama dengan NIP (14 Mei 1987)."),
    "B10 sex": ({"sex": "M"}, "Jenis kelamin tidak sama dengan NIP (perempuan)."),
    "B10 status": ({"kind": "PPPK"}, "tidak sesuai dengan NIP"),
    "B11": ({"birth_date": "31/02/2026"}, "Tanggal 31/02/2026 tidak ada"),
    "B13": ({"rank_since": "02/13/2026"}, "hari/bulan/tahun"),
    "B16": ({"name": "Budi\r\nBcc: x@y.id"}, "Nama tidak boleh berisi baris baru."),
    "B17": ({"contract_start": "2026-05-02", "contract_end": "2026-05-01"}, "setelah awal kontrak"),
    "B25": ({"name": "a" * 151}, "paling panjang 150 karakter"),
    "B26": ({"name": " \u200b "}, "wajib diisi"),
    "B27": ({"name": "Budi 😀"}, "Nama hanya boleh berisi huruf"),
    "B28": ({"name": "Budi\u202e"}, "karakter tersembunyi"),
    "B29": ({"name": "a\x00b"}, "karakter yang tidak diizinkan"),
    "B32": ({"name": "<script>alert(1)</script>"}, "Nama hanya boleh berisi huruf"),
    "B35": ({"email": "ı@x.id"}, "Alamat email tidak valid."),
    "B36": ({"phone": "0812-abc"}, "Nomor telepon tidak valid. Contoh: 081234567890."),
    "B39": ({"unit": "99999999"}, "Pilihan tidak tersedia."),
}


@pytest.mark.parametrize("case", BAD)
def test_B01_B39_bad_input_is_said_kept_and_saves_nothing(client, officer, case):
    changes, sentence = BAD[case]
    learner = EmployeeFactory()
    client.force_login(officer)
    refused(edit(client, learner, **changes), sentence)
    assert Employee.objects.get(pk=learner.pk).name == learner.name
    assert not AuditLine.objects.filter(verb="employee.update").exists()


def test_B09_a_number_is_there_once(client, officer):
    learner, other = EmployeeFactory(), EmployeeFactory()
    client.force_login(officer)
    refused(edit(client, learner, nip=other.nip), "NIP sudah terdaftar.")
    refused(client.post(reverse("employee_new"), record_of(learner)), "NIP sudah terdaftar.")


@pytest.mark.parametrize("name", ["D'Angelo", "Ng", "Nur'aini", "I Gusti Ngurah Agung Putra"])
def test_B31_unusual_names_are_names(client, officer, name):
    learner = EmployeeFactory()
    client.force_login(officer)
    assert edit(client, learner, name=name).status_code == 302
    assert Employee.objects.get(pk=learner.pk).name == name


@pytest.mark.parametrize("typed", ["+6281234567890", "6281234567890", "0812-3456-7890"])
def test_B36_telephones_are_kept_one_way(client, officer, typed):
    learner = EmployeeFactory()
    client.force_login(officer)
    assert edit(client, learner, phone=typed).status_code == 302
    assert Employee.objects.get(pk=learner.pk).phone == "+6281234567890"


def test_T29_a_supervisor_is_somebody_active_and_not_oneself(client, officer):
    learner, gone = EmployeeFactory(), EmployeeFactory(is_active=False)
    client.force_login(officer)
    refused(edit(client, learner, supervisor_set=gone.nip), "Tidak ada pegawai aktif dengan NIP ini.")
    refused(edit(client, learner, supervisor_set=learner.nip), "Atasan tidak boleh orang yang sama.")
    assert edit(client, learner, supervisor_set=officer.employee.nip).status_code == 302
    assert Employee.objects.get(pk=learner.pk).supervisor == officer.employee


def test_P39_the_admin_unit_keeps_the_contact_of_the_own_people(client, house):
    a, _, _, (aminah, _, budi) = house
    client.force_login(make_unit_officer(a))
    sent = {"email": "Aminah@Contoh.TEST", "phone": "081234567890"}
    assert client.post(reverse("employee_contact", args=[aminah.public_id]), sent).status_code == 302
    aminah.refresh_from_db()
    assert (aminah.email, aminah.phone) == ("aminah@contoh.test", "+6281234567890")
    assert client.post(reverse("employee_contact", args=[budi.public_id]), sent).status_code == 404
    answer = client.post(reverse("employee_contact", args=[aminah.public_id]), {"email": "a@@b.id"})
    refused(answer, "Alamat email tidak valid.")


def test_the_trail_of_a_person_is_for_those_who_keep_the_record(client, officer):
    learner = EmployeeFactory()
    service.update_contact(learner, email="a@b.id", phone="", by=officer)
    for user, sees in ((officer, True), (learner.user, False)):
        client.force_login(user)
        text = client.get(reverse("employee_detail", args=[learner.public_id])).content.decode()
        assert ("Kontak diubah" in text) == sees


def test_who_may_read_competencies_finds_them_from_the_person(client, officer):
    supervisor, [learner] = make_team()
    target = reverse("employee_profile", args=[learner.public_id])
    readers = (officer, supervisor.user, make_unit_officer(learner.unit))
    for user, finds in (*((one, True) for one in readers), (learner.user, False)):
        client.force_login(user)
        text = client.get(reverse("employee_detail", args=[learner.public_id])).content.decode()
        assert (target in text) == finds


# -- leaving -----------------------------------------------------------------------------------------------


def test_T49_a_leaver_is_out_at_once_and_heads_nothing(client, officer):
    learner, unit = EmployeeFactory(), UnitFactory()
    make_head(unit, learner)
    client.force_login(learner.user)
    service.leave(learner, on=date(2026, 11, 1), reason="Pensiun", by=officer)
    assert client.get("/profil/").status_code == 302
    learner.refresh_from_db()
    assert (learner.is_active, learner.left_on, learner.left_reason) == (False, date(2026, 11, 1), "Pensiun")
    assert UnitHead.objects.get().valid_until == date(2026, 11, 1)


def test_a_leaver_marked_by_mistake_comes_back(client, officer):
    learner = EmployeeFactory()
    client.force_login(officer)
    sent = {"on": "2026-11-01", "reason": "Salah catat"}
    assert client.post(reverse("employee_leave", args=[learner.public_id]), sent).status_code == 302
    assert client.post(reverse("employee_reactivate", args=[learner.public_id])).status_code == 302
    learner.refresh_from_db()
    assert (learner.is_active, learner.user.is_active, learner.left_on) == (True, True, None)


def test_nobody_ends_the_own_service(client, officer):
    client.force_login(officer)
    sent = {"on": "2026-11-01", "reason": "Pensiun"}
    refused(
        client.post(reverse("employee_leave", args=[officer.employee.public_id]), sent),
        "Anda tidak dapat menonaktifkan diri sendiri",
    )
