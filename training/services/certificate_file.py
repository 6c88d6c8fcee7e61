"""The sealed files: private storage under MEDIA_ROOT, served only through a view that asks who is reading.

The hash of the bytes is part of the name: a seal is never the same twice, and a slow worker whose lease ran
out must not overwrite a file that is already recorded.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from training.models import Certificate

FOLDER = "sertifikat"


@dataclass(frozen=True)
class Stored:
    """``name`` is relative to MEDIA_ROOT."""

    name: str
    sha256: str
    size: int


def store(data: bytes, *, public_id: str, year: int) -> Stored:
    """Write whole or not at all: temporary file, fsync, rename. Raises OSError (a full disk among them)."""
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{FOLDER}/{year}/{public_id}-{sha256}.pdf"
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    fresh = path.parent / f".{secrets.token_hex(8)}.tmp"
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o640)
        fresh.rename(path)
    finally:
        fresh.unlink(missing_ok=True)
    _sync(path.parent)
    return Stored(name, sha256, len(data))


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def path_of(name: str) -> Path:
    """The place of a stored file. Raises ValueError for a name that leaves the store."""
    root = (Path(settings.MEDIA_ROOT) / FOLDER).resolve()
    path = (Path(settings.MEDIA_ROOT) / name).resolve()
    if not path.is_relative_to(root):
        raise ValueError(name)
    return path


def remove(name: str) -> None:
    path_of(name).unlink(missing_ok=True)


def read(name: str) -> bytes:
    """The bytes of a stored file, b"" when it is not there. Compare their hash before use."""
    try:
        return path_of(name).read_bytes()
    except FileNotFoundError:
        return b""


def hash_of(name: str) -> str:
    """SHA-256 of a stored file, '' when it is not there."""
    data = read(name)
    return hashlib.sha256(data).hexdigest() if data else ""


def broken() -> Iterator[str]:
    """Recorded files that are missing or not as issued, each as a sentence. Reads every file."""
    recorded = Certificate.objects.exclude(file="").order_by("pk")
    for number, name, sha256 in recorded.values_list("number", "file", "sha256").iterator():
        found = hash_of(name)
        if not found:
            yield f"berkas: {number} hilang ({name})"
        elif found != sha256:
            yield f"berkas: {number} tidak sama dengan yang diterbitkan ({name})"


def remove_orphans(*, older_than: timedelta = timedelta(hours=1)) -> int:
    """Files that no row names: a worker died between writing and recording. Fresh ones may still be recorded."""
    recorded = set(Certificate.objects.exclude(file="").values_list("file", flat=True))
    before = time.time() - older_than.total_seconds()
    orphans = [
        name for name in stored_names() if name not in recorded and path_of(name).stat().st_mtime < before
    ]
    for name in orphans:
        remove(name)
    return len(orphans)


def stored_names() -> Iterator[str]:
    """Every file of the store, finished or not, relative to MEDIA_ROOT."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted((root / FOLDER).rglob("*")):
        if path.is_file():
            yield str(path.relative_to(root))
