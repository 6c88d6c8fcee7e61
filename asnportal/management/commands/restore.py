"""``manage.py restore``: a backup into an empty database and an empty media folder, then measured."""

import hashlib
import json
import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from asnportal.management import archive
from asnportal.notifications.models import Message
from training.models import Certificate

# Emptied after a restore: who was signed in then is not signed in now, and counters of guesses begin anew.
NOT_KEPT = ("django_session", "usersessions_usersession", "cache_entries")


class Command(BaseCommand):
    help = (
        "Memulihkan cadangan ke basis data dan folder berkas yang KOSONG, lalu membandingkannya dengan daftar isi "
        "cadangan. Surat yang menunggu saat cadangan dibuat tidak dikirim lagi."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="BERKAS")
        parser.add_argument(
            "--identity", default="", metavar="KUNCI", help="berkas kunci age untuk cadangan .age"
        )
        parser.add_argument(
            "--report", type=Path, metavar="JSON", help="tulis hasil pemeriksaan ke berkas ini"
        )

    def handle(self, *, file: Path, identity: str, report: Path | None, **_options: Any) -> None:
        lock = archive.Lock(passphrase=settings.BACKUP_PASSPHRASE, identity=identity)
        try:
            archive.require_postgres()
            self._require_empty()
            with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as work:
                manifest = archive.read(file, Path(work), lock=lock)
                archive.restore_database(Path(work) / archive.DUMP)
                self._take_media(Path(work) / archive.MEDIA)
        except archive.ArchiveError as reason:
            raise CommandError(str(reason)) from None
        result = self._measure(manifest)
        result["mails_not_sent_again"] = self._quieten()
        if report:
            report.write_text(json.dumps(result, indent=2))
        self.stdout.write(json.dumps(result, indent=2))
        if result["problems"]:
            raise CommandError("Pemulihan tidak utuh; lihat 'problems' di atas.")

    def _require_empty(self) -> None:
        if connection.introspection.table_names():
            raise archive.ArchiveError(
                "Basis data tujuan tidak kosong. Buat basis data baru untuk pemulihan."
            )
        if settings.MEDIA_ROOT.is_dir() and any(settings.MEDIA_ROOT.iterdir()):
            raise archive.ArchiveError(f"Folder {settings.MEDIA_ROOT} tidak kosong.")

    def _take_media(self, unpacked: Path) -> None:
        if unpacked.is_dir():
            shutil.copytree(unpacked, settings.MEDIA_ROOT, dirs_exist_ok=True)

    def _measure(self, manifest: archive.Manifest) -> dict[str, Any]:
        """Rows of every table and the bytes of every certificate, against what was saved."""
        rows = archive.row_counts()
        problems = [
            f"{table}: {rows.get(table)} baris, seharusnya {wanted}"
            for table, wanted in manifest.rows.items()
            if rows.get(table) != wanted
        ]
        checked = 0
        for number, file, sha256 in Certificate.objects.exclude(file="").values_list(
            "number", "file", "sha256"
        ):
            path = settings.MEDIA_ROOT / file
            checked += 1
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
                problems.append(f"sertifikat {number}: berkas tidak sama dengan yang diterbitkan")
        return {
            "saved_at": manifest.at,
            "tables": len(rows),
            "rows": sum(rows.values()),
            "certificates": checked,
            "problems": problems,
        }

    def _quieten(self) -> int:
        """Nothing is sent a second time: what waited then may have gone out since. The count of such mails."""
        with connection.cursor() as cursor:
            for table in NOT_KEPT:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        return Message.objects.filter(status=Message.Status.WAITING).update(
            status=Message.Status.SKIPPED, error="dipulihkan dari cadangan; kirim ulang bila perlu"
        )
