"""The matrix: its rows, what a cell means, and how one cell is tried."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.world import ROLES, World

LETTERS = {"A": "allowed", "F": "403", "N": "404", "L": "to the sign-in page"}
LOGIN = "/masuk/"
# One row stands for all addresses of these namespaces.
NAMESPACES = {"admin": "admin:index"}

Arguments = dict[str, Any]
Builder = Callable[[World, str], "Arguments | tuple[Arguments, Arguments]"]


@dataclass(frozen=True)
class Row:
    """One address and verb with the expected answer per role."""

    id: str
    name: str
    verb: str
    cells: str
    of: Builder | None = None
    data: Arguments | Callable[[World], Arguments] | None = None
    query: str = ""
    also: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.name} {self.verb}{self.query}"

    @property
    def test_name(self) -> str:
        return re.sub(r"\W+", "_", f"{self.name}_{self.verb}{self.query}")

    def expected(self) -> dict[str, tuple[str, str]]:
        """Per role the letters in scope and out of scope."""
        cells = self.cells.split()
        assert len(cells) == len(ROLES), f"{self}: {len(cells)} cells instead of {len(ROLES)}"
        pairs = {}
        for role, cell in zip(ROLES, cells, strict=True):
            inside, _, outside = cell.partition("/")
            pairs[role] = (inside, outside or inside)
        assert {letter for pair in pairs.values() for letter in pair} <= set(LETTERS), (
            f"{self}: unknown letter"
        )
        return pairs

    def urls(self, world: World, role: str) -> tuple[str, str]:
        built = self.of(world, role) if self.of else {}
        inside, outside = built if isinstance(built, tuple) else (built, built)
        return tuple(reverse(self.name, kwargs=kwargs) + self.query for kwargs in (inside, outside))  # type: ignore[return-value]

    def body(self, world: World) -> Arguments:
        return self.data(world) if callable(self.data) else self.data or {}


@dataclass(frozen=True)
class Fault:
    row: Row
    role: str
    how: str
    expected: str
    answer: str

    def __str__(self) -> str:
        return f"{self.row} as {self.role}, {self.how}: expected {self.expected}, got {self.answer}"


def letter_of(response: HttpResponse, also: tuple[int, ...] = ()) -> str:
    """What an answer means: A, F, N or L, else its status."""
    status = response.status_code
    to = response.headers.get("HX-Redirect") or (
        response.headers.get("Location", "") if status == 302 else ""
    )
    if to.startswith(LOGIN):
        return "L"
    if status in (200, 204, 301, 302) or status in also:
        return "A"
    return {403: "F", 404: "N"}.get(status, str(status))


def ask(client: Client, row: Row, url: str, world: World, **headers: str) -> HttpResponse:
    send = client.post if row.verb == "POST" else client.get
    response = send(url, row.body(world) if row.verb == "POST" else None, headers=headers)
    if response.streaming:  # a file: read to its end, so that it is closed
        for _part in response.streaming_content:
            pass
    return response  # type: ignore[return-value]


def faults_of(row: Row, world: World) -> Iterator[Fault]:
    """Try every cell of the row: in scope and out of scope, as a page and as a part for htmx."""
    for role, letters in row.expected().items():
        for scope, letter in zip(("in scope", "out of scope"), letters, strict=True):
            if scope == "out of scope" and letters[0] == letters[1]:
                continue
            for how, headers in (("page", {}), ("part", {"HX-Request": "true"})):
                with world.undone():
                    url = row.urls(world, role)[scope == "out of scope"]
                    answer = letter_of(ask(world.client(role), row, url, world, **headers), row.also)
                if answer != letter:
                    yield Fault(row, role, f"{scope}, {how}", letter, answer)


def named_urls() -> dict[str, URLPattern]:
    """Every address of the portal by its name, with its namespace."""
    return dict(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, inner)
        else:
            yield f"{space}{pattern.name or f'without a name: {pattern.pattern}'}", pattern


def covered_by(name: str) -> str:
    """The name whose row speaks for this address."""
    space, colon, _ = name.partition(":")
    return NAMESPACES.get(space, name) if colon else name
