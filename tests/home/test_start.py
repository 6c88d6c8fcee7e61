"""Each role's first screen tells figures that the database holds and that move with other people's acts."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from asnportal.notifications.models import Message
from asnportal.notifications.notices import Notice
from asnportal.notifications.services import outbox
from asnportal.people.models import Employee, RoleGrant
from competency.models import JpTarget, LedgerLine
from competency.services.reference import load as load_reference
from tests.factories import (
    EmployeeFactory,
    MeetingFactory,
    SessionFactory,
    UnitFactory,
    UserFactory,
    grant,
    make_officer,
    make_partner_member,
    make_team,
    make_unit_officer,
)
from training.models import Enrolment, Session
from training.services import approval, enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference():
    load_reference()


def text_of(client, user, name="home"):
    client.force_login(user)
    page = client.get(reverse(name)).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def earn(employee, jp):
    today = timezone.localdate()
    LedgerLine.objects.create(
        employee=employee,
        day=today,
        year=today.year,
        title="Bimtek",
        jp=Decimal(jp),
        source="portal",
        source_key=f"uji:{employee.pk}:{jp}",
    )


def test_an_employee_sees_jp_done_scheduled_and_left_and_the_next_meeting(client):
    person = EmployeeFactory()
    earn(person, 12)
    session = SessionFactory(programme__jp=5)
    MeetingFactory(session=session)
    before = text_of(client, person.user)
    assert "12 JP sudah selesai dan 0 JP terjadwal. Tinggal 8 JP lagi." in before
    enrolment.enrol(session, employee=person, by=make_officer(), reason="Ditugaskan")
    after = text_of(client, person.user)
    assert "Selesai 12" in after
    assert session.title in after
    assert "Tinggal 8 JP" not in after


def test_a_PPPK_sees_a_ceiling_and_nothing_left(client):
    person = EmployeeFactory(kind=Employee.Kind.PPPK)
    earn(person, 6)
    text = text_of(client, person.user)
    assert "dari paling banyak 24 JP dalam tahun kontrak Anda" in text
    assert "Tinggal" not in text


def test_a_reached_target_is_thanked_for(client):
    person = EmployeeFactory()
    earn(person, 24)
    year = timezone.localdate().year
    assert f"Target {year} terpenuhi. Terima kasih." in text_of(client, person.user)


def test_a_supervisor_sees_who_waits_and_the_count_falls_with_the_answer(client):
    supervisor, (member,) = make_team(1)
    session = SessionFactory(approval=Session.Approval.SUPERVISOR)
    enrolment.request(session, employee=member, by=member.user)
    assert "Menunggu persetujuan Anda 1" in text_of(client, supervisor.user)
    approval.approve(Enrolment.objects.get(), by=supervisor.user, step="supervisor")
    after = text_of(client, supervisor.user)
    assert "Menunggu persetujuan Anda 0" in after
    assert "Anggota tim 1" in after


def test_an_admin_unit_sees_the_own_unit_and_not_the_others(client):
    unit = UnitFactory(name="Dinas Arsip")
    officer = make_unit_officer(unit)
    EmployeeFactory.create_batch(2, unit=unit, user=None)
    EmployeeFactory.create_batch(4)
    session = SessionFactory()
    before = text_of(client, officer, "unit_home")
    assert "3 ASN: 3 PNS, 0 PPPK." in before
    assert "2 orang belum mengaktifkan akun" in before
    member = EmployeeFactory(unit=unit)
    enrolment.request(session, employee=member, by=member.user)
    assert "Terdaftar di pelatihan 1" in text_of(client, officer, "unit_home")


def test_P60_the_head_of_a_unit_reads_its_figures_and_finds_nothing_to_change_there(client):
    supervisor, _team = make_team(3, unit=UnitFactory(name="Bidang Arsip"))
    assert "Ringkasan unit" in text_of(client, supervisor.user)
    client.force_login(supervisor.user)
    page = client.get(reverse("unit_home")).content.decode()
    assert "4 ASN: 4 PNS, 0 PPPK." in page
    for verb in ("Buat lembar", "Perlu Anda tangani", reverse("unit_people")):
        assert verb not in page


def test_P60_who_leads_people_without_heading_a_unit_sees_no_figures_of_one(client):
    leader = EmployeeFactory()
    EmployeeFactory(supervisor=leader, unit=leader.unit)
    assert "Ringkasan unit" not in text_of(client, leader.user)
    assert client.get(reverse("unit_home")).status_code == 403


def test_bkpsdm_sees_what_needs_a_decision_and_it_goes_when_decided(client):
    officer = make_officer()
    member = EmployeeFactory()
    session = SessionFactory(approval=Session.Approval.BKPSDM)
    enrolment.request(session, employee=member, by=member.user)
    assert "1 pendaftaran menunggu verifikasi" in text_of(client, officer)
    approval.approve(Enrolment.objects.get(), by=officer, step="bkpsdm")
    after = text_of(client, officer)
    assert "menunggu verifikasi" not in after
    assert "Kursi terpakai 1" in after


def test_the_count_of_failed_mails_leads_to_them_and_not_to_the_others(client):
    officer = make_officer()
    for number, status in enumerate(("failed", "sent")):
        notice = Notice(
            key=f"uji:{number}", to=EmployeeFactory(), subject=f"Kabar {status}", text=("x",), why="y"
        )
        outbox.post(notice)
        Message.objects.filter(key=notice.key).update(status=status)
    client.force_login(officer)
    home = client.get(reverse("home")).content.decode()
    [address] = re.findall(r'href="(/kelola/kotak-surat/\?[^"]+)"', home)
    found = client.get(address).content.decode()
    assert "Kabar failed" in found
    assert "Kabar sent" not in found


def test_pimpinan_sees_the_city_without_a_single_name(client):
    leader = grant(EmployeeFactory(name="Pimpinan Kota").user, RoleGrant.Role.PIMPINAN)
    office = UnitFactory(level=1, name="Dinas Arsip")
    people = EmployeeFactory.create_batch(5, unit=office, name="Nama Rahasia")
    earn(people[0], 20)
    text = text_of(client, leader)
    assert "1 dari 6 PNS" in text
    assert "Dinas Arsip 20 % dari 5".replace(" %", "%") in text
    assert "Nama Rahasia" not in text


def test_no_unit_of_fewer_than_five_is_shown_to_pimpinan(client):
    leader = grant(EmployeeFactory().user, RoleGrant.Role.PIMPINAN)
    EmployeeFactory.create_batch(4, unit=UnitFactory(level=1, name="Kantor Kecil"))
    assert "Kantor Kecil" not in text_of(client, leader)


def test_an_auditor_sees_acts_and_reads_the_trail_without_a_NIP(client):
    auditor = grant(EmployeeFactory().user, RoleGrant.Role.AUDITOR)
    member = EmployeeFactory()
    enrolment.request(SessionFactory(), employee=member, by=member.user)
    text = text_of(client, auditor)
    assert not text.startswith("0 tindakan")
    trail = text_of(client, auditor, "audit_trail")
    assert "Pendaftaran" in trail
    assert not re.search(r"\d{18}", trail)


def test_a_partner_sees_proposals_and_seats(client):
    user = make_partner_member()
    partner = user.partner_member.partner
    session = SessionFactory(
        programme__provider=partner.provider, start=timezone.localdate() + timedelta(days=1)
    )
    assert "0 kursi terisi di" in text_of(client, user)
    member = EmployeeFactory()
    Session.objects.update(registration_closes=timezone.now() + timedelta(hours=1))
    enrolment.request(Session.objects.get(pk=session.pk), employee=member, by=member.user)
    text = text_of(client, user)
    assert "1 kursi terisi di" in text


def test_the_help_page_names_the_nearest_admin_unit_with_a_telephone(client):
    office = UnitFactory(contact_name="Nurul Aini", contact_phone="(0541) 123-4567")
    field = UnitFactory(parent=office, level=2)
    client.force_login(EmployeeFactory(unit=field).user)
    page = client.get(reverse("help")).content.decode()
    assert "Nurul Aini" in page
    assert 'href="tel:05411234567"' in page


def test_visitors_see_open_trainings_and_the_signed_in_go_home(client):
    session = SessionFactory()
    assert session.title in client.get("/").content.decode()
    client.force_login(EmployeeFactory().user)
    assert client.get("/").url == reverse("home")


def test_the_homes_cost_the_same_for_few_and_for_many(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    officer = make_officer()
    supervisor, members = make_team(1)

    def statements(user):
        client.force_login(user)
        client.get(reverse("home"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("home"))
        return len(queries)

    def live(people):
        session = SessionFactory(approval=Session.Approval.SUPERVISOR)
        MeetingFactory(session=session)
        for person in people:
            enrolment.request(session, employee=person, by=person.user)
            earn(person, 3 + session.pk)

    live(members)
    users = (members[0].user, supervisor.user, officer)
    few = [statements(user) for user in users]
    more = [EmployeeFactory(unit=supervisor.unit, supervisor=supervisor) for _ in range(3)]
    live(more)
    live(members)
    assert [statements(user) for user in users] == few
    assert JpTarget.objects.exists()


@pytest.mark.parametrize("role", [RoleGrant.Role.PIMPINAN, RoleGrant.Role.OPD])
def test_figures_per_unit_cost_the_same_for_two_offices_and_for_six(client, role):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    top = UnitFactory(level=0)
    if role == RoleGrant.Role.OPD:
        user, page = make_unit_officer(top), "unit_home"
    else:
        user, page = grant(EmployeeFactory(unit=top).user, role), "home"

    def office(name):
        unit = UnitFactory(level=1, parent=top, name=name)
        for person in EmployeeFactory.create_batch(5, unit=UnitFactory(level=2, parent=unit)):
            earn(person, 20)

    def statements():
        client.force_login(user)
        client.get(reverse(page))
        with CaptureQueriesContext(connection) as queries:
            text = client.get(reverse(page)).content.decode()
        return len(queries), text

    office("Kantor 1")
    office("Kantor 2")
    few, _ = statements()
    for number in range(3, 7):
        office(f"Kantor {number}")
    many, text = statements()
    assert many == few
    assert "Kantor 6: 100 persen" in text


def test_an_earlier_year_can_be_chosen_by_pimpinan_and_unit_and_nonsense_reads_as_this_one(client):
    leader = grant(UserFactory(), RoleGrant.Role.PIMPINAN)
    office = UnitFactory(level=1, name="Dinas Arsip")
    people = EmployeeFactory.create_batch(5, unit=office)
    last = timezone.localdate().year - 1
    for person in people[:2]:
        LedgerLine.objects.create(
            employee=person,
            day=date(last, 6, 1),
            year=last,
            title="Bimtek",
            jp=20,
            source="portal",
            source_key=f"lama:{person.pk}",
        )
    earn(people[0], 20)
    for user, name in ((leader, "home"), (make_unit_officer(office), "unit_home")):
        client.force_login(user)
        texts = [
            client.get(reverse(name, query={"tahun": year})).content.decode() for year in (last, "abc", 2099)
        ]
        assert f"mencapai target JP {last}" in texts[0]
        assert "sudah mencapai target JP" not in texts[0]
        assert all("sudah mencapai target JP" in text for text in texts[1:])
        assert "2 dari 6" in texts[0]
        assert "1 dari 6" in texts[1]
