"""All configuration of the portal, from the environment only (see .env.example).

Three profiles: *demo* (``DEMO=1``: embedded services, demo accounts), *test* (``PORTAL_PROFILE=test``)
and *production* (neither), which refuses to start half configured (asnportal/common/startup.py).
"""

from datetime import timedelta
from pathlib import Path

import environ

from asnportal.common import logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEMO = env.bool("DEMO", default=False)
PROFILE = env("PORTAL_PROFILE", default="demo" if DEMO else "production")
DEFAULT_SECRET_KEY = "kunci-peraga-yang-tidak-boleh-dipakai-sungguhan-tepian-belajar"
SECRET_KEY = env("SECRET_KEY", default=DEFAULT_SECRET_KEY)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
PORT = env.int("PORT", default=8000)
SITE_URL = env("SITE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
SITE_NAME = env("SITE_NAME", default="Tepian Belajar")
SITE_OWNER = env("SITE_OWNER", default="ASN Kota Samarinda")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

INSTALLED_APPS = [
    "asnportal",
    "asnportal.common",
    "asnportal.audit",
    "asnportal.people",
    "asnportal.notifications",
    "competency",
    "training",
    "partners",
    "asnportal.home",
    "asnportal.demo",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_cotton",
    "django_htmx",
    "django_structlog",
    "rules",
    "simple_history",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "asnportal.common.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "asnportal.home.gate.Gate",
    "django_structlog.middlewares.RequestMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "asnportal.urls"
WSGI_APPLICATION = "asnportal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "asnportal.home.context.layout",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "asnportal.common.templatetags.ikon",
            ],
        },
    }
]

FORM_RENDERER = "asnportal.common.widgets.Renderer"
MESSAGE_TAGS = {20: "", 25: "ok", 30: "warn", 40: "bad"}  # the variants of .note (DESIGN.md 6.11)
CSRF_FAILURE_VIEW = "asnportal.home.views.error.csrf_failure"

# Database: SQLite for the first run, PostgreSQL where it counts.
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}")}
_db = DATABASES["default"]
if _db["ENGINE"] == "django.db.backends.sqlite3":
    _db["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    _db["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    _db["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    _db["CONN_HEALTH_CHECKS"] = True
    if timeout := env.int("STATEMENT_TIMEOUT", default=0):  # milliseconds
        _db.setdefault("OPTIONS", {})["options"] = f"-c statement_timeout={timeout}"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The cache holds limits against guessing and little else: in the database, where all web processes see it and a
# broker that is down locks nobody out (docs/decisions/cache-in-the-database.md).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Redis: the broker. One address, two spellings (Celery and Django disagree on unix sockets).
REDIS_URL = env("REDIS_URL", default="")
CELERY_BROKER_URL = env(
    "BROKER_URL", default=REDIS_URL.replace("unix://", "redis+socket://", 1) or "memory://localhost"
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str | int] = {
    "visibility_timeout": 1200,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    # without these a publish to a broker that is down blocks the person's request for 6 s (R07)
    "max_retries": 0,
    "interval_start": 0,
}
if CELERY_BROKER_URL.startswith("filesystem:"):  # the first run where there is no embedded Valkey
    QUEUE_DIR = DATA_DIR / "queue"
    QUEUE_DIR.mkdir(exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR),
        "data_folder_out": str(QUEUE_DIR),
        "control_folder": str(QUEUE_DIR),
    }
CELERY_BROKER_POOL_ACQUIRE_TIMEOUT = 2
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TIMEZONE = "Asia/Makassar"

# Sign-in
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "asnportal.people.services.signin.Backend",
]
PASSWORD_HASHERS = ["asnportal.people.services.password.Argon2"]
if PROFILE == "test":  # people are made by the hundred there
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"asnportal.people.services.password.{rule}"}
    for rule in ("Similar", "Short", "Common", "Digits")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/beranda/"
LOGOUT_REDIRECT_URL = "/"
REQUIRE_MFA = env.bool("REQUIRE_MFA", default=PROFILE == "production")
REQUIRE_MFA_UNIT_OFFICERS = env.bool("REQUIRE_MFA_UNIT_OFFICERS", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
if not ALLAUTH_TRUSTED_PROXY_COUNT:  # a proxy compresses better and elsewhere (docker-compose.yml)
    MIDDLEWARE.insert(2, "asnportal.common.compress.TextGZipMiddleware")
ACCOUNT_ADAPTER = "asnportal.home.account.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "asnportal.people.forms.signin.SignInForm",
    "add_email": "asnportal.people.forms.security.ChangeEmailForm",
    "change_password": "asnportal.people.forms.security.ChangePasswordForm",
    "set_password": "asnportal.people.forms.security.SetPasswordForm",
    "reset_password": "asnportal.people.forms.security.ResetPasswordForm",
    "reset_password_from_key": "asnportal.people.forms.security.ResetPasswordKeyForm",
    "reauthenticate": "asnportal.people.forms.security.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # closed: accounts come from the staff data
ACCOUNT_EMAIL_VERIFICATION = "none"  # at sign-in; a new address is confirmed before it counts
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.partition(":")[0]
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other devices end, this one stays
ACCOUNT_RATE_LIMITS = {
    # An office of hundreds signs in behind one address (R30): the key counts, the address only stops floods.
    "login": "300/m/ip",
    "login_failed": None,  # ours, with the tries left: asnportal/people/services/signin.py
}
MFA_ADAPTER = "asnportal.home.account.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp"]
MFA_FORMS = {
    "authenticate": "asnportal.people.forms.security.SecondStepForm",
    "reauthenticate": "asnportal.people.forms.security.SecondStepAgainForm",
    "activate_totp": "asnportal.people.forms.security.ActivateAppForm",
}
MFA_TOTP_ISSUER = SITE_NAME
MFA_RECOVERY_CODE_COUNT = 10
USERSESSIONS_TRACK_ACTIVITY = False  # a write per request

SESSION_ENGINE = "asnportal.common.session"
SESSION_COOKIE_AGE = int(timedelta(minutes=30).total_seconds())
SESSION_ABSOLUTE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_REMEMBERED_AGE = int(timedelta(days=30).total_seconds())

# Language and time
LANGUAGE_CODE = "id"
LOCALE_PATHS = [BASE_DIR / "locale"]
# English is offered once its catalogue stands; .ci/translations.py then keeps it complete.
LANGUAGES = [("id", "Bahasa Indonesia"), *([("en", "English")] if (LOCALE_PATHS[0] / "en").is_dir() else [])]
TIME_ZONE = "Asia/Makassar"

# Seats. The row lock is switched off by one test only, which must then oversell (TRUST R02).
SEAT_LOCK = True
ESCALATE_AFTER = env.int("ESCALATE_AFTER", default=5)  # working days a supervisor has

# Files
STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(DATA_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": {
            "production": "whitenoise.storage.CompressedManifestStaticFilesStorage",
            "demo": "asnportal.common.static.CollectedStorage",
        }.get(PROFILE, "django.contrib.staticfiles.storage.StaticFilesStorage")
    },
}
WHITENOISE_USE_FINDERS = PROFILE != "production"
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_PERMISSIONS = 0o640

# The seal on certificates: a PKCS#12 file (path, or the file in base64). Outside production, without it, the
# portal makes a demo key of its own and says so (training/services/seal.py).
CERTIFICATE_NUMBER_PATTERN = env("CERTIFICATE_NUMBER_PATTERN", default="800.2.3/{urut:05}/{bulan}/{tahun}")
CERTIFICATE_PKCS12 = env("CERTIFICATE_PKCS12", default="")
CERTIFICATE_PKCS12_PASSWORD = env("CERTIFICATE_PKCS12_PASSWORD", default="")

# Mail
EMAIL_CONFIG = env.email_url(
    "EMAIL_URL", default="consolemail://" if PROFILE == "production" else "dummymail://"
)
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
MAIL_PER_SECOND = env.int("MAIL_PER_SECOND", default=5)  # no storm after an outage
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Tepian Belajar <tepian@contoh.test>")

# Security headers; nosniff, same-origin referrers and openers, and no frames are what Django sets by itself.
HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **dict.fromkeys(("default-src", "img-src", "form-action"), ("'self'",)),
        **dict.fromkeys(("object-src", "base-uri", "frame-ancestors"), ("'none'",)),
    }
}

LOGGING = logs.config(env("LOG_LEVEL", default="INFO"))

# Backups: the commands backup and restore
BACKUP_DIR = Path(env("BACKUP_DIR", default=str(DATA_DIR / "backup")))
BACKUP_PASSPHRASE = env("BACKUP_PASSPHRASE", default="")
BACKUP_RECIPIENT = env("BACKUP_RECIPIENT", default="")
