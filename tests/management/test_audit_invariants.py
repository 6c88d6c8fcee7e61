"""Each invariant is broken on purpose and must be told."""

import json
import os
import time
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from competency.models import LedgerLine, TrainingRecord
from competency.queries.jp import rulebook
from competency.services import ledger
from tests.factories import (
    EmployeeFactory,
    EnrolmentFactory,
    SessionFactory,
    make_finished_session,
    make_officer,
)
from training.models import Certificate, CertificateSeries, Enrolment, Session
from training.services import certificate as service
from training.services import certificate_file as files
from training.services import certificate_issue as worker
from training.services.completion import earned

pytestmark = pytest.mark.usefixtures("forms")


@pytest.fixture
def city(settings, tmp_path) -> Session:
    """A finished session with seats, JP and certificates, all as it must be."""
    settings.MEDIA_ROOT = tmp_path
    session = make_finished_session(2, confirmed_count=2)
    for enrolment in session.enrolments.select_related("employee"):
        ledger.post(enrolment.employee, earned(enrolment, session, rulebook()), by=None)
    Session.objects.update(next_number=F("quota") + 10_000_000)
    service.request_batch(session, by=make_officer())
    worker.issue_due()
    return session


def audit() -> None:
    call_command("audit_invariants", report=None)


def told(capsys) -> str:
    """What it says, having found something."""
    capsys.readouterr()
    with pytest.raises(CommandError) as caught:
        audit()
    assert caught.value.returncode == 1
    return capsys.readouterr().out


def test_where_all_is_well_it_says_so(city, capsys):
    audit()
    assert "Semua sesuai." in capsys.readouterr().out


def test_a_report_can_be_written(city, tmp_path):
    path = tmp_path / "report.json"
    call_command("audit_invariants", report=path)
    assert json.loads(path.read_text()) == {"broken": [], "orphans_removed": 0}


def test_a_count_of_seats_that_differs(city, capsys):
    Session.objects.update(confirmed_count=1)
    assert f"jadwal {city.pk} mencatat 1 terisi, tetapi ada 2" in told(capsys)


def test_a_number_that_would_be_given_twice(city, capsys):
    Session.objects.update(next_number=1)
    assert f"jadwal {city.pk} akan memberi nomor 1 lagi" in told(capsys)


def test_somebody_who_waits_for_a_session_that_is_over(city, capsys):
    EnrolmentFactory(session=city, status="waiting")
    assert "masih Daftar tunggu pada jadwal yang sudah berakhir" in told(capsys)


def test_a_seat_whose_approval_is_open(city, capsys):
    session = SessionFactory(confirmed_count=1, next_number=10_000_000)
    EnrolmentFactory(session=session, status="confirmed", step="bkpsdm")
    assert "tetapi menunggu persetujuan" in told(capsys)


def test_a_completed_training_without_jp(city, capsys):
    Session.objects.filter(pk=city.pk).update(confirmed_count=3)
    EnrolmentFactory(session=city, status="completed")
    assert "selesai tanpa baris JP" in told(capsys)


def test_jp_for_somebody_who_did_not_complete(city, capsys):
    Enrolment.objects.filter(pk=city.enrolments.first().pk).update(status="not_completed")
    out = told(capsys)
    assert "punya baris JP tetapi Belum memenuhi syarat" in out
    assert "untuk pendaftaran yang tidak selesai" in out


def test_a_gap_in_the_numbers(city, capsys):
    CertificateSeries.objects.update(last=3)
    assert "sudah memberi 3 nomor, tercatat 2" in told(capsys)


def test_a_version_without_the_one_before(city, capsys):
    Certificate.objects.filter(pk=city.certificates.first().pk).update(version=2)
    assert "tidak berurutan" in told(capsys)


def test_a_file_that_is_missing_and_one_that_was_changed(city, capsys):
    first, second = city.certificates.order_by("pk")
    files.path_of(first.file).unlink()
    files.path_of(second.file).write_bytes(b"x")
    out = told(capsys)
    assert f"{first.number} hilang" in out
    assert f"{second.number} tidak sama dengan yang diterbitkan" in out


def test_a_file_that_nobody_recorded_is_removed_once_it_is_old(city, capsys):
    stray = files.store(b"%PDF", public_id="stray", year=2026)
    audit()
    assert stray.name in files.stored_names()
    old = time.time() - 7200
    os.utime(files.path_of(stray.name), (old, old))
    audit()
    assert stray.name not in files.stored_names()


def line(**extra) -> LedgerLine:
    values = {"employee": EmployeeFactory(), "day": date(2026, 5, 4), "year": 2026, "title": "x"}
    values |= {"jp": Decimal(4), "source": "portal", "source_key": f"k{LedgerLine.objects.count()}"}
    return LedgerLine.objects.create(**{**values, **extra})


def test_a_line_in_the_wrong_year(city, capsys):
    line(year=2025)
    assert "tercatat tahun 2025" in told(capsys)


def test_a_reversal_of_another_amount(city, capsys):
    wrong = line()
    line(employee=wrong.employee, jp=Decimal(-3), reverses=wrong)
    assert f"tidak sama dengan baris {wrong.pk}" in told(capsys)


def test_a_verified_record_whose_line_a_person_took_back_is_in_order(city, capsys):
    record = TrainingRecord.objects.create(
        employee=EmployeeFactory(), title="x", end=date(2026, 5, 4), jp=4, status="verified", match_key="d"
    )
    ledger.reverse(ledger.post_record(record, by=None), by=make_officer(), reason="Tercatat dua kali")
    audit()
    assert "Semua sesuai." in capsys.readouterr().out


def test_records_that_count_wrongly(city, capsys):
    person = EmployeeFactory()
    values = {"employee": person, "title": "x", "end": date(2026, 5, 4), "jp": 4}
    silent = TrainingRecord.objects.create(**values, status="verified", match_key="a")
    loud = TrainingRecord.objects.create(**values, status="rejected", match_key="b")
    twice = TrainingRecord.objects.create(**values, status="verified", match_key="c")
    line(record=loud)
    line(record=twice)
    line(record=twice)
    out = told(capsys)
    assert f"riwayat {silent.pk} terverifikasi tetapi tidak dihitung" in out
    assert f"riwayat {loud.pk} dihitung padahal ditolak" in out
    assert f"riwayat {twice.pk} dihitung dua kali" in out
