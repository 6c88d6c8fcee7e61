"""Production refuses to start half configured (TRUST.md T56, T57): better no portal than an open one.

Asked by every process that serves: web (wsgi), worker and beat (celery). The demo and the tests are never asked.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

SHORTEST_KEY = 50  # characters, as Django's own deploy check asks
DEMO_ADDRESSES = "@contoh.test"  # a domain that cannot exist, used by the demo city only


def refuse_half_configured() -> None:
    """Raise ImproperlyConfigured with one sentence per fault, each saying what to do. Only in production."""
    if settings.PROFILE != "production":
        return
    faults = faults_of_settings()
    if not faults:
        faults = faults_of_data()
    if faults:
        raise ImproperlyConfigured(
            "Portal tidak dijalankan karena belum aman:\n"
            + "\n".join(f"  - {fault}" for fault in faults)
            + "\nSemua pengaturan dijelaskan di .env.example. Untuk mencoba saja: make run."
        )


def faults_of_settings() -> list[str]:
    """What the environment lacks, in the order in which one would mend it."""
    checks = {
        "SECRET_KEY masih bawaan atau terlalu pendek. Buat yang baru (openssl rand -base64 48) "
        "dan isikan ke SECRET_KEY.": settings.SECRET_KEY == settings.DEFAULT_SECRET_KEY
        or len(settings.SECRET_KEY) < SHORTEST_KEY,
        "DEBUG menyala. Hapus DEBUG dari lingkungan atau isi dengan 0.": settings.DEBUG,
        "ALLOWED_HOSTS memuat '*'. Isi dengan nama portal saja, misalnya portal.samarindakota.go.id.": "*"
        in settings.ALLOWED_HOSTS,
        "Basis data masih SQLite. Isi DATABASE_URL dengan alamat PostgreSQL: "
        "postgres://pengguna:sandi@server:5432/portal.": settings.DATABASES["default"]["ENGINE"]
        == "django.db.backends.sqlite3",
    }
    faults = [sentence for sentence, wrong in checks.items() if wrong]
    broker = fault_of_broker(settings.CELERY_BROKER_URL)
    return [*faults, broker] if broker else faults


def fault_of_broker(url: str) -> str:
    """Redis needs a password unless it is reached by a Unix socket, which has the rights of its file."""
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss", "redis+socket"}:
        return "REDIS_URL belum diisi. Isi dengan alamat Redis: redis://:sandi@server:6379/0."
    if parts.scheme != "redis+socket" and not parts.password:
        return "Redis tanpa kata sandi. Pasang requirepass di Redis dan tulis REDIS_URL=redis://:sandi@server:6379/0."
    return ""


def faults_of_data() -> list[str]:
    """Accounts with a password that everybody knows. An unreachable database is for /readyz to tell."""
    try:
        found = get_user_model().objects.filter(email__endswith=DEMO_ADDRESSES, is_active=True).exists()
    except DatabaseError:
        return []
    if not found:
        return []
    return [
        f"Basis data berisi akun peraga ({DEMO_ADDRESSES}). Mulailah dengan basis data kosong; "
        "kota peraga tidak boleh dipakai untuk data sungguhan."
    ]
