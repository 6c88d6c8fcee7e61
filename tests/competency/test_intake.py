"""The import of training history: records as recorded, verified only by those who may, never one's own."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from asnportal.audit.models import AuditLine
from asnportal.common.errors import Refusal
from asnportal.people.models import Employee
from competency.models import LedgerLine, TrainingRecord
from competency.services import intake, record
from competency.services.intake import HistoryDecisions, HistoryPlan
from tests.data.tables import history_table
from tests.factories import EmployeeFactory, UnitFactory, make_nip, make_officer

pytestmark = pytest.mark.usefixtures("forms")

TODAY = date(2026, 11, 24)
NIP = make_nip(1)
ROW = f"{NIP};Bimbingan Teknis Arsip;2026-03-02;2026-03-03;16;800.2/1/2026;Terverifikasi"


@pytest.fixture
def person() -> Employee:
    return EmployeeFactory(nip=NIP)


def examine(*rows: str, scope: frozenset[int] | None = None, **told: Any) -> HistoryPlan:
    return intake.examine(history_table(*rows), today=TODAY, decisions=HistoryDecisions(**told), scope=scope)


def run(*rows: str, **told: Any) -> HistoryPlan:
    plan = examine(*rows, **told)
    intake.write(plan, by=None, source="riwayat.csv sha256:1")
    return plan


def outcomes(plan: HistoryPlan) -> list[str]:
    return [row.outcome.value for row in plan.report.rows]


def counted() -> Decimal:
    return LedgerLine.objects.aggregate(jp=Sum("jp"))["jp"] or Decimal(0)


class TestStates:
    @pytest.mark.parametrize(
        ("word", "status", "jp"),
        [("Terverifikasi", "verified", 16), ("Menunggu", "waiting", 0), ("Ditolak", "rejected", 0)],
    )
    def test_every_row_is_kept_and_only_verified_ones_count(self, person, word, status, jp):
        run(ROW.replace("Terverifikasi", word))
        assert (TrainingRecord.objects.get().status, counted()) == (status, jp)

    def test_more_than_usual_waits_with_the_reason(self, person):
        plan = run(ROW.replace(";16;", ";1200;"))
        assert (TrainingRecord.objects.get().status, counted()) == ("waiting", 0)
        assert plan.report.rows[0].remark == (
            "Baris 2: JP di atas yang lazim untuk Bimbingan teknis (400 JP). Menunggu verifikasi."
        )

    def test_what_a_later_file_does_not_tell_stays_as_it_was(self, person):
        run(ROW)
        plan = run(ROW.removesuffix("Terverifikasi"))
        assert (outcomes(plan), TrainingRecord.objects.get().status, counted()) == (
            ["unchanged"],
            "verified",
            16,
        )

    def test_a_corrected_figure_reverses_the_old_line(self, person):
        run(ROW)
        plan = run(ROW.replace(";16;", ";12;"))
        assert (outcomes(plan), counted()) == (["updated"], 12)
        assert list(LedgerLine.objects.order_by("id").values_list("jp", flat=True)) == [16, -16, 12]
        assert AuditLine.objects.filter(verb="ledger.reverse").count() == 1

    def test_what_a_person_decided_no_later_file_undoes(self, person):
        run(ROW.replace("Terverifikasi", "Menunggu"))
        record.reject(TrainingRecord.objects.get(), by=make_officer(), reason="Tanpa bukti")
        assert outcomes(run(ROW)) == ["unchanged"]
        assert (TrainingRecord.objects.get().status, counted()) == ("rejected", 0)


class TestStale:
    LATER = ROW.replace("800.2/1/2026;Terverifikasi", "800.2/1/2026;Menunggu")

    def test_what_a_person_decided_meanwhile_is_not_overwritten(self, person):
        run(self.LATER)
        plan = examine(self.LATER.replace(";16;", ";24;"))
        record.verify(TrainingRecord.objects.get(), by=make_officer())
        with pytest.raises(Refusal) as caught:
            intake.write(plan, by=None, source="riwayat.csv sha256:2")
        assert caught.value.code == "stale"
        kept = TrainingRecord.objects.get()
        assert (kept.status, kept.jp, counted()) == (TrainingRecord.Status.VERIFIED, 16, 16)

    def test_the_same_new_training_in_two_plans_is_one(self, person):
        plans = [examine(ROW), examine(ROW)]
        intake.write(plans[0], by=None, source="a sha256:1")
        with pytest.raises(Refusal) as caught:
            intake.write(plans[1], by=None, source="b sha256:2")
        assert (caught.value.code, TrainingRecord.objects.count(), counted()) == ("stale", 1, 16)


class TestWho:
    def test_P44_who_verifies_nothing_imports_only_what_waits(self, person):
        plan = run(ROW, may_verify=False)
        assert (TrainingRecord.objects.get().status, counted()) == ("waiting", 0)
        assert plan.report.rows[0].remark == "Baris 2: Menunggu verifikasi BKPSDM."

    def test_P44_who_verifies_nothing_changes_nothing_that_is_verified(self, person):
        run(ROW)
        plan = run(ROW.replace(";16;", ";160;"), may_verify=False)
        assert (outcomes(plan), counted()) == (["unchanged"], 16)
        assert [p.code for p in plan.report.rows[0].problems] == ["kept"]

    def test_T03_nobody_verifies_himself_by_a_file(self, person):
        run(ROW, own=NIP)
        assert (TrainingRecord.objects.get().status, counted()) == ("waiting", 0)

    def test_T03_nobody_raises_his_own_figure_by_a_file(self, person):
        run(ROW)
        run(ROW.replace(";16;", ";160;"), own=NIP)
        assert counted() == 16

    def test_B68_people_of_other_units_are_refused(self, person):
        plan = examine(ROW, scope=frozenset({UnitFactory().pk}))
        assert (outcomes(plan), plan.report.rows[0].remark) == (
            ["rejected"],
            "Baris 2, kolom NIP: Pegawai bukan dari unit Anda.",
        )

    def test_an_unknown_person_is_refused(self, db):
        assert [p.code for p in examine(ROW).report.rows[0].problems] == ["nip_unknown"]


class TestOneTraining:
    def test_the_same_training_twice_in_a_file_is_taken_once(self, person):
        assert outcomes(run(ROW, ROW.replace("800.2/1/2026", "800.2.1.2026"))) == ["created", "rejected"]

    def test_a_number_that_comes_later_belongs_to_the_known_training(self, person):
        run(ROW.replace("800.2/1/2026", ""))
        assert outcomes(run(ROW)) == ["updated"]
        assert (TrainingRecord.objects.get().number, counted()) == ("800.2/1/2026", 16)
        assert outcomes(run(ROW)) == ["unchanged"]

    def test_another_number_is_another_training(self, person):
        run(ROW)
        assert outcomes(run(ROW.replace("800.2/1/2026", "800.2/2/2026"))) == ["created"]


class TestStatements:
    @pytest.mark.parametrize("count", [1, 3])
    def test_as_many_for_one_row_as_for_many(self, count, db):
        people = [EmployeeFactory(nip=make_nip(n)) for n in range(count)]
        rows = [ROW.replace(NIP, p.nip).replace("/1/", f"/{p.nip}/") for p in people]
        spent = []
        ContentType.objects.get_for_model(LedgerLine)  # looked up once in the life of a process
        for lines in (rows, [row.replace(";16;", ";12;") for row in rows]):
            with CaptureQueriesContext(connection) as captured:
                plan = examine(*lines)
            examining = len(captured)
            with CaptureQueriesContext(connection) as captured:
                intake.write(plan, by=None, source="a")
            spent.append((examining, len(captured)))
        assert spent == [(3, 10), (3, 16)]
