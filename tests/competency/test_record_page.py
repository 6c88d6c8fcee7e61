"""BKPSDM's list of imported trainings that wait."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asnportal.people.models import RoleGrant
from competency.models import LearningForm, LedgerLine, TrainingRecord
from tests.factories import EmployeeFactory, UserFactory, grant, make_officer

pytestmark = pytest.mark.usefixtures("forms")


@pytest.fixture
def officer(client):
    officer = make_officer()
    client.force_login(officer)
    return officer


def waiting(employee=None, **extra) -> TrainingRecord:
    values = {
        "employee": employee or EmployeeFactory(),
        "title": "Webinar Arsip",
        "form": LearningForm.objects.get(code="B6"),
        "end": date(2026, 9, 30),
        "jp": 4,
        "match_key": f"k{TrainingRecord.objects.count()}",
    }
    return TrainingRecord.objects.create(**{**values, **extra})


def decide(client, records, **data):
    return client.post(
        reverse("record_decide"), {"id": [record.pk for record in records], **data}, follow=True
    )


def test_only_what_waits_is_listed_first(client, officer):
    waiting(title="Yang menunggu")
    waiting(title="Sudah diputuskan", status="verified")
    html = client.get(reverse("record_list")).content.decode()
    assert "Yang menunggu" in html
    assert "Sudah diputuskan" not in html
    assert (
        "Sudah diputuskan"
        in client.get(reverse("record_list", query={"keadaan": "verified"})).content.decode()
    )


def test_what_is_odd_stands_beside_the_row(client, officer):
    waiting(jp=500)
    waiting(jp=None, form=None, form_name="Kursus kilat")
    html = client.get(reverse("record_list")).content.decode()
    for words in ("JP di atas yang lazim", "Jumlah JP belum tercatat", "Bentuk “Kursus kilat” tidak dikenal"):
        assert words in html


def test_many_are_accepted_at_once_and_ones_own_is_left_with_a_message(client, officer):
    own, others = waiting(officer.employee), [waiting() for _ in range(9)]
    html = decide(client, [own, *others], aksi="terima").content.decode()
    assert "9 riwayat terverifikasi" in html
    assert "Minta petugas lain" in html
    assert LedgerLine.objects.count() == 9
    own.refresh_from_db()
    assert own.status == "waiting"


def test_rejecting_asks_for_the_reason_on_a_page_of_its_own(client, officer):
    record = waiting()
    asked = decide(client, [record], aksi="tolak")
    assert "Tolak 1 riwayat?" in asked.content.decode()
    assert decide(client, [record], aksi="tolak", reason=" ").status_code == 422
    decide(client, [record], aksi="tolak", reason="Bukan atas nama Anda")
    record.refresh_from_db()
    assert (record.status, record.note) == ("rejected", "Bukan atas nama Anda")


def test_nothing_chosen_says_so(client, officer):
    assert "Pilih dahulu" in decide(client, []).content.decode()


def test_ids_that_make_no_sense_choose_nothing(client, officer):
    answer = client.post(reverse("record_decide"), {"id": ["x", "-1", "9" * 30]}, follow=True)
    assert answer.status_code == 200
    assert "Pilih dahulu" in answer.content.decode()


def test_the_list_costs_the_same_statements_for_three_rows_as_for_one(client, officer):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            waiting()
        with CaptureQueriesContext(connection) as context:
            client.get(reverse("record_list"))
        counts.append(len(context))
    assert counts[0] == counts[1]


def test_who_only_reads_is_led_to_the_evidence_and_not_to_the_check(client, officer):
    one = waiting(evidence="bukti/a.pdf", evidence_name="a.pdf")
    check, file = (reverse(name, args=[one.public_id]) for name in ("record_check", "evidence_file"))
    page = client.get(reverse("record_list")).content.decode()
    assert (check in page, file in page) == (True, False)
    client.force_login(grant(UserFactory(), RoleGrant.Role.AUDITOR))
    page = client.get(reverse("record_list")).content.decode()
    assert (check in page, file in page) == (False, True)
