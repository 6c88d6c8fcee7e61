"""Imports in the browser: every step for everybody, progress by itself, and who may go, with a keyboard's ticks."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from asnportal.people.models import Employee, Unit, User
from asnportal.people.services import intake_job
from tests.browser.conftest import SHAPES, Visit, assert_accessible
from tests.competency.importer import apart
from tests.data.tables import csv_bytes
from tests.factories import EmployeeFactory, UnitFactory, make_officer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unit(tmp_path: Path, settings) -> Unit:
    settings.MEDIA_ROOT = tmp_path
    return UnitFactory(code="11", name="Dinas Kesehatan")


@pytest.fixture
def officer(unit: Unit) -> User:
    return make_officer(name="Petugas Contoh", nip=apart(900))


@pytest.fixture
def leaver(unit: Unit) -> Employee:
    return EmployeeFactory(name="Budi Contoh", unit=unit, user=None)


def upload(page: Page) -> None:
    """A misspelt unit, a doubt, a row to mend, and everybody of the unit but one."""
    rows = (
        f"{apart(1)};Ani Contoh;Dinas Kesehatan;P;x",
        f"{apart(2)};Cici Contoh;Dinas Kesehatn;P;x",
        f"{apart(3)};Dedi Contoh;Dinas Kesehatan;L;x",
        f"{apart(4)[:-1]};Eka Contoh;Dinas Kesehatan;P;x",
    )
    content = csv_bytes("NIP;Nama;Unit Kerja;JK;Agama", *rows)
    page.get_by_label("Berkas", exact=True).set_input_files(
        {"name": "pegawai.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_label("Berkas ini memuat semua pegawai unit").select_option("11")
    page.get_by_role("button", name="Lanjut").click()


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_every_step_is_for_everybody(
    visit: Visit, officer: User, leaver: Employee, width: int, scheme: str
) -> None:
    page = visit("/kelola/impor/baru/", width=width, scheme=scheme, user=officer)
    assert_accessible(page)
    upload(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cocokkan kolom")
    assert_accessible(page)
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Putuskan 2 hal, lalu impor")
    expect(page.get_by_role("heading", name="1 pegawai tidak ada di berkas")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Dinas Kesehatan (11)").check()
    page.get_by_role("button", name="Terapkan keputusan").click()
    page.get_by_role("button", name="Impor 2 baris yang benar").click()
    expect(page.get_by_role("heading", name="Menunggu giliran")).to_be_visible()
    assert_accessible(page)
    intake_job.run_waiting()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 baris tersimpan")  # without a reload
    assert_accessible(page)
    page.get_by_role("link", name="Pilih yang sudah tidak aktif").click()
    assert_accessible(page)
    page.get_by_role("button", name="Nonaktifkan yang dicentang").click()
    expect(page.locator(".errors")).to_contain_text("Pilih paling sedikit satu orang.")
    assert_accessible(page)
    assert leaver in Employee.objects.active()


@pytest.mark.parametrize("javascript", [True, False])
def test_who_is_ticked_leaves_with_and_without_javascript(
    visit: Visit, officer: User, leaver: Employee, javascript: bool
) -> None:
    page = visit("/kelola/impor/baru/", user=officer, javascript=javascript)
    upload(page)
    page.get_by_role("button", name="Periksa berkas").click()
    page.get_by_role("button", name="Impor 1 baris yang benar").click()
    intake_job.run_waiting()
    page.reload()
    page.get_by_role("link", name="Pilih yang sudah tidak aktif").click()
    page.get_by_label("Budi Contoh").check()
    page.get_by_label("Sebab").select_option("Pensiun")
    page.get_by_role("button", name="Nonaktifkan yang dicentang").click()
    expect(page.get_by_text("1 pegawai tidak aktif lagi.").first).to_be_visible()
    leaver.refresh_from_db()
    assert (leaver.is_active, leaver.left_reason) == (False, "Pensiun")
