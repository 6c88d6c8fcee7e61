from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from asnportal.audit.models import AuditLine
from asnportal.common.errors import Refusal, WrongState
from asnportal.notifications.models import Message
from asnportal.notifications.notices import Notice, Urgency
from asnportal.notifications.queries.mailbox import delayed_count, tabs
from asnportal.notifications.services import outbox
from asnportal.people.models import RoleGrant
from tests.factories import EmployeeFactory, UserFactory, grant, make_officer

pytestmark = pytest.mark.django_db
MAILBOX = "/kelola/kotak-surat/"


def put(number: int = 1, *, status: str = "failed", **changes: object) -> Message:
    words = {
        "key": f"uji:{number}",
        "to": EmployeeFactory(
            name=f"Penerima {['Adi', 'Berta', 'Citra', 'Dodi', 'Eka'][number]}",
            email=f"orang{number}@contoh.test",
        ),
        "subject": f"Kabar {number}",
        "text": ("Isi pesan.",),
        "why": "Uji coba.",
    }
    message = outbox.post(Notice(**(words | changes)))
    Message.objects.filter(pk=message.pk).update(status=status, attempts=6, error="Alamat ditolak: 550 no")
    message.refresh_from_db()
    return message


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def client(officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def auditor() -> Client:
    client = Client()
    client.force_login(grant(UserFactory(), "auditor"))
    return client


def test_bkpsdm_sees_text_reason_key_and_attempts_of_every_message(client):
    message = put()
    page = client.get(reverse("mailbox_message", args=[message.pk])).text
    for words in (
        "Isi pesan.",
        "Uji coba.",
        "uji:1",
        "6 kali dicoba",
        "Alamat ditolak: 550 no",
        "Kirim ulang",
    ):
        assert words in page


def test_what_is_private_is_not_read_in_the_mailbox(client):
    message = put(private=True)
    page = client.get(reverse("mailbox_message", args=[message.pk])).text
    assert "Isi pesan ini hanya untuk penerima." in page
    assert "Isi pesan.</p>" not in page
    assert "uji:1" in page


def test_the_tabs_count_each_state_and_lead_to_its_list(client):
    for number, status in enumerate(("sent", "waiting", "failed", "skipped", "portal")):
        put(number, status=status)
    assert [(tab.state, tab.count) for tab in tabs("gagal")] == [
        ("terkirim", 1),
        ("menunggu", 1),
        ("gagal", 1),
        ("lewat", 1),
        ("portal", 1),
    ]
    page = client.get(f"{MAILBOX}?keadaan=gagal").text
    assert "Kabar 2" in page
    assert "Kabar 1" not in page


def test_a_message_is_found_by_recipient_address_or_subject(client):
    put(1)
    put(2)
    for words in ("penerima berta", "orang1@contoh", "kabar 1"):
        page = client.get(MAILBOX, {"keadaan": "gagal", "q": words}).text
        assert ("Kabar 1" in page, "Kabar 2" in page) == (True, False)


def test_without_a_wish_the_first_state_that_holds_messages_is_shown(client):
    put(2, status="waiting")
    assert "Kabar 2" in client.get(MAILBOX).text
    put(1, status="sent")
    page = client.get(MAILBOX).text
    assert ("Kabar 1" in page, "Kabar 2" in page) == (True, False)


@pytest.mark.parametrize("query", ["?keadaan=ngawur", "?page=-3", "?page=x", "?q=" + "x" * 5000, "?q=%00"])
def test_nonsense_in_the_address_shows_the_usual_list(client, query):
    put(status="sent")
    assert client.get(MAILBOX + query).status_code == 200


def test_P63_a_failed_mail_is_sent_again_at_the_address_of_today(client, officer):
    message = put()
    message.employee.email = "baru@contoh.test"
    message.employee.save()
    client.post(reverse("message_resend", args=[message.pk]))
    message.refresh_from_db()
    assert (message.status, message.attempts, message.address, message.error) == (
        "waiting",
        0,
        "baru@contoh.test",
        "",
    )
    line = AuditLine.objects.get(verb="message.resend")
    assert (line.actor, line.before, line.after) == (officer, "failed", "waiting")


@pytest.mark.parametrize("status", ["sent", "waiting", "skipped", "portal"])
def test_only_a_failed_mail_is_sent_again(officer, status):
    with pytest.raises(WrongState):
        outbox.resend(put(status=status), by=officer)


def test_nothing_is_sent_again_to_who_left_or_has_no_address(officer):
    message = put()
    message.employee.email = ""
    message.employee.save()
    with pytest.raises(Refusal, match="belum punya alamat email"):
        outbox.resend(message, by=officer)
    message.employee.is_active = False
    message.employee.save()
    with pytest.raises(Refusal, match="tidak aktif"):
        outbox.resend(message, by=officer)


def test_P63_the_auditor_reads_but_is_offered_nothing_to_press(auditor):
    message = put()
    page = auditor.get(reverse("mailbox_message", args=[message.pk]))
    assert "Kirim ulang" not in page.text
    assert auditor.post(reverse("message_resend", args=[message.pk])).status_code == 403


def test_link_and_code_of_a_sign_in_mail_are_for_its_recipient_alone(client):
    code = "Kode aktivasi Anda K7QX-2M9P-4HTR."
    message = put(urgency=Urgency.NOW, link="/akun/rahasia/", link_label="Buat kata sandi", text=(code,))
    page = client.get(reverse("mailbox_message", args=[message.pk])).text
    assert "/akun/rahasia/" not in page
    assert "K7QX" not in page
    assert "hanya untuk penerima" in page


def test_the_technical_admins_reading_room_shows_no_way_in_either(client):
    message = put(urgency=Urgency.NOW, link="/akun/rahasia/", text=("Kode K7QX-2M9P",))
    technician = Client()
    technician.force_login(grant(UserFactory(), RoleGrant.Role.ADMIN))
    page = technician.get(reverse("admin:notifications_message_change", args=[message.pk])).text
    assert message.subject in page
    assert "rahasia" not in page
    assert "K7QX" not in page


def test_R07_the_page_says_how_many_mails_are_late(client, officer, clock):
    for number in range(3):
        put(number, status="waiting")
    Message.objects.update(attempts=0)
    assert delayed_count() == 0
    clock.shift(timedelta(minutes=1))
    client.force_login(officer)
    assert delayed_count() == 3
    assert "Antrean tertunda: 3" in client.get(MAILBOX).text


def test_the_list_costs_the_same_for_1_and_3_messages(client, django_assert_max_num_queries):
    put(1, status="sent")
    client.get(MAILBOX)
    with django_assert_max_num_queries(30) as one:
        client.get(MAILBOX)
    put(2, status="sent")
    put(3, status="sent", to=UserFactory(email="mitra@contoh.test"))
    with django_assert_max_num_queries(len(one)):
        client.get(MAILBOX)


def test_R07_every_page_of_bkpsdm_says_so_below_and_nobody_elses(client, clock):
    learner = EmployeeFactory()
    put(status="waiting")
    clock.shift(timedelta(minutes=1))
    client.force_login(make_officer())
    assert "antrean tertunda: 1" in client.get("/pemberitahuan/").text
    client.force_login(learner.user)
    assert "antrean tertunda" not in client.get("/pemberitahuan/").text
