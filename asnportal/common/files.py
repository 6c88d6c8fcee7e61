"""Files that nobody reaches by address: kept under MEDIA_ROOT by random names, served only through views.

Names are relative to MEDIA_ROOT and are what the database holds.
"""

import os
import secrets
import time
from collections.abc import Collection, Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings


def keep(chunks: Iterable[bytes], *, folder: str, suffix: str = "") -> str:
    """Write the chunks to a new file of the folder and give its name. Whole or not at all (rename after fsync)."""
    name = f"{folder}/{secrets.token_urlsafe(24)}{suffix}"
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    unfinished = path.with_name(f".{path.name}")
    try:
        with unfinished.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o640)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return name


def path_of(name: str) -> Path:
    """Where a file lies. Raises ValueError for a name that leads out of MEDIA_ROOT."""
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / name).resolve()
    if not name or not path.is_relative_to(root):
        raise ValueError(f"no file of ours: {name!r}")
    return path


def remove(name: str) -> None:
    """Delete the file if it is there; "" is nobody's name and deletes nothing."""
    if name:
        path_of(name).unlink(missing_ok=True)


def remove_strays(folder: str, *, older: timedelta, known: Collection[str]) -> int:
    """Delete files of the folder that no row names and that are older; a crash leaves such files. Gives how many."""
    root = Path(settings.MEDIA_ROOT).resolve()
    until = time.time() - older.total_seconds()
    strays = [
        path
        for path in (root / folder).glob("*")
        if path.is_file() and str(path.relative_to(root)) not in known and path.stat().st_mtime < until
    ]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
