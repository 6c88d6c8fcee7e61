"""A real Chromium in front of the live server: sizes, themes, people, with and without JavaScript."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from asnportal.people.models import User

SHAPES = [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]
HEIGHTS = {320: 640, 390: 844, 1440: 900}

# A refused form is 422, an error page 4xx, a lost line an error: the console says so, which is right.
EXPECTED = (
    "status of 422",
    "status of 404",
    "status of 403",
    "status of 429",
    "ERR_INTERNET_DISCONNECTED",
    "htmx:sendError",
    "htmx:afterRequest",
)

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's own Chromium; containers run as root and have no sandbox."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return {**browser_type_launch_args, "executable_path": found, "args": ["--no-sandbox"]}


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """Open a page as somebody; at the end no page may have complained on its console."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def listen(page: Page) -> None:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))

    def visit(
        path: str,
        *,
        width: int = 390,
        scheme: str = "light",
        user: User | None = None,
        javascript: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale="en-US",  # as the shop set it; the portal speaks Indonesian all the same
        )
        contexts.append(context)
        if user is not None:
            context.add_cookies([{**signed_in(user), "url": live_server.url}])
        page = context.new_page()
        listen(page)
        page.goto(f"{live_server.url}{path}")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert [words for words in complaints if not any(known in words for known in EXPECTED)] == []


def signed_in(user: User) -> dict[str, str]:
    """The session cookie of this person, without the detour over the sign-in page."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }


def assert_accessible(page: Page) -> None:
    """Nothing for axe to find, one h1, and no sideways scrolling."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
