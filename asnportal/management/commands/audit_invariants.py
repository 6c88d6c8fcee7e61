"""Look for anything in the portal that must never be so."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from competency.queries import invariant as competency
from training.queries import invariant as training
from training.services import certificate_file


class Command(BaseCommand):
    help = (
        "Mencari yang tidak boleh terjadi: kursi, antrean, nomor sertifikat, JP, dan berkas. "
        "Menulis satu kalimat untuk setiap temuan; keluar dengan 1 bila ada."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="tulis hasil sebagai JSON")

    def handle(self, *, report: Path | None, **options: Any) -> None:
        found = [*training.broken(), *competency.broken(), *certificate_file.broken()]
        for sentence in found:
            self.stdout.write(sentence)
        removed = certificate_file.remove_orphans()
        if report:
            report.write_text(json.dumps({"broken": found, "orphans_removed": removed}, indent=1))
        if removed:
            self.stdout.write(f"{removed} berkas tanpa catatan dihapus (sisa pekerjaan yang terputus).")
        if found:
            raise CommandError(f"{len(found)} temuan.", returncode=1)
        self.stdout.write("Semua sesuai.")
