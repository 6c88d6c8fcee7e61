"""Requests that no browser sends are answered with 4xx in words, and the next one is served (TRUST T54, B82)."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
SIGN_IN = "/masuk/"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "kind", "status", "sentence"),
    [
        ("x=1&" * 20_000, FORM, 400, "Permintaan tidak dapat dibaca"),
        ("login=" + "x" * 10_000_000, FORM, 413, "Isian terlalu besar"),
        ("--x\r\n", "multipart/form-data", 400, "Permintaan tidak dapat dibaca"),
        ("--x\r\n", "multipart/form-data; boundary=" + "y" * 300, 400, "Permintaan tidak dapat dibaca"),
    ],
    ids=["20,000 fields", "10 MB", "no boundary", "a boundary too long"],
)
def test_T54_B82_what_is_too_much_or_cannot_be_read_is_refused_in_words(body, kind, status, sentence):
    client = Client(raise_request_exception=False)
    answer = client.post(SIGN_IN, body, content_type=kind)
    assert (answer.status_code, sentence in answer.text) == (status, True)


@pytest.mark.parametrize("method", ["FOO", "TRACE", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/katalog/", SIGN_IN, "/healthz"])
def test_B82_a_strange_method_is_not_allowed(client, method, path):
    assert client.generic(method, path).status_code == 405


def test_B82_deep_json_is_no_form_and_changes_nothing(client):
    assert (
        client.post(SIGN_IN, "[" * 10_000 + "]" * 10_000, content_type="application/json").status_code < 500
    )


def test_T54_limits_are_set_where_django_and_the_database_look():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 2_621_440
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS == 1000
    assert 'STATEMENT_TIMEOUT: "15000"' in (Path(settings.BASE_DIR) / "docker-compose.yml").read_text()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The server of the portal itself; none of these requests gets as far as the database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    home = tmp_path_factory.mktemp("server")
    env = os.environ | {"DATA_DIR": str(home), "PORTAL_PROFILE": "test", "DATABASE_URL": ""}
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{number}", "--worker-class", "gthread"]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [*command, "--threads", "4", "--no-control-socket", "asnportal.wsgi:application"],
            env={name: value for name, value in env.items() if value},
            cwd=settings.BASE_DIR,
            stdout=log,
            stderr=log,
        )
        try:
            _until_it_answers(number)
            yield number
        finally:
            server.terminate()
            server.wait(timeout=30)


def _until_it_answers(port: int) -> None:
    for _ in range(300):
        try:
            _alive(port)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not answer")


def _alive(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
        return int(answer.status)


def _send(port: int, raw: bytes) -> bytes:
    """Status line of the answer; b"" where the server just hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        try:
            return line.recv(4096).partition(b"\r\n")[0]
        except ConnectionResetError:
            return b""


HEAD = b"Host: 127.0.0.1\r\nConnection: close\r\n"
RAW = {
    "a header of 64 kB": b"GET /healthz HTTP/1.1\r\n" + HEAD + b"X-Big: " + b"x" * 65_536 + b"\r\n\r\n",
    "1,000 headers": b"GET /healthz HTTP/1.1\r\n" + HEAD + b"X-Many: 1\r\n" * 1_000 + b"\r\n",
    "an address of 64 kB": b"GET /" + b"x" * 65_536 + b" HTTP/1.1\r\n" + HEAD + b"\r\n",
    "a length that is no number": b"POST /masuk/ HTTP/1.1\r\n" + HEAD + b"Content-Length: abc\r\n\r\nx=1",
    "a negative length": b"POST /masuk/ HTTP/1.1\r\n" + HEAD + b"Content-Length: -5\r\n\r\nx=1",
    "two lengths": b"POST /masuk/ HTTP/1.1\r\n" + HEAD + b"Content-Length: 3\r\nContent-Length: 9\r\n\r\nx=1",
    "a length longer than what comes": b"POST /masuk/ HTTP/1.1\r\n"
    + HEAD
    + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\nx=1",
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "a null byte in the path": b"GET /katalog/%00/ HTTP/1.1\r\n" + HEAD + b"\r\n",
}


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
def test_B82_the_server_refuses_broken_http_and_lives_on(port, raw):
    status = _send(port, raw)
    assert not status or status.split()[1].startswith(b"4"), status
    assert _alive(port) == 200
