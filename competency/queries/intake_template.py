"""The template of an import: the headings that are read, and how to fill them in."""

from collections.abc import Iterator

from asnportal.common.sheets import HISTORY, PEOPLE, Vocabulary
from asnportal.common.workbook import Page, workbook

# Field, an example, and what it must hold. Headings are the labels of the fields, which are read again.
_HINTS = {
    "nip": ("198705142010012007", "18 angka. Biarkan kolom ini berformat teks."),
    "name": ("Rahmawati Contoh", "Tanpa gelar bila kolom gelar diisi."),
    "sex": ("P", "L atau P. Boleh kosong: dibaca dari NIP."),
    "birth_date": ("14-05-1987", "Hari-bulan-tahun. Boleh kosong: dibaca dari NIP."),
    "status": ("PNS", "PNS, CPNS, PPPK, atau PPPK Paruh Waktu."),
    "rank": ("III/c", "PNS I/a sampai IV/e, PPPK I sampai XVII."),
    "rank_since": ("01-04-2022", "Hari-bulan-tahun."),
    "position": ("Perawat", "Nama jabatan seperti di portal."),
    "position_since": ("01-01-2020", "Hari-bulan-tahun."),
    "unit": ("Dinas Kesehatan", "Nama unit, singkatan, atau kodenya."),
    "education": ("S1 Keperawatan", "Pendidikan terakhir."),
    "graduation_year": ("2009", "4 angka."),
    "cpns_since": ("01-01-2010", "Hari-bulan-tahun; bagi PPPK awal masa kerja."),
    "email": ("rahmawati@contoh.go.id", "Email dinas, bukan email pribadi."),
    "title": ("Bimbingan Teknis Arsip Digital", "Nama pelatihan seperti di sertifikat."),
    "organizer": ("BKPSDM Kota Samarinda", "Yang menyelenggarakan."),
    "form": ("Bimbingan teknis", "Bentuk pelatihan."),
    "start": ("02-03-2026", "Hari-bulan-tahun."),
    "end": ("03-03-2026", "Hari-bulan-tahun."),
    "jp": ("16", "Jumlah jam pelajaran (45 menit), bukan hari."),
    "number": ("800.2/001/2026", "Nomor sertifikat."),
}
_STATUS_OF_RECORD = ("Menunggu", "Terverifikasi, Menunggu, atau Ditolak.")
_FIELDS = {
    PEOPLE.name: (
        *("nip", "name", "title_before", "title_after", "sex", "birth_date", "status", "rank", "rank_since"),
        *("position", "position_since", "unit", "opd", "education", "graduation_year", "cpns_since", "email"),
    ),
    HISTORY.name: ("nip", "name", "title", "organizer", "form", "start", "end", "jp", "number", "status"),
}


def template_book(vocabulary: Vocabulary) -> Iterator[bytes]:
    """First an empty sheet with the headings, all columns as text; then one that says what belongs where."""
    fields = _FIELDS[vocabulary.name]
    headings = [vocabulary.label(name) for name in fields]
    hints = {**_HINTS, "status": _STATUS_OF_RECORD} if vocabulary is HISTORY else _HINTS
    rows = [
        (
            vocabulary.label(name),
            "ya" if name in vocabulary.required else "boleh kosong",
            *hints.get(name, ("", "")),
        )
        for name in fields
    ]
    widths = [
        max(len(heading) + 4, 22 if name in ("nip", "name", "unit", "title") else 14)
        for heading, name in zip(headings, fields, strict=True)
    ]
    return workbook(
        [
            Page("Isi di sini", headings, [], widths),
            Page("Petunjuk", ("Kolom", "Wajib", "Contoh", "Isi"), rows, (22, 14, 32, 48)),
        ]
    )
