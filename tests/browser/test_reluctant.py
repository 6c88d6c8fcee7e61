"""Somebody who fears new systems: a slip of paper, a cheap phone, no email, and three taps to a seat.

How long each page takes is printed, never asserted: the machine decides it. What makes it short is asserted.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate, now
from PIL import Image
from playwright.sync_api import Browser, expect

from asnportal.common.dates import format_date
from asnportal.people.models import ActivationCode, Employee, RoleGrant, User
from asnportal.people.services import activation
from tests.browser.conftest import Visit, assert_accessible
from tests.browser.phone import Phone, Screen
from tests.factories import (
    PASSWORD,
    EmployeeFactory,
    MeetingFactory,
    ProgrammeFactory,
    SessionFactory,
    UnitFactory,
    UserFactory,
    grant,
    make_officer,
)
from tests.served import served
from training.models import Enrolment, EnrolmentStatus

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("forms")]

TITLE = "Pelayanan Publik yang Inklusif"
WORDS = "tiga perahu biru"
SHORT = "Kata sandi paling sedikit 10 huruf atau angka."


@pytest.fixture
def site(tmp_path: Path, transactional_db: None) -> Iterator[str]:
    with served(tmp_path / "var", collected=True) as server:
        yield server.url


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Phone]:
    phone = Phone(browser, site)
    yield phone
    phone.context.close()


@pytest.fixture
def person() -> Employee:
    """In the staff data, never signed in, no address known; colleagues besides."""
    unit = UnitFactory(name="Dinas Kependudukan", contact_name="Nurul Aini", contact_phone="(0541) 123-4567")
    EmployeeFactory(user=None, unit=unit, name="Agus Salim")
    return EmployeeFactory(user=None, unit=unit, name="Rahmawati Noor")


@pytest.fixture
def officer() -> User:
    user = UserFactory(username="petugas@contoh.test", password=make_password(PASSWORD, hasher="argon2"))
    EmployeeFactory(user=user)
    return grant(user, RoleGrant.Role.BKPSDM)


@pytest.fixture
def catalogue() -> None:
    """A page full of cards; the one that is looked for begins first."""
    for number in range(23):
        SessionFactory(programme=ProgrammeFactory(title=f"Pelatihan Teknis Nomor {number}"))
    soon = localdate() + timedelta(days=14)
    MeetingFactory(session=SessionFactory(programme=ProgrammeFactory(title=TITLE), start=soon))


@dataclass
class Paper:
    """What somebody holds: the address as the QR says it, and the code as it is printed."""

    address: str
    code: str
    text: str


def printed_slip(browser: Browser, site: str, person: Employee) -> Paper:
    """The officer makes the sheet on the page for it; read as it goes to the printer."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/masuk/")
    page.get_by_label("NIP atau email").fill("petugas@contoh.test")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.goto(f"{site}/kelola/pegawai/lembar-aktivasi/?unit={person.unit_id}")
    page.get_by_label("Agus Salim").uncheck()
    page.get_by_role("button", name="Buat lembar").click()
    page.emulate_media(media="print")
    slip = page.locator(".slip")
    expect(slip).to_have_count(1)
    text = slip.inner_text()
    [qr] = zxingcpp.read_barcodes(Image.open(io.BytesIO(slip.screenshot())))
    context.close()
    code = re.search(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", text)
    assert code
    return Paper(qr.text, code.group(), text)


@pytest.fixture
def paper(browser: Browser, site: str, person: Employee, officer: User) -> Paper:
    return printed_slip(browser, site, person)


@pytest.mark.usefixtures("catalogue")
def test_from_a_slip_of_paper_to_a_seat(
    phone: Phone, person: Employee, paper: Paper, capsys: pytest.CaptureFixture[str]
) -> None:
    assert person.nip not in paper.text.replace(" ", "")
    assert f"{phone.site.removeprefix('http://')}/aktivasi" in paper.text

    phone.open(paper.address)
    expect(phone.page.get_by_label("Kode aktivasi")).to_have_value(paper.code)
    phone.page.get_by_label("NIP atau NI PPPK").fill(person.nip)
    phone.tap("Lanjut")
    phone.page.get_by_label("Kata sandi baru").fill(WORDS)
    phone.tap("Simpan dan masuk")
    assert [one.title for one in phone.screens] == [
        "Aktifkan akun",
        "Buat kata sandi",
        "Beranda",
    ]  # at most 4
    assert phone.taps == 2

    phone.tap("Katalog", role="link", inside=".tabbar")
    phone.tap(TITLE, role="link")
    phone.tap("Daftar")
    assert phone.taps == 2 + 3
    expect(phone.page.get_by_text("Anda terdaftar sebagai peserta. Sampai jumpa")).to_be_visible()
    enrolment = Enrolment.objects.get(employee=person)
    assert (enrolment.status, enrolment.session.title) == (EnrolmentStatus.CONFIRMED, TITLE)
    user = User.objects.get(employee=person)
    assert (user.email, user.employee.email) == (None, "")

    with capsys.disabled():
        print(table(phone.screens))  # noqa: T201 the times are read, not asserted
    first, *later = phone.screens
    assert_light_first_visit(first)
    for screen in phone.screens:
        assert_nothing_waits(screen)
    for screen in later:  # all that pages share is there already
        assert {one.kind for one in screen.fetched} <= {
            "Document",
            "Image",
            "XHR",
        }  # the advice of the first screen comes after it
        assert screen.sent("Document") <= 12_000
        assert screen.sent() <= 16_000


def test_the_first_visit_of_the_catalogue_is_small(phone: Phone, catalogue: None) -> None:
    screen = phone.open(f"{phone.site}/katalog/")
    assert_light_first_visit(screen)
    assert_nothing_waits(screen)


def assert_light_first_visit(screen: Screen) -> None:
    own = [one for one in screen.fetched if one.kind == "Script" and "htmx" not in one.path]
    assert screen.sent() <= 150_000
    assert 0 < screen.sent("Stylesheet") <= 15_000
    assert 0 < sum(one.size for one in own) <= 15_000
    assert len(screen.fetched) <= 14


def assert_nothing_waits(screen: Screen) -> None:
    """What makes a page readable soon: one style sheet before the text, and nothing of anybody else."""
    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", path) for path in screen.blocking] == ["/static/css/portal.css"]
    assert screen.fonts == ["swap"]
    for one in screen.fetched:
        assert one.path.startswith("/"), f"{screen.path} asks another host: {one.path}"
        if one.kind != "Font":
            assert one.headers.get("content-encoding") in ("gzip", "br"), one.path
        if one.path.startswith("/static/"):
            assert "immutable" in one.headers["cache-control"], one.path


def table(screens: list[Screen]) -> str:
    lines = [f"\n{'page':28} {'h1 ms':>7} {'largest':>8} {'requests':>8} {'bytes':>7}"]
    for one in screens:
        times = f"{one.h1:7.0f} {one.largest:8.0f}"
        lines.append(f"{one.title[:28]:28} {times} {len(one.fetched):8} {one.sent():7}")
    return "\n".join(lines)


@pytest.fixture
def slip(person: Employee) -> activation.Slip:
    return activation.make_codes(Employee.objects.filter(pk=person.pk), by=make_officer())[0]


def test_a_wrong_entry_gets_a_sentence_that_helps(
    visit: Visit, person: Employee, slip: activation.Slip
) -> None:
    page = visit("/aktivasi/")

    def send(button: str, *sentences: str) -> None:
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator(".errors li")).to_have_text(sentences)
        expect(page.locator(".errors")).to_be_focused()
        expect(page).to_have_title(re.compile("^Perlu diperbaiki: "))
        assert_accessible(page)

    send("Lanjut", "Tulis NIP Anda.", "Tulis kode di lembar Anda.")
    page.get_by_label("NIP atau NI PPPK").fill(person.nip[:17])
    page.get_by_label("Kode aktivasi").fill("ABCD-EFGH")
    send("Lanjut", "NIP harus 18 angka, ini 17.")
    page.get_by_label("NIP atau NI PPPK").fill(person.nip)
    send("Lanjut", activation.NO_MATCH)
    expect(page.get_by_label("Kode aktivasi")).to_have_value("ABCD-EFGH")
    codes = ActivationCode.objects.filter(employee=person)
    codes.update(expires_at=now() - timedelta(minutes=1))
    page.get_by_label("Kode aktivasi").fill(slip.printed)
    day = format_date(localdate())
    send("Lanjut", f"Kode ini berlaku sampai {day}. Minta kode baru kepada Nurul Aini, (0541) 123-4567.")
    codes.update(expires_at=now() + timedelta(days=1))
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Kata sandi baru").fill("pendek")
    send("Simpan dan masuk", f"{SHORT} Coba tiga kata yang mudah Anda ingat.")
    page.get_by_label("Kata sandi baru").fill("rahmawati noor")
    send("Simpan dan masuk", "Kata sandi ini terlalu mirip dengan nama atau NIP Anda.")
    page.get_by_label("Kata sandi baru").fill(WORDS)
    page.get_by_role("button", name="Simpan dan masuk").click()
    expect(page.get_by_role("heading", name=re.compile("Ibu Rahmawati Noor"))).to_be_visible()


def test_without_javascript_the_same_way_leads_to_the_same_seat(
    visit: Visit, person: Employee, slip: activation.Slip, catalogue: None
) -> None:
    page = visit(f"/aktivasi/?kode={slip.printed}", javascript=False)
    page.get_by_label("NIP atau NI PPPK").fill(person.nip)
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Kata sandi baru", exact=True).fill(WORDS)
    page.get_by_label("Ulangi kata sandi baru").fill(WORDS)
    page.get_by_role("button", name="Simpan dan masuk").click()
    page.locator(".tabbar").get_by_role("link", name="Katalog").click()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Daftar", exact=True).click()
    expect(page.get_by_text("Anda terdaftar sebagai peserta. Sampai jumpa")).to_be_visible()
