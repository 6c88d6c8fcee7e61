"""A full session: the queue shows one's place, and a freed seat goes to the first in it by itself."""

from datetime import date

import pytest
import time_machine
from playwright.sync_api import expect

from asnportal.people.models import Employee
from tests.browser.conftest import Visit
from tests.browser.person import Person, mailbox, pass_a_minute
from tests.factories import (
    EmployeeFactory,
    MeetingFactory,
    ProgrammeFactory,
    SessionFactory,
    make_officer,
    wita,
)
from training.models import Session
from training.services import enrolment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("forms", "tuesday")]

TITLE = "Menulis Surat yang Dibaca Warga"


@pytest.fixture
def tuesday():
    with time_machine.travel(wita(date(2026, 11, 24), 9)):
        yield


@pytest.fixture
def session() -> Session:
    """One seat, nobody approves."""
    day = date(2026, 12, 9)
    session = SessionFactory(programme=ProgrammeFactory(title=TITLE), start=day, quota=1)
    MeetingFactory(session=session)
    return session


def person(visit: Visit, employee: Employee, **shape: object) -> Person:
    made = Person(visit, employee.nip, **shape)
    made.sign_in()
    return made


def test_who_withdraws_gives_the_seat_to_the_first_in_the_queue(session: Session, visit: Visit) -> None:
    seated = EmployeeFactory(name="Aminah Contoh")
    first, second = (
        EmployeeFactory(name=name, email=f"{name[:4]}@contoh.test")
        for name in ("Budi Contoh", "Citra Contoh")
    )
    enrolment.request(session, employee=seated, by=seated.user)

    places = []
    for employee in (first, second):
        learner = person(visit, employee, width=390)
        join_the_queue(learner)
        places.append(learner.main.get_by_text("dalam daftar tunggu").inner_text())
    told = "Kursi yang kosong diberikan menurut urutan ini, tanpa perlu mendaftar lagi."
    assert places == [f"Anda nomor {place} dalam daftar tunggu. {told}" for place in (1, 2)]

    withdraw(person(visit, seated, width=390))
    pass_a_minute()

    learner.open("Pelatihan")
    learner.follow("Menunggu 1")
    expect(learner.main).to_contain_text("Daftar tunggu 1")
    assert state_of(person(visit, first, width=390)) == "Terdaftar"
    days = "9 Desember"
    assert mailbox(person(visit, make_officer().employee)) == {
        "Terkirim": [
            f"Daftar tunggu nomor 1: {TITLE}, {days}",
            f"Daftar tunggu nomor 2: {TITLE}, {days}",
            f"Anda terdaftar dari daftar tunggu: {TITLE}, {days}",
        ],
        "Di portal saja": [
            f"Anda terdaftar: {TITLE}, {days}",
            f"Anda mengundurkan diri: {TITLE}, {days}",
        ],
    }


def join_the_queue(learner: Person) -> None:
    """Before the tap the page says that all seats are taken."""
    learner.open("Katalog")
    expect(learner.main).to_contain_text("Penuh, daftar tunggu")
    learner.follow(TITLE)
    expect(learner.main).to_contain_text("Semua kursi terisi. Anda mendapat nomor urut")
    learner.press("Masuk daftar tunggu")


def withdraw(learner: Person) -> None:
    learner.open("Pelatihan")
    learner.follow(TITLE)
    learner.follow("Undurkan diri")
    dialog = learner.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Ada tugas mendadak.")
    dialog.get_by_role("button", name="Undurkan diri").click()
    expect(learner.main).to_contain_text("Mengundurkan diri")


def state_of(learner: Person) -> str:
    learner.open("Pelatihan")
    return learner.main.locator(".course .badge").inner_text()
