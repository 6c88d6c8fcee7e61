"""Certificates: asked for by an officer, corrected as the next version, revoked for good."""

from decimal import Decimal

import pytest

from asnportal.audit.models import AuditLine
from asnportal.common.errors import OwnCase, Refusal, WrongState
from asnportal.notifications.models import Message
from competency.models import LedgerLine
from competency.queries.jp import rulebook
from competency.services import ledger
from tests.factories import EmployeeFactory, EnrolmentFactory, make_finished_session, make_officer
from training.models import Certificate, CertificateStatus, EnrolmentStatus, Guest, Subject
from training.services import certificate as service
from training.services import certificate_draft as draft
from training.services import certificate_issue as worker
from training.services.completion import earned

pytestmark = pytest.mark.usefixtures("forms")

S = CertificateStatus


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def officer():
    return make_officer()


def issued(session=None, officer=None) -> Certificate:
    """One certificate, all the way."""
    session = session or make_finished_session(1)
    service.request_batch(session, by=officer or make_officer())
    worker.issue_due()
    return session.certificates.get()


class TestAskingForABatch:
    def test_everybody_who_completed_gets_one_and_nobody_else(self, officer):
        session = make_finished_session(2)
        EnrolmentFactory(session=session, status=EnrolmentStatus.NOT_COMPLETED)
        batch = service.request_batch(session, by=officer)
        assert batch.requested == 2
        assert set(session.certificates.values_list("status", flat=True)) == {S.PENDING}
        assert (batch.job.total, batch.job.owner) == (2, officer)

    def test_asking_again_asks_for_nobody_twice(self, officer):
        session = make_finished_session(2)
        service.request_batch(session, by=officer)
        assert service.request_batch(session, by=officer).requested == 0
        assert session.certificates.count() == 2

    def test_P34_ones_own_is_refused_and_the_others_are_done(self, officer):
        session = make_finished_session(2, employees=(officer.employee,))
        batch = service.request_batch(session, by=officer)
        assert batch.requested == 2
        assert [(one.employee, words) for one, words in batch.refused] == [
            (officer.employee, "Sertifikat Anda sendiri diterbitkan petugas lain.")
        ]

    def test_a_name_that_cannot_be_printed_holds_one_row_not_the_batch(self, officer):
        session = make_finished_session(1, employees=(EmployeeFactory(name="李 Contoh"),))
        batch = service.request_batch(session, by=officer)
        assert batch.requested == 1
        assert "李" in batch.refused[0][1]

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"status": "published"}, "Tutup semua pertemuan"),
            ({"signatory_name": ""}, "Isi nama dan jabatan penanda tangan"),
        ],
    )
    def test_what_blocks_issuing_is_said_and_nothing_is_asked_for(self, officer, change, words):
        session = make_finished_session(1, **change)
        with pytest.raises(Refusal, match=words):
            service.request_batch(session, by=officer)
        assert not Certificate.objects.exists()

    def test_a_back_that_does_not_sum_to_the_front_is_refused(self, officer):
        session = make_finished_session(1)
        Subject.objects.create(programme=session.programme, title="Materi", jp=session.programme.jp - 2)
        with pytest.raises(Refusal, match="JP di daftar materi berjumlah"):
            service.request_batch(session, by=officer)

    def test_a_batch_costs_the_same_statements_for_three_as_for_one(self, officer, django_assert_num_queries):
        first, second = make_finished_session(1), make_finished_session(3)
        service.request_batch(make_finished_session(1), by=officer)  # content types are read once
        with django_assert_num_queries(12):
            service.request_batch(first, by=officer)
        with django_assert_num_queries(12):
            service.request_batch(second, by=officer)


class TestOneByOne:
    def test_one_person_may_be_served_alone(self, officer):
        session = make_finished_session(2)
        enrolment = session.enrolments.first()
        service.request_one(enrolment, by=officer)
        assert session.certificates.get().enrolment == enrolment

    def test_ones_own_is_refused(self, officer):
        session = make_finished_session(employees=(officer.employee,))
        with pytest.raises(OwnCase):
            service.request_one(session.enrolments.get(), by=officer)

    def test_who_did_not_complete_gets_none(self, officer):
        session = make_finished_session()
        enrolment = EnrolmentFactory(session=session, status=EnrolmentStatus.NOT_COMPLETED)
        with pytest.raises(Refusal, match="belum menyelesaikan"):
            service.request_one(enrolment, by=officer)

    def test_after_a_revocation_a_new_one_has_a_new_number(self, officer):
        old = issued()
        service.revoke(old, by=officer, kind="content", reason="Salah unit")
        assert service.request_batch(old.session, by=officer).requested == 0
        service.request_one(old.enrolment, by=officer)
        worker.issue_due()
        new = old.session.certificates.exclude(pk=old.pk).get()
        assert (old.number[8:13], new.number[8:13], new.version) == ("00001", "00002", 1)

    def test_a_guest_gets_one_without_nip_and_ledger(self, officer):
        session = make_finished_session()
        values = {"name": "Dr. Tamu Contoh", "institution": "Universitas Contoh", "email": "tamu@contoh.test"}
        service.request_for_guest(session, values, role="speaker", by=officer)
        worker.issue_due()
        made = session.certificates.get()
        assert (made.status, made.facts["nip"], made.facts["unit"]) == (S.ISSUED, "", "Universitas Contoh")
        assert "narasumber" in made.facts["statement"]
        assert (Guest.objects.count(), LedgerLine.objects.count()) == (1, 0)
        assert Message.objects.get().address == "tamu@contoh.test"


class TestFrozenFacts:
    def test_what_is_printed_stays_as_issued_whatever_hr_data_say_later(self, officer):
        made = issued()
        employee = made.employee
        printed = made.facts["name"], made.facts["unit"]
        employee.name, employee.unit.name = "Nama Baru", "Unit Baru"
        employee.unit.save()
        employee.save()
        made.refresh_from_db()
        assert (made.facts["name"], made.facts["unit"]) == printed

    def test_jp_diakui_and_its_legal_basis_stand_beside_jp_materi_where_they_differ(self, officer):
        session = make_finished_session(1, programme__jp=6, programme__form__code="B6")
        enrolment = session.enrolments.get()
        ledger.post(enrolment.employee, earned(enrolment, session, rulebook()), by=None)
        facts = draft.for_participants(session, list(draft.people(session)))[enrolment.pk]
        assert (facts.jp, facts.jp_recognised) == (6, Decimal(4))
        assert facts.legal_basis.startswith("PerLAN 10/2018")

    def test_a_pppk_has_an_ni_pppk(self):
        session = make_finished_session(employees=(EmployeeFactory(kind="PPPK"),))
        [facts] = draft.for_participants(session, list(draft.people(session))).values()
        assert facts.nip_label == "NI PPPK"

    def test_a_programme_without_subjects_is_one_subject(self):
        session = make_finished_session(1)
        [facts] = draft.for_participants(session, list(draft.people(session))).values()
        assert [(one.title, one.jp) for one in facts.subjects] == [(session.title, session.programme.jp)]


class TestCorrecting:
    def test_a_corrected_print_is_the_next_version_of_the_same_number(self, officer):
        old = issued()
        old.employee.name = "Nama Betul"
        old.employee.save()
        new = service.correct(old, by=officer, reason="Salah eja nama")
        worker.issue_due()
        old.refresh_from_db()
        new.refresh_from_db()
        assert (old.status, new.status) == (S.SUPERSEDED, S.ISSUED)
        assert (new.number, new.version, new.replaces) == (old.number, 2, old)
        assert (new.facts["name"], new.facts["number"], new.facts["version"]) == ("Nama Betul", old.number, 2)
        assert new.facts["check_code"] == new.check_code != old.check_code
        assert new.token != old.token

    def test_a_correction_uses_no_number(self, officer):
        old = issued()
        service.correct(old, by=officer, reason="x")
        worker.issue_due()
        assert issued(make_finished_session(1), officer).number[8:13] == "00002"

    def test_what_is_not_issued_is_not_corrected(self, officer):
        old = issued()
        service.revoke(old, by=officer, kind="twice", reason="x")
        with pytest.raises(WrongState):
            service.correct(old, by=officer, reason="x")

    def test_a_name_that_cannot_be_printed_leaves_the_old_one_valid(self, officer):
        old = issued()
        old.employee.name = "李"
        old.employee.save()
        with pytest.raises(Refusal, match="tidak dapat dicetak"):
            service.correct(old, by=officer, reason="x")
        old.refresh_from_db()
        assert old.status == S.ISSUED


class TestRevoking:
    def test_a_revoked_one_keeps_number_file_and_reason(self, officer):
        made = issued()
        service.revoke(made, by=officer, kind="recipient", reason="Bukan peserta")
        assert (made.status, made.revoked_kind, made.revoked_reason) == (
            S.REVOKED,
            "recipient",
            "Bukan peserta",
        )
        assert made.number
        assert made.file
        assert AuditLine.objects.about(made).last().note == "Bukan peserta"
        assert Message.objects.filter(key=f"certificate-revoked:{made.pk}").count() == 1

    def test_a_reason_is_asked_for(self, officer):
        with pytest.raises(Refusal, match="Tulis alasannya"):
            service.revoke(issued(), by=officer, kind="other", reason="  ")

    def test_P35_nobody_revokes_or_corrects_his_own(self, officer):
        made = issued(make_finished_session(employees=(officer.employee,)), make_officer())
        for act in (
            lambda: service.revoke(made, by=officer, kind="other", reason="x"),
            lambda: service.correct(made, by=officer, reason="x"),
        ):
            with pytest.raises(OwnCase):
                act()
        made.refresh_from_db()
        assert made.status == S.ISSUED

    def test_a_revoked_one_is_revoked_once(self, officer):
        made = issued()
        service.revoke(made, by=officer, kind="other", reason="x")
        with pytest.raises(WrongState):
            service.revoke(made, by=officer, kind="other", reason="x")

    def test_the_jp_in_the_ledger_stay_as_they_are(self, officer):
        session = make_finished_session(1)
        enrolment = session.enrolments.get()
        ledger.post(enrolment.employee, earned(enrolment, session, rulebook()), by=None)
        service.revoke(issued(session, officer), by=officer, kind="content", reason="x")
        assert LedgerLine.objects.count() == 1

    def test_one_that_is_still_pending_may_be_withdrawn_and_is_never_made(self, officer):
        session = make_finished_session(1)
        service.request_batch(session, by=officer)
        pending = session.certificates.get()
        service.revoke(pending, by=officer, kind="other", reason="x")
        assert worker.issue_due() == 0
        assert not Message.objects.exists()
