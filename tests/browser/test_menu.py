"""Nobody's menu offers what refuses: each demo account opens every entry, and tries what its page offers."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils import timezone
from playwright.sync_api import Page

from asnportal.demo.accounts import ACTORS, Actor
from asnportal.demo.load import load
from asnportal.demo.people import Plan
from tests.browser.conftest import Visit
from tests.browser.person import Person

pytestmark = pytest.mark.django_db(transaction=True)

ENTRIES = """() => [...document.querySelectorAll(".side nav a, .top .panel a")].map(one => one.getAttribute("href"))"""
# Links, forms that only ask, and parts that htmx fetches; nothing that changes anything.
OFFERED = """() => [...document.querySelectorAll("main a[href], main [hx-get], main form:not([method=post])")]
    .map(one => new URL(one.getAttribute("hx-get") || one.href || one.action, location).href)
    .filter(address => address.startsWith(location.origin))"""
# Names of regions and marks of this page that nothing on it has.
NOWHERE = """() => [
    ...[...document.querySelectorAll("[aria-labelledby]")]
        .flatMap(one => one.getAttribute("aria-labelledby").split(" ")),
    ...[...document.querySelectorAll("a[href^='#']")].map(one => one.getAttribute("href").slice(1)),
].filter(id => id && !document.getElementById(id))"""


def test_no_entry_of_any_menu_refuses_and_nothing_on_its_page(visit: Visit) -> None:
    load(Plan(employees=200, seed=6472, today=timezone.localdate()))
    walked: set[tuple[str, ...]] = set()
    refusals = {actor.address: list(refusals_of(visit, actor, walked)) for actor in ACTORS}
    assert refusals == {actor.address: [] for actor in ACTORS}
    assert len(refusals) == 13


def refusals_of(visit: Visit, actor: Actor, walked: set[tuple[str, ...]]) -> Iterator[str]:
    """Who has a menu that somebody had before only asks for its pages; the first one clicks through them."""
    person = Person(visit, actor.address)
    person.sign_in()
    entries = tuple(dict.fromkeys(person.page.evaluate(ENTRIES)))
    if entries in walked:
        for entry in entries:
            yield from refused(person.page, entry)
    else:
        yield from refusals_on_the_way(person, entries)
    walked.add(entries)
    person.page.context.close()


def refusals_on_the_way(person: Person, entries: tuple[str, ...]) -> Iterator[str]:
    """Of what the pages offer, each kind of page is asked for once."""
    tried: set[str] = set()
    for entry in entries:
        status = click(person, entry)
        if status != 200:
            yield f"{status} {entry}"
        yield from (f"#{name} is nowhere on {entry}" for name in person.page.evaluate(NOWHERE))
        for address in person.page.evaluate(OFFERED):
            kind = kind_of(address)
            if kind not in tried:
                tried.add(kind)
                yield from refused(person.page, address)


def click(person: Person, entry: str) -> int:
    """The status of the entry's page."""
    if not person.menu.count():  # the technical admin's other house has a menu of its own
        person.go_to("/beranda/")
    link = person.page.locator(f'.side nav a[href="{entry}"], .top .panel a[href="{entry}"]').first
    if not link.is_visible():
        person.page.locator(".top details.pop summary").click()
    with person.page.expect_response(lambda answer: answer.request.is_navigation_request()) as answer:
        link.click()
    person.page.wait_for_load_state()
    return answer.value.status


def refused(page: Page, address: str) -> Iterator[str]:
    status = page.request.get(urljoin(page.url, address)).status
    if status >= 400:
        yield f"{status} {address} (on {page.url})"


def kind_of(address: str) -> str:
    """The name of the page behind an address; what is no page stands for itself."""
    try:
        return str(resolve(urlsplit(address).path).view_name)
    except Resolver404:
        return address
