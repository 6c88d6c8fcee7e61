"""Backups: one encrypted file with the database, the media and a manifest that a restore is measured by.

The dump and the row counts come from one snapshot. Media are copied after it: a file is written before the row
that names it and never changes, so what the dump names is there.
"""

import json
import os
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Literal

from django.db import connection, transaction

from asnportal.audit.services.job import FOLDER as UPLOADS

DUMP, MANIFEST, MEDIA = "portal.dump", "manifest.json", "media"
SUFFIXES = (".tar.gz.age", ".tar.gz.enc")
OPENSSL = (
    "openssl",
    "enc",
    "-aes-256-cbc",
    "-pbkdf2",
    "-iter",
    "600000",
    "-salt",
    "-pass",
    "env:BACKUP_PASSPHRASE",
)
PG_NAMES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
}


class ArchiveError(Exception):
    """Why there is no backup, or no restore, as a sentence."""


@dataclass(frozen=True)
class Manifest:
    """What was saved. ``rows`` per table; ``at`` in WITA."""

    at: str
    rows: dict[str, int]
    files: int


@dataclass(frozen=True)
class Lock:
    """How archives are encrypted: by an age key (preferred: the server cannot read its own backups) or a passphrase."""

    recipient: str = ""
    passphrase: str = ""
    identity: str = ""

    @property
    def suffix(self) -> str:
        return SUFFIXES[0] if self.recipient else SUFFIXES[1]

    @property
    def env(self) -> Mapping[str, str]:
        return os.environ | {"BACKUP_PASSPHRASE": self.passphrase}

    def closing(self, target: Path) -> list[str]:
        if self.recipient:
            return ["age", "--recipient", self.recipient, "--output", str(target)]
        if self.passphrase:
            return [*OPENSSL, "-out", str(target)]
        raise ArchiveError("Cadangan harus terenkripsi: isi BACKUP_RECIPIENT (age) atau BACKUP_PASSPHRASE.")

    def opening(self, source: Path) -> list[str]:
        if source.name.endswith(SUFFIXES[0]):
            if not self.identity:
                raise ArchiveError("Cadangan ini terkunci dengan age: sebutkan --identity BERKAS_KUNCI.")
            return ["age", "--decrypt", "--identity", self.identity, str(source)]
        if not self.passphrase:
            raise ArchiveError("Isi BACKUP_PASSPHRASE dengan kata sandi cadangan ini.")
        return [*OPENSSL, "-d", "-in", str(source)]


def require_postgres() -> None:
    if connection.vendor != "postgresql":
        raise ArchiveError("Cadangan dibuat dari PostgreSQL. Data peraga (SQLite) cukup disalin foldernya.")


def postgres_env() -> Mapping[str, str]:
    """The connection for pg_dump and pg_restore; by environment, so that no password stands in a process list."""
    params = connection.get_connection_params()
    return os.environ | {name: str(params[key]) for key, name in PG_NAMES.items() if params.get(key)}


def row_counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = int(cursor.fetchone()[0])
    return counts


def dump_database(target: Path) -> dict[str, int]:
    """Write pg_dump's custom format to ``target``; the row counts of the same snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        counts = row_counts()
        _run(
            ["pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}"],
            env=postgres_env(),
        )
    return counts


def restore_database(source: Path) -> None:
    _run(
        ["pg_restore", "--exit-on-error", "--no-owner", "--single-transaction", "--dbname", "", str(source)],
        env=postgres_env(),
    )


def _run(command: list[str], *, env: Mapping[str, str]) -> None:
    try:
        done = subprocess.run(command, env=dict(env), capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise ArchiveError(f"Program {command[0]} tidak ada (di Debian: postgresql-client).") from None
    if done.returncode:
        raise ArchiveError(f"{command[0]} gagal: {done.stderr.strip()}")


def write(target: Path, *, dump: Path, media: Path, manifest: Manifest, lock: Lock) -> None:
    """The archive, whole or not at all: written beside, then renamed."""
    draft = target.with_name(f".{target.name}.part")
    try:
        with (
            _pipe(lock.closing(draft), lock, "stdin") as stream,
            tarfile.open(fileobj=stream, mode="w|gz") as tar,
        ):
            facts = dump.with_name(MANIFEST)
            facts.write_text(json.dumps(asdict(manifest)))
            tar.add(facts, MANIFEST)
            tar.add(dump, DUMP)
            if media.is_dir():
                tar.add(media, MEDIA, filter=_without_uploads)
        draft.chmod(0o600)
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)


def kept_files(media: Path) -> Iterator[Path]:
    """The files of the media folder that a backup holds; uploaded import files live a day at most and are left out."""
    return (
        file for file in media.rglob("*") if file.is_file() and file.relative_to(media).parts[0] != UPLOADS
    )


def _without_uploads(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if entry.name.split("/")[:2] == [MEDIA, UPLOADS] else entry


def read(source: Path, into: Path, *, lock: Lock) -> Manifest:
    """Unpack into ``into``: the dump, the manifest and the media folder."""
    try:
        with (
            _pipe(lock.opening(source), lock, "stdout") as stream,
            tarfile.open(fileobj=stream, mode="r|gz") as tar,
        ):
            tar.extractall(into, filter="data")
        return Manifest(**json.loads((into / MANIFEST).read_text()))
    except (tarfile.TarError, OSError, ValueError, EOFError):
        raise ArchiveError(f"{source} tidak dapat dibuka: kata sandi salah, atau berkas rusak.") from None


@contextmanager
def _pipe(command: list[str], lock: Lock, end: Literal["stdin", "stdout"]) -> Iterator[IO[bytes]]:
    """The writing or the reading end of ``command``; raises ArchiveError unless it ends well."""
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(
            command,
            env=dict(lock.env),
            stdin=pipe if end == "stdin" else subprocess.DEVNULL,
            stdout=pipe if end == "stdout" else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise ArchiveError(f"Program {command[0]} tidak ada.") from None
    stream = process.stdin if end == "stdin" else process.stdout
    assert stream is not None
    try:
        yield stream
    finally:
        with suppress(BrokenPipeError):
            stream.close()
        process.wait()
    if process.returncode:
        raise ArchiveError(f"{command[0]} gagal (kode {process.returncode}).")
