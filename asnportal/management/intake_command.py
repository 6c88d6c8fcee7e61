"""What the two import commands share: options, reading, the report, the exit code."""

import hashlib
import json
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from asnportal.common.errors import Refusal
from asnportal.common.intake import Outcome, Report
from asnportal.common.sheets import Limits, Refused, Table, Vocabulary, read_workbook

LIMITS = Limits(rows=200_000, bytes=100_000_000)


@dataclass(frozen=True)
class Prepared:
    """A plan's report and the act that writes it (the argument names the source)."""

    report: Report
    write: Callable[[str], None]


class IntakeCommand(BaseCommand):
    """Exit code 0 when every row is written or unchanged, 1 when some are not, 2 when the file is refused."""

    vocabulary: Vocabulary
    talks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="periksa saja, tidak menyimpan")
        parser.add_argument(
            "--all-or-nothing", action="store_true", help="tidak menyimpan bila ada baris bermasalah"
        )
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="tulis laporan sebagai JSON")

    def prepare(self, table: Table, options: dict[str, Any]) -> Prepared:
        raise NotImplementedError

    def handle(self, *, file: Path, report: Path | None, **options: Any) -> None:
        self.talks = options["verbosity"] > 0
        try:
            table = read_workbook(file, file.name, vocabulary=self.vocabulary, limits=LIMITS)
        except OSError:
            told = f"Berkas {file} tidak ada atau tidak dapat dibuka."
            self.end(Report(str(file), refused=("missing", told)), report, 2)
        except Refused as refused:
            self.end(Report(str(file), refused=(refused.code, refused.message)), report, 2)
        prepared = self.prepare(table, options)
        result = prepared.report
        result.file = str(file)
        stopped = options["all_or_nothing"] and result.not_written
        if not options["dry_run"] and not stopped:
            self.write(prepared, file)
        if stopped:
            self.stderr.write("Tidak ada yang disimpan: masih ada baris bermasalah (--all-or-nothing).")
        self.end(result, report, 1 if result.not_written else 0)

    def write(self, prepared: Prepared, file: Path) -> None:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        try:
            prepared.write(f"{file.name} sha256:{digest}")
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} Tidak ada yang tersimpan.") from refusal

    def end(self, result: Report, path: Path | None, code: int) -> None:
        if path:
            path.write_text(json.dumps(result.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
        if result.refused:
            self.stderr.write(f"Ditolak: {result.refused[1]}")
        elif self.talks:
            self.tell(result)
        if code:
            raise SystemExit(code)

    def tell(self, result: Report) -> None:
        counts = result.counts
        self.stdout.write(
            f"{len(result.rows)} baris: {counts[Outcome.CREATED]} baru, {counts[Outcome.UPDATED]} diperbarui, "
            f"{counts[Outcome.UNCHANGED]} tetap, {counts[Outcome.HELD]} menunggu keputusan, "
            f"{counts[Outcome.REJECTED]} tidak diimpor"
        )
        if result.ignored_columns:
            self.stdout.write(f"Kolom tidak dibaca: {', '.join(result.ignored_columns)}")
        for group in result.groups()[:20]:
            self.stdout.write(f"  {len(group.rows)} baris: {group.message} (baris {group.rows[0]} …)")
