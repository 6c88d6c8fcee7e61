"""/riwayat/: the figures of the year, each line with its rule, certificates, and what waits apart."""

from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competency.models import LearningForm, LedgerLine, TrainingRecord
from competency.services import ledger
from competency.services.jp import Facts
from competency.services.ledger import Earned
from tests.factories import WITA, EmployeeFactory, make_certificate, make_officer

pytestmark = pytest.mark.usefixtures("forms")


@pytest.fixture(autouse=True)
def now(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=WITA), tick=False):
        yield


@pytest.fixture
def person(client):
    person = EmployeeFactory()
    client.force_login(person.user)
    return person


def post(person, title="Etika ASN", code="B5", jp=4, *, day=date(2026, 3, 3), key=None):
    form = LearningForm.objects.get(code=code)
    facts = Facts(Decimal(jp), day, day)
    return ledger.post(person, Earned(key or f"{person.pk}:{title}", title, form, facts), by=None)


def wait(person, **extra):
    values = {"title": "Webinar Arsip", "end": date(2026, 9, 30), "jp": 3, "match_key": f"m{person.pk}"}
    return TrainingRecord.objects.create(employee=person, **{**values, **extra})


def read(client, **query) -> str:
    return " ".join(client.get(reverse("ledger", query=query)).content.decode().split())


def test_a_line_says_how_its_figure_came_about(client, person):
    post(person, "Layanan Daring", "C3", 5, day=date(2026, 5, 19))
    html = read(client)
    assert "sesuai JP materi, paling banyak 3 JP sehari" in html
    assert "Mei 2026" in html
    assert "Jumlah 2026: 3 JP diakui" in html
    assert "17 JP lagi ke target 20 JP" in html
    assert "PerLAN 10/2018" in html


def test_what_waits_stands_apart_and_does_not_count(client, person):
    post(person)
    wait(person)
    html = read(client)
    assert "Menunggu pemeriksaan, belum dihitung" in html
    assert "Jumlah 2026: 4 JP diakui" in html


def test_what_was_rejected_stays_with_its_reason(client, person):
    wait(person, status="rejected", note="Nama berbeda")
    html = read(client)
    assert "Ditolak, tidak dihitung" in html
    assert "Nama berbeda" in html


def test_another_year_shows_its_own_lines(client, person):
    post(person, "Lama", day=date(2025, 3, 3))
    assert "Lama" not in read(client)
    assert "Lama" in read(client, tahun=2025)
    assert "Lama" in read(client, tahun="semua")


@pytest.mark.parametrize("year", ["abc", "99999999999", "-1", "1900", "٢٠٢٦", ""])
def test_B45_a_year_that_makes_no_sense_is_the_present_one(client, person, year):
    post(person)
    assert "Jumlah 2026: 4 JP diakui" in read(client, tahun=year)


def test_a_reversed_line_stays_struck_with_its_reversal(client, person):
    ledger.reverse(post(person, "Tercatat Dua Kali"), by=make_officer(), reason="dobel")
    html = read(client)
    assert "<s>Tercatat Dua Kali</s>" in html
    assert "Pembatalan: dobel" in html
    assert "Jumlah 2026: 0 JP diakui" in html


def test_a_pppk_reads_a_ceiling_and_never_what_is_left(client):
    person = EmployeeFactory(kind="PPPK")
    client.force_login(person.user)
    post(person, "Panjang", "B3", 28)
    html = read(client)
    assert "paling banyak 24" in html
    assert "tersimpan, tidak dihitung" in html
    assert "lagi ke target" not in html
    assert "Tahun kontrak belum tercatat" in html


def test_a_certificate_of_the_portal_is_the_evidence_of_its_line(client, person):
    certificate = make_certificate(person)
    day = certificate.session.end
    post(person, "Bersertifikat", day=day, key=f"enrolment:{certificate.enrolment_id}")
    url = reverse("certificate", args=[certificate.public_id])
    assert read(client).count(f'href="{url}"') == 2  # in the line and in the list


def test_nothing_of_others_is_shown(client, person):
    other = EmployeeFactory()
    post(other, "Rahasia")
    wait(other, title="Rahasia juga")
    make_certificate(other)
    assert "Rahasia" not in read(client)
    assert "Belum ada sertifikat" in read(client)


def test_the_page_costs_the_same_statements_for_three_lines_as_for_one(client, person):
    counts = []
    for round_, more in enumerate((1, 2)):
        for n in range(more):
            certificate = make_certificate(person)
            day = certificate.session.end
            post(person, f"Baris {round_}{n}", day=day, key=f"enrolment:{certificate.enrolment_id}")
            wait(person, match_key=f"{round_}{n}")
        with CaptureQueriesContext(connection) as context:
            read(client)
        counts.append(len(context))
    assert counts[0] == counts[1]


class TestCorrecting:
    def test_an_officer_takes_a_line_back_with_a_reason(self, client, person):
        line = post(person)
        client.force_login(make_officer())
        url = reverse("ledger_reverse", args=[line.pk])
        assert client.post(url, {"reason": ""}).status_code == 422
        assert client.post(url, {"reason": "Salah orang"}).url == reverse(
            "employee_ledger", args=[person.public_id]
        )
        assert sum(LedgerLine.objects.values_list("jp", flat=True)) == 0

    def test_ones_own_line_is_refused_with_the_sentence(self, client):
        officer = make_officer()
        client.force_login(officer)
        line = post(officer.employee)
        answer = client.post(reverse("ledger_reverse", args=[line.pk]), {"reason": "x"})
        assert answer.status_code == 422
        assert "Minta petugas lain" in answer.content.decode()
