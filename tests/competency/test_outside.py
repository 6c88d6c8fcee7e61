"""Trainings outside the portal: handed in with evidence, checked in a queue, counted by the rule."""

import io
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from asnportal.audit.models import AuditLine
from asnportal.common import evidence, files
from asnportal.common.errors import OwnCase, Refusal, WrongState
from asnportal.notifications.models import Message
from competency.models import LearningForm, LedgerLine, TrainingRecord
from competency.queries.ledger import year_summary
from competency.services import outside
from competency.services import record as records
from competency.services.outside import Claim
from tests.factories import EmployeeFactory, make_officer, wita

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forms")]


@pytest.fixture(autouse=True)
def ground(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel("2026-11-24T12:00:00+08:00", tick=False):
        yield


def photo(colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return SimpleUploadedFile("sertifikat.jpg", out.getvalue(), "image/jpeg")


def claim(form="B10", **extra):
    values = {
        "title": "Bimtek Arsip Digital",
        "organizer": "ANRI",
        "start": date(2026, 10, 1),
        "end": date(2026, 10, 2),
        "jp": Decimal(8),
        "number": "12/ANRI/2026",
    }
    return Claim(form=LearningForm.objects.get(code=form), **{**values, **extra})


def hand_in(person, **extra):
    colour = extra.pop("colour", "red")
    return outside.hand_in(person, claim(**extra), evidence.read(photo(colour)), by=person.user)


def test_what_is_handed_in_waits_and_does_not_count_until_an_officer_accepts_it():
    person, officer = EmployeeFactory(), make_officer()
    record = hand_in(person)
    assert year_summary(person, 2026).done == 0
    assert year_summary(person, 2026).waiting == 8
    records.verify(record, by=officer)
    line = LedgerLine.objects.get()
    assert (line.jp, line.record, line.source, line.evidence_number) == (8, record, "outside", "12/ANRI/2026")
    assert year_summary(person, 2026).done == 8
    assert Message.objects.get().subject == "Diterima, 8 JP diakui: Bimtek Arsip Digital"


def test_it_counts_by_the_rule_of_its_form_not_by_the_printed_figure():
    person = EmployeeFactory()
    record = hand_in(person, form="B6", jp=Decimal(16))
    records.verify(record, by=make_officer())
    line = LedgerLine.objects.get()
    assert (line.jp_material, line.jp) == (16, 8)
    assert "PerLAN 10/2018" in line.legal_basis


def test_an_international_bimtek_gives_a_fifth_more():
    record = hand_in(EmployeeFactory(), jp=Decimal(32), abroad=True)
    records.verify(record, by=make_officer())
    assert LedgerLine.objects.get().jp == Decimal("38.40")


def test_a_rejected_one_tells_the_reason_and_may_be_sent_again():
    person = EmployeeFactory()
    record = hand_in(person)
    records.reject(record, by=make_officer(), reason="Fotonya buram.")
    assert "Fotonya buram." in Message.objects.get().text
    hand_in(person, colour="blue")
    assert TrainingRecord.objects.filter(status="waiting").count() == 1


@pytest.mark.parametrize(
    "again",
    [
        {"title": "Lain", "end": date(2026, 10, 3), "colour": "blue"},
        {"number": "", "colour": "blue"},
        {"title": "Lain", "number": "99", "end": date(2026, 10, 3)},
    ],
    ids=["same number", "same title and last day", "same file"],
)
def test_what_is_there_already_is_recognised(again):
    person = EmployeeFactory()
    hand_in(person)
    with pytest.raises(Refusal, match="sudah tercatat: Bimtek Arsip Digital"):
        hand_in(person, **again)
    assert TrainingRecord.objects.count() == 1
    assert len(list(files.path_of("bukti").iterdir())) == 1


def test_a_colleague_with_the_same_number_is_no_obstacle_but_the_officer_sees_it():
    first, second = EmployeeFactory(name="Siti Contoh"), EmployeeFactory()
    hand_in(first)
    record = hand_in(second, colour="blue")
    client = Client()
    client.force_login(make_officer())
    text = client.get(reverse("record_check", args=[record.public_id])).content.decode()
    assert "Nomor atau berkas yang sama pada Siti Contoh" in text


def test_evidence_for_last_year_is_taken_until_31_january_then_only_from_an_officer():
    person = EmployeeFactory()
    late = {"start": date(2026, 12, 1), "end": date(2026, 12, 2)}
    with time_machine.travel("2027-01-31T23:50:00+08:00", tick=False):
        hand_in(person, **late)
    with time_machine.travel("2027-02-01T00:10:00+08:00", tick=False):
        other = EmployeeFactory()
        with pytest.raises(Refusal, match=r"diterima sampai 31 Januari 2027\. Mintalah BKPSDM"):
            hand_in(other, **late)
        outside.enter(other, claim(**late), evidence.read(photo("blue")), by=make_officer())
    assert TrainingRecord.objects.filter(year=2026).count() == 2


def test_nobody_enters_or_checks_his_own():
    officer = make_officer()
    with pytest.raises(OwnCase):
        outside.enter(officer.employee, claim(), evidence.read(photo()), by=officer)
    record = hand_in(officer.employee)
    with pytest.raises(OwnCase):
        records.verify(record, by=officer)


def test_a_training_that_has_not_ended_is_refused():
    with pytest.raises(Refusal, match="belum selesai"):
        hand_in(EmployeeFactory(), end=date(2026, 11, 25))


def test_before_it_is_checked_it_can_be_taken_back_with_its_file(django_capture_on_commit_callbacks):
    person = EmployeeFactory()
    record = hand_in(person)
    path = files.path_of(record.evidence)
    with django_capture_on_commit_callbacks(execute=True):
        outside.withdraw(record, by=person.user)
    assert not TrainingRecord.objects.exists()
    assert not path.exists()
    assert AuditLine.objects.filter(verb="record.withdraw").exists()


def test_after_it_was_checked_it_stays():
    person = EmployeeFactory()
    record = hand_in(person)
    records.verify(record, by=make_officer())
    with pytest.raises(WrongState):
        outside.withdraw(record, by=person.user)


def posted(**extra):
    form = LearningForm.objects.get(code="B10")
    data = {
        "title": "Bimtek Arsip",
        "organizer": "ANRI",
        "form": form.pk,
        "start": "2026-10-01",
        "end": "2026-10-02",
        "jp": "8,5",
        "number": "",
    }
    return {**data, **extra}


def test_from_the_phone_photo_and_figures_go_in_and_the_ledger_shows_that_it_waits():
    person, client = EmployeeFactory(), Client()
    client.force_login(person.user)
    answer = client.post(reverse("outside_new"), {**posted(), "bukti": photo()}, follow=True)
    text = answer.content.decode()
    assert "Terkirim. BKPSDM memeriksanya" in text
    assert "Diperiksa BKPSDM" in text.replace("\xa0", " ")
    assert TrainingRecord.objects.get().jp == Decimal("8.5")


def test_in_january_the_page_says_until_when_and_then_shows_the_year_it_went_to():
    client = Client()
    person = EmployeeFactory()
    sentence = "Bukti untuk tahun 2026 diterima sampai 31 Januari 2027."
    with time_machine.travel(wita(date(2027, 1, 31), 23, 50)):
        client.force_login(person.user)
        assert sentence in client.get(reverse("outside_new")).content.decode()
        answer = client.post(reverse("outside_new"), {**posted(), "bukti": photo()})
        assert answer.url == f"{reverse('ledger')}?tahun=2026"
    with time_machine.travel(wita(date(2027, 2, 1), 0, 10)):
        assert sentence not in client.get(reverse("outside_new")).content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"end": "2026-09-30"}, "Tanggal selesai tidak boleh sebelum tanggal mulai."),
        ({"jp": "0"}, "JP harus lebih dari 0."),
        ({"title": ""}, "Nama pelatihan"),
        ({"bukti": SimpleUploadedFile("a.svg", b"<svg/>")}, "Jenis berkas tidak diizinkan."),
        ({"bukti": ""}, "Lampirkan foto atau PDF sertifikatnya."),
    ],
)
def test_a_fault_is_told_and_what_was_typed_stays(change, sentence):
    person, client = EmployeeFactory(), Client()
    client.force_login(person.user)
    answer = client.post(reverse("outside_new"), {**posted(), "bukti": photo(), **change})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="ANRI"' in answer.content.decode()


def test_the_fast_queue_goes_from_one_to_the_next_and_ends_with_thanks():
    officer, client = make_officer(), Client()
    client.force_login(officer)
    first, second = hand_in(EmployeeFactory()), hand_in(EmployeeFactory(), colour="blue")
    page = client.get(reverse("record_next"))
    assert page.url == reverse("record_check", args=[first.public_id])
    assert "Terima 8 JP" in client.get(page.url).content.decode()
    client.post(page.url, {"aksi": "terima"})
    page = client.get(reverse("record_next"))
    assert page.url == reverse("record_check", args=[second.public_id])
    assert client.post(page.url, {"aksi": "tolak", "reason": ""}).status_code == 422
    client.post(page.url, {"aksi": "tolak", "reason": "Bukan sertifikat."})
    assert "Semua bukti sudah diperiksa" in client.get(reverse("record_next"), follow=True).content.decode()
    assert [one.status for one in TrainingRecord.objects.order_by("pk")] == ["verified", "rejected"]


def test_the_evidence_is_read_by_whom_it_concerns_and_each_reading_by_others_is_noted():
    person, stranger, officer = EmployeeFactory(), EmployeeFactory(), make_officer()
    record = hand_in(person)
    address = reverse("evidence_file", args=[record.public_id])
    answers = {}
    for name, user in (("own", person.user), ("stranger", stranger.user), ("officer", officer)):
        client = Client()
        client.force_login(user)
        answers[name] = client.get(address)
    assert {name: one.status_code for name, one in answers.items()} == {
        "own": 200,
        "stranger": 404,
        "officer": 200,
    }
    assert answers["own"]["Content-Type"] == "image/jpeg"
    assert "sandbox" in answers["own"]["Content-Security-Policy"]
    assert AuditLine.objects.filter(verb="record.read_evidence").count() == 1
