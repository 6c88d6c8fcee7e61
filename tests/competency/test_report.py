"""JP reports of groups: each figure recomputed by hand, no name, and no group so small that it speaks of persons."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from asnportal.audit.models import AuditLine
from asnportal.people.models import Employee, RoleGrant
from competency.models import LedgerLine
from competency.queries import report_jp as query
from competency.queries.report import grouped, tree
from tests.factories import EmployeeFactory, UnitFactory, UserFactory, grant, make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forms")]
TODAY = timezone.localdate()
READERS = [RoleGrant.Role.BKPSDM, RoleGrant.Role.ADMIN, RoleGrant.Role.AUDITOR, RoleGrant.Role.PIMPINAN]
number = iter(range(1_000_000))


def earn(person, jp, day=TODAY):
    """A raw line of the ledger."""
    return LedgerLine.objects.create(
        employee=person,
        day=day,
        year=day.year,
        title="Bimtek",
        jp=Decimal(str(jp)),
        source="import",
        source_key=f"uji:{next(number)}",
    )


def staff(unit, *jp, kind=Employee.Kind.PNS, **extra):
    """A person for each figure, with that much JP of this year."""
    people = EmployeeFactory.create_batch(len(jp), unit=unit, kind=kind, user=None, **extra)
    for person, figure in zip(people, jp, strict=True):
        if figure:
            earn(person, figure)
    return people


def leader(role=RoleGrant.Role.PIMPINAN):
    return grant(UserFactory(), role)


def shown(kind="pns", unit=None, year=TODAY.year, tops=()):
    """The rows of the report: name, people and the figure that counts."""
    view = tree(tops)
    people = query.shares(Employee.objects.all(), kind, year, today=TODAY)
    report = query.jp_report(grouped(people, view, unit), kind, year)
    rows = [report.total, *report.rows] if report.total else []
    return [(row.group.name, row.people, row.mean if kind == "pppk" else row.fulfilled) for row in rows]


def test_the_city_stands_first_and_offices_by_fulfilment():
    low, high = UnitFactory(name="Dinas Rendah"), UnitFactory(name="Dinas Tinggi")
    staff(low, 20, 19.5, 0, 0, 12, 3)
    staff(high, 20, 40, 25, 1, 20)
    page = [("Seluruh kota", 11, 5), ("Dinas Tinggi", 5, 4), ("Dinas Rendah", 6, 1)]
    assert shown() == page


def test_the_figures_of_a_row_are_those_of_the_ledger():
    office = UnitFactory(name="Dinas Arsip")
    people = staff(office, 20, 12, 0, 7.5, 33)
    earn(people[1], 8)
    earn(people[2], 20, date(TODAY.year - 1, 12, 31))
    found = query.shares(Employee.objects.all(), "pns", TODAY.year, today=TODAY)
    row = query.jp_report(grouped(found, tree(), office), "pns", TODAY.year).total
    lines = LedgerLine.objects.filter(year=TODAY.year, employee__unit=office)
    by_hand = {one.pk: sum(line.jp for line in lines if line.employee_id == one.pk) for one in people}
    assert (row.people, row.jp) == (5, sum(by_hand.values()))
    assert row.fulfilled == sum(1 for jp in by_hand.values() if jp >= 20) == 3
    assert (row.percent, row.mean) == (60, Decimal("16.1"))


def test_cpns_count_with_pns_and_leavers_with_nobody():
    office = UnitFactory(name="Dinas Arsip")
    staff(office, 20, 20, 0, kind=Employee.Kind.CPNS)
    staff(office, 20, 0)
    staff(office, 20, is_active=False)
    assert shown() == [("Seluruh kota", 5, 3), ("Dinas Arsip", 5, 3)]


def test_pppk_stand_apart_with_a_ceiling_and_are_never_fulfilled(client):
    office = UnitFactory(name="Dinas Arsip")
    staff(office, 20, 20, 20, 20, 20)
    staff(office, 30, 24, 10, kind=Employee.Kind.PPPK)
    staff(office, 2, 0, kind=Employee.Kind.PPPK_PW)
    assert shown() == [("Seluruh kota", 5, 5), ("Dinas Arsip", 5, 5)]
    mean = Decimal("12.0")  # (24 + 24 + 10 + 2 + 0) / 5
    assert shown("pppk") == [("Seluruh kota", 5, mean), ("Dinas Arsip", 5, mean)]
    client.force_login(leader())
    page = client.get(reverse("report"), {"kelompok": "pppk"}).content.decode()
    assert "dari paling banyak 24 JP" in page
    assert "Mencapai" not in page
    assert "mencapai" not in page
    assert "PP 49/2018" in page


def test_pppk_are_counted_in_the_contract_year_that_holds_today():
    office = UnitFactory(name="Dinas Arsip")
    start = date(TODAY.year - 2, 3, 1) if TODAY.month >= 3 else date(TODAY.year - 2, 12, 1)
    [*people] = staff(office, 0, 0, 0, 0, 0, kind=Employee.Kind.PPPK, contract_start=start)
    began = date(TODAY.year if start.month == 3 else TODAY.year - 1, start.month, 1)
    earn(people[0], 10, began)
    earn(people[1], 10, date.fromordinal(began.toordinal() - 1))
    assert shown("pppk")[0] == ("Seluruh kota", 5, Decimal("2.0"))


def test_last_year_is_reported_too():
    office = UnitFactory(name="Dinas Arsip")
    people = staff(office, 20, 20, 0, 0, 0)
    earn(people[4], 21, date(TODAY.year - 1, 6, 1))
    assert shown(year=TODAY.year - 1)[0] == ("Seluruh kota", 5, 1)
    assert query.years(TODAY) == [TODAY.year, TODAY.year - 1]


def test_an_office_opens_into_its_units():
    office = UnitFactory(name="Dinas Arsip", code="22")
    field = UnitFactory(name="Bidang Layanan", parent=office, level=2)
    part = UnitFactory(name="Seksi Loket", parent=field, level=3)
    staff(office, 20, 20, 20, 20, 0)
    staff(part, 20, 0, 0, 0, 0)
    assert shown(unit=office) == [
        ("Dinas Arsip", 10, 5),
        ("Bidang Layanan", 5, 1),
        ("Langsung di unit ini", 5, 4),
    ]
    assert shown(unit=field) == [("Bidang Layanan", 5, 1), ("Seksi Loket", 5, 1)]


def test_one_small_office_is_put_together_with_the_next_smallest_so_that_no_difference_tells_it():
    staff(UnitFactory(name="Dinas Besar"), *[20] * 8)
    staff(UnitFactory(name="Dinas Sedang"), *[0] * 6)
    staff(UnitFactory(name="Kantor Kecil"), 20, 0)
    assert shown() == [("Seluruh kota", 16, 9), ("Dinas Besar", 8, 8), ("2 kelompok kecil, digabung", 8, 1)]


def test_small_offices_that_are_five_together_leave_the_others_alone():
    staff(UnitFactory(name="Dinas Besar"), *[0] * 5)
    staff(UnitFactory(name="Kantor A"), 20, 20)
    staff(UnitFactory(name="Kantor B"), 20, 0, 0)
    assert shown() == [("Seluruh kota", 10, 3), ("Dinas Besar", 5, 0), ("2 kelompok kecil, digabung", 5, 3)]


def test_what_is_hidden_in_the_city_is_hidden_when_it_is_opened(client):
    staff(UnitFactory(name="Dinas Besar"), *[20] * 8)
    middle = UnitFactory(name="Dinas Sedang", code="M")
    staff(UnitFactory(name="Bidang Sedang", parent=middle, level=2), *[0] * 6)
    small = UnitFactory(name="Kantor Kecil", code="K")
    staff(small, 20, 0)
    assert shown(unit=small) == []
    assert shown(unit=middle) == []
    client.force_login(leader())
    for code in ("K", "M"):
        page = client.get(reverse("report"), {"unit": code}).content.decode()
        assert "Angka kelompok kecil tidak ditampilkan" in page
        assert "<table" not in page


def test_a_city_of_four_shows_nothing():
    staff(UnitFactory(), 20, 20, 20, 20)
    assert shown() == []


@pytest.mark.parametrize("role", READERS)
def test_readers_of_the_city_see_figures_and_no_name(client, role):
    people = staff(UnitFactory(name="Dinas Arsip"), 20, 12, 0, 7.5, 33)
    client.force_login(leader(role))
    page = client.get(reverse("report")).content.decode()
    assert "40% PNS dan CPNS sudah mencapai 20 JP" in page
    assert "2 dari 5 orang, rata-rata 14,5 JP" in page
    assert "PP 11/2017 jo. PP 17/2020" in page
    file = read(client.post(reverse("report_export"), {"jenis_berkas": "csv"}))
    for one in people:
        assert one.nip not in page
        assert one.nip not in str(file)
        assert one.name not in str(file)
        assert one.full_name not in page


def read(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_file_holds_what_the_page_shows_and_leaves_a_line(client):
    staff(UnitFactory(name="Dinas Arsip", code="22"), 20, 12, 0, 7.5, 33)
    user = make_officer(kind=Employee.Kind.PPPK)
    client.force_login(user)
    address = f"{reverse('report_export')}?unit=22&tahun={TODAY.year}"
    rows = read(client.post(address, {"jenis_berkas": "csv"}))
    assert rows[1:] == [["Dinas Arsip", "5", "2", "40", "14.5", "20.0"]]
    line = AuditLine.objects.get(verb="report.export")
    expected = {"report": "pemenuhan-jp", "rows": 1, "file": "csv", "unit": "22", "of": f"pns {TODAY.year}"}
    assert (line.actor, line.details) == (user, expected)
    assert b"".join(client.post(address, {"jenis_berkas": "xlsx"}).streaming_content)[:2] == b"PK"


@pytest.mark.parametrize("asked", [{"tahun": "abcd"}, {"tahun": "1800"}, {"kelompok": "semua"}])
def test_B47_what_is_no_choice_is_said_and_left_out(client, asked):
    staff(UnitFactory(), 20, 12, 0, 7.5, 33)
    client.force_login(leader())
    page = client.get(reverse("report"), asked).content.decode()
    assert "Saringan tidak valid dan diabaikan." in page
    assert "40% PNS dan CPNS" in page


def test_the_report_asks_the_database_as_often_for_many_offices_as_for_one(client):
    client.force_login(leader())

    def statements(kind):
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("report"), {"kelompok": kind}).status_code == 200
        return len(found)

    for kind, of in (("pns", Employee.Kind.PNS), ("pppk", Employee.Kind.PPPK)):
        staff(UnitFactory(), *[20] * 5, kind=of)
        one = statements(kind)
        for _ in range(2):
            staff(UnitFactory(), *[20] * 6, kind=of)
        assert statements(kind) == one <= 16
