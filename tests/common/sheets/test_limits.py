"""Files that are refused: bad inputs B49-B55 and B64. A refusal is quick and needs no memory."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asnportal.common.sheets import PEOPLE, Limits, Refused, preview_workbook, read_workbook
from tests.common.sheets.files import HEAD, LIMITS, NIP, SHEET, Edit, csv, edited, read, xlsx

GOOD = xlsx([HEAD, [NIP, "Budi", "Dinas"]])
END = b"</sheetData>"
UGLY = Path(__file__).parents[2] / "data" / "ugly"


def refusal(data: bytes, name: str = "pegawai.xlsx", limits: Limits = LIMITS) -> Refused:
    with pytest.raises(Refused) as caught:
        read_workbook(data, name, vocabulary=PEOPLE, limits=limits)
    return caught.value


def in_sheet(more: bytes) -> bytes:
    return edited(GOOD, {SHEET: lambda part: part.replace(END, more + END)})


def test_B49_an_empty_file() -> None:
    assert refusal(b"").message == "Berkas kosong."
    assert refusal(b" \r\n\t ", "x.csv").code == "empty"
    assert refusal(b"\xef\xbb\xbf", "x.csv").code == "empty"


def test_B50_old_formats_that_cannot_be_read_say_what_to_do() -> None:
    told = "Simpan sebagai .xlsx lalu unggah lagi."
    assert refusal(b'<?xml version="1.0"?><Workbook></Workbook>', "x.xls").message == told
    assert refusal(b"MIME-Version: 1.0\r\n\r\n<x>", "x.xls").message == told
    assert refusal(b"<html><body>tanpa tabel</body></html>", "x.xls").message == told
    binary = edited(GOOD, {}, {"xl/workbook.bin": b"x"})
    assert refusal(binary, "x.xlsb").message == told


def test_B51_macros() -> None:
    told = "Berkas berisi makro (.xlsm) tidak diizinkan. Simpan sebagai .xlsx."
    assert refusal(GOOD, "pegawai.XLSM").message == told


def test_B52_something_else_under_the_name_of_a_workbook() -> None:
    told = "Isi berkas tidak sesuai dengan jenisnya."
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(content.getvalue()).message == told
    assert refusal(edited(GOOD, {}, {"xl/vbaProject.bin": b"x"})).message == told
    for start in (b"%PDF-1.7", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"Rar!\x1a\x07"):
        assert refusal(start + bytes(500)).message == told


def test_B52_a_text_or_an_html_table_under_a_wrong_suffix_is_read() -> None:
    rows = [HEAD, [NIP, "Budi", "Dinas"]]
    assert len(read(csv(rows), "pegawai.xlsx").rows) == 1
    assert len(read(csv(rows), "pegawai.xls").rows) == 1
    assert len(read(GOOD, "pegawai.xls").rows) == 1
    assert len(read(GOOD, "pegawai.csv").rows) == 1


def test_B53_a_password() -> None:
    told = "Berkas terkunci kata sandi. Buka kuncinya lebih dahulu."
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    locked = bytearray((UGLY / "lama.xls").read_bytes())
    name = "EncryptedPackage".encode("utf-16-le")
    at = locked.find("Workbook".encode("utf-16-le"))
    locked[at : at + len(name)] = name
    locked[at + 64 : at + 66] = (len(name) + 2).to_bytes(2, "little")
    assert locked.startswith(ole)
    assert refusal(bytes(locked)).message == told


def test_B54_a_file_cut_in_half() -> None:
    told = "Berkas rusak dan tidak dapat dibaca."
    assert refusal(GOOD[: len(GOOD) // 2]).message == told
    old = (UGLY / "lama.xls").read_bytes()
    assert refusal(old[: len(old) // 2], "lama.xls").message == told
    twice = io.BytesIO(GOOD)
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, b"<worksheet/>")
    assert refusal(twice.getvalue()).message == told


def rows_until(last: int) -> bytes:
    return b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(4, last))


BOMBS: dict[str, bytes] = {
    "a cell in the last corner": in_sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a cell that names another row": in_sheet(b'<row r="4"><c r="XFD1048576"><v>1</v></c></row>'),
    "a cell that names no place": in_sheet(b'<row r="1048576"><c><v>1</v></c></row>'),
    "spaces around equal signs": in_sheet(b"<row r = \"9\"><c\tr = 'XFD1048576'><v>1</v></c></row>"),
    "small letters": in_sheet(b'<row r="4"><c r="xfd1048576"><v>1</v></c></row>'),
    "rows beyond the limit": in_sheet(rows_until(60_000)),
    "a row of 8 million letters": in_sheet(
        b'<row r="4"><c r="A4" t="inlineStr"><is><t>' + b"AB" * 6_000_000 + b"</t></is></c></row>"
    ),
    "20 million spaces": in_sheet(b" " * 20_000_000),
    "shared words": edited(
        GOOD,
        {"xl/sharedStrings.xml": lambda part: part.replace(b"</sst>", b"<si/>" * 2_000_000 + b"</sst>")},
    ),
    "billion laughs": edited(
        GOOD,
        {
            "xl/sharedStrings.xml": lambda part: b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
            + part[part.index(b"<sst") :]
        },
    ),
    "an external entity": edited(
        GOOD,
        {
            "xl/workbook.xml": lambda part: part.replace(
                b"<workbook", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><workbook', 1
            )
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOMBS)
def test_B55_a_bomb_is_refused_before_it_opens(kind: str) -> None:
    assert refusal(BOMBS[kind]).message == (
        "Berkas terlalu besar setelah dibuka. Paling banyak 50.000 baris."
    )


def claims(number: bytes) -> Edit:
    return lambda part: part.replace(b'uniqueCount="', b'uniqueCount="' + number, 1)


@pytest.mark.parametrize("number", [b"4000000000", b"&#52;000000000", b"  9999999999"])
def test_B55_a_part_that_claims_to_hold_billions_is_broken(number: bytes) -> None:
    assert refusal(edited(GOOD, {"xl/sharedStrings.xml": claims(number)})).code == "broken"


def test_B55_a_zip_entry_longer_than_it_says_is_broken() -> None:
    data = bytearray(GOOD)
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(SHEET.encode()))
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    assert refusal(bytes(data)).code == "broken"


def test_B55_all_bombs_together_stay_within_700_megabytes_of_addresses(tmp_path: Path) -> None:
    for number, data in enumerate(BOMBS.values()):
        (tmp_path / f"{number}.xlsx").write_bytes(data)
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from asnportal.common.sheets import PEOPLE, Limits, Refused, read_workbook\n"
        "resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))\n"
        "for path in Path(sys.argv[1]).iterdir():\n"
        "    try: read_workbook(path, path.name, vocabulary=PEOPLE, limits=Limits(50_000, 25_000_000))\n"
        "    except Refused: continue\n"
        "    raise SystemExit(path.name)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], timeout=60, check=True)


def test_B64_more_rows_or_bytes_than_the_limit() -> None:
    rows = [HEAD, *([str(int(NIP) + number), "Budi", "Dinas"] for number in range(12))]
    told = "Berkas berisi lebih dari 10 baris data. Bagi menjadi beberapa berkas."
    for data in (xlsx(rows), csv(rows)):
        assert refusal(data, limits=Limits(10, 25_000_000)).message == told
        assert len(read_workbook(data, "x", vocabulary=PEOPLE, limits=Limits(12, 25_000_000)).rows) == 12
    told = "Berkas 2 MB. Paling besar 1 MB. Bagi menjadi beberapa berkas."
    assert refusal(b"x" * 2_000_000, limits=Limits(10, 1_000_000)).message == told


def test_B64_the_size_is_looked_at_before_the_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("wb") as file:
        file.truncate(40_000_000_000)
    with pytest.raises(Refused) as caught:
        read_workbook(path, path.name, vocabulary=PEOPLE, limits=LIMITS)
    assert caught.value.code == "bytes"


def test_an_html_page_with_endless_rows_or_cells_is_refused() -> None:
    limits = Limits(10, 25_000_000)
    assert refusal(b"<table>" + b"<tr><td>1" * 6_000, "x.xls", limits).code == "expanded"
    assert refusal(b"<table><tr>" + b"<td colspan=500 rowspan=5000>1" * 9, "x.xls", limits).code == "expanded"


def test_text_and_pages_beyond_what_a_spreadsheet_holds_are_refused() -> None:
    assert refusal(b"NIP;NAMA" + b";" * 20_000, "x.csv").code == "broken"
    assert refusal(b"NIP;NAMA" + b"\n" * 1_100_000, "x.csv").code == "broken"
    assert refusal(b"<table>" * 2_100, "x.xls").code == "expanded"


def test_an_old_workbook_that_claims_a_huge_sheet_costs_nothing() -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("A")
    for column, heading in enumerate(HEAD):
        page.write(0, column, heading)
    page.write(65_535, 255, "x")
    content = io.BytesIO()
    book.save(content)
    assert read(content.getvalue(), "x.xls").rows == ()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused_never_worse(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(UGLY.glob("*.[xct][lsx][sxvt]*"))))
    content = bytearray(path.read_bytes())
    for _number in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    for damaged in (bytes(content), bytes(content[:cut])):
        try:
            preview_workbook(damaged, path.name, vocabulary=PEOPLE, limits=LIMITS)
        except Refused as refused:
            assert refused.message  # noqa: PT017 (most damaged files are refused, some are still read)
