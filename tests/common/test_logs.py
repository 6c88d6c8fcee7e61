import json
import logging

import pytest
from django.test import Client
from structlog.stdlib import ProcessorFormatter

from asnportal.common.logs import masked_text

NIP = "198705142010012003"


def written(record: logging.LogRecord) -> str:
    """The line that the handler of the settings writes."""
    formatters = [
        h.formatter for h in logging.getLogger().handlers if isinstance(h.formatter, ProcessorFormatter)
    ]
    assert len(set(formatters)) == 1
    return formatters[0].format(record)


def line_of(message: str, *args: object, **extra: object) -> str:
    """What the configured handler would write for one record."""
    record = logging.LogRecord("tests", logging.WARNING, "x.py", 1, message, args, None)
    record.__dict__.update(extra)
    return written(record)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"no employee {NIP}", NIP),
        ("no employee 19870514 201001 2 003", "201001"),
        ("NIK 6472011405870001 found", "6472011405870001"),
        ("POST /masuk/?login=siti%40contoh.test", "siti"),
        ('{"password": "Tepian-2026"}', "Tepian-2026"),
        ("password=Tepian-2026&next=/", "Tepian-2026"),
        ("GET /verifikasi/onlysmallletters/", "onlysmallletters"),
        ("GET /kalender/abc.ics", "abc"),
        ("key /sandi/1-c9x8ab-0123456789abcdef0123456789abcdef/", "0123456789abcdef"),
        ("Fq3_8Zk1LmN0pQrStUvWxY is a token", "Fq3_8Zk1LmN0pQrStUvWxY"),
        ("redis://:hunter2@redis:6379/0 refused", "hunter2"),
    ],
)
def test_T44_numbers_passwords_and_tokens_never_reach_a_log(text: str, secret: str) -> None:
    assert secret not in masked_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "GET /katalog/pelatihan-kepemimpinan-pengawas-2026/",
        "training.services.enrolment.request took 12 ms",
        "session 12 at 2026-11-24T08:00:00+08:00",
        "RemovedInDjango60Warning: use https",
        "job 3f2b8c1e-9a4d-4c2b-8f1e-2d3c4b5a6978 done",
    ],
)
def test_what_is_no_secret_stays_readable(text: str) -> None:
    assert masked_text(text) == text


def test_T44_a_traceback_shows_no_number_of_its_message() -> None:
    try:
        raise ValueError(f"duplicate {NIP}")
    except ValueError as error:
        line = line_of("failed", exc_info=(type(error), error, error.__traceback__))
    assert NIP not in line
    assert "ValueError" in line


def test_T45_line_breaks_and_escape_codes_stay_inside_their_line() -> None:
    line = line_of("path %s", "/a\n2026 forged line\x1b[31m\u2028\x85")
    assert "\n" not in line
    assert "\x1b" not in line
    assert json.loads(line)["level"] == "warning"


@pytest.mark.django_db
def test_T44_a_request_is_logged_without_its_query(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    client.get("/katalog/", {"q": NIP}, headers={"user-agent": "a\nb"})
    lines = [written(record) for record in caplog.records if record.name.startswith("django_structlog")]
    assert lines
    assert not [line for line in lines if NIP in line or "\n" in line]
