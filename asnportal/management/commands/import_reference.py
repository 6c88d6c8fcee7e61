"""Load units, positions, competencies, standards, catalogue, partners, sessions and assessments from csv files."""

import csv
import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from asnportal.common.errors import Refusal
from asnportal.common.upsert import Counts
from asnportal.people.services.reference import load_positions, load_ranks, load_units
from competency.services import reference
from competency.services.assessment import load_assessments
from competency.services.dictionary import load_competencies
from competency.services.standard import load_standards
from partners.services.reference import load_partners
from training.services.reference import load_programmes, load_sessions

FILES: dict[str, Callable[[list[dict[str, str]]], Counts]] = {
    "units": load_units,
    "positions": load_positions,
    "competencies": load_competencies,
    "standards": load_standards,
    "partners": load_partners,
    "training_catalogue": load_programmes,
    "sessions": load_sessions,
    "assessments": load_assessments,
}


def waiting(counts: Counts) -> str:
    """What was left out because its people are not there yet."""
    if not counts.skipped:
        return ""
    return f", {counts.skipped} dilewati karena pegawainya belum ada (muat lagi sesudah import_employees)"


class Command(BaseCommand):
    help = "Memuat data acuan dari berkas csv dalam satu folder (units.csv, positions.csv, …). Boleh diulang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="tulis hasil sebagai JSON")

    def handle(self, *, directory: Path, report: Path | None, **options: Any) -> None:
        if not directory.is_dir():
            raise CommandError(
                f"{directory} bukan folder. Sebutkan folder berisi units.csv dan kawan-kawannya."
            )
        results = {}
        with transaction.atomic():
            reference.load()
            load_ranks()
            for name, load in FILES.items():
                path = directory / f"{name}.csv"
                if path.exists():
                    results[name] = self.load(path, load)
        for name, counts in results.items():
            self.stdout.write(
                f"{name}: {counts.total} baris, {counts.created} baru, {counts.updated} berubah, "
                f"{counts.unchanged} tetap{waiting(counts)}"
            )
        if not results:
            raise CommandError(f"Tidak ada berkas csv yang dikenal di {directory}.")
        if report:
            report.write_text(json.dumps({name: vars(counts) for name, counts in results.items()}, indent=1))

    def load(self, path: Path, load: Callable[[list[dict[str, str]]], Counts]) -> Counts:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        try:
            return load(rows)
        except (KeyError, ValueError, Refusal) as error:
            raise CommandError(
                f"{path.name} tidak dapat dimuat: {error}. Tidak ada yang tersimpan."
            ) from error
