"""``manage.py prepare``: database and data of the first run (``make setup``). Cheap when nothing is to do."""

import fcntl
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from asnportal.common.static import OTHERS, is_collected
from asnportal.demo.accounts import ACTORS
from asnportal.management.supervisor import ALREADY_RUNNING, CannotStart, lock
from asnportal.people.models import User


class Command(BaseCommand):
    help = "Menyiapkan basis data, data rujukan dan (dengan DEMO=1) kota peraga, masing-masing sekali."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with (settings.DATA_DIR / "prepare.lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)  # two first starts at once: the second finds the work done
            if self._migrations_wait():
                self._migrate()
            call_command("load_reference_defaults", verbosity=0)
            if settings.DEMO and not is_collected():
                call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=OTHERS)
            if settings.DEMO and not self._demo_is_there():
                self._say("Memuat kota peraga …")
                call_command("demo", verbosity=0)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _migrations_wait(self) -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    def _migrate(self) -> None:
        try:
            lock(settings.DATA_DIR).close()
        except CannotStart as reason:
            raise CommandError(f"{reason} Basis data perlu diperbarui.", returncode=ALREADY_RUNNING) from None
        self._say("Menyiapkan basis data …")
        call_command("migrate", interactive=False, verbosity=0)

    def _demo_is_there(self) -> bool:
        """The demo city is loaded whole or not at all, so the last of its accounts says whether it is there."""
        return User.objects.filter(email=ACTORS[-1].address).exists()
