"""Imported trainings: as recorded, waiting ones decided by a second person."""

from datetime import date
from decimal import Decimal

import pytest

from asnportal.common.errors import OwnCase, Refusal, WrongState
from competency.models import LearningForm, LedgerLine, TrainingRecord
from competency.services import ledger, record
from tests.factories import EmployeeFactory, make_officer

pytestmark = pytest.mark.usefixtures("forms")

Status = TrainingRecord.Status


def make_record(employee=None, *, code="B6", jp=6, **extra) -> TrainingRecord:
    values = {
        "employee": employee or EmployeeFactory(),
        "title": "Webinar Arsip Digital",
        "form": LearningForm.objects.get(code=code),
        "end": date(2026, 9, 30),
        "jp": jp,
        "number": "123/ANRI/2026",
        "match_key": f"k{TrainingRecord.objects.count()}",
    }
    return TrainingRecord.objects.create(**{**values, **extra})


class TestPosting:
    def test_a_verified_record_counts_as_recorded_with_a_note_of_the_rule(self):
        line = ledger.post_record(make_record(status=Status.VERIFIED), by=None)
        assert (line.jp, line.jp_material, line.evidence_number) == (6, 6, "123/ANRI/2026")
        assert line.explanation == "sesuai catatan; menurut aturan 4 JP (1 hari × 4 JP)"
        assert line.source == LedgerLine.Source.IMPORT

    def test_where_the_rule_agrees_there_is_no_note(self):
        line = ledger.post_record(make_record(jp=4, status=Status.VERIFIED), by=None)
        assert line.explanation == "sesuai catatan"

    def test_a_record_with_only_a_year_counts_on_its_last_day(self):
        line = ledger.post_record(make_record(end=None, year=2024, status=Status.VERIFIED), by=None)
        assert (line.day, line.year) == (date(2024, 12, 31), 2024)

    @pytest.mark.parametrize("status", [Status.WAITING, Status.REJECTED])
    def test_what_waits_or_was_rejected_never_counts(self, status):
        assert ledger.post_record(make_record(status=status), by=None) is None

    def test_posting_again_writes_nothing(self):
        records = [make_record(status=Status.VERIFIED) for _ in range(3)]
        assert ledger.post_records(records, by=None) == 3
        ledger.post_records(records, by=None)
        assert LedgerLine.objects.count() == 3

    @pytest.mark.parametrize("count", [1, 3])
    def test_many_are_posted_in_as_many_statements_as_one(self, count, django_assert_num_queries):
        records = [make_record(status=Status.VERIFIED) for _ in range(count)]
        with django_assert_num_queries(4):  # savepoint, rules, lines, release
            ledger.post_records(records, by=None)

    def test_a_corrected_record_is_reversed_and_posted_anew(self):
        old = make_record(status=Status.VERIFIED)
        ledger.post_record(old, by=None)
        old.jp = Decimal(4)
        old.save()
        ledger.sync_record(old, by=None)
        ledger.sync_record(old, by=None)
        assert [line.jp for line in LedgerLine.objects.order_by("id")] == [6, -6, 4]

    def test_a_record_that_is_no_longer_verified_is_reversed(self):
        old = make_record(status=Status.VERIFIED)
        ledger.post_record(old, by=None)
        TrainingRecord.objects.update(status=Status.REJECTED)
        old.refresh_from_db()
        assert ledger.sync_record(old, by=None) is None
        assert sum(LedgerLine.objects.values_list("jp", flat=True)) == 0


class TestObstacles:
    def test_more_than_usual_is_held_with_the_figure(self):
        form = LearningForm.objects.get(code="B6")
        assert record.obstacles(Decimal(401), date(2026, 1, 1), form) == [
            "JP di atas yang lazim untuk Seminar/konferensi/sarasehan (400 JP)."
        ]

    @pytest.mark.parametrize(("code", "jp"), [("B6", 400), ("B1", 1500)])
    def test_the_usual_maximum_itself_is_not_odd(self, code, jp):
        form = LearningForm.objects.get(code=code)
        assert record.obstacles(Decimal(jp), date(2026, 1, 1), form) == []

    def test_missing_jp_and_date_are_named(self):
        assert record.obstacles(None, None, None) == ["Jumlah JP belum tercatat.", "Tanggal belum tercatat."]


class TestDeciding:
    def test_an_officer_verifies_and_the_jp_count(self):
        officer, waiting = make_officer(), make_record()
        record.verify(waiting, by=officer)
        assert (waiting.status, waiting.checked_by) == (Status.VERIFIED, officer)
        assert ledger.living_line(waiting).jp == 6

    def test_a_person_may_accept_more_than_usual(self):
        waiting = make_record(jp=500)
        record.verify(waiting, by=make_officer())
        assert ledger.living_line(waiting).jp == 500

    def test_an_officer_rejects_with_a_reason_and_nothing_counts(self):
        officer, waiting = make_officer(), make_record()
        record.reject(waiting, by=officer, reason="Bukan nama Anda")
        assert (waiting.status, waiting.note) == (Status.REJECTED, "Bukan nama Anda")
        assert not LedgerLine.objects.exists()

    def test_rejecting_asks_for_a_reason(self):
        with pytest.raises(Refusal, match="Tulis alasan"):
            record.reject(make_record(), by=make_officer(), reason=" ")

    def test_nobody_decides_on_his_own_record(self):
        officer = make_officer()
        own = make_record(officer.employee)
        with pytest.raises(OwnCase):
            record.verify(own, by=officer)
        with pytest.raises(OwnCase):
            record.reject(own, by=officer, reason="x")
        own.refresh_from_db()
        assert own.status == Status.WAITING

    def test_a_record_is_decided_once(self):
        officer, waiting = make_officer(), make_record()
        record.verify(waiting, by=officer)
        with pytest.raises(WrongState):
            record.verify(waiting, by=officer)

    def test_a_record_without_jp_is_not_verified(self):
        with pytest.raises(Refusal, match="Jumlah JP belum tercatat"):
            record.verify(make_record(jp=None), by=make_officer())

    def test_in_bulk_ones_own_is_left_with_a_reason_and_the_others_are_done(self):
        officer = make_officer()
        own, others = make_record(officer.employee), [make_record() for _ in range(3)]
        outcome = record.verify_many([own, *others], by=officer)
        assert outcome.done == 3
        assert [(item, text) for item, text in outcome.refused] == [(own, OwnCase().message)]
