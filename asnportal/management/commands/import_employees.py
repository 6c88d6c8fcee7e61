"""Import employees from a spreadsheet."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from asnportal.common.sheets import PEOPLE, Table
from asnportal.management.intake_command import IntakeCommand, Prepared
from asnportal.people.services import intake


class Command(IntakeCommand):
    help = "Mengimpor pegawai dari berkas xlsx, xls, atau csv. Boleh diulang: pegawai dikenali dari NIP."
    vocabulary = PEOPLE

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--accept-held",
            action="store_true",
            help="terima baris yang kolomnya tidak sama dengan NIP (ditandai catatan mutu data)",
        )

    def prepare(self, table: Table, options: dict[str, Any]) -> Prepared:
        decisions = intake.Decisions(accept_held=options["accept_held"])
        plan = intake.examine(table, today=timezone.localdate(), decisions=decisions)
        return Prepared(plan.report, lambda source: intake.write(plan, by=None, source=source))
