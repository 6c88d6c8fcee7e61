"""Files whose trouble lies in the layout: titles, tiers, totals, signatures, sheets, formulas, merges."""

from pathlib import Path

from tests.data.ugly.cast import UNITS, Actor
from tests.data.ugly.pens import Formula, Sheet, write_xlsx
from tests.data.ugly.people_numbers import TIDY
from tests.data.ugly.scene import Line, Scene, bad, ok, told

SIASN = [
    ("PNS ID", ""), ("NIP BARU", "nip"), ("NIP LAMA", ""), ("NAMA", "name"), ("GELAR DEPAN", "title_before"),
    ("GELAR BELAKANG", "title_after"), ("TEMPAT LAHIR ID", ""), ("TEMPAT LAHIR NAMA", "birth_place"),
    ("TANGGAL LAHIR", "birth_date"), ("JENIS KELAMIN", "sex"), ("AGAMA ID", ""), ("AGAMA NAMA", ""),
    ("JENIS KAWIN ID", ""), ("JENIS KAWIN NAMA", ""), ("NIK", ""), ("NOMOR HP", ""), ("EMAIL", ""),
    ("EMAIL GOV", "email"), ("ALAMAT", ""), ("NPWP NOMOR", ""), ("BPJS", ""), ("JENIS PEGAWAI ID", ""),
    ("JENIS PEGAWAI NAMA", "employee_type"), ("KEDUDUKAN HUKUM ID", ""),
    ("KEDUDUKAN HUKUM NAMA", "legal_status"), ("STATUS CPNS PNS", "status"), ("KARTU ASN VIRTUAL", ""),
    ("NOMOR SK CPNS", ""), ("TANGGAL SK CPNS", ""), ("TMT CPNS", "cpns_since"), ("NOMOR SK PNS", ""),
    ("TANGGAL SK PNS", ""), ("TMT PNS", "pns_since"), ("GOL AWAL ID", ""), ("GOL AWAL NAMA", ""),
    ("GOL AKHIR ID", ""), ("GOL AKHIR NAMA", "rank"), ("TMT GOLONGAN", "rank_since"), ("MK TAHUN", ""),
    ("MK BULAN", ""), ("JENIS JABATAN ID", ""), ("JENIS JABATAN NAMA", "position_type"), ("JABATAN ID", ""),
    ("JABATAN NAMA", "position"), ("TMT JABATAN", "position_since"), ("TINGKAT PENDIDIKAN ID", ""),
    ("TINGKAT PENDIDIKAN NAMA", "education_level"), ("PENDIDIKAN ID", ""), ("PENDIDIKAN NAMA", "education"),
    ("TAHUN LULUS", "graduation_year"), ("KPKN ID", ""), ("KPKN NAMA", ""), ("LOKASI KERJA ID", ""),
    ("LOKASI KERJA NAMA", ""), ("UNOR ID", ""), ("UNOR NAMA", "unit"), ("INSTANSI INDUK ID", ""),
    ("INSTANSI INDUK NAMA", ""), ("INSTANSI KERJA ID", ""), ("INSTANSI KERJA NAMA", ""),
    ("SATUAN KERJA INDUK ID", ""), ("SATUAN KERJA INDUK NAMA", ""), ("SATUAN KERJA KERJA ID", ""),
    ("SATUAN KERJA KERJA NAMA", ""), ("IS VALID NIK", ""), ("NAMA SEKOLAH", ""), ("FLAG IKD", ""),
    ("ESELON ID", ""), ("ESELON NAMA", "echelon"),
]  # fmt: skip


def siasn_export(folder: Path) -> Scene:
    """All 69 columns of the national export, in another order, with what must not be stored."""
    columns = [*SIASN[40:], *SIASN[:40]]
    columns = [(heading, "opd" if heading == "SATUAN KERJA INDUK NAMA" else key) for heading, key in columns]
    cast = [Actor(8, number, "PPPK" if number % 5 == 4 else "PNS") for number in range(24)]
    lines = []
    for actor in cast:
        contract = actor.kind == "PPPK"
        cells = {
            "sex": actor.sex,
            "status": "P",
            "employee_type": "PPPK" if contract else "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota",
            "legal_status": "PPPK Aktif" if contract else "Aktif",
            "email": f"asn{actor.number}@samarinda.example",
            "opd": "Pemerintah Kota Samarinda",
            "education_level": "S-1",
        }
        lines.append(ok(actor, **cells))
    lines[3].cells["status"] = "C"
    lines[3].values["kind"] = "CPNS"
    for number, key, code, cell in [
        (5, "nip", "nip_length", cast[5].nip[:17]),
        (6, "birth_date", "birth_date_absent", "31-02-1980"),
        (7, "name", "name_newline", "Bambang\nHartawan"),
        (8, "nip", "nip_code", cast[8].nip[:12] + "14" + cast[8].nip[14:]),
    ]:
        lines[number].cells[key] = cell
        lines[number].outcome, lines[number].problems = "rejected", ((key, code),)
    lines[8].cells |= {"employee_type": "PNS Pusat", "legal_status": "Aktif"}
    scene = Scene(
        "siasn_lengkap.xlsx", "xlsx", columns, lines, sheet="Data Utama", about="the national export"
    )
    private = {
        "NIK": "6472000000000000", "AGAMA NAMA": "Rekaan", "ALAMAT": "Jalan Rekaan 1", "NOMOR HP": "081200000000",
        "NPWP NOMOR": "00.000.000.0", "BPJS": "0000000000", "SATUAN KERJA KERJA NAMA": "Pemerintah Kota Samarinda",
        "INSTANSI KERJA NAMA": "Pemerintah Kota Samarinda",
    }  # fmt: skip
    rows = [
        [
            cell or private.get(heading, "")
            for cell, (heading, _key) in zip(scene.row(line), columns, strict=True)
        ]
        for line in lines
    ]
    write_xlsx(folder / scene.file, [Sheet("Data Utama", [[h for h, _ in columns], *rows])])
    return scene


def seniority_list(folder: Path) -> Scene:
    """DUK: title rows, two tiers of merged headings, numbers of columns, unit rows, total, signature."""
    upper = [
        "NO",
        "NAMA",
        "NIP",
        "PANGKAT",
        "",
        "JABATAN",
        "",
        "MASA KERJA",
        "",
        "LATIHAN JABATAN",
        "",
        "PENDI-\nDIKAN",
    ]
    lower = ["", "", "", "GOL. RUANG", "TMT", "NAMA", "TMT", "TH", "BL", "NAMA", "JML JAM", ""]
    keys = [
        "no",
        "name",
        "nip",
        "rank",
        "rank_since",
        "position",
        "position_since",
        "",
        "",
        "",
        "",
        "education",
    ]
    columns = list(zip([f"{a} {b}".strip() for a, b in zip(upper, lower, strict=True)], keys, strict=True))
    titles = [
        ["DAFTAR URUT KEPANGKATAN PEGAWAI NEGERI SIPIL"], ["PEMERINTAH KOTA SAMARINDA"], ["KEADAAN NOVEMBER 2026"], [],
    ]  # fmt: skip
    rows: list[list[object]] = [*titles, list(upper), list(lower), [str(number) for number in range(1, 13)]]
    lines: list[Line] = []
    numbers, unit_rows = [], []
    cast = [Actor(9, number) for number in range(24)]
    scene = Scene(
        "duk.xlsx", "xlsx", columns, lines, sheet="DUK", heading_row=6, numbers=numbers,
        about="titles, two tiers, column numbers, unit rows, total, signature",
        headings={"education": "PENDI- DIKAN"},
        ignored=["NO", "MASA KERJA TH", "MASA KERJA BL", "LATIHAN JABATAN NAMA", "LATIHAN JABATAN JML JAM"],
    )  # fmt: skip
    for group, start in enumerate(range(0, 24, 8)):
        code, name = UNITS[group]
        unit_rows.append(len(rows))
        rows.append([f"{'I' * (group + 1)}. {name.upper()}"])
        for actor in cast[start : start + 8]:
            line = told(actor, {"unit": code})
            if actor.number == 4:
                line = bad(actor, "nip", "nip_serial", nip=actor.nip[:15] + "000")
            if actor.number == 12:
                line = bad(actor, "rank", "rank_unknown", rank="III/z")
            if actor.number == 20:
                line = bad(actor, "nip", "nip_blank", nip="")
            lines.append(line)
            rows.append([*scene.row(line)[:7], "10", "2", "Latihan Rekaan", "40", "S-1"])
            numbers.append(len(rows))
    rows += [
        ["JUMLAH", "", "24"], [], ["", "", "", "", "", "", "", "Samarinda, 24 November 2026"],
        ["", "", "", "", "", "", "", "Kepala Badan Rekaan,"], [], [], ["", "", "", "", "", "", "", "Sulaiman Rekaan"],
        ["", "", "NIP. 19680101 199403 1 001", "", "", "", "", "NIP. 19680101 199403 1 001"],
    ]  # fmt: skip
    merges = [(row, 0, row, 11) for row in (0, 1, 2, *unit_rows)]
    merges += [(4, column, 5, column) for column in (0, 1, 2, 11)]
    merges += [(4, left, 4, left + 1) for left in (3, 5, 7, 9)]
    write_xlsx(folder / scene.file, [Sheet("DUK", rows, merges=merges)])
    scene.skipped = {"number": 1, "unit": 3, "total": 1, "signature": 4}
    return scene


def later_sheet(folder: Path) -> Scene:
    """A cover sheet, a hidden sheet with old data, the data behind them; a filter hides rows."""
    cast = [Actor(10, number) for number in range(22)]
    lines = [ok(actor) for actor in cast]
    lines[2] = bad(cast[2], "nip", "nip_letters", nip=cast[2].nip.replace("0", "O"))
    lines[7] = bad(cast[7], "birth_date", "birth_date_order", birth_date="02/13/1985")
    lines[11] = bad(cast[11], "nip", "nip_length", nip=cast[11].nip[:9])
    scene = Scene(
        "sembunyi.xlsx",
        "xlsx",
        TIDY,
        lines,
        sheet="DATA ASN",
        hidden_rows=4,
        about="sheets, rows, columns hidden",
    )
    heading = [h for h, _ in TIDY]
    old = [Actor(11, number) for number in range(3)]
    cover = Sheet(
        "PETUNJUK", [["Petunjuk pengisian"], [], ["1. Isi lembar DATA ASN"], ["2. NIP diisi sebagai teks"]]
    )
    hidden = Sheet("LAMA", [heading, *(scene.row(ok(actor)) for actor in old)], visible=False)
    data = Sheet(
        "DATA ASN", [heading, *map(scene.row, lines)],
        hidden_rows=(3, 4, 8, 9), hidden_columns=(3,), filtered=(0, 0, 22, 7),
    )  # fmt: skip
    write_xlsx(folder / scene.file, [cover, hidden, data])
    return scene


def formulas(folder: Path) -> Scene:
    """Formulas with stored results, without, and with errors."""
    cast = [Actor(12, number) for number in range(20)]
    lines = [ok(actor) for actor in cast]
    for number in (0, 1, 2):
        lines[number] = ok(
            cast[number],
            name=Formula(f"=UPPER(K{number})", cast[number].name),
            nip=Formula(f'="{cast[number].nip[:8]}"&M{number}', cast[number].nip),
        )
    for number, key, result in [
        (5, "unit", "#REF!"),
        (6, "nip", "#N/A"),
        (7, "rank", "#VALUE!"),
        (8, "name", "#NAME?"),
    ]:
        lines[number] = bad(
            cast[number], key, f"{key}_formula_error", **{key: Formula("=VLOOKUP(A1,Z:Z,9,0)", result)}
        )
    lines[9] = bad(cast[9], "position", "position_formula_empty", position=Formula("=Z1"))
    lines[10] = bad(cast[10], "unit", "unit_formula_error", unit="#REF!")
    scene = Scene("rumus.xlsx", "xlsx", TIDY, lines, sheet="Sheet1", about="formulas and their errors")
    write_xlsx(folder / scene.file, [Sheet("Sheet1", [[h for h, _ in TIDY], *map(scene.row, lines)])])
    return scene


def blank_rows(folder: Path) -> Scene:
    """Blank rows between, 900 bordered ones behind, some with a running number, notes at the end."""
    cast = [Actor(13, number) for number in range(21)]
    lines = [ok(actor) for actor in cast]
    lines[4] = bad(cast[4], "nip", "nip_blank", nip="")
    lines[9] = bad(cast[9], "nip", "nip_birth_date", nip="19801301" + cast[9].nip[8:])
    lines[14] = bad(cast[14], "sex", "sex_unknown", sex="?")
    rows: list[list[object]] = [["DATA PEGAWAI"], [], [f" {heading.lower()} " for heading, _ in TIDY]]
    numbers = []
    scene = Scene(
        "kosong.xlsx", "xlsx", [(heading.lower(), key) for heading, key in TIDY], lines, sheet="Sheet1",
        heading_row=3, numbers=numbers, skipped={"note": 1}, about="blank rows between and behind",
    )  # fmt: skip
    for line in lines:
        rows.append(scene.row(line))
        numbers.append(len(rows))
        if line.actor.number % 5 == 4:
            rows.extend([[], ["", " ", "\u00a0"]])
    rows.extend([str(number)] for number in range(22, 60))
    rows.append(["Keterangan: diisi oleh admin unit"])
    sheet = Sheet("Sheet1", rows, bordered=range(len(rows), len(rows) + 900), width=8)
    write_xlsx(folder / scene.file, [sheet])
    return scene


def merged_data(folder: Path) -> Scene:
    """Cells merged over rows of data: only the first row has a value."""
    cast = [Actor(14, number) for number in range(20)]
    lines = [ok(actor) for actor in cast]
    for number in (3, 4, 5):
        lines[number] = bad(cast[number], "unit", "unit_merged", unit="")
    for number in (10, 11):
        lines[number] = bad(cast[number], "nip", "nip_merged", nip="")
    lines[15] = bad(cast[15], "nip", "nip_length", nip="12345")
    scene = Scene(
        "gabungan.xlsx",
        "xlsx",
        TIDY,
        lines,
        sheet="Sheet1",
        heading_row=2,
        about="merged cells in rows of data",
    )
    rows = [["DAFTAR PEGAWAI"], [h for h, _ in TIDY], *map(scene.row, lines)]
    merges = [(0, 0, 0, 7), (4, 7, 7, 7), (11, 2, 13, 2)]
    write_xlsx(folder / scene.file, [Sheet("Sheet1", rows, merges=merges)])
    return scene


def clash(folder: Path) -> Scene:
    """Two columns that both want to be the number."""
    columns = [("NO", "no"), ("NIP", "nip"), ("NIP BARU", "nip"), ("NAMA", "name"), ("UNIT KERJA", "unit")]
    lines = [ok(Actor(15, number)) for number in range(20)]
    scene = Scene(
        "bentrok.xlsx", "xlsx", columns, lines, sheet="Sheet1", refused="clash", about="two NIP columns"
    )
    write_xlsx(folder / scene.file, [Sheet("Sheet1", [[h for h, _ in columns], *map(scene.row, lines)])])
    return scene


def no_number(folder: Path) -> Scene:
    """A list without a column for the number, though a title speaks of one."""
    columns = [("NO", "no"), ("NAMA", "name"), ("JABATAN", "position"), ("UNIT KERJA", "unit")]
    lines = [ok(Actor(16, number)) for number in range(20)]
    scene = Scene(
        "tanpa_nip.xlsx", "xlsx", columns, lines, sheet="Sheet1", refused="columns", about="no NIP column"
    )
    rows = [["DAFTAR NIP PEGAWAI"], [], [h for h, _ in columns], *map(scene.row, lines)]
    write_xlsx(folder / scene.file, [Sheet("Sheet1", rows)])
    return scene
