"""The web process against requests that no browser sends (B82, T54): an answer below 500, and it lives on."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.served import Served, served

# As a page of ours would send it: without, the body would not even be read.
TOKEN = b"Cookie: csrftoken=%b\r\nX-CSRFToken: %b\r\n" % (b"a" * 32, b"a" * 32)
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
MANY_FIELDS = b"&".join(b"f%d=1" % n for n in range(20_000))
DEEP = b"[" * 10_000 + b"]" * 10_000
BROKEN_PARTS = b"--x\r\nContent-Disposition: form-data; name=nip\r\n\r\n1"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("web") / "var"


@pytest.fixture(scope="module")
def server(django_db_setup: None, data: Path) -> Iterator[Served]:
    with served(data) as server:
        yield server


def asked(server: Served, request: bytes) -> int:
    """The status of the answer to these very bytes; 0 when the line is closed without one."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        answer = b""
        with suppress(BrokenPipeError, ConnectionResetError):  # answered before all was sent
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)  # nothing more will come, whatever the head promised
        with suppress(ConnectionResetError):
            answer = line.recv(64)
    return int(answer.split()[1]) if answer else 0


def post(body: bytes, head: bytes = FORM, *, length: int | None = None, path: bytes = b"/aktivasi/") -> bytes:
    count = TOKEN + b"Content-Length: %d\r\n" % (len(body) if length is None else length)
    return b"POST %b HTTP/1.1\r\nHost: 127.0.0.1\r\n%b%b\r\n%b" % (path, head, count, body)


def get(path: bytes, head: bytes = b"", method: bytes = b"GET") -> bytes:
    return b"%b %b HTTP/1.1\r\nHost: 127.0.0.1\r\n%b\r\n" % (method, path, head)


ODD = {
    "a length that is no number": (
        b"POST /aktivasi/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: abc\r\n\r\n",
        {400},
    ),
    "a length below zero": (post(b"nip=1", length=-5), {400}),
    "a length longer than the body": (post(b"nip=1", length=500), {422}),
    "a length shorter than the body": (post(b"nip=1234567890", length=3), {422}),
    "two ways to tell the length": (
        post(b"0\r\n\r\n", FORM + b"Transfer-Encoding: chunked\r\n"),
        {400, 403},
    ),
    "20,000 fields": (post(MANY_FIELDS), {400}),
    "JSON 10,000 levels deep": (post(DEEP, b"Content-Type: application/json\r\n"), {422}),
    "multipart without boundary": (post(b"nip=1", b"Content-Type: multipart/form-data\r\n"), {400}),
    "multipart cut short": (
        post(BROKEN_PARTS, b"Content-Type: multipart/form-data; boundary=x\r\n"),
        {422},
    ),
    "10 MB in a field": (post(b"nip=" + b"1" * 10_000_000), {413, 0}),
    "an unknown method": (get(b"/", TOKEN, method=b"FOO"), {405}),
    "a head of 64 kB": (get(b"/", b"X-Long: " + b"a" * 65_536 + b"\r\n"), {400, 431}),
    "2,000 heads": (get(b"/", b"".join(b"X-%d: 1\r\n" % n for n in range(2000))), {400, 431}),
    "an address of 64 kB": (get(b"/katalog/?q=" + b"a" * 65_536), {400, 414}),
    "bytes that are no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {400}),
    "an address that is no text": (get(b"/katalog/%ff%fe/?q=%00%ed%a0%80"), {400, 404}),
    "a strange Host": (b"GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n", {400}),
}


@pytest.mark.parametrize("name", ODD)
def test_B82_what_no_browser_sends_gets_an_answer_and_the_worker_lives(server: Served, name: str) -> None:
    workers = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    request, expected = ODD[name]
    assert asked(server, request) in expected
    assert asked(server, get(b"/healthz")) == 200
    assert Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text() == workers
