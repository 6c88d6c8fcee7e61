"""csv, txt and HTML tables: bad inputs B50 and B61."""

import pytest

from asnportal.common.sheets import Refused, Table
from tests.common.sheets.files import HEAD, NIP, OTHER, csv, read

ROWS = [HEAD, [NIP, "Nur'aini Désiré", "Dinas Kesehatan"], [OTHER, "Ani", "Dinas Sosial"]]


def cells(table: Table) -> list[tuple[object, ...]]:
    return [tuple(row.values.values()) for row in table.rows]


WANTED = [tuple(row) for row in ROWS[1:]]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_B61_separator_and_encoding_are_found_out(separator: str, encoding: str) -> None:
    text = csv(ROWS, separator).decode()
    assert cells(read(text.encode(encoding), "x.csv")) == WANTED


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_B61_every_line_end_makes_the_same_rows(newline: str) -> None:
    table = read(csv(ROWS, ";", newline), "x.txt")
    assert cells(table) == WANTED
    assert [row.number for row in table.rows] == [2, 3]


def test_B61_a_line_break_inside_quotes_is_one_row_as_in_a_spreadsheet() -> None:
    text = f'NIP;"NAMA\nLENGKAP";UNIT KERJA\r\n{NIP};Budi;"Dinas\r\nKesehatan"\r\n\r\n{OTHER};Ani;Dinas\r\n'
    table = read(text.encode(), "x.csv")
    assert [row.number for row in table.rows] == [2, 4]
    assert table.blank == 1


def test_B61_commas_inside_titles_do_not_decide_the_separator() -> None:
    rows = [["a, b, c, d, e, f", "", ""], HEAD, [NIP, "Budi, S.Kom., M.Si.", "Dinas A, B, C"]]
    assert cells(read(csv(rows), "x.csv")) == [(NIP, "Budi, S.Kom., M.Si.", "Dinas A, B, C")]


def test_B61_an_order_to_excel_in_the_first_line_is_no_row() -> None:
    table = read(b"sep=|\r\n" + csv(ROWS, "|"), "x.csv")
    assert [row.number for row in table.rows] == [2, 3]


def test_B61_cells_that_excel_was_told_to_take_as_text() -> None:
    text = f'NIP;NAMA;UNIT KERJA\r\n="{NIP}";="Budi";Dinas\r\n"=""{OTHER}""";Ani;Dinas\r\n'
    assert cells(read(text.encode(), "x.csv")) == [(NIP, "Budi", "Dinas"), (OTHER, "Ani", "Dinas")]


@pytest.mark.parametrize(
    "data",
    [
        b"NIP;NAMA\r\n\x81\x8d;x",
        "NIP;NAMA\r\n1;Désiré ".encode() + "Désiré".encode("cp1252"),
        b"NIP;NAMA\r\n1;a\x00b",
        bytes(range(256)) * 20,
    ],
)
def test_B61_what_cannot_be_decoded_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read(data, "x.csv")
    assert caught.value.message == "Pengodean berkas tidak dikenali. Simpan sebagai CSV UTF-8."


def test_a_quote_that_is_never_closed_does_not_swallow_rows() -> None:
    rows = [HEAD, [NIP, '"Budi', "Dinas"], *([OTHER, "Ani", "Dinas"] for _number in range(100))]
    with pytest.raises(Refused) as caught:
        read(csv(rows), "x.csv")
    assert caught.value.message == "Tanda kutip pada baris 2 tidak ditutup."


def test_a_row_with_more_cells_than_headings_is_told() -> None:
    table = read(csv([HEAD, [NIP, "Budi", "Dinas", "lebih"], [OTHER, "Ani", "Dinas", ""]], ","), "x.csv")
    first, second = table.rows
    assert [problem.message for problem in first.problems] == [
        "Baris berisi 4 isian, judul kolom hanya 3. Periksa tanda pemisah."
    ]
    assert second.problems == ()


def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def tr(*cells: str) -> str:
    return "<tr>" + "".join(cell if cell.startswith("<") else f"<td>{cell}</td>" for cell in cells) + "</tr>"


HEADING = "<tr>" + "".join(f"<th>{heading}</th>" for heading in HEAD) + "</tr>"


def test_B50_an_html_table_is_read_with_its_entities_and_without_its_scripts() -> None:
    body = f"<table>{HEADING}{tr(NIP, 'Nur&#39;aini<script>alert(1)</script>', 'Dinas&nbsp;A<br>&amp; B')}</table>"
    assert cells(read(page(body), "x.xls")) == [(NIP, "Nur'aini", "Dinas\u00a0A\n& B")]


def test_B50_tags_that_were_never_closed() -> None:
    body = f"<TABLE><TR><TD>NIP<TD>NAMA<TD>UNIT KERJA<TR><TD>{NIP}<TD>Budi<TD>Dinas"
    assert cells(read(page(body), "x.xls")) == [(NIP, "Budi", "Dinas")]


def test_B50_spans_and_hidden_rows_keep_their_places() -> None:
    body = (
        "<table><tr><td colspan=3>DAFTAR</td></tr>"
        "<tr><td rowspan=2>NIP</td><td rowspan=2>NAMA</td><td colspan=2>PANGKAT</td></tr>"
        "<tr><td>GOL</td><td>TMT</td></tr>"
        f"{tr(NIP, 'Budi', 'III/c', '01-04-2022')}"
        f"<tr style='display:none'><td>{OTHER}</td><td>Ani</td><td>III/a</td><td></td></tr></table>"
    )
    table = read(page(body), "x.xls")
    assert [column.field for column in table.columns] == ["nip", "name", "rank", "rank_since"]
    assert [(row.number, row.hidden) for row in table.rows] == [(4, False), (5, True)]
    assert table.hidden_rows == 1


def test_B50_the_table_with_the_heading_is_taken_and_rows_count_through() -> None:
    body = f"<table>{tr('Menu', 'Cari')}</table><table>{HEADING}{tr(NIP, 'Budi', 'Dinas')}</table>"
    table = read(page(body), "x.xls")
    assert (table.sheet, table.heading_row, table.rows[0].number) == ("Tabel 2", 2, 3)


def test_B50_the_encoding_that_a_page_names_is_used() -> None:
    body = f"<table>{HEADING}{tr(NIP, 'Désiré', 'Dinas')}</table>"
    named = page(body, '<meta content="text/html; charset=iso-8859-1">').decode().encode("cp1252")
    assert cells(read(named, "x.xls"))[0][1] == "Désiré"
    wrong = page(body, '<meta charset="x-unknown">')
    assert cells(read(wrong, "x.xls"))[0][1] == "Désiré"
