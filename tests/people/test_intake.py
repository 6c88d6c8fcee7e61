"""The import of people: what a file would do, what a person decides, and what is written."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asnportal.audit.models import AuditLine
from asnportal.common.errors import Refusal
from asnportal.people.models import Employee, Unit
from asnportal.people.services import intake, intake_job
from asnportal.people.services.intake import Decisions, Plan
from asnportal.people.services.reference import load_ranks
from tests.data.tables import people_table
from tests.factories import (
    EmployeeFactory,
    EnrolmentFactory,
    PositionFactory,
    SessionFactory,
    UnitFactory,
    make_head,
    make_nip,
    make_officer,
)
from training.models import Enrolment, EnrolmentStatus
from training.services import escalation

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
NIP = make_nip(1)


@pytest.fixture
def health() -> Unit:
    return UnitFactory(code="11", name="Dinas Kesehatan", aliases=["Dinkes"])


@pytest.fixture
def schools() -> Unit:
    return UnitFactory(code="12", name="Dinas Pendidikan")


def examine(
    *rows: str, scope: frozenset[int] | None = None, headings: str = "NIP;Nama;Unit Kerja", **told: Any
) -> Plan:
    table = people_table(*rows, headings=headings)
    return intake.examine(table, today=TODAY, decisions=Decisions(**told), scope=scope)


def outcomes(plan: Plan) -> list[str]:
    return [row.outcome.value for row in plan.report.rows]


def codes(plan: Plan) -> list[list[str]]:
    return [[p.code for p in row.problems] for row in plan.report.rows]


class TestUnits:
    def test_a_unit_is_known_by_every_spelling(self, health):
        plan = examine(
            *[
                f"{make_nip(n)};Budi;{name}"
                for n, name in enumerate(["Dinas Kesehatan", "DINKES", "dinas  kesehatan", "11"])
            ]
        )
        assert outcomes(plan) == ["created"] * 4

    def test_one_decision_settles_a_spelling_for_all_its_rows(self, health):
        rows = [f"{make_nip(n)};Budi;Dinas Kesehatn" for n in range(3)]
        [group] = examine(*rows).report.groups()
        assert (group.choice, group.about, group.rows) == ("unit", "Dinas Kesehatn", (2, 3, 4))
        plan = examine(*rows, units={group.about: "11"})
        assert outcomes(plan) == ["created"] * 3
        assert {person.unit_id for person in plan.fresh} == {health.pk}

    def test_the_citys_name_behind_a_units_does_not_hide_what_is_meant(self, health):
        UnitFactory(code="00", name="Pemerintah Kota Contoh", level=0)
        [group] = examine(f"{NIP};Budi;DINKES KOTA CONTOH").report.groups()
        assert group.suggestions[0] == "Dinas Kesehatan (11)"

    def test_a_name_that_several_units_bear_is_settled_by_the_OPD_of_the_row(self, health, schools):
        of_health = UnitFactory(code="11.1", name="Sekretariat", parent=health)
        UnitFactory(code="12.1", name="Sekretariat", parent=schools)
        plan = examine(f"{NIP};Budi;Sekretariat;Dinas Kesehatan", headings="NIP;Nama;Unit Kerja;OPD")
        assert (outcomes(plan), plan.fresh[0].unit_id) == (["created"], of_health.pk)

    def test_a_decision_about_an_open_name_moves_nobody_whom_the_OPD_settles(self, health, schools):
        of_health = UnitFactory(code="11.1", name="Sekretariat", parent=health)
        UnitFactory(code="12.1", name="Sekretariat", parent=schools)
        rows = (f"{NIP};Budi;Sekretariat;Dinas Kesehatan", f"{make_nip(2)};Ani;Sekretariat;Dinas Entah")
        headings = "NIP;Nama;Unit Kerja;OPD"
        plan = examine(*rows, headings=headings)
        [group] = plan.report.groups()
        assert (outcomes(plan), group.rows) == (["created", "held"], (3,))
        decided = examine(*rows, headings=headings, units={group.about: "12.1"})
        assert decided.fresh[0].unit_id == of_health.pk
        assert outcomes(decided) == ["created", "created"]

    def test_rows_under_different_unknown_OPDs_are_decided_apart(self, health, schools):
        for parent in (health, schools):
            UnitFactory(code=f"{parent.code}.1", name="Sekretariat", parent=parent)
        plan = examine(
            f"{NIP};Budi;Sekretariat;Dinas Satu",
            f"{make_nip(2)};Ani;Sekretariat;Dinas Dua",
            headings="NIP;Nama;Unit Kerja;OPD",
        )
        assert len(plan.report.groups()) == 2

    def test_whom_the_file_gives_no_unit_stays_where_he_is(self, health):
        EmployeeFactory(nip=NIP, name="Budi", unit=health)
        assert outcomes(examine(f"{NIP};Budi;", f"{make_nip(2)};Ani;")) == ["unchanged", "rejected"]


class TestDoubts:
    HEADINGS = "NIP;Nama;Unit Kerja;JK;Tanggal Lahir"

    def test_what_disagrees_with_the_number_is_held(self, health):
        plan = examine(
            f"{NIP};Budi;Dinkes;L;14-05-1987",
            f"{make_nip(2)};Ani;Dinkes;P;15-05-1987",
            headings=self.HEADINGS,
        )
        assert (outcomes(plan), codes(plan)) == (["held", "held"], [["sex_differs"], ["birth_date_differs"]])

    def test_each_kind_of_disagreement_is_a_decision_of_its_own(self, health):
        rows = (f"{NIP};Budi;Dinkes;L;14-05-1987", f"{make_nip(2)};Ani;Dinkes;P;15-05-1987")
        plan = examine(*rows, headings=self.HEADINGS, accepted=frozenset({"sex_differs"}))
        assert outcomes(plan) == ["created", "held"]
        assert (plan.fresh[0].sex, plan.fresh[0].quality_marks) == ("M", ["sex_differs"])

    def test_a_row_with_two_doubts_needs_both_decisions(self, health):
        row = f"{NIP};Budi;Dinkes;L;15-05-1987"
        one = examine(row, headings=self.HEADINGS, accepted=frozenset({"sex_differs"}))
        both = examine(row, headings=self.HEADINGS, accepted=frozenset({"sex_differs", "birth_date_differs"}))
        assert (outcomes(one), outcomes(both)) == (["held"], ["created"])


class TestScope:
    def test_B68_rows_of_another_unit_are_refused(self, health, schools):
        plan = examine(
            f"{NIP};Budi;Dinas Pendidikan", f"{make_nip(2)};Ani;Dinkes", scope=frozenset({health.pk})
        )
        assert (outcomes(plan), codes(plan)) == (["rejected", "created"], [["unit_outside"], []])
        assert plan.report.rows[0].remark == "Baris 2, kolom Unit Kerja: Pegawai bukan dari unit Anda."

    def test_T51_a_number_of_another_unit_is_refused_without_a_name(self, health, schools):
        EmployeeFactory(nip=NIP, name="Rahasia Contoh", unit=schools)
        plan = examine(f"{NIP};Budi;Dinkes", scope=frozenset({health.pk}))
        [row] = plan.report.rows
        assert (row.outcome.value, row.remark) == (
            "rejected",
            "Baris 2: NIP sudah terdaftar di unit lain. Hubungi BKPSDM.",
        )
        assert "Rahasia" not in str(plan.report.as_json())

    def test_nobody_can_be_sent_away_to_another_unit(self, health, schools):
        EmployeeFactory(nip=NIP, name="Budi", unit=health)
        assert codes(examine(f"{NIP};Budi;Dinas Pendidikan", scope=frozenset({health.pk}))) == [
            ["unit_outside"]
        ]

    def test_without_any_unit_nothing_is_written(self, health):
        assert outcomes(examine(f"{NIP};Budi;Dinkes", scope=frozenset())) == ["rejected"]


class TestWriting:
    def test_what_a_file_leaves_empty_is_never_taken_away(self, health):
        position = PositionFactory(name="Perawat")
        load_ranks()
        EmployeeFactory(nip=NIP, name="Budi", unit=health, position=position, rank_id="III/a", education="S1")
        plan = examine(
            f"{NIP};Budi Santoso;Dinkes;;;", headings="NIP;Nama;Unit Kerja;Jabatan;Golongan;Pendidikan"
        )
        intake.write(plan, by=None, source="a sha256:1")
        person = Employee.objects.get(nip=NIP)
        assert (person.name, person.position, person.rank_id, person.education) == (
            "Budi Santoso",
            position,
            "III/a",
            "S1",
        )

    def test_each_change_has_a_line_of_history_naming_the_file(self, health):
        EmployeeFactory(nip=NIP, name="Budi", unit=health)
        officer = make_officer()
        plan = examine(f"{NIP};Budi Santoso;Dinkes", f"{make_nip(2)};Ani;Dinkes")
        intake.write(plan, by=officer, source="pegawai.csv sha256:1")
        lines = Employee.history.filter(history_change_reason="pegawai.csv sha256:1").order_by("history_id")
        assert [(line.history_type, line.name, line.history_user) for line in lines] == [
            ("+", "Ani", officer),
            ("~", "Budi Santoso", officer),
        ]
        trail = AuditLine.objects.get(verb="employee.import")
        assert trail.details == {"counts": {"created": 1, "updated": 1}}

    def test_a_known_person_who_left_stays_inactive_and_the_row_says_so(self, health):
        EmployeeFactory(nip=NIP, name="Budi", unit=health, is_active=False)
        plan = examine(f"{NIP};Budi Santoso;Dinkes")
        intake.write(plan, by=None, source="a")
        assert (codes(plan), Employee.objects.get(nip=NIP).is_active) == ([["inactive"]], False)

    def test_an_email_that_the_person_gave_is_kept(self, health):
        EmployeeFactory(nip=NIP, name="Budi", unit=health, email="budi@contoh.test")
        plan = examine(f"{NIP};Budi;Dinkes;dinas@contoh.test", headings="NIP;Nama;Unit Kerja;Email Dinas")
        assert outcomes(plan) == ["unchanged"]

    def test_a_plan_is_stale_once_somebody_else_wrote_one_of_its_people(self, health):
        person = EmployeeFactory(nip=NIP, name="Budi", unit=health)
        plan = examine(f"{NIP};Budi Santoso;Dinkes")
        person.phone = "+62811"
        person.save()
        with pytest.raises(Refusal) as refusal:
            intake.write(plan, by=None, source="a")
        person.refresh_from_db()
        assert (refusal.value.code, person.name, person.phone) == ("stale", "Budi", "+62811")

    def test_two_plans_for_the_same_new_person_make_one(self, health):
        first, second = (examine(f"{NIP};Budi;Dinkes") for _ in range(2))
        intake.write(first, by=None, source="a")
        with pytest.raises(Refusal, match="Jalankan impor sekali lagi"):
            intake.write(second, by=None, source="a")
        assert Employee.objects.count() == 1

    def test_an_unchanged_plan_writes_nothing(self, health):
        EmployeeFactory(nip=NIP, name="Budi", unit=health)
        plan = examine(f"{NIP};Budi;Dinkes")
        with CaptureQueriesContext(connection) as captured:
            intake.write(plan, by=None, source="a")
        assert [q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))] == []

    @pytest.mark.parametrize("count", [1, 3])
    def test_examining_and_writing_take_as_many_statements_for_one_row_as_for_many(self, health, count):
        EmployeeFactory(nip=make_nip(900), name="Budi", unit=health)
        make_head(health, EmployeeFactory(unit=health))
        rows = [f"{make_nip(900)};Budi Santoso;Dinkes", *[f"{make_nip(n)};Ani;Dinkes" for n in range(count)]]
        with CaptureQueriesContext(connection) as captured:
            plan = examine(*rows)
        examining = len(captured)
        with CaptureQueriesContext(connection) as captured:
            intake.write(plan, by=None, source="a")
        assert (examining, len(captured)) == (5, 15)


class TestMovers:
    def test_who_moves_gets_the_supervisor_there_and_open_requests_go_along(self, health, schools):
        old, new = EmployeeFactory(unit=health), EmployeeFactory(unit=schools)
        make_head(health, old)
        make_head(schools, new)
        person = EmployeeFactory(nip=NIP, name="Budi", unit=health, supervisor=old)
        request = EnrolmentFactory(
            employee=person,
            session=SessionFactory(approval="supervisor"),
            status=EnrolmentStatus.REQUESTED,
            step=Enrolment.Step.SUPERVISOR,
            approver=old,
        )
        plan = examine(f"{NIP};Budi;Dinas Pendidikan")
        assert plan.moved == [person.pk]
        intake.write(plan, by=None, source="a")
        person.refresh_from_db()
        assert person.supervisor == new
        escalation.sweep(now=timezone.now())
        request.refresh_from_db()
        assert (request.approver, request.step) == (new, Enrolment.Step.SUPERVISOR)


class TestMissing:
    def test_whom_a_file_of_everybody_does_not_name_is_listed(self, health, schools):
        below = UnitFactory(code="11.1", name="Puskesmas Contoh", parent=health)
        named, missing = EmployeeFactory(nip=NIP, unit=health), EmployeeFactory(unit=below)
        EmployeeFactory(unit=health, is_active=False)
        EmployeeFactory(unit=schools)
        plan = examine(f"{NIP};{named.name};Dinkes")
        assert intake_job.missing_from(plan, health) == [missing]

    def test_whose_row_was_refused_is_not_missing(self, health):
        EmployeeFactory(nip=NIP, unit=health)
        plan = examine(f"{NIP};Budi;Dinas Entah Apa")
        assert (outcomes(plan), intake_job.missing_from(plan, health)) == (["rejected"], [])

    def test_whose_number_cannot_be_read_is_named_by_the_name(self, health):
        named, other = EmployeeFactory(name="Ani Contoh", unit=health), EmployeeFactory(unit=health)
        plan = examine(f"{named.nip[:-3]}000x;ANI CONTOH, S.E.;Dinkes")
        assert (outcomes(plan), intake_job.missing_from(plan, health)) == (["rejected"], [other])
