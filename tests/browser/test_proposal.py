"""A partner's proposal, from the first draft to a session in the catalogue: nothing is typed twice."""

import re
from datetime import date

import pytest
import time_machine
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import Person, mailbox, pass_a_minute
from tests.factories import CompetencyFactory, PartnerFactory, make_officer, make_partner_member, wita

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("forms", "tuesday")]

TITLE = "Kota Tangguh Banjir: Membaca Peta Genangan"
TYPED = {
    "Judul kegiatan": TITLE,
    "Ringkasan": "Membaca peta genangan dan menyusun tiga langkah untuk kelurahan sendiri.",
    "Tanggal": "2026-12-17",
    "Mulai (WITA)": "09:00",
    "Selesai (WITA)": "12:00",
    "Tempat": "Aula Rektorat Contoh",
    "Kuota": "60",
    "Narahubung": "Rini Contoh",
    "Telepon narahubung": "0541 123456",
}
SUBJECTS = [("Membaca peta genangan", "Dr. Sari Contoh", "100"), ("Tiga langkah", "Dr. Sari Contoh", "80")]


@pytest.fixture
def tuesday():
    with time_machine.travel(wita(date(2026, 11, 24), 9)):
        yield


def test_what_the_partner_wrote_once_stands_in_the_catalogue(visit: Visit) -> None:
    competency = CompetencyFactory(name="Mitigasi bencana")
    member = make_partner_member(PartnerFactory(provider__name="Universitas Contoh"))
    boss = make_officer()
    partner, officer = Person(visit, member.email, width=390), Person(visit, boss.username)

    partner.sign_in()
    write(partner, competency=str(competency))
    send(partner)
    officer.sign_in()
    accept(officer)
    pass_a_minute()
    publish(officer)

    assert mailbox(officer)["Terkirim"] == [f"Disetujui: {TITLE}"]
    partner.open("Kegiatan")
    partner.follow(TITLE)
    expect_session(partner)
    visitor = Person(visit, "")
    visitor.page.get_by_role("banner").get_by_role("link", name="Katalog", exact=True).click()
    visitor.follow(TITLE)
    expect_programme(visitor, str(competency))
    visitor.follow("17 Des 2026")
    expect_session(visitor)


def write(partner: Person, *, competency: str) -> None:
    partner.open("Usulan")
    partner.follow("Usulkan kegiatan")
    page = partner.page
    page.get_by_label("Bentuk kegiatan").select_option(index=1)
    for label, words in TYPED.items():
        page.get_by_label(re.compile(rf"^{re.escape(label)}( \(boleh kosong\))?$")).fill(words)
    for number, (title, speaker, minutes) in enumerate(SUBJECTS, start=1):
        line = page.get_by_role("group", name=f"Materi dan narasumber {number}")
        line.get_by_label("Materi", exact=True).fill(title)
        line.get_by_label("Narasumber", exact=True).fill(speaker)
        line.get_by_label("Menit", exact=True).fill(minutes)
    page.get_by_label(competency).check()
    partner.press("Simpan sebagai draf")
    expect(partner.main).to_contain_text("Draf tersimpan.")


def send(partner: Person) -> None:
    """Later, from the list, with all that was written."""
    partner.open("Usulan")
    partner.follow(TITLE)
    partner.press("Kirim usulan")
    expect(partner.main).to_contain_text("Usulan terkirim.")


def accept(officer: Person) -> None:
    officer.open("Usulan mitra")
    officer.follow(TITLE)
    officer.page.get_by_label("Setujui dan buat jadwal").check()
    officer.press("Kirim keputusan")
    expect(officer.main).to_contain_text("Usulan disetujui.")


def publish(officer: Person) -> None:
    officer.press("Buka pendaftaran")
    expect(officer.main).to_contain_text("Pendaftaran dibuka. Jadwal tampil di katalog.")


def expect_session(person: Person) -> None:
    """The page of the session says what the partner typed, and the JP that follow from the minutes."""
    expect(person.heading).to_have_text(TITLE)
    for words in (
        "17 Des 2026, Aula Rektorat Contoh",
        "09.00–12.00 WITA",
        TYPED["Ringkasan"],
        "Universitas Contoh",
        "60 kursi",
        "4 JP (1 JP = 45 menit)",
        "Rini Contoh 0541 123456",
    ):
        expect(person.main).to_contain_text(words)


def expect_programme(person: Person, competency: str) -> None:
    for title, speaker, _minutes in SUBJECTS:
        expect(person.main).to_contain_text(f"{title}Narasumber: {speaker}2 JP")
    expect(person.main).to_contain_text(competency)
