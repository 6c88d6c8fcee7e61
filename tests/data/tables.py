"""Small files for tests of imports, written as a person would save them from a spreadsheet."""

from asnportal.common.sheets import HISTORY, PEOPLE, Limits, Table, read_workbook

LIMITS = Limits(50_000, 25_000_000)


def csv_bytes(headings: str, *rows: str) -> bytes:
    return "\n".join([headings, *rows]).encode()


def people_table(*rows: str, headings: str = "NIP;Nama;Unit Kerja") -> Table:
    return read_workbook(csv_bytes(headings, *rows), "pegawai.csv", vocabulary=PEOPLE, limits=LIMITS)


def history_table(
    *rows: str, headings: str = "NIP;Nama Diklat;Tanggal Mulai;Tanggal Selesai;JP;Nomor Sertifikat;Status"
) -> Table:
    return read_workbook(csv_bytes(headings, *rows), "riwayat.csv", vocabulary=HISTORY, limits=LIMITS)
