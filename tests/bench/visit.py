"""Bytes of a first visit to the catalogue, as the web server of the embedded run sends them to a phone."""

import re
import socket
from urllib.parse import urljoin, urlsplit

from tests.bench.ground import Server

NAMED = re.compile(r'<(?:link|script|img|use)\b[^>]*?\b(?:href|src)="([^"#]+)[^"]*"')
IN_CSS = re.compile(r"url\(\"?([^)\"']+)\"?\)")
PAGE = "/katalog/"


def fetch(port: int, path: str) -> tuple[int, bytes]:
    """(bytes on the wire with headers, the body as it came) of one request of a browser without a cache."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    head += "Accept-Encoding: gzip, deflate\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(head.encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{path}: {answer[:40]!r}")
    return len(answer), answer.partition(b"\r\n\r\n")[2]


def plain(port: int, path: str) -> str:
    """The text of a page or style sheet, uncompressed, to read the addresses in it."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    return connection.getresponse().read().decode()


def first_visit(server: Server) -> dict[str, int]:
    """The page, everything it names, and the pictures of its style sheets; fonts as far as the page names them.

    The dark style sheet is counted though a browser in light colours fetches it last and without need.
    """
    port = server.port
    page = plain(port, PAGE)
    paths = {urljoin(PAGE, found) for found in NAMED.findall(page) if "/static/" in found}
    for sheet in [path for path in paths if ".css" in path]:
        paths |= {
            urljoin(sheet, found) for found in IN_CSS.findall(plain(port, sheet)) if "woff" not in found
        }
    found = {"html": fetch(port, PAGE)[0], "css": 0, "own_js": 0, "htmx": 0, "fonts": 0, "images": 0}
    for path in sorted(paths):
        found[_kind(urlsplit(path).path)] += fetch(port, path)[0]
    return found | {"requests": len(paths) + 1, "all": sum(found.values())}


def _kind(path: str) -> str:
    if path.endswith(".css"):
        return "css"
    if path.endswith(".js"):
        return "htmx" if "htmx" in path else "own_js"
    return "fonts" if "woff" in path else "images"
