"""``manage.py portal``: the whole portal on this machine, for trying it out (``make run``)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from asnportal.demo.accounts import ACTORS, PASSWORD
from asnportal.management.supervisor import CannotStart, Plan, Supervisor
from asnportal.people.models import User


class Command(BaseCommand):
    help = "Menjalankan web, pekerja, jadwal dan antrean di mesin ini sampai Ctrl-C. Hanya untuk peragaan (DEMO=1)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Perintah ini hanya untuk peragaan: jalankan 'make run' (DEMO=1). "
                "Untuk pemakaian sungguhan lihat docs/operating.md."
            )
        plan = Plan(
            base=settings.BASE_DIR,
            data=settings.DATA_DIR,
            port=settings.PORT,
            site=settings.SITE_URL,
            redis_url=settings.REDIS_URL,
        )
        try:
            code = Supervisor(plan, say=self._say).run(greet=self._greet)
        except CannotStart as reason:
            raise CommandError(str(reason), returncode=reason.exit_code) from None
        raise SystemExit(code)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _greet(self) -> None:
        self._say(f"\nPortal siap di {settings.SITE_URL}/")
        for line in accounts():
            self._say(line)
        self._say(
            "Ini peragaan dengan akun yang diketahui umum: jangan dipakai untuk data sungguhan.\n"
            f"Catatan: {settings.DATA_DIR / 'log'}. Berhenti dengan Ctrl-C."
        )


def accounts() -> list[str]:
    """The demo accounts that exist, one a line, after the password they share."""
    known = set(User.objects.values_list("email", flat=True).filter(email__in=[a.address for a in ACTORS]))
    lines = [f"  {actor.address:<24} {actor.words}" for actor in ACTORS if actor.address in known]
    return [f"Akun peraga, kata sandi {PASSWORD}:", *lines] if lines else []
