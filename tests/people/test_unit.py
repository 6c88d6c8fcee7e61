"""Units and who heads them (P53, P54)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from asnportal.audit.models import AuditLine
from asnportal.common.errors import OwnCase, Refusal
from asnportal.people.models import Employee, RoleGrant, Unit, UnitHead
from asnportal.people.queries.unit import tree
from asnportal.people.services import unit as service
from asnportal.people.services.unit import Term
from tests.factories import EmployeeFactory, UnitFactory, UserFactory, grant, make_head, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def branch():
    """City, agency, office, section: one below the other."""
    units = [UnitFactory(code="00", name="Kota", level=0)]
    for code, name in (("01", "Dinas"), ("01.1", "Bidang"), ("01.1.1", "Seksi")):
        units.append(UnitFactory(code=code, name=name, parent=units[-1], level=units[-1].level + 1))
    return units


def sent(unit, **changes):
    values = {"name": unit.name, "parent": unit.parent_id or "", "is_active": "on"}
    return {**values, **changes}


def test_everything_below_moves_along(officer, branch):
    _, _, office, section = branch
    other = UnitFactory(code="02", parent=branch[0], level=1)
    service.update(office, {"parent": other}, by=officer)
    office.refresh_from_db()
    section.refresh_from_db()
    assert (office.path, section.path) == ("00/02/01.1", "00/02/01.1/01.1.1")
    assert (office.level, section.level) == (2, 3)
    assert set(Unit.objects.under(other)) == {other, office, section}
    assert AuditLine.objects.get(verb="unit.update").details["fields"] == ["parent"]


def test_a_unit_is_never_below_itself(officer, branch):
    _, agency, _, section = branch
    for parent in (section, agency):
        with pytest.raises(Refusal) as refused:
            service.update(agency, {"parent": parent}, by=officer)
        assert refused.value.code == "circle"


def test_a_unit_with_people_stays_open(officer, branch):
    EmployeeFactory(unit=branch[3])
    with pytest.raises(Refusal) as refused:
        service.update(branch[2], {"is_active": False}, by=officer)
    assert "masih punya 1 pegawai aktif" in refused.value.message


def test_the_tree_begins_with_the_agencies_and_unfolds(branch):
    assert [(one.code, one.hidden) for one in tree()] == [("00", 2), ("01", 2)]
    assert [one.code for one in tree(inside=branch[2].pk)] == ["00", "01", "01.1", "01.1.1"]
    assert [(one.code, one.depth) for one in tree("seksi")][-1] == ("01.1.1", 3)
    assert tree("tidak ada") == []


def test_an_officer_edits_a_unit_on_its_page(client, officer, branch):
    client.force_login(officer)
    unit = branch[1]
    values = sent(unit, short_name="DKP", aliases="Dinkep\nDinas Kependudukan\n", contact_name="Nurul Aini",
                  contact_phone="(0541) 123-4567")  # fmt: skip
    assert client.post(reverse("unit_edit", args=[unit.pk]), values).status_code == 302
    unit.refresh_from_db()
    assert unit.aliases == ["Dinkep", "Dinas Kependudukan"]
    assert (unit.short_name, unit.contact_phone) == ("DKP", "(0541) 123-4567")
    answer = client.post(reverse("unit_edit", args=[unit.pk]), sent(unit, name="", contact_phone="telepon"))
    assert answer.status_code == 422
    assert "Nama wajib diisi." in answer.content.decode()
    assert "Nomor telepon tidak valid" in answer.content.decode()


def test_a_new_unit_has_a_code_of_its_own(client, officer, branch):
    client.force_login(officer)
    values = {"code": "01.2", "name": "Bidang Dua", "parent": branch[1].pk, "is_active": "on"}
    assert client.post(reverse("unit_new"), values).status_code == 302
    assert Unit.objects.get(code="01.2").path == "00/01/01.2"
    answer = client.post(reverse("unit_new"), values)
    assert answer.status_code == 422
    answer = client.post(reverse("unit_new"), {**values, "code": "01/../3"})
    assert "Kode hanya boleh berisi" in answer.content.decode()


def test_P54_an_acting_head_is_named_with_both_dates(client, officer, branch):
    worker, acting = EmployeeFactory(unit=branch[3]), EmployeeFactory(unit=branch[3])
    client.force_login(officer)
    url = reverse("unit_head_add", args=[branch[3].pk])
    today = timezone.localdate()
    values = {"employee": acting.nip, "kind": "plt", "since": today.isoformat()}
    answer = client.post(url, values)
    assert answer.status_code == 422
    assert "Plt. dan Plh. selalu berbatas waktu" in answer.content.decode()
    wrong = client.post(url, {**values, "until": (today - timedelta(days=1)).isoformat()})
    assert "Tanggal selesai harus sama dengan atau setelah tanggal mulai." in wrong.content.decode()
    assert client.post(url, {**values, "until": (today + timedelta(days=30)).isoformat()}).status_code == 302
    assert Employee.objects.get(pk=worker.pk).supervisor == acting
    head = UnitHead.objects.get()
    assert client.post(reverse("unit_head_end", args=[branch[3].pk, head.pk])).status_code == 302
    assert Employee.objects.get(pk=worker.pk).supervisor is None


def test_P54_nobody_names_himself(officer, branch):
    with pytest.raises(OwnCase):
        service.name_head(branch[1], officer.employee, Term("definitive", date(2026, 1, 1)), by=officer)


def test_a_head_ends_once_and_one_that_never_began_is_gone(officer, branch):
    head = make_head(branch[1], EmployeeFactory(), since=date(2026, 1, 1))
    service.end_head(head, on=date(2026, 3, 31), by=officer)
    head.refresh_from_db()
    assert head.valid_until == date(2026, 3, 31)
    with pytest.raises(Refusal):
        service.end_head(head, on=date(2026, 4, 30), by=officer)
    later = make_head(branch[1], EmployeeFactory(), since=date(2026, 12, 1))
    service.end_head(later, on=date(2026, 11, 1), by=officer)
    assert not UnitHead.objects.filter(pk=later.pk).exists()


def test_T29_a_head_of_another_unit_is_not_ended_here(client, officer, branch):
    head = make_head(branch[1], EmployeeFactory())
    client.force_login(officer)
    assert client.post(reverse("unit_head_end", args=[branch[2].pk, head.pk])).status_code == 404


def test_the_auditor_reads_the_tree_without_buttons(client, branch):
    client.force_login(grant(UserFactory(), RoleGrant.Role.AUDITOR))
    text = client.get(reverse("unit_list")).content.decode()
    assert "Dinas" in text
    assert reverse("unit_new") not in text
    assert reverse("unit_edit", args=[branch[1].pk]) not in text


@pytest.mark.parametrize(
    "query", ["?di=abc", "?di=99999999999999999999", "?di=-1", "?q=%00", "?q=" + "a" * 3000]
)
def test_B45_B46_nothing_in_the_address_breaks_the_tree(client, officer, query):
    client.force_login(officer)
    assert client.get(reverse("unit_list") + query).status_code == 200
