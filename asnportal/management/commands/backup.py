"""``manage.py backup``: database and media in one encrypted file."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from asnportal.management import archive


class Command(BaseCommand):
    help = "Mencadangkan basis data dan berkas ke satu berkas terenkripsi di BACKUP_DIR."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--keep", type=int, default=14, metavar="N", help="sisakan N cadangan terbaru (bawaan 14)"
        )

    def handle(self, *, keep: int, **_options: Any) -> None:
        if keep < 1:
            raise CommandError("--keep paling sedikit 1.")
        try:
            target = self._make()
        except archive.ArchiveError as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(f"{target} ({target.stat().st_size / 1_000_000:.1f} MB)")
        for old in self._kept()[keep:]:
            old.unlink()

    def _make(self) -> Path:
        archive.require_postgres()
        lock = archive.Lock(settings.BACKUP_RECIPIENT, settings.BACKUP_PASSPHRASE)
        folder: Path = settings.BACKUP_DIR
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        now = timezone.localtime()
        target = folder / f"portal-{now:%Y%m%d-%H%M%S}{lock.suffix}"
        lock.closing(target)  # refuses before anything is dumped
        with tempfile.TemporaryDirectory(dir=folder) as work:
            dump = Path(work) / archive.DUMP
            rows = archive.dump_database(dump)
            files = sum(1 for _ in archive.kept_files(settings.MEDIA_ROOT))
            manifest = archive.Manifest(at=now.isoformat(), rows=rows, files=files)
            archive.write(target, dump=dump, media=settings.MEDIA_ROOT, manifest=manifest, lock=lock)
        return target

    def _kept(self) -> list[Path]:
        """All backups, newest first (the name is the time)."""
        found = (
            file for file in settings.BACKUP_DIR.glob("portal-*") if file.name.endswith(archive.SUFFIXES)
        )
        return sorted(found, reverse=True)
