"""Ten minutes before the new year and ten after it, in Samarinda: what is done counts in the year it ended, and the
new year begins with a ring at nothing and what the old one left unfinished. The server's clock is moved by the test."""

import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import time_machine
from PIL import Image
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from asnportal.people.models import Employee
from competency.models import (
    Assessment,
    Competency,
    LearningForm,
    LedgerLine,
    Method,
    Plan,
    PlanItem,
    TrainingRecord,
)
from competency.services import plan
from competency.services.plan import Wish
from competency.services.standard import publish
from tests.browser.conftest import Visit
from tests.browser.person import Person
from tests.browser.test_gap_to_level import learnt
from tests.factories import (
    CompetencyFactory,
    EnrolmentFactory,
    MeetingFactory,
    PositionFactory,
    ProgrammeFactory,
    SessionFactory,
    make_officer,
    make_team,
    wita,
)
from training.models import Enrolment, EnrolmentStatus, ProgrammeCompetency, Session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("forms")]

LAST_DAY, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)
BEFORE, AFTER = wita(LAST_DAY, 23, 50), wita(NEW_YEAR, 0, 10)
BIMTEK, ARCHIVE = "Bimtek Penutupan Anggaran", "Bimtek Arsip Akhir Tahun"
ACROSS, NEXT = "Bimtek Lintas Tahun", "Bimtek Menulis Laporan"
MENTORING, SEMINAR, LATE = "Mentoring dengan arsiparis", "Seminar Arsip Nasional", "Seminar Kearsipan Daerah"


@dataclass(frozen=True)
class Cast:
    person: Employee
    boss: Employee


@pytest.fixture
def clock():
    with time_machine.travel(BEFORE, tick=True) as traveller:
        yield traveller


@pytest.fixture
def cast(clock: time_machine.Traveller, live_server: LiveServer, settings, tmp_path: Path) -> Cast:
    """12 JP this year; a seat in two bimtek of the last day, in one across the turn, and a gap for January."""
    settings.SITE_URL, settings.MEDIA_ROOT = live_server.url, tmp_path
    settings.DATA_DIR = tmp_path  # the seal's key is made by the clock of this test
    boss, [person] = make_team()
    Employee.objects.filter(pk=person.pk).update(
        name="Rahmawati Contoh", position=PositionFactory(name="Pengadministrasi Arsip")
    )
    person.refresh_from_db()
    learnt(person, "B10", "Bimtek Tata Naskah Dinas", date(2026, 4, 15), "12")
    seat(person, BIMTEK, 8, LAST_DAY)
    seat(person, ARCHIVE, 4, LAST_DAY, hour=15)
    seat(person, ACROSS, 20, date(2026, 12, 29), end=date(2027, 1, 3))
    gap_of(person, boss)
    approved_plan(person, boss)
    return Cast(person, boss)


def seat(
    person: Employee, title: str, jp: int, start: date, *, end: date | None = None, hour: int = 8
) -> None:
    """A bimtek in which the person has a seat; its first meeting is ``start``, four hours from ``hour``."""
    programme = ProgrammeFactory(title=title, form=LearningForm.objects.get(code="B10"), jp=jp)
    session = SessionFactory(
        programme=programme, start=start, end=end or start, confirmed_count=1, next_number=2
    )
    MeetingFactory(session=session, starts_at=wita(start, hour))
    EnrolmentFactory(session=session, employee=person, number=1, status=EnrolmentStatus.CONFIRMED)


def gap_of(person: Employee, boss: Employee) -> Competency:
    """One level short, and a bimtek of 13 January that closes it."""
    gap = CompetencyFactory(name="Pelaporan kinerja")
    publish(person.position, {gap.pk: (3, "")}, since=date(2024, 1, 1), by=None)
    found = {"level": 2, "day": date(2026, 2, 2), "method": Method.SUPERVISOR, "created_by": boss.user}
    Assessment.objects.create(employee=person, competency=gap, **found)
    programme = ProgrammeFactory(title=NEXT, form=LearningForm.objects.get(code="B10"), jp=8)
    ProgrammeCompetency.objects.create(programme=programme, competency=gap, level=3)
    session = SessionFactory(
        programme=programme, start=date(2027, 1, 13), approval=Session.Approval.SUPERVISOR
    )
    MeetingFactory(session=session)
    return gap


def approved_plan(person: Employee, boss: Employee) -> None:
    """Of 2026: the bimtek of the last day, with its seat, and a mentoring that nobody has begun."""
    bimtek = plan.add(person, 2026, Wish(title=BIMTEK, source="duty", target=LAST_DAY), by=person.user)
    Enrolment.objects.filter(session__programme__title=BIMTEK).update(plan_item=bimtek)
    plan.add(person, 2026, Wish(title=MENTORING, source="wish", target=date(2026, 11, 30)), by=person.user)
    plan.submit(bimtek.plan, by=person.user)
    plan.approve(bimtek.plan, by=boss.user)


def test_what_ends_before_midnight_counts_in_the_old_year_and_the_new_one_starts_at_nothing(
    cast: Cast, clock: time_machine.Traveller, visit: Visit
) -> None:
    officer, boss = Person(visit, make_officer().username), Person(visit, cast.boss.nip)
    person = Person(visit, cast.person.nip, width=390)
    for one in (officer, boss, person):
        one.sign_in()

    assert ring(person) == "12 dari 20 JP sudah selesai, 12 JP terjadwal"
    finish(officer, BIMTEK)
    assert ring(person) == "20 dari 20 JP sudah selesai, 4 JP terjadwal"
    ask_for_january(person)
    assert years_of_the_plan(person) == {"2026": [BIMTEK, MENTORING], "2027": [NEXT]}

    clock.move_to(AFTER)
    assert ring(person) == "0 dari 20 JP sudah selesai, 20 JP terjadwal"
    see_how_the_year_ended(person, "Tahun 2026 berakhir dengan 20 JP dari 20, terpenuhi.")
    finish(officer, ARCHIVE)
    assert ring(person) == "0 dari 20 JP sudah selesai, 20 JP terjadwal"
    see_how_the_year_ended(person, "Tahun 2026 berakhir dengan 24 JP dari 20, terpenuhi.")
    assert team_by_year(boss) == {"2027": "0 dari 20 JP20 terjadwal", "2026": "24 dari 20 JP"}
    assert jp_by_year(person) == {"2027": "0", "2026": "24"}
    assert simulated_by_year(person) == {"2027": "0", "2026": "24"}
    carry_over(person)
    assert years_of_the_plan(person) == {"2026": [BIMTEK, MENTORING], "2027": [NEXT, MENTORING]}
    approve(boss)
    assert ring(person) == "0 dari 20 JP sudah selesai, 28 JP terjadwal"
    lines = LedgerLine.objects.order_by("pk").values_list("title", "day", "year", "jp")
    assert list(lines)[1:] == [(BIMTEK, LAST_DAY, 2026, 8), (ARCHIVE, LAST_DAY, 2026, 4)]
    items = PlanItem.objects.order_by("plan__year", "target").values_list("plan__year", "title", "target")
    assert list(items) == [
        (2026, MENTORING, date(2026, 11, 30)),
        (2026, BIMTEK, LAST_DAY),
        (2027, NEXT, date(2027, 1, 13)),
        (2027, MENTORING, date(2027, 11, 30)),
    ]
    assert Plan.objects.get(year=2026).status == Plan.Status.APPROVED


def test_evidence_for_the_old_year_is_taken_until_31_january_then_only_by_an_officer(
    cast: Cast, clock: time_machine.Traveller, visit: Visit
) -> None:
    officer, person = (
        Person(visit, make_officer().username),
        Person(visit, cast.person.nip, width=390),
    )
    clock.move_to(wita(date(2027, 1, 31), 23, 50))
    person.sign_in()
    assert "diterima sampai 31 Januari 2027" in hand_in(person, SEMINAR, "red")
    expect(person.main.get_by_role("row", name=SEMINAR)).to_contain_text("Diperiksa BKPSDM")
    expect(person.main.get_by_role("link", name="2026", exact=True)).to_have_attribute("aria-current", "page")

    clock.move_to(wita(date(2027, 2, 1), 0, 10))
    assert "diterima sampai" not in hand_in(person, LATE, "blue")
    expect(person.main).to_contain_text(
        "Bukti untuk tahun 2026 diterima sampai 31 Januari 2027. Mintalah BKPSDM mencatatnya."
    )
    officer.sign_in()
    enter(officer)
    check_both(officer)
    assert jp_by_year(person) == {"2027": "0", "2026": "20"}
    records = TrainingRecord.objects.filter(source=TrainingRecord.OUTSIDE).order_by("pk")
    assert list(records.values_list("title", "year", "status")) == [
        (SEMINAR, 2026, "verified"),
        (LATE, 2026, "verified"),
    ]


def ring(person: Person) -> str | None:
    person.open("Beranda")
    return person.main.locator(".ring").get_attribute("aria-label")


def see_how_the_year_ended(person: Person, words: str) -> None:
    """On the first screen, with what can still be done about it."""
    note = person.main.locator(".note").filter(has_text=words)
    expect(note).to_contain_text("Bukti untuk tahun 2026 diterima sampai 31 Januari 2027.")
    expect(note).to_contain_text("1 butir rencana 2026 belum selesai.")


def team_by_year(boss: Person) -> dict[str, str]:
    """The person's JP as the supervisor reads them."""
    boss.open("Tim saya")
    found = {}
    for year in ("2027", "2026"):
        boss.follow(year)
        cell = boss.main.get_by_role("row", name="Rahmawati Contoh").get_by_role("cell").first
        found[year] = "".join(cell.inner_text().split("\n"))
    return found


def finish(officer: Person, title: str) -> None:
    """Close the only meeting and the session."""
    officer.open("Jadwal dan peserta")
    officer.main.get_by_role("row", name="31 Des 2026").get_by_role("link", name=title).click()
    officer.follow("Kehadiran")
    row = officer.main.get_by_role("radiogroup", name="Kehadiran Rahmawati Contoh")
    row.get_by_text("Hadir", exact=True).click()
    officer.press("Tutup pertemuan 1")
    officer.follow("Selesaikan jadwal")
    officer.press("Selesaikan jadwal")
    expect(officer.main).to_contain_text("Jadwal selesai: 1 lulus, 0 belum memenuhi syarat.")


def ask_for_january(person: Person) -> None:
    """The year of an item is that in which its session ends, and the request keeps its moment."""
    person.open("Kompetensi")
    person.page.get_by_role("button", name=re.compile(NEXT)).click()
    expect(person.main).to_contain_text("Masuk rencana 2027, dan pendaftarannya sudah diajukan.")
    expect(person.main).to_contain_text("31 Desember 2026 pukul 23.5")


def open_plan(person: Person) -> None:
    person.open("Kompetensi")
    person.follow("Rencana")


def years_of_the_plan(person: Person) -> dict[str, list[str]]:
    """The items of each year that can be chosen, as the page lists them."""
    open_plan(person)
    found = {}
    for year in ("2026", "2027"):
        person.follow(year)
        expect(person.main.get_by_role("link", name=year, exact=True)).to_have_attribute(
            "aria-current", "page"
        )
        items = person.main.get_by_role("region", name="Isi rencana").get_by_role("heading", level=3)
        found[year] = sorted(items.all_inner_texts(), key=[BIMTEK, NEXT, MENTORING].index)
    return found


def jp_by_year(person: Person) -> dict[str, str]:
    """JP diakui as the ledger sums them, from the present year back."""
    person.open("Riwayat dan sertifikat")
    found = {}
    for year in ("2027", "2026"):
        person.follow(year)
        stat = person.main.locator(".stat", has_text=f"JP diakui {year}").locator("dd")
        found[year] = re.findall(r"\d+", stat.inner_text())[0]
    return found


def simulated_by_year(person: Person) -> dict[str, str]:
    """JP of technical training towards the simulation of each year."""
    person.open("Kompetensi")
    person.follow("IP ASN")
    found = {}
    for year in ("2027", "2026"):
        person.follow(year)
        words = person.main.inner_text()
        [so_far] = re.findall(rf"Sejauh ini (\d+) JP|(\d+) JP tahun {year}", words)
        found[year] = "".join(so_far)
    return found


def carry_over(person: Person) -> None:
    """What was begun is not offered again; what was not is, once."""
    open_plan(person)
    rest = person.main.get_by_role("region", name="Belum selesai dari 2026")
    expect(rest.get_by_role("listitem")).to_have_text([MENTORING])
    rest.get_by_role("button", name="Lanjutkan 1 butir di 2027").click()
    expect(rest).to_have_count(0)


def approve(boss: Person) -> None:
    boss.open("Persetujuan")
    boss.press("Setujui permintaan Rahmawati Contoh")
    expect(boss.main).to_contain_text("Semua sudah diputuskan. Terima kasih.")


def photo(colour: str) -> dict[str, object]:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def hand_in(person: Person, title: str, colour: str) -> str:
    """From the phone; gives what the page says before it is sent."""
    person.open("Riwayat dan sertifikat")
    person.follow("Tambah pelatihan luar")
    said = person.main.inner_text()
    fill(person, title, colour)
    person.press("Kirim untuk diperiksa")
    return said


def fill(who: Person, title: str, colour: str) -> None:
    page = who.page
    page.get_by_label("Foto atau PDF sertifikat").set_input_files(photo(colour))
    page.get_by_label("Nama pelatihan").fill(title)
    page.get_by_label("Penyelenggara").fill("Lembaga Contoh")
    page.get_by_label("Bentuk").select_option(label="Seminar/konferensi/sarasehan")
    for label in ("Mulai", "Selesai"):
        page.get_by_label(label, exact=True).fill("2026-12-30")
    page.get_by_label("JP di sertifikat").fill("4")


def enter(officer: Person) -> None:
    officer.open("Pegawai")
    officer.main.get_by_role("searchbox").fill("Rahmawati")
    officer.main.get_by_role("searchbox").press("Enter")
    officer.follow(re.compile("Rahmawati Contoh"))
    officer.follow("Buka riwayat dan sertifikat")
    officer.follow("Catat pelatihan luar")
    fill(officer, LATE, "blue")
    officer.press("Simpan")
    expect(officer.main).to_contain_text("Tercatat untuk Rahmawati Contoh, menunggu pemeriksaan.")


def check_both(officer: Person) -> None:
    """One after the other, in the fast queue."""
    officer.follow("Periksa bukti satu per satu")
    for title in (SEMINAR, LATE):
        expect(officer.heading).to_have_text(title)
        officer.press("Terima 4 JP")
    expect(officer.main).to_contain_text("Semua bukti sudah diperiksa")
