"""Load the reference data that every installation starts with."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

from asnportal.people.services import holiday
from competency.services import reference as competency

# Each adds what is missing, leaves alone what an officer has changed, and says how many rows were new.
LOADERS: tuple[Callable[[], dict[str, int]], ...] = (competency.load, holiday.load)


class Command(BaseCommand):
    help = "Memuat bentuk pembelajaran, aturan dan target JP yang berlaku umum. Boleh diulang."

    def handle(self, **options: Any) -> None:
        for load in LOADERS:
            for name, made in load().items():
                if options["verbosity"]:
                    self.stdout.write(f"{name}: {made} baru")
