"""Golongan of both scales."""

import pytest

from asnportal.common.rank import PNS_RANKS, PPPK_RANKS, InvalidRank, parse_rank


def code_of(value: object, kind: str | None = None) -> str | None:
    rank = parse_rank(value, kind=kind)
    return rank.code if rank else None


def refusal(value: object, kind: str | None = None) -> InvalidRank:
    with pytest.raises(InvalidRank) as caught:
        parse_rank(value, kind=kind)
    return caught.value


@pytest.mark.parametrize(
    "value",
    [
        "III/c", "III.C", "III/C", "iii/c", "IIIc", "III c", "III - c", "3c", "3/c", "Penata (III/c)", "III/c (Penata)",
        "Penata, III/c", "Penata / III.c", "Gol. III/c", "Golongan Ruang III/c", " III / c ", "Penata", "PENATA",
    ],
)  # fmt: skip
def test_a_pns_rank_however_offices_write_it(value: str) -> None:
    assert code_of(value) == code_of(value, "PNS") == code_of(value, "CPNS") == "III/c"


def test_a_title_with_its_grade_is_not_the_title_without() -> None:
    assert code_of("Penata Tk. I, III/d") == "III/d"
    assert code_of("Penata Tk.I") == code_of("Penata Tingkat I") == code_of("PENATA TK I") == "III/d"
    assert code_of("Penata Muda Tk. I") == "III/b"
    assert code_of("Pembina Utama Muda") == "IV/c"


@pytest.mark.parametrize("value", ["IX", "ix", "Golongan IX", "Gol. IX", "GOL IX", "9", 9.0, 9, "(IX)"])
def test_a_pppk_rank_has_no_room(value: object) -> None:
    assert code_of(value) == code_of(value, "PPPK") == code_of(value, "PPPK_PW") == "IX"


def test_the_ranks_are_complete_and_ordered_within_their_scale() -> None:
    assert len(PNS_RANKS) == 17
    assert len(PPPK_RANKS) == 17
    for ranks in (PNS_RANKS, PPPK_RANKS):
        assert [rank.order for rank in ranks] == sorted(rank.order for rank in ranks)
        assert [parse_rank(rank.code) for rank in ranks] == list(ranks)
    assert [(rank.code, rank.order) for rank in PNS_RANKS[::16]] == [("I/a", 11), ("IV/e", 45)]


@pytest.mark.parametrize("value", [None, "", "-", " "])
def test_no_rank_is_no_rank(value: object) -> None:
    assert parse_rank(value) is None


@pytest.mark.parametrize(
    "value", ["lll/a", "III/f", "V/a", "XVIII", "0", "18", "III/a - III/b", "Honorer", 3.5, True, "x" * 1_000]
)
def test_what_is_no_rank_is_refused(value: object) -> None:
    assert refusal(value).code == "unknown"


def test_a_rank_of_the_other_scale_is_refused() -> None:
    assert refusal("IX", "PNS").message == "Golongan IX adalah golongan PPPK, status pegawai PNS."
    assert refusal("III/c", "PPPK_PW").code == "scale"
    assert refusal("IV", "PNS").message == "Golongan IV belum lengkap. Tulis ruangnya, contoh III/c."
    assert code_of("IV", "PPPK") == "IV"
