"""Files whose trouble lies in the values: numbers, status, dates, names, ranks, units."""

from datetime import date
from pathlib import Path

from tests.data.ugly.cast import Actor, words
from tests.data.ugly.pens import Sheet, write_text, write_xlsx
from tests.data.ugly.scene import Line, Scene, bad, held, ok, told

TIDY = [
    ("NO", "no"), ("NAMA", "name"), ("NIP", "nip"), ("L/P", "sex"), ("TGL LAHIR", "birth_date"),
    ("GOL", "rank"), ("JABATAN", "position"), ("UNIT KERJA", "unit"),
]  # fmt: skip


def numeric_nip(folder: Path) -> Scene:
    """Excel kept numbers as numbers; others were typed with all that people type around a number."""
    cast = [Actor(1, number) for number in range(24)]
    nip = [actor.nip for actor in cast]
    lines = [
        bad(cast[0], "nip", "nip_lost_digits", nip=float(nip[0])),
        bad(cast[1], "nip", "nip_lost_digits", nip=float(nip[1])),
        bad(cast[2], "nip", "nip_lost_digits", nip="1,98501E+17"),
        bad(cast[3], "nip", "nip_lost_digits", nip="1.98501E+17"),
        ok(cast[4], nip=f"'{nip[4]}"),
        ok(cast[5], nip=f"NIP. {nip[5]}"),
        ok(cast[6], nip=f"{nip[6][:8]} {nip[6][8:14]} {nip[6][14]} {nip[6][15:]}"),
        ok(cast[7], nip=f"{nip[7][:8]}\u00a0{nip[7][8:14]}\u00a0{nip[7][14]}\u00a0{nip[7][15:]}"),
        ok(cast[8], nip=f"\u200b{nip[8]}\u200b"),
        ok(cast[9], nip=f"{nip[9][:8]}.{nip[9][8:14]}.{nip[9][14]}.{nip[9][15:]}"),
        ok(cast[10], nip=f"`{nip[10][:8]}-{nip[10][8:14]}-{nip[10][14]}-{nip[10][15:]}"),
        ok(cast[11], nip="".join(chr(ord(digit) + 0xFEE0) for digit in nip[11])),
        bad(cast[12], "nip", "nip_letters", nip=nip[12].replace("0", "O")),
        bad(cast[13], "nip", "nip_letters", nip=nip[13].replace("1", "l")),
        bad(cast[14], "nip", "nip_length", nip=nip[14][:17]),
        bad(cast[15], "nip", "nip_length", nip=nip[15] + "0"),
        bad(cast[16], "nip", "nip_serial", nip=nip[16][:15] + "000"),
        bad(cast[17], "nip", "nip_sex", nip=nip[17][:14] + "3" + nip[17][15:]),
        bad(cast[18], "nip", "nip_birth_date", nip="19800230" + nip[18][8:]),
        bad(cast[19], "nip", "nip_code", nip=nip[19][:12] + "13" + nip[19][14:]),
        bad(cast[20], "nip", "nip_age", nip=nip[20][:8] + str(cast[20].born.year + 14) + nip[20][12:]),
        bad(cast[21], "nip", "nip_blank", nip=""),
        ok(cast[22]),
        ok(cast[23]),
    ]
    scene = Scene("nip_angka.xlsx", "xlsx", TIDY, lines, sheet="Sheet1", about="NIP as numbers, dressed NIP")
    write_xlsx(folder / scene.file, [Sheet("Sheet1", [[h for h, _ in TIDY], *map(scene.row, lines)])])
    return scene


def contract_staff(folder: Path) -> Scene:
    """PPPK and PPPK Paruh Waktu, whose numbers have a code where others have a month."""
    columns = [
        ("No. Urut", "no"), ("NAMA LENGKAP", "name"), ("NI PPPK", "nip"), ("STATUS KEPEGAWAIAN", "status"),
        ("GOLONGAN", "rank"), ("JABATAN", "position"), ("TMT PPPK", "cpns_since"), ("UNIT KERJA", "unit"),
    ]  # fmt: skip
    cast = [Actor(2, number, "PPPK" if number % 3 else "PPPK_PW") for number in range(20)]
    lines = [ok(actor) for actor in cast[:8]]
    lines += [
        ok(Actor(2, 8, "PPPK", "20")),
        ok(Actor(2, 9, "PPPK", "22"), status="P3K"),
        ok(Actor(2, 10, "PPPK", "29"), status="Pegawai Pemerintah dengan Perjanjian Kerja"),
        ok(Actor(2, 11, "PPPK_PW", "21"), status="PPPK (Paruh Waktu)"),
        ok(Actor(2, 12, "PPPK"), rank="Golongan " + Actor(2, 12, "PPPK").rank),
        ok(Actor(2, 14, "PPPK"), rank=9.0),
        held(Actor(2, 13, "PPPK", "13"), "nip", "nip_code_unfamiliar"),
        held(Actor(2, 15, "PPPK", "04"), "nip", "status_differs"),
        Line(Actor(2, 16, "PPPK"), {"status": "PNS", "rank": ""}, "held", (("nip", "status_differs"),),
             {"kind": "PNS", "rank": ""}),
        bad(Actor(2, 17, "PPPK"), "status", "status_not_asn", status="Tenaga Honorer"),
        bad(Actor(2, 18, "PPPK"), "nip", "nip_age", nip="200602022023211001", cpns_since=""),
        held(Actor(2, 19, "PPPK"), "cpns_since", "start_differs", cpns_since="01-03-2015"),
    ]  # fmt: skip
    scene = Scene("pppk.xlsx", "xlsx", columns, lines, sheet="PPPK", about="codes of PPPK numbers")
    write_xlsx(folder / scene.file, [Sheet("PPPK", [[h for h, _ in columns], *map(scene.row, lines)])])
    return scene


def many_dates(folder: Path) -> Scene:
    """Place and date in one cell, every way to write a date, and days that are none."""
    columns = [
        ("NO", "no"), ("NAMA", "name"), ("NIP", "nip"), ("TEMPAT, TGL LAHIR", "birth"),
        ("TMT CPNS", "cpns_since"), ("GOL.", "rank"), ("TMT\nGOL", "rank_since"), ("UNIT KERJA", "unit"),
    ]  # fmt: skip
    cast = [Actor(3, number) for number in range(22)]
    without = {"position": "", "sex": None}
    born = [actor.born for actor in cast]
    old = words(date(1980, 11, 5)).replace("November", "Nopember")
    lines = [
        ok(cast[0], birth=f"{cast[0].place} / {born[0]:%d-%m-%Y}"),
        ok(cast[1], birth=f"{cast[1].place},\n{words(born[1])}"),
        ok(cast[2], birth=f"Kutai Kartanegara {born[2]:%d/%m/%Y}"),
        ok(cast[3], birth=f"{born[3]:%Y-%m-%d}"),
        ok(cast[4], birth=born[4]),
        ok(cast[5], birth=float((born[5] - date(1899, 12, 30)).days)),
        ok(cast[6], birth=str((born[6] - date(1899, 12, 30)).days)),
        ok(cast[7], birth=f"{cast[7].place}, {born[7]:%d.%m.%y}"),
        ok(cast[8], rank_since="1 Pebruari 2022"),
        ok(cast[9], rank_since="1 Nop 2021"),
        ok(cast[10], rank_since="01/10/21"),
        ok(cast[11], rank_since=date(2020, 4, 1)),
        ok(cast[12], rank_since="-"),
        bad(cast[13], "birth", "birth_date_absent", birth="Samarinda, 31 Februari 1985"),
        bad(cast[14], "birth", "birth_date_leap", birth="29/02/1985"),
        bad(cast[15], "birth", "birth_date_order", birth="02/13/1985"),
        bad(cast[16], "birth", "birth_date_range", birth="01/01/0026"),
        bad(cast[17], "rank_since", "rank_since_range", rank_since="9999-12-31"),
        bad(cast[18], "rank_since", "rank_since_format", rank_since="awal tahun"),
        bad(cast[19], "birth", "birth_date_format", birth="Samarinda"),
        Line(cast[20], {"birth": f"Samarinda, {old}"}, "held", (("birth", "birth_date_differs"),),
             {"birth_date": "1980-11-05"}),
        ok(cast[21]),
    ]  # fmt: skip
    for line in lines:
        line.values = {**{key: value for key, value in without.items() if value is not None}, **line.values}
    scene = Scene("tanggal.xlsx", "xlsx", columns, lines, sheet="Data", about="dates of every kind")
    write_xlsx(folder / scene.file, [Sheet("Data", [[h for h, _ in columns], *map(scene.row, lines)])])
    return scene


def disagreeing(folder: Path) -> Scene:
    """Records that say something else than their number: a person decides, nothing is overwritten."""
    columns = [*TIDY, ("STATUS", "status"), ("TMT CPNS", "cpns_since")]
    cast = [Actor(4, number) for number in range(20)]
    other = [("P" if actor.sex == "M" else "L", "F" if actor.sex == "M" else "M") for actor in cast]
    lines = [ok(actor) for actor in cast[:10]]
    lines += [
        Line(cast[number], {"sex": other[number][0]}, "held", (("sex", "sex_differs"),),
             {"sex": other[number][1]})
        for number in (10, 11, 12)
    ]  # fmt: skip
    lines += [
        Line(cast[13], {"birth_date": "01-01-1980"}, "held", (("birth_date", "birth_date_differs"),),
             {"birth_date": "1980-01-01"}),
        Line(cast[14], {"birth_date": "02-01-1980"}, "held", (("birth_date", "birth_date_differs"),),
             {"birth_date": "1980-01-02"}),
        held(cast[15], "cpns_since", "start_differs", cpns_since="01-01-2001"),
        Line(cast[16], {"status": "PPPK"}, "held", (("nip", "status_differs"),), {"kind": "PPPK"}),
        bad(cast[17], "sex", "sex_unknown", sex="X"),
        bad(cast[18], "status", "status_unknown", status="Pegawai"),
        ok(cast[19], sex="Wanita" if cast[19].sex == "F" else "Pria"),
    ]  # fmt: skip
    scene = Scene("beda_dengan_nip.xlsx", "xlsx", columns, lines, sheet="Data", about="held rows")
    write_xlsx(folder / scene.file, [Sheet("Data", [[h for h, _ in columns], *map(scene.row, lines)])])
    return scene


def names(folder: Path) -> Scene:
    """Degrees around names, and what is no name."""
    columns = [("nip", "nip"), ("nama dan gelar", "name"), ("unit", "unit"), ("jk", "sex")]
    cast = [Actor(5, number) for number in range(22)]
    split = [
        ("Dr. H. Muh. Nur'aini, S.Kom., M.Si.", "Dr. H.", "Muh. Nur'aini", "S.Kom., M.Si."),
        ("Drs Ahmad Basuni", "Drs.", "Ahmad Basuni", ""),
        ("Hj. Siti Rahmah, S. Pd", "Hj.", "Siti Rahmah", "S. Pd"),
        ("Budi Santoso S.Kom", "", "Budi Santoso", "S.Kom"),
        ("Ahmad M. Said", "", "Ahmad M. Said", ""),
        ("dr. Lina Marlina, Sp.A", "dr.", "Lina Marlina", "Sp.A"),
        ("Ng", "", "Ng", ""),
        ("D\u2019Angelo Rumbewas", "", "D'Angelo Rumbewas", ""),
        ("I Gusti Ngurah Agung Putra Wirawan Suryanegara Kusumadewa", "",
         "I Gusti Ngurah Agung Putra Wirawan Suryanegara Kusumadewa", ""),
        ("Prof. Dr. Ir. A. B. Cahya, M.Sc., Ph.D.", "Prof. Dr. Ir.", "A. B. Cahya", "M.Sc., Ph.D."),
        ("  Rina   Agustina , SE , MM ", "", "Rina Agustina", "SE, MM"),
    ]  # fmt: skip
    empty = {"rank": "", "position": ""}
    lines = [
        told(actor, {"title_before": before, "name": name, "title_after": after}, name=cell)
        for actor, (cell, before, name, after) in zip(cast, split, strict=False)
    ]
    wrong = [
        ("Budi\r\nBcc: x@y.example", "newline"), ("Budi \U0001f600", "characters"), ("  \u200b ", "blank"),
        ("Budi\u202eitnas", "hidden"), ("<script>alert(1)</script>", "characters"),
        ('=HYPERLINK("http://x.example","klik")', "characters"), ("+1+1", "characters"), ("B" * 151, "length"),
        ("", "blank"), ("Budi 2", "characters"), ("@SUM(A1)", "characters"),
    ]  # fmt: skip
    lines += [
        bad(actor, "name", f"name_{code}", name=cell)
        for actor, (cell, code) in zip(cast[11:], wrong, strict=True)
    ]
    for line in lines:
        line.values = {**empty, "kind": "PNS", **line.values}
    scene = Scene("nama.csv", "csv", columns, lines, about="degrees, and what is no name")
    write_text(folder / scene.file, [[h for h, _ in columns], *map(scene.row, lines)], ",", "utf-8")
    return scene


def ranks(folder: Path) -> Scene:
    """Every way to write a golongan."""
    columns = [
        ("NIP", "nip"), ("NAMA", "name"), ("STATUS", "status"), ("PANGKAT/GOL. RUANG", "rank"),
        ("JABATAN", "position"), ("UNIT KERJA", "unit"),
    ]  # fmt: skip
    written = [
        ("III/c", "III/c"), ("III.C", "III/c"), ("IIIc", "III/c"), ("3c", "III/c"), ("Penata (III/c)", "III/c"),
        ("Penata Tk. I, III/d", "III/d"), ("Penata Muda Tingkat I / III b", "III/b"), ("III - d", "III/d"),
        ("Gol. II/d", "II/d"), ("Pembina Utama Muda", "IV/c"), ("iv/a", "IV/a"), ("-", ""),
    ]  # fmt: skip
    lines = [told(Actor(6, number), {"rank": code}, rank=cell) for number, (cell, code) in enumerate(written)]
    lines += [
        told(Actor(6, 12, "PPPK"), {"rank": "IX"}, rank="IX"),
        told(Actor(6, 13, "PPPK"), {"rank": "VII"}, rank="Golongan VII"),
        told(Actor(6, 14, "PPPK"), {"rank": "IX"}, rank="9"),
        told(Actor(6, 15, "PPPK_PW"), {"rank": "V"}, rank="Gol. V"),
    ]
    wrong = [
        ("lll/a", "unknown"),
        ("III/f", "unknown"),
        ("IV", "room"),
        ("IX", "scale"),
        ("XVIII", "unknown"),
    ]
    lines += [
        bad(Actor(6, number), "rank", f"rank_{code}", rank=cell)
        for number, (cell, code) in enumerate(wrong, 16)
    ]
    scene = Scene("golongan.xlsx", "xlsx", columns, lines, sheet="Gol", about="ranks of both scales")
    write_xlsx(folder / scene.file, [Sheet("Gol", [[h for h, _ in columns], *map(scene.row, lines)])])
    return scene


def units(folder: Path) -> Scene:
    """Units by other names, misspelt, and of many offices at once."""
    columns = [
        ("NIP BARU", "nip"), ("NAMA", "name"), ("JABATAN NAMA", "position"), ("UNOR NAMA", "unit"),
        ("UNOR INDUK NAMA", "opd"),
    ]  # fmt: skip
    cast = [Actor(7, number) for number in range(20)]
    known = [
        ("Dinkes", "", "11"), ("DINAS KESEHATAN", "", "11"), ("  dinas   perhubungan ", "", "24"),
        ("Kominfo", "", "25"), ("Capil", "", "23"), ("DLH", "", "22"), ("Kec. Palaran", "", "41"),
        ("Kantor Camat Palaran", "", "41"), ("BKPSDM", "", "05"), ("Disdik", "", "10"), ("Pol PP", "", "14"),
        ("Seksi Pelayanan Umum", "Kecamatan Palaran", "41.04"),
        ("Seksi Pelayanan Umum", "Kec. Sambutan", "47.04"),
    ]  # fmt: skip
    lines = [
        told(actor, {"unit": code, "rank": ""}, unit=unit, opd=opd)
        for actor, (unit, opd, code) in zip(cast, known, strict=False)
    ]
    for number, (unit, code) in enumerate(
        [
            ("Dinas Pendidkan", "unit_unknown"), ("Dinas Kesehtan", "unit_unknown"),
            ("Kantor Urusan Antariksa", "unit_unknown"), ("", "unit_blank"),
        ],
        len(known),
    ):  # fmt: skip
        lines.append(bad(cast[number], "unit", code, unit=unit, opd=""))
    lines += [
        Line(cast[number], {"unit": "Seksi Pelayanan Umum", "opd": ""}, "held", (("unit", "unit_ambiguous"),),
             {"unit": "", "rank": ""})
        for number in (17, 18, 19)
    ]  # fmt: skip
    scene = Scene("unit.xlsx", "xlsx", columns, lines, sheet="Unit", about="units by other names")
    write_xlsx(folder / scene.file, [Sheet("Unit", [[h for h, _ in columns], *map(scene.row, lines)])])
    return scene
