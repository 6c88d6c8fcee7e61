"""At least three figures of every home: recomputed from the database, and moved by what somebody else does."""

import html
import re
from collections.abc import Callable
from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone

from asnportal.audit.models import AuditLine
from asnportal.notifications.models import Message
from asnportal.people.models import Employee, RoleGrant, User
from asnportal.people.services import role as roles
from competency.models import LearningForm, LedgerLine, TrainingRecord
from competency.services import record
from partners.models import Proposal, ProposalStatus
from partners.services import proposal as proposals
from partners.services.proposal import SubjectDraft
from tests.factories import (
    EmployeeFactory,
    ProgrammeFactory,
    SessionFactory,
    UnitFactory,
    UserFactory,
    grant,
    make_finished_session,
    make_head,
    make_officer,
    make_partner_member,
)
from training.models import Certificate, Enrolment, Session
from training.services import approval, certificate, enrolment, session
from training.services import certificate_issue as worker

pytestmark = pytest.mark.usefixtures("forms")
PAIR = re.compile(r"<dt>(.*?)</dt>\s*<dd>\s*([\d.,]+)", re.S)
KEY = re.compile(r"</i>(Selesai|Terjadwal|Sisa) ([\d.,]+)")
TODO = re.compile(r"<b>([\d.]+) ([^<]+)</b>")
SEATS = Q(status="confirmed") | Q(status="completed") | Q(status="not_completed")


def figures_of(client, user, name="home") -> dict[str, int]:
    """Every figure of the page by its words."""
    client.force_login(user)
    page = html.unescape(client.get(reverse(name)).content.decode())
    found = [
        *PAIR.findall(page),
        *KEY.findall(page),
        *((words, count) for count, words in TODO.findall(page)),
    ]
    if certificates := re.search(r"<b>(\d+)</b> sertifikat berlaku", page):
        found.append(("Sertifikat", certificates[1]))
    return {words: int(figure.replace(".", "")) for words, figure in found}


class City:
    """One office with its head and learner, a partner, and the two officers who act."""

    def __init__(self) -> None:
        self.office = UnitFactory(name="Dinas Arsip", level=1)
        self.head = EmployeeFactory(unit=self.office)
        make_head(self.office, self.head)
        self.learner = EmployeeFactory(unit=self.office, supervisor=self.head, kind=Employee.Kind.PNS)
        self.officer = make_officer()
        self.admin = grant(UserFactory(), RoleGrant.Role.ADMIN)
        self.partner_user = make_partner_member()
        self.partner = self.partner_user.partner_member.partner
        soon = timezone.localdate() + timedelta(days=5)
        self.programme = ProgrammeFactory(
            provider=self.partner.provider, form=LearningForm.objects.get(code="B6")
        )
        self.session = SessionFactory(
            programme=self.programme, start=soon, registration_closes=timezone.now() + timedelta(days=1)
        )
        self.asked = SessionFactory(approval=Session.Approval.BOTH)
        self.draft = SessionFactory(status="draft")
        self.waiting = TrainingRecord.objects.create(
            employee=self.learner,
            title="Webinar",
            form=LearningForm.objects.get(code="B6"),
            end=timezone.localdate(),
            jp=20,
            match_key="uji",
        )
        over = make_finished_session(employees=(self.learner,))
        self.passed = over.enrolments.get()

    # what people do
    def learner_asks(self):
        enrolment.request(self.asked, employee=self.learner, by=self.learner.user)

    def head_approves(self):
        approval.approve(Enrolment.objects.get(session=self.asked), by=self.head.user, step="supervisor")

    def learner_joins(self):
        enrolment.request(self.session, employee=self.learner, by=self.learner.user)

    def officer_enrols(self):
        enrolment.enrol(self.session, employee=self.learner, by=self.officer, reason="Ditugaskan")

    def officer_verifies_the_record(self):
        record.verify(self.waiting, by=self.officer)

    def officer_issues(self):
        certificate.request_one(self.passed, by=self.officer)
        worker.issue_due()

    def officer_revokes(self):
        certificate.revoke(Certificate.objects.get(), by=self.officer, kind="data", reason="Salah orang")

    def officer_publishes(self):
        session.publish(self.draft, by=self.officer)

    def officer_loads_somebody(self):
        EmployeeFactory(unit=self.office, supervisor=self.head, user=None)

    def partner_proposes(self):
        day = timezone.localdate() + timedelta(days=40)
        made = proposals.draft(
            self.partner,
            PROPOSED | {"day": day, "last_day": day, "form": self.programme.form},
            subjects=[SubjectDraft("Membaca peta", "Sari", 180)],
            by=self.partner_user,
        )
        proposals.submit(made, by=self.partner_user)

    def officer_returns_it(self):
        proposals.give_back(Proposal.objects.get(), by=self.officer, answer="Lengkapi narasumber.")

    def admin_makes_an_officer(self):
        roles.grant(self.head.user, RoleGrant.Role.BKPSDM, by=self.admin)


PROPOSED = {
    "title": "Kota tangguh",
    "summary": "Membaca peta.",
    "quota": 60,
    "place": "Aula",
    "starts": time(9),
    "ends": time(12),
    "contact_name": "Rini",
    "contact_phone": "0541123456",
}


def jp_of(people) -> Decimal:
    return LedgerLine.objects.filter(employee__in=people).aggregate(sum=Sum("jp"))["sum"] or Decimal(0)


def seats_of(people, **where) -> int:
    return Enrolment.objects.filter(SEATS, employee__in=people, **where).count()


Expected = dict[str, Callable[[City], int]]
LEARNER: Expected = {
    "Selesai": lambda c: int(jp_of([c.learner])),
    "Sisa": lambda c: max(0, 20 - int(jp_of([c.learner])) - 4 * seats_of([c.learner], session=c.session)),
    "Terjadwal": lambda c: 4 * seats_of([c.learner], session=c.session),
    "Sertifikat": lambda c: Certificate.objects.filter(employee=c.learner, status="issued").count(),
}
SUPERVISOR: Expected = {
    "Menunggu persetujuan Anda": lambda c: Enrolment.objects.filter(
        approver=c.head, status="requested", step="supervisor"
    ).count(),
    "Anggota tim": lambda c: Employee.objects.filter(supervisor=c.head, is_active=True).count(),
    "Belajar dalam 7 hari ini": lambda c: seats_of([c.learner], session=c.session),
    "PNS tim yang mencapai target": lambda c: int(jp_of([c.learner]) >= 20),
}
UNIT: Expected = {
    "Sudah mencapai target": lambda c: int(jp_of([c.learner]) >= 20),
    "Terdaftar di pelatihan": lambda c: seats_of(c.office.employees.all(), session__status="published"),
    "Menunggu persetujuan": lambda c: Enrolment.objects.filter(
        employee__unit=c.office, status="requested"
    ).count(),
    "orang belum mengaktifkan akun": lambda c: c.office.employees.filter(user=None).count(),
}
BKPSDM: Expected = {
    "Jadwal tahun ini": lambda c: Session.objects.filter(
        start__year=timezone.localdate().year, status__in=["published", "finished"]
    ).count(),
    "Kursi terpakai": lambda c: seats_of(
        Employee.objects.all(), session__start__year=timezone.localdate().year
    ),
    "Sertifikat terbit": lambda c: Certificate.objects.filter(status="issued").count(),
    "pendaftaran menunggu verifikasi": lambda c: Enrolment.objects.filter(
        status="requested", step="bkpsdm"
    ).count(),
    "usulan dari mitra": lambda c: Proposal.objects.filter(status=ProposalStatus.SUBMITTED).count(),
}
PARTNER: Expected = {
    "Menunggu Anda": lambda c: c.partner.proposals.filter(status__in=["draft", "returned"]).count(),
    "Ditinjau BKPSDM": lambda c: c.partner.proposals.filter(status=ProposalStatus.SUBMITTED).count(),
    "Kursi terisi": lambda c: seats_of(
        Employee.objects.all(), session__programme__provider=c.partner.provider
    ),
}
LEADER: Expected = {
    "Jadwal tahun ini": BKPSDM["Jadwal tahun ini"],
    "ASN yang ikut": lambda c: Enrolment.objects.filter(SEATS).values("employee").distinct().count(),
    "Sertifikat terbit": BKPSDM["Sertifikat terbit"],
    "Kursi terpakai": BKPSDM["Kursi terpakai"],
    "JP diakui PNS": lambda c: int(jp_of(Employee.objects.filter(kind="PNS"))),
}
AUDITOR: Expected = {
    "Keputusan pendaftaran, 7 hari": lambda c: AuditLine.objects.filter(
        verb__in=["enrolment.approve", "enrolment.decline", "enrolment.confirm"]
    ).count(),
    "Sertifikat dicabut": lambda c: Certificate.objects.filter(status="revoked").count(),
    "jadwal tahun ini": BKPSDM["Jadwal tahun ini"],
    "sertifikat terbit tahun ini": BKPSDM["Sertifikat terbit"],
}
ADMIN: Expected = {
    "Akun aktif": lambda c: User.objects.filter(is_active=True).count(),
    "Akun dengan peran": lambda c: RoleGrant.objects.values("user").distinct().count(),
    "Pesan menunggu": lambda c: Message.objects.filter(status="waiting").count(),
    "Kursi terpakai": BKPSDM["Kursi terpakai"],
    "Jadwal tahun ini": BKPSDM["Jadwal tahun ini"],
}
HOMES = {
    "asn": (LEARNER, ["officer_enrols", "officer_verifies_the_record", "officer_issues"]),
    "atasan": (
        SUPERVISOR,
        ["learner_asks", "officer_enrols", "officer_verifies_the_record", "officer_loads_somebody"],
    ),
    "opd": (
        UNIT,
        ["learner_asks", "officer_enrols", "officer_verifies_the_record", "officer_loads_somebody"],
    ),
    "bkpsdm": (BKPSDM, ["learner_asks", "head_approves", "learner_joins", "partner_proposes"]),
    "mitra": (PARTNER, ["partner_proposes", "learner_joins", "officer_returns_it"]),
    "pimpinan": (
        LEADER,
        ["officer_publishes", "learner_joins", "officer_verifies_the_record", "officer_issues"],
    ),
    "auditor": (
        AUDITOR,
        ["learner_asks", "head_approves", "officer_publishes", "officer_issues", "officer_revokes"],
    ),
    "admin": (ADMIN, ["officer_publishes", "learner_joins", "admin_makes_an_officer"]),
}


def viewer(city: City, role: str) -> User:
    own = {
        "asn": city.learner.user,
        "atasan": city.head.user,
        "bkpsdm": city.officer,
        "mitra": city.partner_user,
    }
    if role in own:
        return own[role]
    unit = city.office if role == "opd" else None
    return grant(UserFactory(), role, unit=unit)


@pytest.mark.parametrize("role", HOMES)
def test_three_figures_and_more_come_from_the_database_and_move_with_the_acts_of_others(client, role):
    city = City()
    user = viewer(city, role)
    expected, acts = HOMES[role]
    page = "unit_home" if role == "opd" else "home"
    moved: set[str] = set()
    before = {words: figure(city) for words, figure in expected.items()}
    for act in (None, *acts):
        if act:
            getattr(city, act)()
        now = {words: figure(city) for words, figure in expected.items()}
        shown = figures_of(client, user, page)
        assert {words: shown.get(words, 0) for words in expected} == now, f"after {act}"
        moved |= {words for words in expected if now[words] != before[words]}
        before = now
    assert len(moved) >= 3, moved
