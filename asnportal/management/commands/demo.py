"""Load the demo city."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from asnportal.demo.accounts import ACTORS, PASSWORD
from asnportal.demo.load import is_loaded, load
from asnportal.demo.people import Plan
from training.services.certificate_issue import issue_due

MOST = 100_000


class Command(BaseCommand):
    help = "Memuat kota peraga: unit, pegawai rekaan, katalog, jadwal, dan akun peraga. Hanya dengan DEMO=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--employees", type=int, default=200, metavar="N", help="jumlah pegawai (bawaan 200)"
        )
        parser.add_argument("--seed", type=int, default=6472, metavar="S", help="benih acak (bawaan 6472)")

    def handle(self, *, employees: int, seed: int, **options: Any) -> None:
        if not (settings.DEMO or settings.PROFILE == "test"):
            raise CommandError("Kota peraga hanya dimuat dengan DEMO=1. Jangan pernah di server sungguhan.")
        if not 100 <= employees <= MOST:
            raise CommandError(f"--employees harus 100 sampai {MOST}.")
        fresh = not is_loaded()
        load(Plan(employees=employees, seed=seed, today=timezone.localdate()))
        if fresh:
            issue_due()  # the few certificates of the story, once the people in them are there for good
        if options["verbosity"]:
            self.stdout.write("Kota peraga dimuat." if fresh else "Kota peraga sudah ada; akun diperiksa.")
            self.stdout.write(f"Kata sandi semua akun peraga: {PASSWORD}")
            for actor in ACTORS:
                self.stdout.write(f"  {actor.address:24} {actor.words}")
