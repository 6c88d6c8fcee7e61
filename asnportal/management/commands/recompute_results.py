"""Compute the stored results of everybody anew: gaps, JP, simulation of IP ASN."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from competency.services import result


class Command(BaseCommand):
    """Exit code 0 when everybody is computed, 1 when another process is at it."""

    help = (
        "Menghitung ulang kesenjangan, JP, dan simulasi IP ASN semua pegawai untuk hari ini (WITA). "
        "Yang terhenti dilanjutkan, yang selesai dihitung dari awal."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="tulis laporan sebagai JSON")

    def handle(self, *, report: Path | None, **_options: Any) -> None:
        day = timezone.localdate()
        done = result.recompute(on=day, again=True)
        if report:
            told = {"day": day.isoformat(), "people": done.people, "finished": done.finished}
            report.write_text(json.dumps(told, indent=1), encoding="utf-8")
        if not done.finished:
            self.stderr.write("Perhitungan sedang dikerjakan proses lain. Tunggu sampai selesai.")
            raise SystemExit(1)
        self.stdout.write(f"{done.people} pegawai dihitung.")
