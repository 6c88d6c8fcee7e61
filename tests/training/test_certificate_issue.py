"""Making certificates: numbers without gaps, files whose hash is the row's, what happens when it goes wrong."""

import errno
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from asnportal.audit.models import Job
from asnportal.notifications.models import Message
from competency.queries.jp import rulebook
from competency.services import ledger
from tests.factories import WITA, make_finished_session, make_officer
from training.models import Certificate, CertificateSeries, CertificateStatus
from training.services import certificate as service
from training.services import certificate_file as files
from training.services import certificate_issue as worker
from training.services.completion import earned
from training.services.seal import inspect

pytestmark = pytest.mark.usefixtures("forms")

S = CertificateStatus


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def asked(people=1, **extra) -> list[Certificate]:
    session = make_finished_session(people, **extra)
    service.request_batch(session, by=make_officer())
    return list(session.certificates.order_by("pk"))


def serials() -> list[int]:
    numbers = Certificate.objects.exclude(number="").order_by("pk").values_list("number", flat=True)
    return [int(number.split("/")[1]) for number in numbers]


class TestIssuing:
    def test_number_file_hash_and_message_belong_together(self):
        [made] = asked()
        assert worker.issue_due() == 1
        made.refresh_from_db()
        data = files.path_of(made.file).read_bytes()
        assert (made.status, hashlib.sha256(data).hexdigest(), len(data)) == (
            S.ISSUED,
            made.sha256,
            made.size,
        )
        assert (made.facts["number"], made.facts["check_code"]) == (made.number, made.check_code)
        assert Message.objects.get().key == f"certificate-ready:{made.pk}"

    def test_the_file_is_sealed_intact_by_our_own_key(self):
        [made] = asked()
        worker.issue_due()
        made.refresh_from_db()
        seal = inspect(files.path_of(made.file).read_bytes())
        assert (seal.sealed, seal.intact, seal.covers_whole_file, seal.own_key) == (True, True, True, True)

    def test_T10_a_changed_byte_is_found(self):
        [made] = asked()
        worker.issue_due()
        made.refresh_from_db()
        data = bytearray(files.path_of(made.file).read_bytes())
        data[2000] ^= 1
        assert not inspect(bytes(data)).intact
        assert hashlib.sha256(data).hexdigest() != made.sha256

    def test_running_again_makes_nothing_twice(self):
        asked(2)
        worker.issue_due()
        assert worker.issue_due() == 0
        assert (serials(), Message.objects.count()) == ([1, 2], 2)

    def test_the_message_tells_what_was_gained_and_where_the_year_stands(self):
        session = make_finished_session(1, programme__jp=6, programme__form__code="B6")
        enrolment = session.enrolments.get()
        ledger.post(enrolment.employee, earned(enrolment, session, rulebook()), by=None)
        service.request_batch(session, by=make_officer())
        worker.issue_due()
        message = Message.objects.get()
        assert message.subject == "Sertifikat Anda terbit, 4 JP bertambah"
        assert "Sekarang 4 dari 20 JP tahun ini." in message.text
        assert message.link == f"/sertifikat/{session.certificates.get().public_id}/"

    def test_the_batch_is_done_when_nothing_of_it_is_left(self):
        asked(2)
        worker.issue(worker.claim())
        worker.finish_jobs()
        assert Job.objects.get().finished_at is None
        worker.issue_due()
        job = Job.objects.get()
        assert (job.status, job.done) == (Job.Status.DONE, 2)


class TestNumbers:
    def test_numbers_follow_each_other_over_sessions(self):
        asked(2)
        asked(1)
        worker.issue_due()
        assert serials() == [1, 2, 3]

    def test_R15_the_year_of_a_number_is_the_wita_year(self):
        asked(1)
        with time_machine.travel(datetime(2026, 12, 31, 16, 30, tzinfo=UTC)):  # 00.30 WITA on 1 January
            worker.issue_due()
        assert Certificate.objects.get().number == "800.2.3/00001/01/2027"
        assert Certificate.objects.get().facts["issued_on"] == "2027-01-01"

    def test_the_first_number_of_a_year_is_one(self):
        for year in (2026, 2027):
            with time_machine.travel(datetime(year, 6, 1, 9, tzinfo=WITA)):
                asked(1)
                worker.issue_due()
        assert serials() == [1, 1]
        assert set(CertificateSeries.objects.values_list("year", "last")) == {(2026, 1), (2027, 1)}

    def test_the_pattern_is_a_setting(self, settings):
        settings.CERTIFICATE_NUMBER_PATTERN = "{urut}/BKPSDM/{bulan}.{tahun}"
        asked(1)
        with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=WITA)):
            worker.issue_due()
        assert Certificate.objects.get().number == "1/BKPSDM/06.2026"


class TestCrashes:
    def test_a_row_with_a_lease_is_left_alone_until_it_ends(self):
        [made] = asked()
        assert worker.claim() == made.pk
        assert worker.claim() is None
        Certificate.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert worker.claim() == made.pk

    def test_a_number_given_before_a_crash_is_the_number_it_keeps(self):
        first, _ = asked(2)
        worker.number(worker.claim())  # and dies
        Certificate.objects.filter(pk=first.pk).update(lease_until=None)
        worker.issue_due()
        first.refresh_from_db()
        assert (first.number[8:13], serials()) == ("00001", [1, 2])

    def test_a_slow_worker_neither_overwrites_nor_leaves_a_file(self):
        [made] = asked()
        slow = worker.number(worker.claim())
        Certificate.objects.update(lease_until=None)
        worker.issue_due()
        made.refresh_from_db()
        assert worker.record_issue(slow, worker.make(slow)) is False
        assert list(files.stored_names()) == [made.file]
        assert files.hash_of(made.file) == made.sha256

    def test_R06_a_poison_row_stops_after_three_tries_and_the_others_are_done(self, monkeypatch):
        poison, *others = asked(3)
        honest = worker.make

        def make(certificate):
            if certificate.pk == poison.pk:
                raise MemoryError
            return honest(certificate)

        monkeypatch.setattr(worker, "make", make)
        for _ in range(5):
            worker.issue_due()
            Certificate.objects.update(lease_until=None)
        poison.refresh_from_db()
        assert (poison.status, poison.attempts, poison.is_stopped) == (S.PENDING, 3, True)
        assert poison.problem == "Gagal disiapkan (MemoryError)."
        assert Certificate.objects.filter(status=S.ISSUED).count() == len(others)

    def test_a_worker_that_dies_three_times_on_a_row_leaves_it_stopped(self):
        [made] = asked()
        for _ in range(3):
            worker.claim()
            Certificate.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert worker.claim() is None
        made.refresh_from_db()
        assert made.is_stopped

    def test_a_stopped_row_is_made_after_a_person_tries_again(self):
        [made] = asked()
        Certificate.objects.update(attempts=3, problem="Gagal", number="")
        service.retry(made, by=make_officer())
        worker.issue_due()
        made.refresh_from_db()
        assert (made.status, made.problem) == (S.ISSUED, "")

    def test_R19_a_full_disk_waits_keeps_the_number_and_goes_on_by_itself(self, monkeypatch):
        [made] = asked()

        def full(self, *args, **kwargs):
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(Path, "rename", full)
            assert worker.issue_due() == 0
        made.refresh_from_db()
        assert (made.number[8:13], made.attempts, made.is_stopped) == ("00001", 0, False)
        assert made.problem.startswith("Tertunda: tempat penyimpanan penuh")
        assert list(files.stored_names()) == []
        Certificate.objects.update(lease_until=None)
        assert worker.issue_due() == 1
        assert serials() == [1]

    def test_what_a_person_must_mend_is_not_tried_again_by_itself(self, monkeypatch, settings):
        [made] = asked()
        settings.CERTIFICATE_PKCS12 = "/nowhere.p12"
        worker.issue_due()
        made.refresh_from_db()
        assert made.is_stopped
        assert "Kunci segel" in made.problem


class TestFiles:
    def test_names_that_leave_the_store_are_refused(self):
        with pytest.raises(ValueError, match="passwd"):
            files.path_of("sertifikat/../../etc/passwd")

    def test_nothing_half_is_visible(self, monkeypatch):
        monkeypatch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "broken")))
        with pytest.raises(OSError, match="broken"):
            files.store(b"%PDF", public_id="x", year=2026)
        assert list(files.stored_names()) == []
