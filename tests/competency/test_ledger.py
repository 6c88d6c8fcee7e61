"""The JP ledger: posting, reversing, and the year in which it counts."""

from datetime import date
from decimal import Decimal

import pytest

from asnportal.audit.models import AuditLine
from asnportal.common.errors import OwnCase, Refusal
from asnportal.people.models import Employee
from competency.models import LearningForm, LedgerLine, TrainingRecord
from competency.queries import ledger as reading
from competency.queries.period import Period, period_of_year, period_on
from competency.services import ledger
from competency.services.jp import Facts
from competency.services.ledger import Earned
from tests.factories import EmployeeFactory, make_officer

pytestmark = pytest.mark.usefixtures("forms")


def earned(key="enrolment:1", code="B3", material=20, start=date(2026, 11, 23), end=None, **extra) -> Earned:
    end = end or start
    form = LearningForm.objects.get(code=code)
    facts = extra.pop("facts", Facts(Decimal(material), start, end))
    return Earned(key, extra.pop("title", "Pelatihan Arsip"), form, facts, **extra)


def post(employee, jp, day, key=None, by=None):
    return ledger.post(employee, earned(key or f"k:{employee.pk}:{day}:{jp}", material=jp, start=day), by=by)


def done(employee, year) -> Decimal:
    return reading.year_summary(employee, year).done


class TestPosting:
    def test_a_finished_training_becomes_one_line_with_rule_and_words(self):
        officer, person = make_officer(), EmployeeFactory()
        line = ledger.post(person, earned(code="B6", organizer="BKPSDM"), by=officer)
        assert (line.jp, line.jp_material, line.year) == (4, 20, 2026)
        assert (line.explanation, line.organizer, line.posted_by) == ("1 hari × 4 JP", "BKPSDM", officer)
        assert line.rule is not None
        assert line.legal_basis.startswith("PerLAN 10/2018")

    def test_posting_again_gives_the_same_line(self):
        person = EmployeeFactory()
        first = ledger.post(person, earned(), by=None)
        assert ledger.post(person, earned(material=99), by=None) == first
        assert LedgerLine.objects.count() == 1

    def test_the_whole_training_counts_in_the_year_of_its_end(self):
        person = EmployeeFactory()
        ledger.post(person, earned(code="B10", start=date(2026, 12, 29), end=date(2027, 1, 3)), by=None)
        assert (done(person, 2026), done(person, 2027)) == (0, 20)

    def test_training_abroad_keeps_its_decimals(self):
        line = ledger.post(EmployeeFactory(), earned(material=32, abroad=True), by=None)
        assert LedgerLine.objects.get(pk=line.pk).jp == Decimal("38.40")

    def test_lines_are_neither_changed_nor_deleted(self):
        line = ledger.post(EmployeeFactory(), earned(), by=None)
        line.jp = 99
        with pytest.raises(TypeError):
            line.save()
        with pytest.raises(TypeError):
            line.delete()


class TestCapsOverSeveralTrainings:
    def test_e_learning_is_capped_per_person_and_day_over_all_of_it(self):
        person, day = EmployeeFactory(), date(2026, 11, 23)
        first = ledger.post(person, earned("a", "C3", 2, day), by=None)
        second = ledger.post(person, earned("b", "C3", 2, day), by=None)
        third = ledger.post(person, earned("c", "C3", 2, day), by=None)
        assert [line.jp for line in (first, second, third)] == [2, 1, 0]

    def test_the_cap_of_one_day_leaves_the_next_day_alone(self):
        person, monday, tuesday = EmployeeFactory(), date(2026, 11, 23), date(2026, 11, 24)
        ledger.post(person, earned("a", "C3", 3, monday), by=None)
        line = ledger.post(person, earned("b", "C3", 6, monday, tuesday), by=None)
        assert (line.jp, line.daily) == (3, {"2026-11-23": "0.00", "2026-11-24": "3.00"})

    def test_another_person_has_a_cap_of_his_own(self):
        day = date(2026, 11, 23)
        for key in "ab":
            assert ledger.post(EmployeeFactory(), earned(key, "C3", 3, day), by=None).jp == 3

    def test_coaching_of_two_programmes_counts_twice_a_month_in_all(self):
        person = EmployeeFactory()
        ledger.post(person, earned("a", "C1", 2, date(2026, 3, 2)), by=None)
        days = (date(2026, 3, 9), date(2026, 3, 16))
        facts = Facts(Decimal(4), days[0], days[1], days)
        assert ledger.post(person, earned("b", "C1", facts=facts), by=None).jp == 2
        assert ledger.post(person, earned("c", "C2", 2, date(2026, 3, 9)), by=None).jp == 2

    def test_a_reversed_line_gives_its_day_back(self):
        person, day = EmployeeFactory(), date(2026, 11, 23)
        line = ledger.post(person, earned("a", "C3", 3, day), by=None)
        ledger.reverse(line, by=make_officer(), reason="salah orang")
        assert ledger.post(person, earned("b", "C3", 3, day), by=None).jp == 3

    def test_an_imported_e_learning_of_the_day_counts_into_the_cap(self):
        person, day = EmployeeFactory(), date(2026, 11, 23)
        record = TrainingRecord.objects.create(
            employee=person,
            title="Daring",
            form=LearningForm.objects.get(code="C3"),
            end=day,
            jp=2,
            status="verified",
            match_key="m",
        )
        ledger.post_record(record, by=None)
        assert ledger.post(person, earned("b", "C3", 3, day), by=None).jp == 1


class TestReversing:
    def test_a_reversal_leaves_both_lines_and_no_jp(self):
        officer, person = make_officer(), EmployeeFactory()
        line = ledger.post(person, earned(), by=officer)
        reversal = ledger.reverse(line, by=officer, reason="tercatat dua kali")
        assert (reversal.jp, reversal.explanation) == (-20, "Pembatalan: tercatat dua kali")
        assert done(person, 2026) == 0
        assert AuditLine.objects.about(line).get().note == "tercatat dua kali"

    def test_a_line_is_reversed_once(self):
        officer, line = make_officer(), ledger.post(EmployeeFactory(), earned(), by=None)
        reversal = ledger.reverse(line, by=officer, reason="x")
        for again in (line, reversal):
            with pytest.raises(Refusal):
                ledger.reverse(again, by=officer, reason="x")

    def test_nobody_reverses_his_own_line(self):
        officer = make_officer()
        line = ledger.post(officer.employee, earned(), by=None)
        with pytest.raises(OwnCase):
            ledger.reverse(line, by=officer, reason="x")


class TestYears:
    def test_20_is_a_floor_for_pns_and_nothing_is_cut(self):
        person = EmployeeFactory()
        post(person, 31, date(2026, 4, 1))
        summary = reading.year_summary(person, 2026)
        assert (summary.counted, summary.target, summary.fulfilled, summary.excess) == (31, 20, True, 0)
        assert summary.left == 0

    def test_what_is_scheduled_is_no_longer_left_to_do(self):
        person = EmployeeFactory()
        post(person, 12, date(2026, 4, 1))
        summary = reading.year_summary(person, 2026, scheduled=Decimal(6))
        assert (summary.left, summary.fulfilled) == (2, False)

    def test_24_is_a_ceiling_for_pppk_in_the_contract_year(self):
        person = EmployeeFactory(
            kind=Employee.Kind.PPPK, contract_start=date(2026, 3, 1), contract_end=date(2027, 2, 28)
        )
        for jp, day in ((14, date(2026, 4, 6)), (6, date(2026, 11, 9)), (8, date(2027, 1, 11))):
            post(person, jp, day)
        summary = reading.year_summary(person, 2026)
        assert (summary.period.start, summary.period.end) == (date(2026, 3, 1), date(2027, 2, 28))
        assert (summary.done, summary.counted, summary.excess) == (28, 24, 4)
        assert (summary.left, summary.fulfilled) == (0, False)
        assert LedgerLine.objects.filter(employee=person).count() == 3

    def test_a_pppk_without_contract_dates_has_the_calendar_year_and_it_says_so(self):
        person = EmployeeFactory(kind=Employee.Kind.PPPK_PW)
        summary = reading.year_summary(person, 2026)
        assert (summary.period.start, summary.period.end) == (date(2026, 1, 1), date(2026, 12, 31))
        assert summary.period.note == "Tahun kontrak belum tercatat, jadi dihitung menurut tahun kalender."

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2026, 3, 1), Period(date(2026, 3, 1), date(2027, 2, 28))),
            (date(2027, 2, 28), Period(date(2026, 3, 1), date(2027, 2, 28))),
            (date(2027, 3, 1), Period(date(2027, 3, 1), date(2027, 12, 31))),
        ],
    )
    def test_a_contract_of_several_years_has_a_period_from_each_anniversary(self, day, expected):
        person = EmployeeFactory.build(
            kind="PPPK", contract_start=date(2026, 3, 1), contract_end=date(2027, 12, 31), unit=None
        )
        assert period_on(person, day) == expected

    def test_a_contract_that_began_on_a_leap_day_has_an_anniversary_each_year(self):
        person = EmployeeFactory.build(kind="PPPK", contract_start=date(2024, 2, 29), unit=None)
        assert period_of_year(person, 2025) == Period(date(2025, 2, 28), date(2026, 2, 27))

    def test_outside_the_contract_the_calendar_year_holds_and_it_says_so(self):
        person = EmployeeFactory.build(
            kind="PPPK", contract_start=date(2026, 3, 1), contract_end=date(2027, 2, 28), unit=None
        )
        assert period_on(person, date(2027, 6, 1)).note.startswith("Tanggal di luar masa kontrak")

    @pytest.mark.parametrize("count", [1, 3])
    def test_many_people_are_read_in_three_statements(self, count, django_assert_num_queries):
        people = EmployeeFactory.create_batch(count)
        for person in people:
            post(person, 5, date(2026, 4, 1))
        with django_assert_num_queries(3):
            found = reading.current_summaries(people, on=date(2026, 11, 24))
        assert {pk: summary.done for pk, summary in found.items()} == {person.pk: 5 for person in people}

    def test_records_that_wait_are_told_and_not_counted(self):
        person = EmployeeFactory()
        TrainingRecord.objects.create(
            employee=person, title="Seminar", end=date(2026, 9, 30), jp=4, match_key="w"
        )
        summary = reading.year_summary(person, 2026)
        assert (summary.done, summary.waiting, summary.waiting_count) == (0, 4, 1)

    def test_reversed_lines_leave_the_jp_materi_too(self):
        person, officer = EmployeeFactory(), make_officer()
        post(person, 5, date(2026, 4, 1))
        ledger.reverse(post(person, 9, date(2026, 4, 2)), by=officer, reason="x")
        assert reading.year_summary(person, 2026).material == 5

    def test_years_reach_from_the_first_line_to_today(self):
        person = EmployeeFactory()
        post(person, 5, date(2024, 4, 1))
        assert reading.years_of(person, today=date(2026, 11, 24)) == [2026, 2025, 2024]


class TestFulfilment:
    def test_pns_and_pppk_are_never_in_one_percentage(self):
        reached, short, contract, gone = (
            EmployeeFactory(),
            EmployeeFactory(),
            EmployeeFactory(kind=Employee.Kind.PPPK),
            EmployeeFactory(is_active=False),
        )
        for person, jp in ((reached, 20), (short, 19), (contract, 24), (gone, 30)):
            post(person, jp, date(2026, 5, 4))
        found = reading.fulfilment(Employee.objects.all(), 2026)
        assert (found.pns, found.fulfilled, found.jp, found.pppk, found.pppk_jp) == (2, 1, 39, 1, 24)
        assert found.percent == 50

    def test_a_reversal_takes_the_fulfilment_back(self):
        person = EmployeeFactory()
        line = post(person, 20, date(2026, 5, 4))
        ledger.reverse(line, by=make_officer(), reason="x")
        assert reading.fulfilment(Employee.objects.filter(pk=person.pk), 2026).fulfilled == 0
