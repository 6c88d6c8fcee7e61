"""The portal's reason to exist: from a gap to the level, with every figure before and after.

A pelaksana with S1, *Sangat Baik* and a seminar of last year has 12 JP of bimtek; one of 8 JP closes a gap, fills the
ring and lifts the simulation. Everybody clicks in an own browser: the person on a phone, officers at a desk.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Locator, expect
from pytest_django.live_server_helper import LiveServer

from asnportal.people.models import Employee
from competency.models import (
    Assessment,
    Competency,
    CompetencyLevel,
    LearningForm,
    LedgerLine,
    Method,
    PlanItem,
    Review,
    TrainingRecord,
)
from competency.queries.profile import profile_of
from competency.services import ledger
from competency.services.standard import publish
from tests.browser.conftest import Visit
from tests.browser.person import Person, pass_a_minute
from tests.factories import (
    CompetencyFactory,
    EmployeeFactory,
    MeetingFactory,
    PositionFactory,
    ProgrammeFactory,
    SessionFactory,
    make_officer,
    make_team,
    wita,
)
from training.models import Certificate, Enrolment, EnrolmentStatus, ProgrammeCompetency, Session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("forms")]

TODAY, NEXT_DAY, DAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 9)
BIMTEK = "Bimtek Menyusun Telaahan Staf"
GAP, OTHER = "Penyusunan naskah dinas", "Pengelolaan arsip"
DESCRIBED = "Menyusun naskah dinas sendiri tanpa dikoreksi."


@dataclass(frozen=True)
class Cast:
    """``gap`` is held at level 2 and asked at 3; ``session`` is the nearest that leads there."""

    person: Employee
    boss: Employee
    gap: Competency
    session: Session


@pytest.fixture
def clock():
    with time_machine.travel(wita(TODAY, 9), tick=True) as traveller:
        yield traveller


@pytest.fixture
def cast(clock: time_machine.Traveller, live_server: LiveServer, settings, tmp_path: Path) -> Cast:
    settings.SITE_URL, settings.MEDIA_ROOT = live_server.url, tmp_path
    settings.DATA_DIR = tmp_path  # the seal's key is made by the clock of this test
    boss, _ = make_team(0)
    person = EmployeeFactory(
        name="Rahmawati Contoh",
        unit=boss.unit,
        supervisor=boss,
        position=PositionFactory(name="Penelaah Teknis Kebijakan"),
        education="S1 Administrasi Negara",
    )
    learnt(person, "B6", "Seminar Pelayanan Publik", date(2025, 10, 7), "4")
    learnt(person, "B10", "Bimtek Tata Naskah Dinas", date(2026, 4, 15), "12")
    gap, other = (CompetencyFactory(name=name) for name in (GAP, OTHER))
    describe(gap)
    publish(person.position, {gap.pk: (3, ""), other.pk: (2, "")}, since=date(2024, 1, 1), by=None)
    for one in (gap, other):
        found = {"level": 2, "day": date(2026, 2, 2), "method": Method.SUPERVISOR, "created_by": boss.user}
        Assessment.objects.create(employee=person, competency=one, **found)
    return Cast(person, boss, gap, sessions(gap))


def learnt(person: Employee, form: str, title: str, day: date, jp: str) -> None:
    """A training of earlier, verified and counted."""
    record = TrainingRecord.objects.create(
        employee=person,
        title=title,
        form=LearningForm.objects.get(code=form),
        start=day,
        end=day,
        year=day.year,
        jp=Decimal(jp),
        status=TrainingRecord.Status.VERIFIED,
        match_key=title,
    )
    ledger.post_record(record, by=None)


def describe(competency: Competency) -> None:
    words = ["Mengenal.", "Menyusun dengan bimbingan.", DESCRIBED, "Membimbing rekan.", "Menetapkan aturan."]
    for level, text in enumerate(words, start=1):
        CompetencyLevel.objects.create(
            competency=competency, level=level, description=text, valid_from=date(2020, 1, 1)
        )


def sessions(gap: Competency) -> Session:
    """The same bimtek twice; the nearer one is given back. Six hours are 8 JP."""
    programme = ProgrammeFactory(title=BIMTEK, form=LearningForm.objects.get(code="B10"), jp=8)
    ProgrammeCompetency.objects.create(programme=programme, competency=gap, level=3)
    signed = {"signatory_name": "Hj. Contoh Kepala, S.Sos.", "signatory_title": "Kepala BKPSDM"}
    extra = {"programme": programme, "approval": Session.Approval.SUPERVISOR, **signed}
    later = SessionFactory(start=date(2026, 12, 16), batch=2, **extra)
    nearest = SessionFactory(start=DAY, **extra)
    for session in (later, nearest):
        MeetingFactory(session=session, ends_at=wita(session.start, 14))
    return nearest


def test_a_gap_becomes_a_seat_hours_points_and_a_level(
    cast: Cast, clock: time_machine.Traveller, visit: Visit, audit
) -> None:
    officer = Person(visit, make_officer().username)
    boss, person = Person(visit, cast.boss.nip), Person(visit, cast.person.nip, width=390)
    for one in (officer, person):
        one.sign_in()
    import_the_rating(officer, cast.person)

    assert ring(person) == "12 dari 20 JP sudah selesai, 0 JP terjadwal"
    assert simulation(person) == ("67,5", "Rendah", "12 JP")
    see_the_gap(person)
    take_the_step(person)
    see_the_plan(person, "Menunggu persetujuan")
    kept(cast, EnrolmentStatus.REQUESTED)
    assert ring(person) == "12 dari 20 JP sudah selesai, 0 JP terjadwal"

    clock.move_to(wita(NEXT_DAY, 9))
    approve(boss)
    person.sign_in()
    assert ring(person) == "12 dari 20 JP sudah selesai, 8 JP terjadwal"
    assert simulation(person) == ("67,5", "Rendah", "12 JP")
    see_the_plan(person, "Terdaftar")
    kept(cast, EnrolmentStatus.CONFIRMED)

    clock.move_to(wita(DAY, 15))
    officer.sign_in()
    hold_the_bimtek(officer)
    issue(officer)
    person.sign_in()
    assert ring(person) == "20 dari 20 JP sudah selesai, 0 JP terjadwal"
    assert simulation(person) == ("90", "Tinggi", "20 JP")
    see_the_ledger(person)
    see_the_plan(person, "Selesai")
    wait_for_the_assessment(person)
    kept(cast, EnrolmentStatus.COMPLETED)
    assert (level_and_gap(cast), Review.objects.count()) == ((2, 1), 1)

    boss.sign_in()
    assess(boss)
    see_the_level(person)
    assert level_and_gap(cast) == (3, 0)
    assert Review.objects.get().status == Review.Status.DONE
    assert audit() == "Semua sesuai."


def import_the_rating(officer: Person, person: Employee) -> None:
    """Without it performance is 0; the file comes from the performance system, by the page for files."""
    officer.open("Standar kompetensi")
    officer.follow("Berkas")
    officer.page.get_by_label("Predikat kinerja").check()
    content = f"nip;tahun;predikat\n{person.nip};2025;Sangat Baik\n".encode()
    file = {"name": "kinerja.csv", "mimeType": "text/csv", "buffer": content}
    officer.page.get_by_label("Berkas csv").set_input_files(file)
    officer.press("Muat berkas")
    expect(officer.main).to_contain_text("1 baru, 0 berubah, 0 tetap.")


def ring(person: Person) -> str | None:
    person.open("Beranda")
    return person.main.locator(".ring").get_attribute("aria-label")


def simulation(person: Person) -> tuple[str, str, str]:
    """The figure, its category, and the JP of technical training that count towards it."""
    person.open("Kompetensi")
    person.follow("IP ASN")
    words = person.main.inner_text()
    [(total, category)] = re.findall(r"Simulasi IP ASN Anda ([\d,]+), kategori ([^\n]+)", words)
    [so_far] = re.findall(r"Sejauh ini (\d+ JP)|(\d+ JP) tahun 2026", words)
    return total, category, "".join(so_far)


def gap_row(person: Person, name: str = GAP) -> Locator:
    person.open("Kompetensi")
    return person.main.locator(".comp", has=person.page.get_by_role("heading", name=name))


def see_the_gap(person: Person) -> None:
    """The nearest of two open sessions, with its day, JP, level and seats."""
    row = gap_row(person)
    for words in (
        "Kurang 1 level",
        "Level 2, standar jabatan level 3. Penilaian atasan 2 Feb 2026, sementara.",
        "9 Des 2026, 8 JP, menuju level 3.",
        "30 kursi, 0 terisi",
    ):
        expect(row).to_contain_text(words)
    expect(person.main).to_contain_text("1 dari 2 kompetensi sudah sesuai standar jabatan")


def take_the_step(person: Person) -> None:
    """One tap."""
    gap_row(person).get_by_role("button", name=re.compile(BIMTEK)).click()
    expect(person.main).to_contain_text("Masuk rencana 2026, dan pendaftarannya sudah diajukan.")
    expect(person.main).to_contain_text("Menunggu persetujuan atasan langsung")


def see_the_plan(person: Person, state: str) -> None:
    """The item says by itself how far its training is."""
    person.open("Kompetensi")
    person.follow("Rencana")
    item = person.main.get_by_role("listitem").filter(
        has=person.page.get_by_role("heading", name=BIMTEK, exact=True)
    )
    expect(item).to_contain_text(state)
    expect(item).to_contain_text("8 JP")
    expect(person.main).to_contain_text("tahun 2026 bertambah 8 JP")


def kept(cast: Cast, state: str) -> None:
    """The same in the database: one item, one request that belongs to it."""
    [enrolment] = Enrolment.objects.filter(employee=cast.person)
    [item] = PlanItem.objects.filter(plan__employee=cast.person)
    assert (enrolment.status, enrolment.session, enrolment.plan_item) == (state, cast.session, item)
    assert (item.plan.year, item.competency, item.target, item.jp) == (2026, cast.gap, DAY, 8)


def approve(boss: Person) -> None:
    boss.sign_in()
    boss.open("Persetujuan")
    expect(boss.main).to_contain_text(f"“Untuk {GAP}.”")
    boss.press("Setujui permintaan Rahmawati Contoh")
    expect(boss.main).to_contain_text("Semua sudah diputuskan. Terima kasih.")


def hold_the_bimtek(officer: Person) -> None:
    officer.open("Jadwal dan peserta")
    officer.main.get_by_role("row", name="9 Des 2026").get_by_role("link", name=BIMTEK).click()
    officer.follow("Kehadiran")
    row = officer.main.get_by_role("radiogroup", name="Kehadiran Rahmawati Contoh")
    row.get_by_text("Hadir", exact=True).click()
    officer.press("Tutup pertemuan 1")
    officer.follow("Selesaikan jadwal")
    officer.press("Selesaikan jadwal")
    expect(officer.main).to_contain_text("Jadwal selesai: 1 lulus, 0 belum memenuhi syarat.")


def issue(officer: Person) -> None:
    officer.follow("Sertifikat")
    officer.press("Terbitkan 1 sertifikat")
    expect(officer.main).to_contain_text("1 sedang disiapkan.")
    pass_a_minute()
    expect(officer.main).to_contain_text("1 dari 1 sertifikat terbit.")


def see_the_ledger(person: Person) -> None:
    person.open("Riwayat dan sertifikat")
    line = person.main.get_by_role("row", name=BIMTEK)
    expect(line.get_by_role("cell")).to_have_text(["8", "8", "sesuai JP materi", f"Sertifikat {BIMTEK}"])
    expect(person.main).to_contain_text("Jumlah 2026: 20 JP diakui")
    line.get_by_role("link", name="Sertifikat").click()
    expect(person.page.get_by_role("article", name="Halaman depan")).to_contain_text("Rahmawati Contoh")
    [certificate], [kept_line] = Certificate.objects.all(), LedgerLine.objects.filter(day=DAY)
    assert (certificate.status, kept_line.jp, kept_line.year) == ("issued", 8, 2026)


def wait_for_the_assessment(person: Person) -> None:
    """A certificate changes no level, and nobody is sent to the same bimtek again."""
    row = gap_row(person)
    for words in ("Kurang 1 level", "Sudah dilatih (9 Des 2026), menunggu penilaian."):
        expect(row).to_contain_text(words)
    expect(row.get_by_role("button")).to_have_count(0)


def assess(boss: Person) -> None:
    """From the one message that asks for it, against what is seen at each level."""
    boss.open("Tim saya")
    expect(boss.main.get_by_role("row", name="Rahmawati Contoh")).to_contain_text("1 menunggu penilaian")
    boss.page.get_by_role("link", name=re.compile("^Pemberitahuan")).click()
    expect(boss.main.get_by_text("Penilaian kompetensi diminta: Rahmawati Contoh")).to_have_count(1)
    boss.follow("Penilaian kompetensi diminta: Rahmawati Contoh")
    boss.follow("Buka profil dan nilai")
    boss.follow(f"Nilai {GAP}")
    expect(boss.main).to_contain_text("Sudah dilatih, menunggu penilaian")
    boss.page.get_by_role("radio", name=re.compile(f"^3 ?{DESCRIBED}")).check()
    boss.page.get_by_label("Catatan untuk yang bersangkutan").fill("Telaahan terakhir langsung dipakai.")
    boss.press("Simpan penilaian")
    expect(boss.heading).to_have_text("Rahmawati Contoh")
    expect(boss.main).not_to_contain_text("menunggu penilaian")


def see_the_level(person: Person) -> None:
    row = gap_row(person)
    expect(row).not_to_contain_text("Kurang")
    expect(row).to_contain_text("Level 3")
    expect(person.main).to_contain_text("2 dari 2 kompetensi sudah sesuai standar jabatan")
    row.get_by_role("link", name=GAP).click()
    entries = (
        person.main.get_by_role("table", name="Penilaian")
        .get_by_role("row")
        .filter(has_text="Penilaian atasan")
    )
    expect(entries).to_have_count(2)
    expect(entries.first).to_contain_text("Telaahan terakhir langsung dipakai.")


def level_and_gap(cast: Cast) -> tuple[int | None, int | None]:
    [line] = [one for one in profile_of(cast.person, DAY).lines if one.competency == cast.gap]
    return line.held, line.gap
