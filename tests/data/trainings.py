"""Large spreadsheets of invented training histories for people who are known already."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

HEADINGS = (
    *("NIP", "NAMA PELATIHAN", "BENTUK", "PENYELENGGARA", "TANGGAL MULAI", "TANGGAL SELESAI"),
    *("JUMLAH JAM (JP)", "NOMOR SERTIFIKAT", "STATUS VERIFIKASI"),
)
TITLES = ("Arsip Digital", "Pelayanan Publik", "Keuangan Daerah", "Keselamatan Kerja", "Menulis Naskah Dinas")
FORMS = ("Bimbingan Teknis (bimtek)", "Seminar/konferensi/sarasehan", "Workshop/lokakarya")
STATES = ("Terverifikasi", "Terverifikasi", "Menunggu", "Ditolak")


def write_trainings(path: Path, nips: Sequence[str], count: int, *, seed: int = 99) -> list[dict[str, str]]:
    """``count`` trainings of the people with these numbers, one number of a certificate each, headings in row 1."""
    chance = random.Random(seed)
    lines = []
    for number in range(count):
        start = date(2020, 1, 6) + timedelta(days=chance.randrange(2_400))
        days = chance.randrange(3)
        cells = (
            nips[number % len(nips)],
            f"Pelatihan {chance.choice(TITLES)}",
            chance.choice(FORMS),
            "BKPSDM Kota Contoh",
            f"{start:%d-%m-%Y}",
            f"{start + timedelta(days=days):%d-%m-%Y}",
            str(8 * (days + 1)),
            f"800.2/{number:05}/{start.year}",
            STATES[number % len(STATES)],
        )
        lines.append(dict(zip(HEADINGS, cells, strict=True)))
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Riwayat")
        sheet.write_row(0, 0, HEADINGS)
        for row, line in enumerate(lines, 1):
            for column, heading in enumerate(HEADINGS):
                sheet.write_string(row, column, line[heading])
    return lines
