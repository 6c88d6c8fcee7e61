"""IP ASN by pure functions: the worked examples of DOMAIN.md section 9, rules 8 to 10, and what must always hold."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competency.services.index import (
    Facts,
    Learnt,
    Penalty,
    Rules,
    category,
    degree_of,
    mean,
    score,
    steps,
)

FILE = Path(__file__).parents[2] / "competency" / "reference" / "index_rules.json"
[RAW] = json.loads(FILE.read_text())
RULES = Rules(RAW["code"], RAW["legal_basis"], RAW["tables"])
TODAY = date(2026, 11, 24)


def jp(form: str, hours: int, day: date = date(2026, 5, 1), title: str = "") -> Learnt:
    return Learnt(form, Decimal(hours), day, title)


TECHNICAL, SEMINAR = jp("B3", 24), jp("B6", 4)
PKP = jp("B1", 905, date(2019, 6, 1), "Pelatihan Kepemimpinan Pengawas")


def person(group="staff", education="S1", learnt=(TECHNICAL, SEMINAR), predicate="Sangat Baik", **extra):
    return Facts(kind="PNS", group=group, education=education, learnt=learnt, predicate=predicate, **extra)


def pengawas(*learnt, **extra):
    return person("structural", learnt=learnt, rank_of_post="Pengawas", **extra)


LIGHT = (Penalty("light", date(2024, 2, 1)),)


@pytest.mark.parametrize(
    ("facts", "total", "words"),
    [
        (person(), "90", "Tinggi"),
        (pengawas(TECHNICAL, SEMINAR), "75", "Sedang"),
        (pengawas(TECHNICAL, SEMINAR, PKP), "90", "Tinggi"),
        (person("functional", "S2", post="Guru Ahli Muda"), "95", "Sangat Tinggi"),
        (
            person("staff", "SLTA", (jp("B3", 12), SEMINAR), "Baik", penalties=LIGHT),
            "50.5",
            "Sangat Rendah",
        ),
        (pengawas(jp("B3", 20), PKP, predicate="Baik"), "75", "Sedang"),
        (person("staff", "D3", predicate="Baik"), "80", "Sedang"),
    ],
)
def test_rule_8_points_depend_on_the_job_group(facts, total, words):
    found = score(facts, RULES, TODAY)
    assert (found.total, found.category) == (Decimal(total), words)


def test_rule_8_the_leadership_training_must_fit_the_level_held():
    pka = jp("B1", 905, date(2019, 6, 1), "Pelatihan Kepemimpinan Administrator")
    assert score(pengawas(TECHNICAL, SEMINAR, pka), RULES, TODAY).total == 75


def test_an_s1_holder_never_becomes_very_high():
    assert score(person(), RULES, TODAY).total == 90


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("90.0", "Tinggi"),
        ("90.5", "Tinggi"),
        ("90.995", "Tinggi"),
        ("91", "Sangat Tinggi"),
        ("60.5", "Sangat Rendah"),
        ("61", "Rendah"),
    ],
)
def test_rule_9_edges_are_truncated_and_leave_no_hole(value, words):
    assert category(Decimal(value), RULES) == words


def test_rule_9_the_citys_figure_is_the_truncated_mean():
    found = mean([Decimal(75), Decimal(95), Decimal("50.5"), Decimal(90)])
    assert (found, category(found, RULES)) == (Decimal("77.62"), "Sedang")
    assert mean([]) is None


def test_rule_10_twenty_jp_of_seminars_and_coaching_are_no_technical_training():
    learnt = [jp("B6", 4) for _ in range(3)] + [jp("C1", 2) for _ in range(4)]
    technical, seminar = score(person(learnt=learnt), RULES, TODAY).components
    assert (technical.is_done, technical.jp, seminar.is_done) == (False, 0, True)


def test_rule_10_technical_forms_sum_up_within_the_year():
    learnt = [jp("B10", 8), jp("C3", 3), jp("B8", 9)]
    assert score(person(learnt=learnt), RULES, TODAY).components[0].is_done


def test_last_years_technical_training_no_longer_counts_but_last_years_seminar_does():
    last_year = [jp("B3", 24, date(2025, 12, 31)), jp("B6", 4, date(2025, 1, 1))]
    technical, seminar = score(person(learnt=last_year), RULES, TODAY).components
    assert (technical.is_done, seminar.is_done) == (False, True)


def test_a_penalty_is_forgotten_after_five_years():
    old = (Penalty("heavy", date(2021, 11, 23)),)
    recent = (Penalty("heavy", date(2021, 11, 24)), Penalty("light", date(2025, 1, 1)))
    assert score(person(penalties=old), RULES, TODAY).discipline == 5
    assert score(person(penalties=recent), RULES, TODAY).discipline == 1


def test_the_journeys_figures_67_5_to_90():
    before = person(learnt=[jp("B10", 12), jp("B6", 4, date(2025, 9, 1))])
    after = person(learnt=[*before.learnt, jp("B10", 8)])
    assert [score(one, RULES, TODAY).total for one in (before, after)] == [Decimal("67.5"), Decimal(90)]


def test_the_step_with_the_largest_gain_comes_first_and_the_degree_last():
    found = steps(person(learnt=[TECHNICAL]), RULES, TODAY)
    assert [(one.name, one.gain, one.before, one.after) for one in found] == [
        ("seminar", Decimal("17.5"), Decimal("72.5"), Decimal(90)),
        ("S2", Decimal(5), Decimal("72.5"), Decimal("77.5")),
    ]


def test_cpns_are_left_out():
    assert score(Facts(kind="CPNS", group="staff"), RULES, TODAY) is None


def test_what_nobody_entered_is_named():
    assert score(Facts(kind="PNS", group="staff"), RULES, TODAY).missing == ["education", "predicate"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("S-1 Ilmu Pemerintahan", "S1"),
        ("S-2 Manajemen", "S2"),
        ("Doktor Ilmu Hukum", "S3"),
        ("D-IV Keperawatan", "D4"),
        ("D-III Kebidanan", "D3"),
        ("Sarjana Muda", "D3"),
        ("SMA IPA", "SLTA"),
        ("SMK Akuntansi", "SLTA"),
        ("SMP", "SLTP"),
        ("", ""),
    ],
)
def test_the_degree_is_read_from_the_words_of_the_staff_data(words, key):
    assert degree_of(words) == key


LEARNT = st.builds(
    Learnt,
    form=st.sampled_from(["B1", "B3", "B4", "B6", "B7", "B10", "C1", "C3"]),
    jp=st.integers(1, 40).map(Decimal),
    day=st.dates(date(2023, 1, 1), TODAY),
    title=st.sampled_from(["", "Pelatihan Kepemimpinan Pengawas", "PKA"]),
)
FACTS = st.builds(
    Facts,
    kind=st.just("PNS"),
    group=st.sampled_from(["structural", "functional", "staff", ""]),
    post=st.sampled_from(["", "Guru Ahli Muda", "Arsiparis"]),
    rank_of_post=st.sampled_from(["", "Pengawas", "Administrator", "JPT Pratama"]),
    education=st.sampled_from(["", "S3", "S2", "S1", "D3", "SLTA", "SLTP"]),
    learnt=st.lists(LEARNT, max_size=6),
    predicate=st.sampled_from([None, "Sangat Baik", "Baik", "Kurang"]),
)


@given(FACTS, LEARNT)
def test_more_learning_never_lowers_the_index(facts, more):
    before = score(facts, RULES, TODAY)
    after = score(Facts(**{**vars(facts), "learnt": [*facts.learnt, more]}), RULES, TODAY)
    assert after.total >= before.total


@given(FACTS)
def test_no_dimension_passes_its_maximum_and_every_value_has_a_category(facts):
    found = score(facts, RULES, TODAY)
    assert found.qualification <= 25
    assert found.competence <= 40
    assert found.performance <= 30
    assert found.discipline <= 5
    assert found.category


@given(FACTS)
def test_every_step_keeps_its_promise_of_adding_something(facts):
    assert all(step.gain > 0 and step.after == step.before + step.gain for step in steps(facts, RULES, TODAY))
