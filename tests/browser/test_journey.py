"""The whole loop in one database: import, slip, request, approval, seat, reminders, attendance, certificate, JP.

Everything is clicked from the menu by the person whose job it is; only the clock is moved.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
import zxingcpp
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Visit
from tests.browser.person import Person, mailbox, pass_a_minute
from tests.data.city import CITY, SMALL
from tests.factories import PASSWORD, WITA

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = (
    "Pelatihan Pelayanan Ramah Penyandang Disabilitas"  # S0027: 14 and 15 December, the supervisor approves
)
LEARNER, LEARNERS_NIP = "Rahmawati Jannah", "199211092021042034"
COLLEAGUE = "Hasnawati Tenriawaru"
SUPERVISOR, SUPERVISORS_NIP = "Bambang Teguh Purwanto", "198203272006031009"
OFFICER, OFFICERS_NIP = "Norlaila Salasiah Jannah", "196910022002122001"


TODAY = date(2026, 11, 24)
FIRST, SECOND = date(2026, 12, 14), date(2026, 12, 15)

MAILED, PORTAL = "Terkirim", "Di portal saja"  # the learner has no email
SEAT = f"Anda terdaftar: {TITLE}, 14–15 Desember"
WEEK, DAY = f"Sepekan lagi, 14 Desember: {TITLE}", f"Besok pukul 08.00 WITA: {TITLE}"
CERTIFICATE_READY = "Sertifikat Anda terbit, 16 JP bertambah"
AFTER_THE_SEAT = {
    MAILED: [
        "Kata sandi Anda berganti",
        f"{LEARNER} memohon persetujuan untuk pelatihan 14–15 Desember",
        SEAT,
    ],
    PORTAL: [f"Permintaan Anda diterima: {TITLE}, 14–15 Desember", SEAT],
}
AFTER_A_WEEK = {box: [*told, WEEK] for box, told in AFTER_THE_SEAT.items()}
AFTER_REMINDERS = {box: [*told, DAY] for box, told in AFTER_A_WEEK.items()}


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=WITA)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(at(TODAY, 9), tick=True) as traveller:
        yield traveller


@pytest.fixture
def portal(clock: time_machine.Traveller, live_server: LiveServer, settings, tmp_path: Path) -> None:
    """A fresh installation with the city's reference data and staff, and its first account."""
    settings.SITE_URL, settings.MEDIA_ROOT = live_server.url, tmp_path
    call_command("load_reference_defaults", verbosity=0)
    call_command("import_reference", CITY, verbosity=0)
    call_command("import_employees", SMALL / "employees.xlsx", verbosity=0)


def test_from_the_import_to_the_verified_certificate(
    portal: None, clock: time_machine.Traveller, visit: Visit, capsys: pytest.CaptureFixture[str]
) -> None:
    admin, officer = Person(visit, "admin@contoh.test"), Person(visit, OFFICERS_NIP)
    supervisor, learner = (Person(visit, nip, width=390) for nip in (SUPERVISORS_NIP, LEARNERS_NIP))

    open_the_portal(admin, capsys)
    make_an_officer(admin, officer)
    import_the_history(officer)
    take_the_email_away(officer)
    hand_out_slips(officer, supervisor, learner)
    assert ring(learner) == "0 dari 20 JP sudah selesai, 0 JP terjadwal"
    request_a_seat(learner)
    enrol_a_colleague(officer)

    clock.move_to(at(date(2026, 11, 25), 9))
    approve(supervisor)
    see_the_seat(learner)
    assert ring(learner) == "0 dari 20 JP sudah selesai, 16 JP terjadwal"

    be_reminded(officer, clock)
    for number, day in enumerate((FIRST, SECOND), start=1):
        clock.move_to(at(day, 16, 30))
        attend(officer, number, {LEARNER: "Hadir", COLLEAGUE: "Tidak hadir"})
    close(officer)
    issue(officer)
    assert mailbox(officer) == {**AFTER_REMINDERS, PORTAL: [*AFTER_REMINDERS[PORTAL], CERTIFICATE_READY]}

    assert ring(learner) == "16 dari 20 JP sudah selesai, 0 JP terjadwal"
    read_the_news(learner, [*AFTER_REMINDERS[PORTAL], CERTIFICATE_READY])
    see_the_ledger(learner)
    verify(Person(visit, "nobody", width=390), *see_the_certificate(learner))


def open_the_portal(admin: Person, capsys: pytest.CaptureFixture[str]) -> None:
    """The first account's password, by the link that the command prints."""
    call_command("create_admin", admin.login)
    [link] = re.findall(r"http\S+", capsys.readouterr().out)
    admin.go_to(link)
    for label in ("Kata sandi baru", "Ulangi kata sandi baru"):
        admin.page.get_by_label(label, exact=True).fill(PASSWORD)
    admin.press("Simpan kata sandi")
    admin.sign_in()


def make_an_officer(admin: Person, officer: Person) -> None:
    find_person(admin, OFFICER)
    admin.press("Buka akun")
    admin.page.get_by_role("combobox", name="Peran").select_option(label="BKPSDM")
    admin.press("Beri peran")
    admin.follow("Data kepegawaian")
    admin.press("Buat kode baru")
    activate(officer, code=slip_of(admin, OFFICER))


def import_the_history(officer: Person) -> None:
    officer.open("Impor data")
    officer.follow("Impor berkas")
    officer.page.get_by_label("Riwayat pelatihan").check()
    officer.page.get_by_label("Berkas", exact=True).set_input_files(SMALL / "training_history.xlsx")
    officer.press("Lanjut")
    expect(officer.heading).to_have_text("Cocokkan kolom")
    officer.press("Periksa berkas")
    officer.page.get_by_role("button", name="Impor 600 baris yang siap").click()
    pass_a_minute()
    expect(officer.heading).to_have_text("600 baris tersimpan")


def take_the_email_away(officer: Person) -> None:
    """Everybody in the file has one; this person does not."""
    find_person(officer, LEARNER)
    officer.page.get_by_label("Email").fill("")
    officer.press("Simpan kontak")


def hand_out_slips(officer: Person, supervisor: Person, learner: Person) -> None:
    officer.open("Pegawai")
    officer.follow("Lembar aktivasi")
    officer.page.get_by_role("combobox", name="Unit").select_option(label="Satpol PP")
    officer.press("Tampilkan")
    officer.press("Buat lembar")
    activate(supervisor, code=slip_of(officer, SUPERVISOR))
    activate(learner, code=slip_of(officer, LEARNER))
    officer.page.get_by_role("link", name="Lembar aktivasi").click()


def request_a_seat(learner: Person) -> None:
    """Three taps: the catalogue, the card, the button."""
    learner.open("Katalog")
    learner.page.get_by_role("searchbox").fill("penyandang disabilitas")
    learner.page.get_by_role("searchbox").press("Enter")
    learner.follow(TITLE)
    learner.press("Ajukan pendaftaran")
    expect(learner.main).to_contain_text("Menunggu persetujuan atasan langsung")


def enrol_a_colleague(officer: Person) -> None:
    """The organisers may enrol somebody without asking; she has an email."""
    open_session(officer)
    officer.follow("Peserta")
    officer.follow("Daftarkan pegawai")
    officer.page.get_by_role("searchbox", name="Cari pegawai").fill(COLLEAGUE)
    officer.press("Cari")
    officer.page.get_by_role("radio", name=re.compile(f"^{COLLEAGUE}")).check()
    officer.page.get_by_label("Alasan").fill("Ditugaskan pimpinan.")
    officer.press("Daftarkan")
    expect(officer.main).to_contain_text(f"{COLLEAGUE} didaftarkan.")


def open_session(officer: Person) -> None:
    officer.open("Jadwal dan peserta")
    officer.main.get_by_role("searchbox").fill("penyandang disabilitas")
    officer.main.get_by_role("searchbox").press("Enter")
    officer.main.get_by_role("row", name="14–15 Des 2026").get_by_role("link", name=TITLE).click()


def approve(supervisor: Person) -> None:
    supervisor.sign_in()
    supervisor.open("Persetujuan")
    expect(supervisor.heading).to_have_text("1 permintaan menunggu Anda")
    supervisor.main.get_by_role("button", name=re.compile(f"Setujui permintaan {LEARNER}")).click()
    expect(supervisor.main).to_contain_text("Semua sudah diputuskan. Terima kasih.")


def see_the_seat(learner: Person) -> None:
    """The next day, with NIP and password, on the same phone."""
    learner.sign_in(remembered=True)
    learner.open("Pelatihan")
    learner.follow(TITLE)
    expect(learner.main.get_by_role("complementary", name="Pendaftaran")).to_contain_text("Terdaftar")


def attend(officer: Person, number: int, marks: dict[str, str]) -> None:
    officer.sign_in()
    open_session(officer)
    officer.follow("Kehadiran")
    officer.main.get_by_role("navigation", name="Pertemuan").get_by_role("link", name=f"{number}.").click()
    for name, mark in marks.items():
        row = officer.main.get_by_role("radiogroup", name=f"Kehadiran {name}")
        row.get_by_text(mark, exact=True).click()
    officer.press(f"Tutup pertemuan {number}")
    expect(officer.main).to_contain_text(f"Pertemuan {number} sudah ditutup")


def close(officer: Person) -> None:
    officer.follow("Selesaikan jadwal")
    officer.press("Selesaikan jadwal")
    expect(officer.main).to_contain_text("Jadwal selesai: 1 lulus, 1 belum memenuhi syarat.")


def issue(officer: Person) -> None:
    officer.follow("Ubah jadwal")
    officer.page.get_by_label(re.compile(r"^Penanda tangan \(")).fill("Hj. Contoh Kepala, S.Sos.")
    officer.page.get_by_label(re.compile(r"^Jabatan penanda tangan \(")).fill("Kepala BKPSDM")
    officer.press("Simpan perubahan")
    officer.follow("Sertifikat")
    officer.press("Terbitkan 1 sertifikat")
    expect(officer.main).to_contain_text("1 sedang disiapkan.")
    pass_a_minute()
    expect(officer.main).to_contain_text("1 dari 1 sertifikat terbit.")


def be_reminded(officer: Person, clock: time_machine.Traveller) -> None:
    """Two minutes before eight nothing, at eight exactly the reminders, a week and a day before."""
    for moment, expected in (
        (at(date(2026, 12, 7), 7, 58), AFTER_THE_SEAT),
        (at(date(2026, 12, 7), 8), AFTER_A_WEEK),
        (at(date(2026, 12, 13), 7, 58), AFTER_A_WEEK),
        (at(date(2026, 12, 13), 8), AFTER_REMINDERS),
    ):
        clock.move_to(moment)
        pass_a_minute()
        if moment.minute:
            officer.sign_in()
        assert mailbox(officer) == expected


def ring(learner: Person) -> str | None:
    learner.open("Beranda")
    return learner.main.locator(".ring").get_attribute("aria-label")


def read_the_news(learner: Person, expected: list[str]) -> None:
    """Who has no email reads the same in the portal, the latest first."""
    learner.page.get_by_role("link", name=re.compile("^Pemberitahuan")).click()
    expect(learner.heading).to_have_text("Pemberitahuan")
    assert learner.main.locator(".notif b").all_inner_texts() == expected[::-1]


def see_the_ledger(learner: Person) -> None:
    learner.open("Riwayat dan sertifikat")
    line = learner.main.get_by_role("row", name=TITLE)
    expect(line.get_by_role("cell")).to_have_text(["16", "16", "sesuai JP materi", f"Sertifikat {TITLE}"])
    expect(learner.main).to_contain_text("Jumlah 2026: 16 JP diakui")


def see_the_certificate(learner: Person) -> tuple[str, str, str]:
    """The address in the QR, and number and code as they stand beside it."""
    learner.main.get_by_role("region", name="Sertifikat").get_by_role("link", name=TITLE, exact=True).click()
    front = learner.page.get_by_role("article", name="Halaman depan")
    expect(front).to_contain_text("Rahmawati Jannah, A.Md.")
    learner.page.set_viewport_size(
        {"width": 1440, "height": 900}
    )  # the phone shows the sheet as small as a stamp
    picture = Image.open(BytesIO(front.locator(".verify svg").screenshot()))
    [code] = zxingcpp.read_barcodes(picture)
    number, check = re.findall(r"Nomor\s*(\S+)\s*Kode cek (\S+)", front.locator(".no").inner_text())[0]
    return code.text, number, check


def verify(visitor: Person, address: str, number: str, check: str) -> None:
    """Anybody: by the QR, and by what is typed from the paper."""
    visitor.go_to(address)
    expect_genuine(visitor, number)
    visitor.go_to("/")
    visitor.follow("Cek sertifikat")
    visitor.page.get_by_label("Nomor sertifikat").fill(number)
    visitor.page.get_by_label("Kode cek").fill(check)
    visitor.press("Periksa")
    expect_genuine(visitor, number)


def expect_genuine(visitor: Person, number: str) -> None:
    shown = visitor.main
    expect(shown).to_contain_text("Sertifikat ini asli")
    for words in ("Rahmawati Jannah, A.Md.", TITLE, "14–15 Desember 2026", "16 (enam belas) JP", number):
        expect(shown).to_contain_text(words)
    assert LEARNERS_NIP[:8] not in shown.inner_text()


def find_person(who: Person, name: str) -> None:
    who.open("Pegawai")
    who.main.get_by_role("searchbox").fill(name)
    who.main.get_by_role("searchbox").press("Enter")
    who.follow(re.compile(name))


def slip_of(who: Person, name: str) -> str:
    return who.page.locator(".slip", has_text=name).locator(".k").inner_text()


def activate(person: Person, *, code: str) -> None:
    person.go_to("/aktivasi/")
    person.page.get_by_label("NIP atau NI PPPK").fill(person.login)
    person.page.get_by_label("Kode aktivasi").fill(code)
    person.press("Lanjut")
    person.page.get_by_label("Kata sandi baru", exact=True).fill(PASSWORD)
    person.press("Simpan dan masuk")
    expect(person.menu).to_be_visible()
