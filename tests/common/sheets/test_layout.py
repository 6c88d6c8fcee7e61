"""Which rows are data: bad inputs B57, B58, B62, B63, B65."""

import pytest

from asnportal.common.sheets import HISTORY, Refused
from tests.common.sheets.files import HEAD, NIP, OTHER, csv, preview, read, xlsx

ROW = [NIP, "Budi", "Dinas Kesehatan"]
MORE = [OTHER, "Ani", "Dinas Kesehatan"]


def kinds(rows: list[list[object]], merges: tuple[str, ...] = ()) -> list[tuple[int, str]]:
    table = read(xlsx([HEAD, ROW, *rows], merges=merges))
    found = [(row.number, "data") for row in table.rows[1:]]
    found += [(row.number, row.kind) for row in table.skipped]
    return sorted(found)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["JUMLAH", "", "12"], "total"),
        (["", "Total", "12"], "total"),
        (["Sub Jumlah", "", "12"], "total"),
        (["DINAS KESEHATAN"], "unit"),
        (["II. UPTD PUSKESMAS PALARAN"], "unit"),
        (["A", "KECAMATAN PALARAN"], "unit"),
        (["UNIT KERJA : DINAS KESEHATAN"], "unit"),
        (["", "", "Samarinda, 24 November 2026"], "signature"),
        (["", "Mengetahui,"], "signature"),
        (["", "Kepala Dinas Kesehatan"], "signature"),
        (["", "a.n. Wali Kota"], "signature"),
        (["NIP. 19680101 199403 1 001"], "signature"),
        (["Catatan: data per November"], "note"),
        (["1", "2", "3"], "number"),
        (["(1)", "(2)", "(3)"], "number"),
        (HEAD, "heading"),
        ([" nip ", "Nama", "unit  kerja"], "heading"),
        (["", "Ani", "Dinas Kesehatan"], "data"),
        (["-", "Ani"], "data"),
        (["123", "Ani", "Dinas"], "data"),
        ([OTHER], "data"),
        ([1.98501012010011e17, "Ani"], "data"),
    ],
)
def test_a_row_is_told_by_what_stands_in_it(row: list[object], kind: str) -> None:
    assert kinds([row]) == [(3, kind)]


def test_a_signature_ends_with_the_next_row_of_data() -> None:
    rows = [["", "Mengetahui,"], ["", "Sulaiman"], [OTHER[:8] + " " + OTHER[8:]], MORE, ["", "Ani"]]
    assert kinds(rows) == [(3, "signature"), (4, "signature"), (5, "signature"), (6, "data"), (7, "data")]


def test_the_signers_name_and_number_are_not_kept() -> None:
    table = read(xlsx([HEAD, ROW, ["", "Mengetahui,"], ["", "Sulaiman"], ["NIP. 196801011994031001"]]))
    assert [row.text for row in table.skipped] == ["", "", ""]


def test_B58_a_merged_line_is_a_unit_row_whatever_it_says() -> None:
    table = read(xlsx([HEAD[:2], [*ROW[:2], ""], ["TIM KHUSUS"], MORE[:2]], merges=("A3:C3",)))
    assert [(row.number, row.kind, row.text) for row in table.skipped] == [(3, "unit", "TIM KHUSUS")]
    assert [row.heading_unit for row in table.rows] == ["", "TIM KHUSUS"]


def test_a_unit_in_the_titles_holds_until_the_next_unit_row() -> None:
    rows = [
        ["DAFTAR"],
        ["UNIT KERJA", ":", "DINAS KESEHATAN"],
        HEAD[:2],
        ROW[:2],
        ["II. DINAS SOSIAL"],
        MORE[:2],
    ]
    assert [row.heading_unit for row in read(xlsx(rows)).rows] == ["DINAS KESEHATAN", "DINAS SOSIAL"]


def test_B58_merged_cells_in_rows_of_data_are_told_for_the_cells_below() -> None:
    table = read(xlsx([HEAD, ROW, [OTHER, "Ani"]], merges=("C2:C3",)))
    assert [[problem.code for problem in row.problems] for row in table.rows] == [[], ["merged"]]
    problem = table.rows[1].problems[0]
    assert (problem.column, problem.message) == ("UNIT KERJA", "Sel gabungan. Pisahkan sel lalu unggah lagi.")


def test_B57_titles_above_the_heading_up_to_row_40() -> None:
    titles = [["DAFTAR PEGAWAI"], ["Keadaan 2026"], []]
    table = read(xlsx([*titles, HEAD, ROW]))
    assert (table.heading_row, table.rows[0].number) == (4, 5)
    assert read(xlsx([*([[]] * 39), HEAD, ROW])).heading_row == 40
    with pytest.raises(Refused) as caught:
        read(xlsx([*([[]] * 45), HEAD, ROW]))
    assert caught.value.message == "Kolom wajib tidak ditemukan: NIP, Nama. Unduh templat."


@pytest.mark.parametrize("merged", [True, False])
def test_B57_two_tiers_are_joined_with_and_without_merged_cells(*, merged: bool) -> None:
    upper = ["NIP", "NAMA", "PANGKAT", "", "JABATAN", "", "MASA KERJA", ""]
    lower = ["", "", "GOL", "TMT", "NAMA", "TMT", "TH", "BL"]
    row = [NIP, "Budi", "III/c", "01-04-2022", "Guru", "01-01-2020", "1", "2"]
    merges = ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:H1") if merged else ()
    table = read(xlsx([upper, lower, row], merges=merges))
    assert table.heading_row == 2
    assert [column.field for column in table.columns] == [
        "nip", "name", "rank", "rank_since", "position", "position_since", None, None,
    ]  # fmt: skip
    assert table.ignored_columns == ["MASA KERJA TH", "MASA KERJA BL"]
    assert [row.number for row in table.rows] == [3]


def test_B57_a_neutral_heading_over_a_group_adds_nothing() -> None:
    upper = ["IDENTITAS PEGAWAI", "", "LATIHAN JABATAN", ""]
    lower = ["NIP", "NAMA", "NAMA", "JAM"]
    table = read(xlsx([upper, lower, [NIP, "Budi", "Latihan", "40"]], merges=("A1:B1", "C1:D1")))
    assert [column.field for column in table.columns] == ["nip", "name", None, None]


def test_B57_one_heading_row_is_not_joined_with_the_first_row_of_data() -> None:
    assert [row.number for row in read(xlsx([HEAD, ROW, MORE])).rows] == [2, 3]


def test_B65_blank_rows_are_passed_over_and_counted() -> None:
    table = read(xlsx([HEAD, ROW, [], ["", " ", "\u00a0"], ["-", "-", "-"], MORE, *([[" "]] * 20)]))
    assert [row.number for row in table.rows] == [2, 6]
    assert table.blank == 23


def test_B56_columns_that_are_missing_are_named_and_can_be_chosen() -> None:
    data = xlsx([["Nomor Pegawai", "NAMA", "UNIT KERJA"], ROW])
    with pytest.raises(Refused) as caught:
        read(data)
    assert caught.value.message == "Kolom wajib tidak ditemukan: NIP. Unduh templat."
    assert preview(data).missing == ("nip",)


def test_B59_a_clash_is_refused_naming_both_columns() -> None:
    data = xlsx([["NIP", "NAMA", "NIP BARU"], [NIP, "Budi", NIP]])
    with pytest.raises(Refused) as caught:
        read(data)
    told = "Kolom “NIP (A)” dan “NIP BARU (C)” sama-sama dibaca sebagai NIP. Sisakan satu."
    assert caught.value.message == told
    assert len(preview(data).clashes) == 1


def test_B63_an_error_in_a_text_file_is_an_error_too() -> None:
    table = read(csv([HEAD, [NIP, "Budi", "#N/A"], [OTHER, "#hashtag", "Dinas"]]), "x.csv")
    first, second = table.rows
    assert [(problem.field, problem.message) for problem in first.problems] == [
        ("unit", "Sel berisi kesalahan rumus #N/A.")
    ]
    assert "unit" not in first.values
    assert second.problems == ()


def test_one_person_with_many_trainings_under_a_merged_number() -> None:
    rows = [
        ["NIP", "NAMA", "NAMA DIKLAT", "TAHUN", "JP"],
        [NIP, "Budi", "Arsip", "2024", "8"],
        ["", "", "Web", "2025", "8"],
    ]
    table = read(xlsx(rows, merges=("A2:A3", "B2:B3")), vocabulary=HISTORY)
    assert [[problem.code for problem in row.problems] for row in table.rows] == [[], ["merged", "merged"]]
