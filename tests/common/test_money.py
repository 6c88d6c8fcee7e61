"""What something costs: figures as offices write them, or words (B38)."""

import pytest

from asnportal.common.money import NEGATIVE, PLAIN, InvalidCost, parse_cost


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Rp 1.500.000,00", "Rp 1.500.000"),
        ("Rp1.500.000,-", "Rp 1.500.000"),
        ("1500000", "Rp 1.500.000"),
        ("rp. 250.000", "Rp 250.000"),
        ("1.500,50", "Rp 1.500,50"),
        ("", ""),
        ("0", ""),
        ("Rp 0,00", ""),
        (" Rp 250.000  per orang ", "Rp 250.000 per orang"),
        ("Ditanggung unit pengirim", "Ditanggung unit pengirim"),
    ],
)
def test_B38_a_figure_is_kept_in_one_way_and_words_stay(typed: str, kept: str) -> None:
    assert parse_cost(typed) == kept
    assert parse_cost(kept) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-5", NEGATIVE),
        ("Rp -1.500.000", NEGATIVE),
        ("1,500,000.00", PLAIN),
        ("1.50", PLAIN),
        ("1.500.00", PLAIN),
        ("1,2,3", PLAIN),
        ("...", PLAIN),
    ],
)
def test_B38_a_figure_that_could_be_misread_is_asked_again(typed: str, sentence: str) -> None:
    with pytest.raises(InvalidCost) as refused:
        parse_cost(typed)
    assert refused.value.message == sentence
