"""From the plans of people to a session of the city: compiled, sent, verified, planned, fixed, opened as a draft.

Everybody clicks in an own browser; the unit's officer on a phone without JavaScript, BKPSDM at a desk.
"""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from asnportal.people.models import Unit, User
from competency.models import LearningForm, Plan, PlanItem
from tests.browser.conftest import Visit
from tests.browser.person import Person
from tests.factories import (
    CompetencyFactory,
    EmployeeFactory,
    ProviderFactory,
    UnitFactory,
    make_officer,
    make_unit_officer,
    wita,
)
from training.models import CityPlanLine, Session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("forms")]

TODAY = date(2026, 11, 24)
SKILL = "Pelayanan publik"


@pytest.fixture
def officers(live_server: LiveServer, settings) -> Iterator[tuple[User, User]]:
    """The admin unit of an office in which three people planned the same skill, and an officer of BKPSDM."""
    settings.SITE_URL = live_server.url
    with time_machine.travel(wita(TODAY, 9), tick=True):
        office: Unit = UnitFactory(code="23", name="Dinas Percontohan")
        skill, form = CompetencyFactory(name=SKILL), LearningForm.objects.get(code="B10")
        ProviderFactory(name="BKPSDM Kota Samarinda")
        for _ in range(3):
            plan = Plan.objects.create(employee=EmployeeFactory(unit=office), year=2027, status="approved")
            PlanItem.objects.create(
                plan=plan, title="Bimtek", competency=skill, form=form, target=date(2027, 3, 20), jp=8
            )
        yield make_unit_officer(office), make_officer()


def test_what_people_plan_becomes_a_session_without_typing_it_again(
    officers: tuple[User, User], visit: Visit
) -> None:
    unit_officer, bkpsdm = officers
    unit = Person(visit, unit_officer.username, width=390, javascript=False)
    unit.sign_in()
    unit.open("Ringkasan")
    unit.follow("Kebutuhan unit")
    unit.press("Susun dari rencana")
    expect(unit.main.get_by_text("3 orang")).to_be_visible()
    unit.follow(f"Ubah {SKILL}")
    unit.page.get_by_label("Biaya per orang").fill("450.000")
    unit.press("Simpan butir")
    expect(unit.main.get_by_text("Rp 1.350.000").first).to_be_visible()
    unit.press("Kirim ke BKPSDM")
    expect(unit.main.get_by_text("menunggu verifikasi BKPSDM").first).to_be_visible()

    city = Person(visit, bkpsdm.username)
    city.sign_in()
    city.follow(re.compile("perangkat daerah mengirim kebutuhannya"))
    city.follow("Dinas Percontohan")
    city.press("Verifikasi")
    city.open("Rencana tahunan")
    city.follow("2027")
    city.follow("Lihat 1 kebutuhan")
    city.press(f"Jadikan satu baris untuk {SKILL}")
    city.follow("Rencana")
    city.follow(SKILL)
    for check in ("Relevan bagi", "Bentuk dan JP", "Biaya wajar", "Kuota dan jumlah"):
        city.page.get_by_label(check).check()
    city.press("Verifikasi baris")
    city.follow("Tetapkan rencana")
    city.page.get_by_label("Nomor keputusan").fill("800/1/2026")
    city.page.get_by_label("Tanggal keputusan").fill("2026-11-20")
    city.press("Tetapkan rencana")
    city.follow(SKILL)
    city.press("Buat jadwal")
    expect(city.page.get_by_label("Tanggal mulai")).to_have_value("2027-03-01")
    expect(city.page.get_by_label("Kuota")).to_have_value("3")
    city.press("Simpan sebagai draf")
    expect(city.main.get_by_text("Jadwal tersimpan sebagai draf.").first).to_be_visible()

    made = Session.objects.select_related("plan_line", "programme").get()
    line = CityPlanLine.objects.get()
    facts = (made.status, made.plan_line, made.programme.title, made.programme.jp, made.start)
    assert facts == ("draft", line, SKILL, 8, date(2027, 3, 1))
