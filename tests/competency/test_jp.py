"""The worked examples of the rules: what a training gives by form, place, days and caps."""

from datetime import date
from decimal import Decimal

import pytest

from competency.models import JpRule, LearningForm
from competency.queries.jp import rulebook
from competency.services import jp
from competency.services.jp import Facts, Used, recognise

pytestmark = pytest.mark.usefixtures("forms")

MON, TUE, WED = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


def by_rule(code: str, facts: Facts, *, abroad: bool = False, used: Used = jp.NOTHING_USED) -> Decimal:
    form = LearningForm.objects.get(code=code)
    rule = rulebook().on(facts.end, form_id=form.pk, abroad=abroad)
    return recognise(rule, facts, used=used).jp


def facts(material: float, *days: date, end: date | None = None) -> Facts:
    return Facts(Decimal(str(material)), min(days), end or max(days), days)


class TestMaterial:
    def test_a_training_day_of_420_net_minutes_is_9_jp_not_7(self):
        assert jp.material([420]) == 9

    def test_an_eight_hour_day_is_10_jp_not_8(self):
        assert jp.material([480]) == 10

    def test_minutes_are_summed_before_they_are_divided(self):
        assert jp.material([40, 40, 40]) == 2

    @pytest.mark.parametrize(
        ("minutes", "expected"),
        [
            ([40, 40, 40], [1, 1, 0]),
            ([90, 90], [2, 2]),
            ([100, 80, 60], [2, 2, 1]),
            ([50, 130, 50], [1, 3, 1]),
            ([], []),
        ],
    )
    def test_jp_per_subject_are_whole_and_sum_to_the_total(self, minutes, expected):
        assert jp.share(minutes) == expected
        assert sum(jp.share(minutes)) == jp.material(minutes)


class TestPerDayAndPerTime:
    def test_a_national_seminar_of_two_days_is_8_jp_not_16(self):
        assert by_rule("B6", facts(16, MON, TUE)) == 8

    def test_two_meetings_on_one_day_are_one_day_of_seminar(self):
        assert by_rule("B6", facts(8, MON, MON)) == 4

    def test_a_workshop_of_three_days_is_15_jp(self):
        assert by_rule("B7", facts(24, MON, TUE, WED)) == 15

    def test_an_international_workshop_of_two_days_is_14_jp(self):
        assert by_rule("B7", facts(16, MON, TUE), abroad=True) == 14

    def test_an_international_seminar_day_is_6_jp(self):
        assert by_rule("B6", facts(8, MON), abroad=True) == 6

    def test_benchmarking_of_four_days_is_10_jp_once(self):
        assert by_rule("C7", Facts(Decimal(32), MON, date(2026, 11, 26))) == 10

    def test_an_internship_of_one_month_is_20_jp_once(self):
        assert by_rule("C11", Facts(Decimal(160), date(2026, 10, 1), date(2026, 10, 31))) == 20

    def test_a_study_assignment_gives_20_jp_each_semester(self):
        assert by_rule("A1", Facts(Decimal(1), date(2025, 8, 1), date(2026, 7, 31))) == 40

    def test_without_meetings_the_weekdays_of_the_range_count(self):
        assert by_rule("B6", Facts(Decimal(20), date(2026, 11, 20), MON)) == 8

    def test_a_seminar_on_a_sunday_still_has_a_day(self):
        sunday = date(2026, 11, 22)
        assert by_rule("B6", Facts(Decimal(4), sunday, sunday)) == 4


class TestCaps:
    def test_coaching_counts_twice_a_month(self):
        march = [date(2026, 3, day) for day in (3, 10, 17)]
        assert by_rule("C1", facts(8, *march, date(2026, 4, 7))) == 6

    def test_coaching_and_mentoring_are_counted_apart(self):
        rules = {code: LearningForm.objects.get(code=code) for code in ("C1", "C2")}
        assert rules["C1"] != rules["C2"]
        two = facts(4, date(2026, 3, 3), date(2026, 3, 10))
        assert by_rule("C1", two) + by_rule("C2", two) == 8

    def test_coaching_earlier_in_the_month_uses_up_the_times(self):
        used = Used(times={(2026, 3): 1})
        assert by_rule("C1", facts(4, date(2026, 3, 10), date(2026, 3, 17)), used=used) == 2

    def test_e_learning_counts_three_jp_a_day(self):
        claimed = {MON: Decimal(6), TUE: Decimal(2)}
        assert by_rule("C3", Facts(Decimal(8), MON, TUE, claimed=claimed)) == 5

    def test_e_learning_abroad_counts_four_jp_a_day(self):
        assert by_rule("C3", facts(6, MON), abroad=True) == 4

    def test_another_e_learning_of_the_same_day_uses_up_the_cap(self):
        assert by_rule("C3", facts(3, MON), used=Used(jp={MON: Decimal(2)})) == 1

    def test_what_others_took_is_said_in_words(self):
        form = LearningForm.objects.get(code="C3")
        rule = rulebook().on(MON, form_id=form.pk)
        found = recognise(rule, facts(3, MON), used=Used(jp={MON: Decimal(2)}))
        assert found.explanation == (
            "sesuai JP materi, paling banyak 3 JP sehari; 2 JP tidak dihitung karena batas hari itu sudah terpakai"
        )

    def test_self_study_of_four_jp_on_one_day_is_2(self):
        assert by_rule("C9", facts(4, MON)) == 2

    def test_self_study_abroad_adds_a_fifth_to_what_the_cap_leaves(self):
        assert by_rule("C9", facts(4, MON), abroad=True) == Decimal("2.40")


class TestAbroad:
    def test_technical_training_abroad_is_multiplied_by_one_and_a_fifth(self):
        assert by_rule("B3", facts(32, MON), abroad=True) == Decimal("38.40")

    def test_structural_training_has_no_such_bonus(self):
        assert by_rule("B1", facts(900, MON), abroad=True) == 900


class TestRules:
    def test_the_rule_of_the_end_date_holds(self):
        form = LearningForm.objects.get(code="B6")
        JpRule.objects.filter(form=form, abroad=False).update(valid_until=date(2026, 12, 31))
        JpRule.objects.create(
            form=form, basis="per_day", figure=3, valid_from=date(2027, 1, 1), legal_basis="Aturan baru"
        )
        old, new = date(2026, 12, 30), date(2027, 1, 2)
        assert by_rule("B6", facts(4, old)) == 4
        assert by_rule("B6", facts(8, old, new)) == 6

    def test_a_form_without_a_rule_counts_as_jp_materi(self):
        assert recognise(None, facts(12, MON)).jp == 12

    @pytest.mark.parametrize(
        ("code", "abroad", "words"),
        [
            ("B3", False, "sesuai JP materi"),
            ("B3", True, "12 JP materi × 1,2"),
            ("B6", False, "2 hari × 4 JP"),
            ("C1", False, "2 pertemuan × 2 JP, paling banyak 2 kali sebulan"),
            ("C7", False, "10 JP sekali kegiatan"),
            ("A1", False, "1 semester × 20 JP"),
            ("C3", False, "sesuai JP materi, paling banyak 3 JP sehari"),
        ],
    )
    def test_every_figure_says_how_it_came_about(self, code, abroad, words):
        form = LearningForm.objects.get(code=code)
        rule = rulebook().on(TUE, form_id=form.pk, abroad=abroad)
        assert recognise(rule, facts(12, MON, TUE)).explanation == words

    def test_all_rules_are_read_in_one_statement(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            rulebook()
