"""Files that are no xlsx: text with every separator and encoding, HTML tables, the old xls."""

from pathlib import Path

from tests.data.ugly.cast import Actor
from tests.data.ugly.pens import Sheet, write_html, write_text, write_xls
from tests.data.ugly.people_numbers import TIDY
from tests.data.ugly.scene import Line, Scene, bad, ok, told


def _lines(scene: int, count: int = 20) -> tuple[list[Actor], list[Line]]:
    cast = [Actor(scene, number) for number in range(count)]
    lines = [ok(actor) for actor in cast]
    lines[3] = bad(cast[3], "nip", "nip_length", nip=cast[3].nip[:17])
    lines[8] = bad(cast[8], "birth_date", "birth_date_absent", birth_date="31/06/1980")
    lines[12] = bad(cast[12], "sex", "sex_unknown", sex="tidak tahu")
    return cast, lines


def semicolons(folder: Path) -> Scene:
    """csv as Indonesian Windows writes it: ; between, windows-1252."""
    cast, lines = _lines(17)
    lines[0] = told(cast[0], {"name": "Nur'aini Desiré"}, name="Nur\u2019aini Desiré")
    lines[5] = ok(cast[5], nip=f"'{cast[5].nip}")
    scene = Scene("titik_koma.csv", "csv", TIDY, lines, about="; and windows-1252")
    write_text(folder / scene.file, [[h for h, _ in TIDY], *map(scene.row, lines)], ";", "cp1252")
    return scene


def pipes(folder: Path) -> Scene:
    """txt with | and a BOM, columns with names of a database."""
    names = {
        "NO": "id", "NAMA": "nama_lengkap", "NIP": "nip_baru", "L/P": "jenis_kelamin", "TGL LAHIR": "tgl_lahir",
        "GOL": "golru", "JABATAN": "tampil_jabatan", "UNIT KERJA": "unit_kerja",
    }  # fmt: skip
    columns = [(names[heading], key) for heading, key in TIDY] + [("is_superuser", ""), ("password", "")]
    _cast, lines = _lines(18)
    scene = Scene("garis.txt", "csv", columns, lines, about="|, BOM, columns with rights that nobody reads")
    rows = [[*scene.row(line)[:8], "1", "rahasia"] for line in lines]
    write_text(folder / scene.file, [[h for h, _ in columns], *rows], "|", "utf-8-sig", newline="\n")
    return scene


def tabs(folder: Path) -> Scene:
    """ "Unicode text" of Excel: tabs, UTF-16."""
    cast, lines = _lines(19)
    lines[6] = told(cast[6], {"name": "Łucja Đorđević"}, name="Łucja Đorđević")
    scene = Scene("unicode.txt", "csv", TIDY, lines, about="tab and UTF-16")
    write_text(folder / scene.file, [[h for h, _ in TIDY], *map(scene.row, lines)], "\t", "utf-16")
    return scene


def old_mac(folder: Path) -> Scene:
    """Commas, CR only, line breaks inside quotes, titles above, a comma that nobody quoted."""
    columns = [
        ("NIP", "nip"), ("NAMA\rLENGKAP", "name"), ("TGL.\rLAHIR", "birth_date"), ("SATUAN KERJA", "unit"),
    ]  # fmt: skip
    cast, lines = _lines(20)
    lines[12] = ok(cast[12])
    lines[14] = bad(cast[14], "", "row_cells", unit=f"{cast[14].unit[1]}, Samarinda")
    empty = {"rank": "", "position": "", "kind": "PNS"}
    for line in lines:
        line.values = {**empty, **line.values}
    scene = Scene(
        "mac.csv", "csv", columns, lines, heading_row=4, about="CR, quoted line breaks, a stray comma"
    )
    titles = [["DAFTAR PEGAWAI", "", "", ""], ["KOTA\rSAMARINDA", "", "", ""], ["", "", "", ""]]
    rows = [*titles, [h for h, _ in columns], *map(scene.row, lines)]
    path = folder / scene.file
    write_text(path, rows, ",", "utf-8", newline="\r")
    quoted = f'"{lines[14].cells["unit"]}"'.encode()
    path.write_bytes(path.read_bytes().replace(quoted, quoted.strip(b'"')))
    return scene


def repeated(folder: Path) -> Scene:
    """The same number twice and three times: the first row is taken."""
    cast, lines = _lines(21, 22)
    lines[13] = bad(cast[13], "nip", "nip_repeated", nip=cast[1].nip, birth_date="", sex="")
    lines[16] = bad(cast[16], "nip", "nip_repeated", nip=f"NIP {cast[1].nip}", birth_date="", sex="")
    lines[20] = bad(cast[20], "nip", "nip_repeated", nip=cast[2].nip, birth_date="", sex="")
    scene = Scene(
        "ganda.csv", "csv", TIDY, lines, about="repeated numbers, an order of Excel in the first line"
    )
    path = folder / scene.file
    write_text(path, [[h for h, _ in TIDY], *map(scene.row, lines)], ";", "utf-8")
    path.write_bytes(b"sep=;\r\n" + path.read_bytes())
    return scene


def html_table(folder: Path) -> Scene:
    """An HTML page that calls itself .xls: titles over all columns, entities, a hidden row, a total."""
    cast, lines = _lines(22)
    lines[1] = ok(cast[1], nip=f"<td class=xl>&nbsp;{cast[1].nip}&#8203;</td>")
    lines[2] = ok(cast[2], unit="<td>Dinas<br>Komunikasi dan Informatika</td>")
    scene = Scene(
        "halaman.xls",
        "html",
        TIDY,
        lines,
        sheet="Tabel 1",
        heading_row=3,
        skipped={"total": 1},
        about="HTML as .xls",
    )
    titles = [["<td colspan=8>DATA PEGAWAI</td>"], ["<td colspan=8>Keadaan &copy; 2026</td>"]]
    rows = [*titles, [h for h, _ in TIDY], *map(scene.row, lines), ["<td colspan=7>JUMLAH</td>", "20"]]
    head = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><style>td {color: red}</style>'
    write_html(folder / scene.file, head, rows, "<script>alert(1)</script>", "cp1252")
    return scene


def old_excel(folder: Path) -> Scene:
    """A real xls: date cells, numbers as numbers, an error cell, hidden rows, a cover sheet."""
    cast, lines = _lines(23, 22)
    lines[8] = bad(cast[8], "nip", "nip_lost_digits", nip=float(cast[8].nip))
    for number in (0, 1, 2):
        lines[number] = ok(cast[number], birth_date=cast[number].born)
    lines[15] = bad(cast[15], "rank", "rank_formula_error", rank=ValueError())
    scene = Scene("lama.xls", "xls", TIDY, lines, sheet="Pegawai", heading_row=2, hidden_rows=2, about="BIFF")
    rows = [["DAFTAR PEGAWAI"], [h for h, _ in TIDY], *map(scene.row, lines)]
    write_xls(
        folder / scene.file, [Sheet("Sampul", [["Sampul"]]), Sheet("Pegawai", rows, hidden_rows=(5, 6))]
    )
    return scene
