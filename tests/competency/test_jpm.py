"""JPM and its class: every figure of DOMAIN.md section 9 rule 11, and what must hold for any levels."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from competency.services.jpm import Bounds, match, verdict

SELECTION, MAPPING = Bounds(Decimal(80), Decimal(68)), Bounds(Decimal(90), Decimal(78))
NINE = (3, 3, 2, 3, 3, 2, 3, 2, 3)
PAIRS = some.lists(some.tuples(some.integers(0, 5), some.integers(1, 5)), min_size=1, max_size=57)


def nine(*found):
    return match((level, 3) for level in found)


def test_rule_11_nine_levels_of_24_against_27_are_88_89_percent():
    assert nine(*NINE) == match([(24, 27)])
    assert nine(*NINE).uncut == nine(*NINE).cut == Decimal("88.89")
    assert verdict(Decimal("88.89"), "selection", SELECTION).words == "Memenuhi Syarat"
    assert verdict(Decimal("88.89"), "mapping", MAPPING).words == "Cukup Optimal"


def test_rule_11_a_surplus_is_92_59_uncut_and_88_89_cut_at_the_standard():
    found = nine(4, *NINE[1:])
    assert (found.uncut, found.cut) == (Decimal("92.59"), Decimal("88.89"))
    words = [verdict(figure, "mapping", MAPPING).words for figure in (found.uncut, found.cut)]
    assert words == ["Optimal", "Cukup Optimal"]


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("80.00", "Memenuhi Syarat"),
        ("79.99", "Masih Memenuhi Syarat"),
        ("68.00", "Masih Memenuhi Syarat"),
        ("67.99", "Kurang Memenuhi Syarat"),
    ],
)
def test_rule_11_edges_of_the_classes_for_selection(figure, words):
    assert verdict(Decimal(figure), "selection", SELECTION).words == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("90.00", "Optimal"),
        ("89.99", "Cukup Optimal"),
        ("78.00", "Cukup Optimal"),
        ("77.99", "Kurang Optimal"),
    ],
)
def test_edges_of_the_classes_for_mapping(figure, words):
    assert verdict(Decimal(figure), "mapping", MAPPING).words == words


def test_rule_11_averaging_is_not_summing_where_the_posts_levels_differ():
    pairs = [(1, 1), (2, 4)]
    average = sum(Decimal(100 * found) / asked for found, asked in pairs) / 2
    assert (average, match(pairs).uncut) == (Decimal(75), Decimal("60.00"))
    equal = [(2, 3), (3, 3)]
    average = sum(Decimal(100 * found) / asked for found, asked in equal) / 2
    assert match(equal).uncut == average.quantize(Decimal("0.01"))


def test_where_nothing_is_asked_there_is_no_figure():
    assert match([]) is None


@given(PAIRS)
def test_the_cut_figure_is_never_above_the_uncut_one_and_lies_between_0_and_100(pairs):
    found = match(pairs)
    assert 0 <= found.cut <= min(100, found.uncut)


@given(PAIRS, some.data())
def test_a_higher_level_never_lowers_either_figure(pairs, data):
    at = data.draw(some.integers(0, len(pairs) - 1))
    level, asked = pairs[at]
    higher = [*pairs[:at], (data.draw(some.integers(level, 5)), asked), *pairs[at + 1 :]]
    before, after = match(pairs), match(higher)
    assert after.cut >= before.cut
    assert after.uncut >= before.uncut


@given(some.decimals(0, 300, places=2), some.sampled_from(["selection", "mapping"]))
def test_a_higher_figure_never_gives_a_lower_class(figure, purpose):
    bounds = SELECTION if purpose == "selection" else MAPPING
    assert verdict(figure + 1, purpose, bounds).rank <= verdict(figure, purpose, bounds).rank
