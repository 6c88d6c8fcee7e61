"""Every page of every role in the demo city: it answers, is for everybody, fits and does not complain.

Each role looks at each of its pages on a phone; what was not seen before also in the dark and on a desk. One test,
because all of it needs one city, which the next test's flush takes away. With ``PAGES_SHOTS=folder`` pictures of
every page, role and shape are kept there.
"""

import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import EXPECTED, HEIGHTS
from tests.browser.crawl import Crawl
from tests.browser.town import ROLES, Town
from tests.permissions.matrix import ROLES as COLUMNS
from tests.permissions.rows import ROWS
from tests.permissions.world import World

Made = TypeVar("Made")
SHAPES = [(390, "light"), (390, "dark"), (1440, "light")]
SHOTS = os.environ.get("PAGES_SHOTS", "")
PART = re.compile(r"<([a-z]+)([^>]*)>")
CLASSES = re.compile(r'(?:class|data-r|aria-current|type)="([^"]*)"')
AXE = Axe().axe_script
FIND = """options => axe.run(document, {resultTypes: ["violations"], ...options}).then(found =>
    found.violations.map(one => `${one.id} ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 150))}`))"""
MEASURE = """() => [document.querySelectorAll("h1").length, document.title,
    document.documentElement.scrollWidth - innerWidth]"""


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing counted or remembered before this city, nor of it after it: the cache outlives the flush.

    The seal's key is made anew too: another test may have made it while its clock was moved.
    """
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    cache.clear()
    yield
    cache.clear()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("fresh")
def test_every_page_of_every_role_is_for_everybody(browser: Browser, live_server: LiveServer) -> None:
    """No link refuses, no page is left out, and each has nothing for axe, one h1, no sideways scrolling.

    The matrix has a row for every address, so a new page is looked at from its first day; Django's admin is not ours.
    """
    town = elsewhere(Town)
    eyes = Eyes(browser, live_server.url)
    faults, reached = [], set()
    for role in ROLES:
        crawl = Crawl(town.clients[role.name]).walk(*town.doors(role))
        faults += eyes.look(role.name, crawl)
        reached |= {name.partition("?")[0] for name in crawl.pages}
    for name, crawl in elsewhere(lambda: by_the_matrix(reached)).items():
        faults += eyes.look(name, crawl)
    assert not faults, "\n" + "\n".join(faults)


def by_the_matrix(reached: set[str]) -> dict[str, Crawl]:
    """What no link led to, as the matrix opens it: by the first column that may, with the objects of its row."""
    world = World()
    crawls = {column: Crawl(world.client(column)) for column in COLUMNS}
    for row in ROWS:
        columns = [column for column, (inside, _) in row.expected().items() if inside == "A"]
        if row.verb == "GET" and ":" not in row.name and columns and row.name not in reached:
            reached.add(row.name)
            crawls[columns[0]].open(row.urls(world, columns[0])[0], "the matrix")
    return crawls


def elsewhere(build: Callable[[], Made]) -> Made:
    """In a thread of its own: sealing certificates wants an event loop, and here the browser's is running."""

    def work() -> Made:
        try:
            return build()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


class Eyes:
    """Look at pages in a browser and remember which parts of which page were seen in all shapes."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.seen: dict[str, set[str]] = {}

    def look(self, role: str, crawl: Crawl) -> Iterator[str]:
        """What is wrong with the pages of this role, links that refuse among it."""
        yield from (f"{role}: {refusal}" for refusal in crawl.refusals)
        page = self.sit_down(crawl.client)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for name, url, new in self.choose(crawl):
            page.set_viewport_size({"width": 390, "height": HEIGHTS[390]})
            page.emulate_media(color_scheme="light")
            answer = page.goto(f"{self.url}{url}")
            found = [] if answer and answer.status == 200 else [f"answers {answer and answer.status}"]
            found += faults_of(page, SHAPES if new or SHOTS else SHAPES[:1], f"{role}-{name}-{url}")
            found += [words for words in complaints if not any(known in words for known in EXPECTED)]
            complaints.clear()
            yield from (f"{role}: {name} {url}: {fault}" for fault in found)
        page.context.close()

    def sit_down(self, client: Client) -> Page:
        """A browser of this person, signed in as the client is."""
        context = self.browser.new_context(locale="en-US", reduced_motion="reduce")
        session = client.cookies.get(settings.SESSION_COOKIE_NAME)
        if session:
            context.add_cookies([{"name": session.key, "value": session.value, "url": self.url}])
        return context.new_page()

    def choose(self, crawl: Crawl) -> Iterator[tuple[str, str, bool]]:
        """One address of each page, and the others that have a part nobody saw yet (that is ``new``)."""
        for name, urls in crawl.pages.items():
            seen = self.seen.setdefault(name, set())
            for url in urls:
                new = parts_of(crawl.texts[url]) - seen
                seen |= new
                if new or url == urls[0]:
                    yield name, url, bool(new)


def faults_of(page: Page, shapes: list[tuple[int, str]], name: str) -> list[str]:
    page.evaluate(AXE)
    faults = []
    for width, scheme in shapes:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(color_scheme=scheme)
        faults += [f"{width} {scheme}: {fault}" for fault in faults_now(page, dark=scheme == "dark")]
        if SHOTS:
            keep_picture(page, f"{name}-{width}{'d' if scheme == 'dark' else ''}")
    return faults


def faults_now(page: Page, *, dark: bool) -> Iterator[str]:
    headings, title, too_wide = page.evaluate(MEASURE)
    if headings != 1:
        yield f"{headings} h1"
    if not title.endswith(f" - {settings.SITE_NAME}") or title.startswith(" "):
        yield f"title {title!r}"
    if too_wide > 0:
        yield f"{too_wide} px too wide"
    options = {"runOnly": ["color-contrast"]} if dark else {}  # the dark page has the same parts and names
    yield from page.evaluate(FIND, options)


def parts_of(html: str) -> set[str]:
    """What a page is made of: its kinds of elements with their classes, without the layout around it."""
    main = html.partition("<main")[2]
    return {f"{tag} {' '.join(CLASSES.findall(rest))}" for tag, rest in PART.findall(main)}


def keep_picture(page: Page, name: str) -> None:
    folder = Path(SHOTS)
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{re.sub(r'[^a-zA-Z0-9-]+', '_', name)[:140]}.png", full_page=True)
