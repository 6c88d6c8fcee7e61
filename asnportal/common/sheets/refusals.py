"""The sentences with which a whole file is refused."""

from asnportal.common.sheets.table import Limits, Refused


def _number(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _megabytes(size: int) -> str:
    return _number(max(1, round(size / 1_000_000)))


def empty() -> Refused:
    return Refused("empty", "Berkas kosong.")


def too_many_bytes(size: int, limits: Limits) -> Refused:
    told = f"Berkas {_megabytes(size)} MB. Paling besar {_megabytes(limits.bytes)} MB."
    return Refused("bytes", f"{told} Bagi menjadi beberapa berkas.")


def too_many_rows(limits: Limits) -> Refused:
    told = f"Berkas berisi lebih dari {_number(limits.rows)} baris data."
    return Refused("rows", f"{told} Bagi menjadi beberapa berkas.")


def expanded(limits: Limits) -> Refused:
    told = f"Berkas terlalu besar setelah dibuka. Paling banyak {_number(limits.rows)} baris."
    return Refused("expanded", told)


def macro() -> Refused:
    return Refused("macro", "Berkas berisi makro (.xlsm) tidak diizinkan. Simpan sebagai .xlsx.")


def wrong_type() -> Refused:
    return Refused("type", "Isi berkas tidak sesuai dengan jenisnya.")


def locked() -> Refused:
    return Refused("locked", "Berkas terkunci kata sandi. Buka kuncinya lebih dahulu.")


def broken() -> Refused:
    return Refused("broken", "Berkas rusak dan tidak dapat dibaca.")


def old_format() -> Refused:
    return Refused("old_format", "Simpan sebagai .xlsx lalu unggah lagi.")


def encoding() -> Refused:
    return Refused("encoding", "Pengodean berkas tidak dikenali. Simpan sebagai CSV UTF-8.")


def open_quote(number: int) -> Refused:
    return Refused("quotes", f"Tanda kutip pada baris {_number(number)} tidak ditutup.")


def missing_columns(labels: list[str]) -> Refused:
    told = f"Kolom wajib tidak ditemukan: {', '.join(labels)}. Unduh templat."
    return Refused("columns", told)


def clash(label: str, headings: list[str]) -> Refused:
    told = f"Kolom {' dan '.join(f'“{heading}”' for heading in headings)} sama-sama dibaca sebagai {label}."
    return Refused("clash", f"{told} Sisakan satu.")
