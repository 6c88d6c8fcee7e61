"""The house itself in the browser: layouts, gallery, error pages, and what JavaScript adds."""

import pytest
from playwright.sync_api import Route, expect

from asnportal.people.models import User
from tests.browser.conftest import SHAPES, Visit, assert_accessible
from tests.factories import EmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def learner() -> User:
    return EmployeeFactory(user=UserFactory(), name="Rahmawati Noor").user


@pytest.mark.parametrize(("width", "scheme"), [*SHAPES, (320, "light")])
def test_every_component_is_for_everybody(visit: Visit, width: int, scheme: str) -> None:
    assert_accessible(visit("/komponen/", width=width, scheme=scheme))


@pytest.mark.parametrize(("width", "scheme"), [*SHAPES, (320, "light")])
def test_the_signed_in_layout_is_for_everybody(visit: Visit, learner: User, width: int, scheme: str) -> None:
    page = visit("/lainnya/", width=width, scheme=scheme, user=learner)
    assert_accessible(page)
    page.locator("details.pop summary").click()
    expect(page.get_by_text("Rahmawati Noor", exact=True)).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_a_page_that_is_not_there_is_for_everybody(visit: Visit, width: int, scheme: str) -> None:
    assert_accessible(visit("/tidak-ada/", width=width, scheme=scheme))


def test_the_first_tab_stop_leads_to_the_content(visit: Visit) -> None:
    page = visit("/tidak-ada/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi halaman")).to_be_focused()


def test_faults_take_the_focus(visit: Visit) -> None:
    expect(visit("/komponen/").locator(".errors")).to_be_focused()


def test_escape_closes_a_menu_and_gives_the_focus_back(visit: Visit, learner: User) -> None:
    page = visit("/lainnya/", user=learner)
    summary = page.locator("details.pop summary")
    summary.click()
    page.keyboard.press("Escape")
    expect(page.locator("details.pop")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    summary.click()
    page.mouse.click(5, 600)
    expect(page.locator("details.pop")).not_to_have_attribute("open", "")


@pytest.mark.parametrize("javascript", [True, False])
def test_light_and_dark_can_be_chosen_on_any_page(visit: Visit, learner: User, javascript: bool) -> None:
    page = visit("/lainnya/", user=learner, javascript=javascript)
    page.locator("details.pop summary").click()
    page.get_by_role("button", name="Tampilan gelap").click()
    expect(page).to_have_url(page.url.split("?")[0])
    assert page.url.endswith("/lainnya/")
    expect(page.locator('link[href*="portal-dark.css"]')).to_have_attribute("media", "all")


def test_all_of_a_page_are_picked_at_once_and_the_bar_appears(visit: Visit) -> None:
    page = visit("/komponen/", width=1440)
    bar = page.get_by_role("region", name="Tindakan untuk yang dipilih")
    expect(bar).to_be_hidden()
    page.get_by_label("Pilih semua di halaman ini").check()
    expect(page.locator("tbody .pick input:checked")).to_have_count(5)
    expect(bar).to_be_visible()


def test_without_javascript_one_can_be_picked_and_the_bar_appears(visit: Visit) -> None:
    page = visit("/komponen/", javascript=False)
    page.get_by_label("Pilih Pegawai Contoh 2", exact=True).check()
    expect(page.get_by_role("region", name="Tindakan untuk yang dipilih")).to_be_visible()


def test_a_link_is_copied_and_told(visit: Visit) -> None:
    page = visit("/komponen/", width=1440)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Salin tautan").click()
    expect(page.locator("#toasts")).to_have_text("Tautan tersalin")
    assert page.evaluate("navigator.clipboard.readText()") == "https://contoh.test/"


def test_a_form_is_sent_once_however_often_it_is_tapped(visit: Visit) -> None:
    page = visit("/komponen/")
    sent: list[str] = []

    def take(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.route("**/tampilan/", take)
    page.evaluate("document.querySelector('.footer form').requestSubmit()")
    page.evaluate("document.querySelector('.footer form').requestSubmit()")
    page.wait_for_timeout(300)
    assert sent == ["POST"]


def test_a_question_opens_over_the_page_and_batal_closes_it(visit: Visit) -> None:
    page = visit("/komponen/")
    link = page.get_by_role("link", name="Hapus jadwal")
    link.click()
    dialog = page.get_by_role("dialog", name="Hapus jadwal 20–21 Oktober?")
    expect(dialog).to_be_visible()
    assert_accessible(page)
    dialog.get_by_role("link", name="Batal").click()
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()


def test_without_javascript_the_question_is_a_page_of_its_own(visit: Visit) -> None:
    page = visit("/komponen/", javascript=False)
    page.get_by_role("link", name="Hapus jadwal").click()
    expect(page.get_by_role("heading", name="Hapus jadwal 20–21 Oktober?", level=1)).to_be_visible()
    page.get_by_role("link", name="Batal").click()
    assert page.url.endswith("/komponen/")


def test_a_lost_line_keeps_the_page_and_says_so(visit: Visit) -> None:
    page = visit("/komponen/")
    page.context.set_offline(True)
    page.get_by_role("link", name="Hapus jadwal").click()
    expect(page.locator("#toasts")).to_contain_text("Sambungan terputus.")
    expect(page.get_by_role("heading", name="Komponen")).to_be_visible()
