"""People of a journey: each sits before an own browser, signs in on the page and goes on by clicking."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin

from django.db import connections
from playwright.sync_api import Locator, Page, expect

from asnportal.celery import EVERY_MINUTE, app
from asnportal.notifications.services import outbox
from tests.factories import PASSWORD

Visit = Callable[..., Page]


class Person:
    """``login`` is what is typed on the sign-in page: NIP or email; the password is the tests' own."""

    def __init__(self, visit: Visit, login: str, *, width: int = 1440, javascript: bool = True) -> None:
        self.page = visit("/", width=width, javascript=javascript)
        self.page.emulate_media(reduced_motion="reduce")  # nobody waits for a page to fade in
        self.login, self.width = login, width

    def sign_in(self, *, remembered: bool = False) -> None:
        """From the portal's first page, as on any new day."""
        self.go_to("/")
        self.page.get_by_role("banner").get_by_role("link", name="Masuk", exact=True).click()
        self.page.get_by_label("NIP atau email").fill(self.login)
        self.page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
        if remembered:
            self.page.get_by_label("Ingat saya di perangkat ini").check()
        self.press("Masuk")
        expect(self.menu).to_be_visible()

    def go_to(self, address: str) -> None:
        """Type an address, as printed on paper or sent in a mail."""
        self.page.goto(urljoin(self.page.url, address))

    def open(self, entry: str) -> None:
        """An entry of the menu: in the sidebar, in the phone's tab bar, or behind its last word."""
        words = re.compile(rf"^{entry}( \d+ menunggu)?$")
        expect(self.menu).to_be_visible()
        here = self.menu.get_by_role("link", name=words)
        if not here.count():
            self.menu.get_by_role("link", name="Lainnya", exact=True).click()
            here = self.main.get_by_role("link", name=words)
        here.click()

    def follow(self, words: str | re.Pattern[str]) -> None:
        """A link of the page by all its words, or by a pattern for some of them."""
        self.main.get_by_role("link", name=words, exact=True).first.click()

    def press(self, words: str) -> None:
        self.page.wait_for_load_state()  # before its style sheet a page shows the buttons of desk and phone both
        self.page.get_by_role("button", name=words, exact=True).click()

    @property
    def menu(self) -> Locator:
        """The navigation of this width: sidebar or tab bar."""
        words = "Utama, ponsel" if self.width < 900 else "Utama"
        return self.page.get_by_role("navigation", name=words, exact=True)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)


def pass_a_minute() -> None:
    """What beat wakes each minute, here and now, in a thread of its own as in a worker (a browser's has a loop)."""
    with ThreadPoolExecutor(1) as worker:
        worker.submit(_wake_all).result()


def _wake_all() -> None:
    app.loader.import_default_modules()
    try:
        for name in (*EVERY_MINUTE, outbox.DELIVER):  # the postman again: the others woke him
            app.tasks[name]()
    finally:
        connections.close_all()


def mailbox(officer: Person) -> dict[str, list[str]]:
    """The subjects in the portal's mailbox, the oldest first: what was mailed, and what stands in the portal only."""
    officer.open("Kotak surat")
    found = {}
    for tab in ("Terkirim", "Di portal saja"):
        officer.follow(re.compile(tab))
        expect(officer.main.get_by_role("link", name=tab)).to_have_attribute("aria-current", "page")
        found[tab] = officer.page.locator(".inbox b").all_inner_texts()[::-1]
    return found
