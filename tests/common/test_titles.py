"""Degrees around names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnportal.common.text import InvalidText
from asnportal.common.titles import PersonName, read_name, split_name


@pytest.mark.parametrize(
    ("cell", "before", "name", "after"),
    [
        ("Dr. H. Muh. Nur'aini, S.Kom., M.Si.", "Dr. H.", "Muh. Nur'aini", "S.Kom., M.Si."),
        ("dr. Budi Santoso, Sp.OG(K)", "dr.", "Budi Santoso", "Sp.OG(K)"),
        ("DRA. HJ. SITI AMINAH, M.PD", "Dra. Hj.", "SITI AMINAH", "M.PD"),
        ("Drs Ahmad Basuni", "Drs.", "Ahmad Basuni", ""),
        ("H.Abdul Rahman, SE, MM", "H.", "Abdul Rahman", "SE, MM"),
        ("K.H. Ahmad", "K.H.", "Ahmad", ""),
        ("Budi Santoso S.Kom", "", "Budi Santoso", "S.Kom"),
        ("Ahmad S.Pd., M.Pd.", "", "Ahmad", "S.Pd., M.Pd."),
        ("Lina A.Md.Keb", "", "Lina", "A.Md.Keb"),
        ("Ns. Rina, S.Kep", "Ns.", "Rina", "S.Kep"),
        ("Andi, S.Tr. Keb.", "", "Andi", "S.Tr. Keb."),
        ("Prof. Dr. Ir. A. B. Cahya, M.Sc., Ph.D.", "Prof. Dr. Ir.", "A. B. Cahya", "M.Sc., Ph.D."),
    ],
)
def test_degrees_are_split_from_the_name(cell: str, before: str, name: str, after: str) -> None:
    assert split_name(cell) == PersonName(before, name, after)


@pytest.mark.parametrize(
    "cell",
    ["Ng", "Ahmad M. Said", "Ahmad M.Said", "Budi, Santoso", "R. Agus", "Muh. Ali", "Rahmat SE", "Hadi"],
)
def test_what_may_be_part_of_the_name_stays_there(cell: str) -> None:
    assert split_name(cell) == PersonName("", cell, "")


def test_title_columns_go_before_titles_inside_the_name() -> None:
    assert read_name("Budi", "Drs.", "M.Si.") == PersonName("Drs.", "Budi", "M.Si.")
    assert read_name("Drs. Budi, S.E.", None, "M.Si.") == PersonName("Drs.", "Budi", "M.Si.")
    assert read_name("Budi, S.E.", "-", "") == PersonName("", "Budi", "S.E.")


def test_a_name_is_printed_with_its_degrees() -> None:
    assert str(PersonName("Dr. H.", "Budi", "M.Si.")) == "Dr. H. Budi, M.Si."
    assert str(PersonName("", "Budi", "")) == "Budi"


def test_titles_too_long_for_their_column_are_refused() -> None:
    with pytest.raises(InvalidText, match="Gelar paling panjang"):
        read_name("Budi", None, "M.Si., " * 20)


@given(st.text(alphabet="ABCdrshj.,' -SMkomPd", max_size=80))
def test_nothing_is_lost_when_a_name_is_split(cell: str) -> None:
    try:
        person = split_name(cell)
    except InvalidText:
        return

    def letters(text: str) -> str:
        return "".join(char for char in text.lower() if char.isalpha())

    assert person.name
    assert letters(f"{person.title_before}{person.name}{person.title_after}") == letters(cell)
