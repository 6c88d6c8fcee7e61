"""Histories of training. The people are those of tests/data/small, so that their numbers are known."""

from functools import cache
from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.data.ugly.cast import Actor
from tests.data.ugly.pens import Sheet, write_html, write_text, write_xlsx
from tests.data.ugly.scene import Column, Line, Scene

SMALL = Path(__file__).parents[1] / "small" / "employees.xlsx"
ORGANIZERS = ("BPSDM Rekaan", "Pusat Pelatihan Rekaan", "Universitas Rekaan")
TITLES = ("Bimbingan Teknis Arsip", "Webinar Layanan Publik", "Pelatihan Lembar Kerja", "Lokakarya Data")


class Learner(Actor):
    """Somebody of the small set; number chooses who."""

    @property
    def nip(self) -> str:
        return _people()[self.number][0]

    @property
    def name(self) -> str:
        return _people()[self.number][1]

    def cell(self, key: str) -> object:
        day = 1 + self.number
        cells = {
            "no": str(self.number + 1),
            "nip": self.nip,
            "name": self.name,
            "title": f"{TITLES[self.number % 4]} {self.scene}",
            "organizer": ORGANIZERS[self.number % 3],
            "start": f"{day:02d}-03-2025",
            "end": f"{day + 1:02d}-03-2025",
            "period": f"{day} s.d. {day + 1} Maret 2025",
            "year": "2025",
            "jp": "16",
            "number": f"800.2/{self.scene}/{self.number + 1:03d}/2025",
            "status": "Terverifikasi",
        }
        return cells.get(key, "")

    def values(self) -> dict[str, object]:
        day = 1 + self.number
        return {
            "title": self.cell("title"),
            "organizer": self.cell("organizer"),
            "start": f"2025-03-{day:02d}",
            "end": f"2025-03-{day + 1:02d}",
            "year": 2025,
            "jp": "16.00",
            "number": self.cell("number"),
            "status": "verified",
        }


@cache
def _people() -> list[tuple[str, str]]:
    rows = CalamineWorkbook.from_path(SMALL).get_sheet_by_index(0).to_python()
    nip, name = rows[0].index("NIP BARU"), rows[0].index("NAMA")
    return [(str(row[nip]), str(row[name])) for row in rows[1:41]]


def _told(number: int, scene: int, values: dict[str, object], **cells: object) -> Line:
    return Line(Learner(scene, number), cells, values=values)


def _bad(number: int, scene: int, key: str, code: str, **cells: object) -> Line:
    return Line(Learner(scene, number), cells, "rejected", ((key, code),))


def periods(folder: Path) -> Scene:
    """Days and hours as people write them, in one column each."""
    columns: list[Column] = [
        ("NO.", "no"), ("NAMA", "name"), ("NIP", "nip"), ("NAMA DIKLAT/BIMTEK/SEMINAR", "title"),
        ("INSTANSI PENYELENGGARA", "organizer"), ("TANGGAL PELAKSANAAN", "period"), ("JUMLAH JAM (JP)", "jp"),
        ("NO. SERTIFIKAT/STTPP", "number"),
    ]  # fmt: skip
    written: list[tuple[str, str, str]] = [
        ("12 s.d. 14 Januari 2025", "2025-01-12", "2025-01-14"),
        ("30 April - 2 Mei 2025", "2025-04-30", "2025-05-02"),
        ("29 Desember 2024 s/d 3 Januari 2025", "2024-12-29", "2025-01-03"),
        ("30 Des - 2 Januari 2025", "2024-12-30", "2025-01-02"),
        ("12-14 Pebruari 2025", "2025-02-12", "2025-02-14"),
        ("12-01-2025 s.d. 14-01-2025", "2025-01-12", "2025-01-14"),
        ("12/01/25", "2025-01-12", "2025-01-12"),
        ("5 Nopember 2024", "2024-11-05", "2024-11-05"),
        ("Senin, 3 Maret 2025", "2025-03-03", "2025-03-03"),
        ("3, 4 dan 5 Maret 2025", "2025-03-03", "2025-03-05"),
        ("45719", "2025-03-03", "2025-03-03"),
    ]
    hours: list[tuple[object, str]] = [
        ("24 JP", "24.00"), ("24 jam", "24.00"), ("16,0", "16.00"), (32, "32.00"), ("40 Jam Pelajaran", "40.00"),
        ("8 JPL", "8.00"), ("32 (tiga puluh dua) JP", "32.00"), ("1.200", "1200.00"), ("4", "4.00"),
        (12.5, "12.50"), ("20JP", "20.00"),
    ]  # fmt: skip
    lines = [
        _told(
            number, 24,
            {"start": start, "end": end, "year": int(end[:4]), "jp": jp, "status": None},
            period=period, jp=cell,
        )
        for number, ((period, start, end), (cell, jp)) in enumerate(zip(written, hours, strict=True))
    ]  # fmt: skip
    lines += [
        _bad(11, 24, "jp", "jp_unit", jp="3 hari"),
        _bad(12, 24, "jp", "jp_zero", jp="0"),
        _bad(13, 24, "jp", "jp_format", jp="banyak"),
        _bad(14, 24, "period", "period_absent", period="31 Februari 2025"),
        _bad(15, 24, "period", "period_reversed", period="14 s.d. 12 Januari 2025"),
        _bad(16, 24, "period", "period_format", period="Januari 2025"),
        _bad(17, 24, "period", "period_order", period="02/13/2025"),
        _bad(18, 24, "title", "title_blank", title=""),
        _bad(19, 24, "nip", "nip_length", nip="1987051420100120"),
        _bad(20, 24, "nip", "nip_unknown", nip="198705142010012999"),
        _told(21, 24, {"status": None}),
    ]
    scene = Scene("riwayat_tanggal.xlsx", "xlsx", columns, lines, "import_history", "Riwayat",
                  about="ranges of days, ways to write JP")  # fmt: skip
    write_xlsx(folder / scene.file, [Sheet("Riwayat", [[h for h, _ in columns], *map(scene.row, lines)])])
    return scene


def kursus(folder: Path) -> Scene:
    """The columns of SIASN's kursus, in camel case, ; between."""
    columns: list[Column] = [
        ("idPns", ""), ("nipBaru", "nip"), ("nipLama", ""), ("jenisDiklatId", ""), ("namaKursus", "title"),
        ("institusiPenyelenggara", "organizer"), ("noSertipikat", "number"), ("tanggalKursus", "start"),
        ("tanggalSelesaiKursus", "end"), ("tahunKursus", "year"), ("jumlahJam", "jp"), ("path", ""),
    ]  # fmt: skip
    lines = [_told(number, 25, {"status": None}) for number in range(16)]
    lines += [
        _bad(16, 25, "end", "end_reversed", end="01-01-2025"),
        _bad(17, 25, "year", "year_format", year="dua ribu"),
        _bad(18, 25, "start", "start_leap", start="29-02-2025"),
        _told(19, 25, {"status": None, "start": "2025-03-20", "end": "2025-03-20"}, end=""),
        _told(20, 25, {"status": None, "start": None, "end": None, "jp": None}, start="", end="", jp=""),
        _bad(21, 25, "nip", "nip_lost_digits", nip="1,98705E+17"),
    ]
    scene = Scene("riwayat_kursus.csv", "csv", columns, lines, "import_history", about="SIASN kursus")
    write_text(folder / scene.file, [[h for h, _ in columns], *map(scene.row, lines)], ";", "utf-8-sig")
    return scene


def two_tiers(folder: Path) -> Scene:
    """An HTML report with two tiers, column numbers, a total of JP and the state of each row."""
    columns: list[Column] = [
        ("NO", "no"), ("NIP", "nip"), ("NAMA PELATIHAN", "title"), ("PENYELENGGARA", "organizer"),
        ("TANGGAL MULAI", "start"), ("TANGGAL SELESAI", "end"), ("JML JP", "jp"), ("NOMOR SERTIFIKAT", "number"),
        ("STATUS VERIFIKASI", "status"),
    ]  # fmt: skip
    states = [("Terverifikasi", "verified"), ("Menunggu", "waiting"), ("Ditolak", "rejected"),
              ("approved", "verified"), ("pending", "waiting"), ("Belum diverifikasi", "waiting")]  # fmt: skip
    lines = [
        _told(number, 26, {"status": states[number % 6][1]}, status=states[number % 6][0])
        for number in range(18)
    ]
    lines += [
        _bad(18, 26, "status", "status_unknown", status="Mungkin"),
        _bad(19, 26, "jp", "jp_unit", jp="2 hari"),
        _bad(20, 26, "start", "start_absent", start="31-04-2025"),
    ]
    scene = Scene(
        "riwayat_dua_tingkat.xls", "html", columns, lines, "import_history", "Tabel 1", 3,
        skipped={"number": 1, "total": 1}, numbers=list(range(5, 5 + len(lines))), about="two tiers in HTML",
    )  # fmt: skip
    down = [f"<td rowspan=2>{name}</td>" for name in ("NO", "NIP", "NAMA PELATIHAN", "PENYELENGGARA")]
    after = [f"<td rowspan=2>{name}</td>" for name in ("JML JP", "NOMOR SERTIFIKAT", "STATUS VERIFIKASI")]
    rows = [
        ["<td colspan=9>REKAP PELATIHAN</td>"],
        [*down, "<td colspan=2>TANGGAL</td>", *after],
        ["MULAI", "SELESAI"],
        [str(number) for number in range(1, 10)],
        *map(scene.row, lines),
        ["<td colspan=6>JUMLAH JP</td>", "336", "", ""],
    ]
    write_html(folder / scene.file, '<meta charset="utf-8">', rows, "", "utf-8")
    return scene
