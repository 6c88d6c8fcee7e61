"""Competencies and what IP ASN needs as csv tables, out and in by the same columns."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from asnportal.audit.models import record
from asnportal.common.errors import Refusal
from asnportal.common.upsert import Counts
from asnportal.people.models import User
from competency.services import index_intake as intake
from competency.services.assessment import assessment_rows, load_assessments
from competency.services.dictionary import competency_rows, load_competencies
from competency.services.standard import load_standards, standard_rows

LARGEST = 25 * 1024 * 1024  # bytes
LEVELS = tuple(f"level_{level}" for level in range(1, 6))
Row = dict[str, str]


@dataclass(frozen=True)
class Table:
    """``columns`` in the order of the file; ``rows`` for a day, ``load`` brings rows in."""

    columns: Sequence[str]
    rows: Callable[[date], list[Row]]
    load: Callable[[list[Row]], Counts]


TABLES = {
    "kompetensi": Table(
        ("kode", "nama", "jenis", "definisi", *LEVELS), lambda on: competency_rows(), load_competencies
    ),
    "standar": Table(
        ("kode_jabatan", "kode_kompetensi", "level_wajib", "kategori"), standard_rows, load_standards
    ),
    "penilaian": Table(
        (
            "nip",
            "kode_jabatan",
            "kode_kompetensi",
            "level_wajib",
            "level_capaian",
            "selisih",
            "metode",
            "tanggal",
            "berlaku_sampai",
        ),
        lambda on: assessment_rows(),
        load_assessments,
    ),
    "kinerja": Table(intake.RATINGS, lambda on: intake.rating_rows(), intake.load_ratings),
    "disiplin": Table(intake.PENALTIES, lambda on: intake.penalty_rows(), intake.load_penalties),
    "indeks": Table(intake.OFFICIAL, lambda on: intake.official_rows(), intake.load_official),
}


@transaction.atomic
def bring_in(kind: str, content: bytes, *, by: User) -> Counts:
    """Load one table, whole or not at all. Raises Refusal with the line and what is wrong."""
    table = TABLES[kind]
    rows = read(content, table.columns)
    try:
        with transaction.atomic():
            counts = table.load(rows)
    except (KeyError, ValueError) as error:
        raise Refusal(f"Isi tidak dikenal: {error}. Tidak ada yang tersimpan.", code="table") from None
    record("table.load", None, by=by, kind=kind, created=counts.created, updated=counts.updated)
    return counts


def read(content: bytes, columns: Sequence[str]) -> list[Row]:
    """The rows of a csv with comma or semicolon. Raises Refusal where a column is missing or it is no text."""
    if len(content) > LARGEST:
        raise Refusal("Ukuran berkas paling besar 25 MB.", code="too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("Pengodean berkas tidak dikenali. Simpan sebagai CSV UTF-8.", code="encoding") from None
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise Refusal(f"Kolom {', '.join(missing)} tidak ada di berkas ini.", code="columns")
    return [{name: (row.get(name) or "").strip() for name in columns} for row in reader]
