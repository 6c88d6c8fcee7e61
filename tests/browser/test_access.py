"""The core of it, find, join and withdraw, without JavaScript and without a mouse."""

from datetime import date

import pytest
import time_machine
from playwright.sync_api import expect

from asnportal.people.models import Employee
from tests.browser.conftest import Visit
from tests.browser.person import Person
from tests.factories import PASSWORD, EmployeeFactory, MeetingFactory, ProgrammeFactory, SessionFactory, wita
from training.models import Enrolment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("forms", "session")]

TITLE = "Menulis Surat yang Dibaca Warga"
REASON = "Ada tugas mendadak."
FOCUSED = """() => {
    const here = document.activeElement, ring = here.closest(".choice, .chip, .course") ?? here;
    const drawn = [here, ring].map(part => getComputedStyle(part));
    const words = here.labels?.[0]?.innerText || here.getAttribute("aria-label") || here.innerText || "";
    const box = here.getBoundingClientRect();
    const seen = here.matches(":focus-visible") && box.bottom > 0 && box.top < innerHeight
        && drawn.some(look => look.outlineStyle != "none" && parseFloat(look.outlineWidth) >= 2);
    if (here === document.body) return {words: "", seen: true};  // the browser's own bars
    return {words: words.replace(/\\s+/g, " ").trim(), seen: seen, html: here.outerHTML.slice(0, 120)};
}"""


@pytest.fixture
def session():
    with time_machine.travel(wita(date(2026, 11, 24), 9)):
        made = SessionFactory(programme=ProgrammeFactory(title=TITLE), start=date(2026, 12, 9))
        MeetingFactory(session=made)
        yield made


@pytest.fixture
def learner() -> Employee:
    return EmployeeFactory(name="Rahmawati Noor")


def what_happened(learner: Employee) -> list[tuple[str, str]]:
    return list(Enrolment.objects.filter(employee=learner).values_list("status", "ended_reason"))


def test_without_javascript(visit: Visit, learner: Employee) -> None:
    person = Person(visit, learner.nip, width=390, javascript=False)
    person.sign_in()
    person.open("Katalog")
    person.page.get_by_role("searchbox", name="Cari pelatihan").fill("surat")
    person.page.get_by_role("searchbox", name="Cari pelatihan").press("Enter")
    person.follow(TITLE)
    person.press("Daftar")
    expect(person.main).to_contain_text("Anda terdaftar sebagai peserta.")

    person.open("Pelatihan")
    person.follow(TITLE)
    person.follow("Undurkan diri")
    expect(person.heading).to_have_text(f"Mengundurkan diri dari {TITLE}?")
    person.page.get_by_label("Alasan mengundurkan diri").fill(REASON)
    person.press("Undurkan diri")
    expect(person.main).to_contain_text("Pengunduran diri tercatat.")
    assert what_happened(learner) == [("withdrawn", REASON)]


def test_with_the_keyboard_only(visit: Visit, learner: Employee) -> None:
    hands = Keyboard(Person(visit, learner.nip))
    hands.go("Masuk")
    hands.write("NIP atau email", learner.nip)
    hands.write("Kata sandi", PASSWORD)
    hands.go("Masuk")
    hands.go("Katalog")
    hands.enter("Langsung ke isi halaman")
    hands.go(TITLE)
    hands.go("Daftar")
    expect(hands.person.main).to_contain_text("Anda terdaftar sebagai peserta.")

    hands.enter("Undurkan diri")
    expect(hands.page.get_by_role("dialog")).to_be_visible()
    hands.write("Alasan mengundurkan diri", REASON)
    hands.go("Undurkan diri")
    expect(hands.person.main).to_contain_text("Pengunduran diri tercatat.")
    assert what_happened(learner) == [("withdrawn", REASON)]


class Keyboard:
    """Tab until the words have the focus, which must be seen at every stop; then type or press Enter."""

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page

    def reach(self, words: str) -> None:
        stops = [self.focus()]
        while words not in stops:
            self.page.keyboard.press("Tab")
            stops.append(self.focus())
            assert len(stops) < 60, f"{words!r} is not reached: {stops}"

    def focus(self) -> str:
        stop = self.page.evaluate(FOCUSED)
        assert stop["seen"], f"no visible focus: {stop['html']}"
        return stop["words"]

    def enter(self, words: str) -> None:
        """A link or button that changes something on this page."""
        self.reach(words)
        self.page.keyboard.press("Enter")

    def go(self, words: str) -> None:
        """A link or button that leads to another page."""
        self.reach(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, label: str, words: str) -> None:
        self.reach(label)
        self.page.keyboard.type(words)
