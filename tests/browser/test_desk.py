"""BKPSDM's desk in the browser: one box that finds everything, and rows that are ticked and counted."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from asnportal.people.models import User
from tests.browser.conftest import SHAPES, Visit, assert_accessible
from tests.factories import EmployeeFactory, EnrolmentFactory, SessionFactory, make_officer
from training.models import Enrolment, EnrolmentStatus

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer() -> User:
    return make_officer()


def said(page: Page) -> str:
    """All that a screen reader is told, text made by style sheets included."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    words = " ".join(str(node.get("name", {}).get("value", "")) for node in tree["nodes"])
    return " ".join(words.split())


@pytest.mark.parametrize("javascript", [True, False])
def test_ticked_rows_are_counted_and_decided_after_one_look(
    visit: Visit, officer: User, javascript: bool
) -> None:
    session = SessionFactory(approval="bkpsdm")
    asked = {"status": EnrolmentStatus.REQUESTED, "step": Enrolment.Step.BKPSDM, "step_since": timezone.now()}
    for _ in range(3):
        EnrolmentFactory(session=session, **asked)
    page = visit("/kelola/tindak-lanjut/", user=officer, javascript=javascript)
    for box in page.locator("tbody input[name=id]").all()[:2]:
        box.check()
    assert "2 dipilih" in said(page)
    page.locator(".bulk").get_by_role("button", name="Setujui").click()
    page.get_by_role("button", name="Setujui 2 permintaan").click()
    expect(page.get_by_text("2 permintaan disetujui.").first).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_the_box_at_the_top_finds_somebody(visit: Visit, officer: User, width: int, scheme: str) -> None:
    EmployeeFactory(name="Citra Mahakam")
    page = visit("/lainnya/", width=width, scheme=scheme, user=officer)
    if width < 1000:
        page.get_by_role("link", name="Cari", exact=True).click()
    page.get_by_role("searchbox").fill("mahakam")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Citra Mahakam")).to_be_visible()
    assert_accessible(page)
