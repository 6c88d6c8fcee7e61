"""BKPSDM's list of a session's people: read, filtered, downloaded, decided, written to."""

import csv
import io
from datetime import date

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from asnportal.audit.models import AuditLine
from asnportal.notifications.models import Message
from tests.factories import (
    EmployeeFactory,
    EnrolmentFactory,
    SessionFactory,
    UserFactory,
    grant,
    make_finished_session,
    make_officer,
    make_team,
    wita,
)
from training.models import Enrolment, EnrolmentStatus, Session
from training.services import approval, enrolment

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(wita(date(2026, 10, 5), 9), tick=False):
        yield


@pytest.fixture
def officer():
    return make_officer()


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def join(session, employee=None) -> Enrolment:
    employee = employee or EmployeeFactory()
    return enrolment.request(session, employee=employee, by=employee.user)


def people(session, user, **query) -> str:
    return browser(user).get(reverse("session_participants", args=[session.pk]), query).text


def test_the_list_shows_who_is_in_who_waits_and_for_whom(officer):
    supervisor, (learner,) = make_team()
    session = SessionFactory(start=DAY, quota=1, approval="supervisor")
    asked = join(session, learner)
    Session.objects.update(approval="bkpsdm")
    checked = join(session)
    Session.objects.update(approval="none")
    seated, queued = join(session), join(session)
    text = people(session, officer)
    assert "1 kursi, 1 terisi, 2 permintaan menunggu persetujuan, 1 di daftar tunggu." in text
    assert f"Menunggu persetujuan atasan langsung ({supervisor.full_name})" in text
    assert "Daftar tunggu 1".replace(" ", "\u00a0") in text or "Daftar tunggu 1" in text
    for made in (asked, checked, seated, queued):
        assert made.employee.full_name in text
    assert str(checked.public_id) in text.split('name="id"')[1]


def test_the_filter_finds_by_state_and_by_name_nip_and_unit(officer):
    session = SessionFactory(start=DAY)
    one = join(session, EmployeeFactory(name="Dewi Sartika", unit__name="Dinas Sosial"))
    two = join(session, EmployeeFactory(name="Agus Salim"))
    enrolment.withdraw(two, by=two.employee.user, reason="Tugas lain")
    for query in ({"q": "dewi"}, {"q": one.employee.nip}, {"q": "sosial"}, {"keadaan": "terdaftar"}):
        text = people(session, officer, **query)
        assert ("Dewi Sartika" in text, "Agus Salim" in text) == (True, False), query
    assert "Agus Salim" in people(session, officer, keadaan="batal")


def test_B47_a_search_that_is_too_long_or_odd_is_answered_with_a_sentence(officer):
    session = SessionFactory(start=DAY)
    join(session, EmployeeFactory(name="Dewi 100% Sartika"))
    assert "Kata pencarian paling panjang 100 karakter." in people(session, officer, q="a" * 5000)
    assert "Belum ada yang cocok" in people(session, officer, q="%%")
    assert "Dewi" in people(session, officer, urut="-user__password")
    assert "Saringan tidak valid dan diabaikan." in people(session, officer, keadaan="hantu")
    assert "Dewi" in people(session, officer, page="999999999")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_reads_the_same_number_of_statements(officer, rows, django_assert_num_queries):
    session = SessionFactory(start=DAY, quota=1)
    for _ in range(rows + 1):
        join(session)
    client, address = browser(officer), reverse("session_participants", args=[session.pk])
    client.get(address)
    with django_assert_num_queries(9):
        client.get(address)


def hostile(session) -> Enrolment:
    person = EmployeeFactory(unit__name="=cmd|' /C calc'!A0")
    return EnrolmentFactory(
        session=session, employee=person, status="confirmed", reason='=HYPERLINK("http://x","klik")'
    )


def test_T26_a_workbook_holds_text_never_formulas(officer):
    session = SessionFactory(start=DAY)
    hostile(session)
    answer = browser(officer).get(reverse("participants_file", kwargs={"pk": session.pk, "kind": "xlsx"}))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert '=HYPERLINK("http://x","klik")' in {cell.value for cell in cells}


def test_T26_a_csv_puts_a_mark_before_what_looks_like_a_formula(officer):
    session = SessionFactory(start=DAY)
    made = hostile(session)
    answer = browser(officer).get(reverse("participants_file", kwargs={"pk": session.pk, "kind": "csv"}))
    text = answer.getvalue().decode("utf-8-sig")
    heading, row = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert heading[:3] == ["Nomor urut", "Nama", "NIP"]
    assert (row[2], row[6][0], row[10][0]) == (made.employee.nip, "'", "'")


def test_a_file_holds_what_the_filter_shows_and_is_written_down(officer):
    session = SessionFactory(start=DAY)
    seated, gone = join(session), join(session)
    enrolment.withdraw(gone, by=gone.employee.user, reason="Tugas lain")
    address = reverse("participants_file", kwargs={"pk": session.pk, "kind": "csv"})
    text = browser(officer).get(address, {"keadaan": "terdaftar"}).getvalue().decode()
    assert (seated.employee.nip in text, gone.employee.nip in text) == (True, False)
    line = AuditLine.objects.get(verb="session.export")
    assert (line.actor, line.details) == (officer, {"kind": "csv", "rows": 1})


def test_T47_the_auditor_reads_masked_numbers_in_page_and_file():
    auditor = grant(UserFactory(), "auditor")
    session = SessionFactory(start=DAY)
    made = join(session)
    nip = made.employee.nip
    text = people(session, auditor)
    assert nip not in text.replace(" ", "")
    assert f"{nip[:4]}•••••••••••{nip[15:]}" in text
    assert ">Setujui" not in text
    address = reverse("participants_file", kwargs={"pk": session.pk, "kind": "csv"})
    assert nip not in browser(auditor).get(address).getvalue().decode()


def test_many_are_approved_after_a_page_that_names_how_many(officer):
    session = SessionFactory(start=DAY, quota=1, approval="bkpsdm")
    made = [join(session) for _ in range(3)]
    ids = [str(e.public_id) for e in made[:2]]
    client = browser(officer)
    asked = client.post(reverse("todo_decide"), {"id": ids, "aksi": "setujui"})
    assert "Setujui 2 permintaan?" in asked.text
    assert Enrolment.objects.filter(status="requested").count() == 3
    back = reverse("session_participants", args=[session.pk])
    done = client.post(
        reverse("todo_decide"), {"id": ids, "aksi": "setujui", "yakin": "1", "next": back}, follow=True
    )
    assert done.redirect_chain[0][0] == back
    assert "2 permintaan disetujui." in done.text
    assert list(session.enrolments.values_list("status", flat=True)) == ["confirmed", "waiting", "requested"]


def test_many_are_declined_with_one_reason(officer):
    session = SessionFactory(start=DAY, approval="bkpsdm")
    ids = [str(join(session).public_id) for _ in range(2)]
    client, sent = browser(officer), {"id": ids, "aksi": "tolak", "yakin": "1"}
    empty = client.post(reverse("todo_decide"), {**sent, "reason": ""})
    assert (empty.status_code, "Alasan penolakan wajib diisi." in empty.text) == (422, True)
    client.post(reverse("todo_decide"), {**sent, "reason": "Sasaran belum sesuai"})
    assert set(session.enrolments.values_list("status", "ended_reason")) == {
        ("declined", "Sasaran belum sesuai")
    }


def test_an_officer_does_not_decide_the_supervisors_step(officer):
    _supervisor, (learner,) = make_team()
    made = join(SessionFactory(start=DAY, approval="supervisor"), learner)
    sent = {"id": str(made.public_id), "aksi": "setujui", "yakin": "1"}
    answer = browser(officer).post(reverse("todo_decide"), sent, follow=True)
    assert "Permintaan ini sekarang menunggu Atasan langsung." in answer.text
    assert Enrolment.objects.get().status == "requested"


def test_B42_a_message_goes_once_to_those_chosen_after_a_look(officer):
    session = SessionFactory(start=DAY, quota=1)
    seated, queued = join(session), join(session)
    client, address = browser(officer), reverse("session_message", args=[session.pk])
    number = client.get(address).context["form"]["number"].initial
    sent = {"to": ["terdaftar"], "subject": "Bawa laptop", "text": "Satu.\n\nDua.", "number": number}
    looked = client.post(address, sent)
    assert "Kirim pesan ini kepada 1 orang?" in looked.text
    assert Message.objects.filter(purpose="session-message").count() == 0
    for _ in range(2):
        done = client.post(address, {**sent, "yakin": "1"}, follow=True)
        assert "Pesan dikirim kepada 1 orang." in done.text
    message = Message.objects.get(purpose="session-message")
    assert (message.employee, message.subject) == (seated.employee, "Bawa laptop")
    assert Message.objects.filter(employee=queued.employee, purpose="session-message").count() == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"to": []}, "Pilih kepada siapa pesan ini."),
        ({"subject": " "}, "Tulis judul pesan."),
        ({"text": ""}, "Tulis isi pesan."),
        ({"to": ["hantu"]}, "Pilihan tidak tersedia."),
    ],
)
def test_B39_a_message_with_faults_is_not_sent_and_says_why(officer, wrong, sentence):
    session = SessionFactory(start=DAY)
    sent = {"to": ["terdaftar"], "subject": "Bawa laptop", "text": "Ya", "number": "0123456789abcdef"} | wrong
    answer = browser(officer).post(reverse("session_message", args=[session.pk]), sent)
    assert (answer.status_code, sentence in answer.text) == (422, True)


def test_somebody_is_found_and_enrolled_with_a_reason(officer):
    session, person = SessionFactory(start=DAY), EmployeeFactory(name="Dewi Sartika")
    client, address = browser(officer), reverse("participant_add", args=[session.pk])
    assert person.nip in client.get(address, {"q": "sarti"}).text
    assert person.nip not in client.get(address, {"q": "sa"}).text
    sent = {"nip": person.nip, "reason": "Surat usulan nomor 5"}
    answer = client.post(f"{address}?q=sarti", sent, follow=True)
    assert "Dewi Sartika didaftarkan." in answer.text
    again = client.post(f"{address}?q=sarti", sent)
    assert (again.status_code, "Dewi Sartika sudah terdaftar di jadwal ini." in again.text) == (422, True)
    nobody = client.post(f"{address}?q=sarti", {"nip": "", "reason": "x"})
    assert (nobody.status_code, "Pilih dahulu pegawainya." in nobody.text) == (422, True)
    assert Enrolment.objects.get().employee == person


def test_a_seat_by_hand_and_a_cancellation_by_page(officer):
    session = SessionFactory(start=DAY, quota=1)
    first, second = join(session), join(session)
    client = browser(officer)
    full = client.post(reverse("enrolment_promote", args=[second.public_id]), {"reason": "Penting"})
    assert (full.status_code, "Semua kursi sudah terisi." in full.text) == (422, True)
    done = client.post(
        reverse("enrolment_cancel", args=[first.public_id]), {"reason": "Data ganda"}, follow=True
    )
    assert f"Pendaftaran {first.employee.name} dibatalkan." in done.text
    assert list(session.enrolments.values_list("status", flat=True)) == ["cancelled", "confirmed"]


def test_a_question_is_a_dialog_for_htmx_and_a_page_without(officer):
    made = join(SessionFactory(start=DAY))
    address = reverse("enrolment_cancel", args=[made.public_id])
    assert "<dialog" in browser(officer).get(address, headers={"HX-Request": "true"}).text
    page = browser(officer).get(address).text
    assert ("<dialog" in page, "<h1" in page) == (False, True)


def test_the_steps_at_bkpsdm_are_listed_oldest_first_with_why(officer):
    supervisor, (learner,) = make_team()
    alone = EmployeeFactory(name="Tanpa Atasan")
    session = SessionFactory(start=DAY, approval="both")
    through, direct = join(session, learner), join(session, alone)
    approval.approve(through, by=supervisor.user, step="supervisor")
    Enrolment.objects.filter(pk=through.pk).update(step_since=wita(date(2026, 10, 1)))
    text = browser(officer).get(reverse("todo")).text
    assert text.index(learner.full_name) < text.index("Tanpa Atasan")
    assert approval.NO_SUPERVISOR in text
    assert direct.step == "bkpsdm"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_todo_reads_the_same_number_of_statements(officer, rows, django_assert_num_queries):
    for _ in range(rows):
        join(SessionFactory(start=DAY, approval="bkpsdm"))
    client = browser(officer)
    client.get(reverse("todo"))
    with django_assert_num_queries(6):
        client.get(reverse("todo"))


def test_T47_the_auditor_cannot_find_out_a_number_by_searching():
    session = SessionFactory()
    person = join(session).employee
    auditor = grant(EmployeeFactory().user, "auditor")
    assert person.name not in people(session, auditor, q=person.nip)
    assert person.name in people(session, make_officer(), q=person.nip)
    spaced = f"{person.nip[:8]} {person.nip[8:14]} {person.nip[14]} {person.nip[15:]}"
    assert person.name in people(session, make_officer(), q=spaced)


def test_a_finished_session_tells_who_passed_and_offers_no_more_seats(officer):
    session = make_finished_session(2)
    EnrolmentFactory(session=session, status=EnrolmentStatus.NOT_COMPLETED)
    page = people(session, officer)
    assert "Menyelesaikan" in page
    assert reverse("participant_add", args=[session.pk]) not in page
    assert reverse("session_message", args=[session.pk]) not in page
    assert "3 dari 3" not in people(session, officer, keadaan="lulus")
    assert "1–1 dari 1" in people(session, officer, keadaan="belum")
