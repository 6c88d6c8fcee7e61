"""Import training history from a spreadsheet."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from asnportal.common.sheets import HISTORY, Table
from asnportal.management.intake_command import IntakeCommand, Prepared
from competency.models import TrainingRecord
from competency.services import intake


class Command(IntakeCommand):
    help = "Mengimpor riwayat pelatihan dari berkas xlsx, xls, atau csv. Boleh diulang."
    vocabulary = HISTORY

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--accept-held", action="store_true", help="diterima demi keseragaman; tidak berpengaruh"
        )
        parser.add_argument(
            "--status",
            choices=[TrainingRecord.Status.VERIFIED.value, TrainingRecord.Status.WAITING.value],
            default=TrainingRecord.Status.WAITING.value,
            help="keadaan baris yang berkasnya tidak punya kolom status (bawaan waiting)",
        )

    def prepare(self, table: Table, options: dict[str, Any]) -> Prepared:
        decisions = intake.HistoryDecisions(status=options["status"])
        plan = intake.examine(table, today=timezone.localdate(), decisions=decisions)
        return Prepared(plan.report, lambda source: intake.write(plan, by=None, source=source))
