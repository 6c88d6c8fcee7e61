import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core import mail as outgoing
from django.core.mail.backends.smtp import EmailBackend
from icalendar import Calendar

from asnportal.common.ics import Event, invitation
from asnportal.notifications.models import Message
from asnportal.notifications.notices import Notice, Urgency
from asnportal.notifications.services import outbox
from asnportal.notifications.services.delivery import BACKOFF, claim, deliver_due
from asnportal.notifications.tasks import deliver_due as task
from tests.factories import WITA, EmployeeFactory, wita
from tests.notifications.conftest import NOON

pytestmark = pytest.mark.django_db


def put(number: int = 1, **changes: object) -> Message:
    words = {
        "key": f"uji:{number}",
        "to": f"orang{number}@contoh.test",
        "subject": f"Kabar {number}",
        "text": ("Satu <b>tebal</b>.", "Dua."),
        "why": "Uji coba.",
        "link": "/katalog/",
        "link_label": "Lihat katalog",
    }
    return outbox.post(Notice(**(words | changes)))


def states() -> dict[str, str]:
    return dict(Message.objects.values_list("key", "status"))


def test_a_due_message_is_mailed_as_text_and_html_with_one_link(clock):
    employee = EmployeeFactory(name="Rahmawati Noor", sex="F", email="rahmawati@contoh.test")
    put(to=employee)
    assert task() == 1
    [mail] = outgoing.outbox
    html = mail.alternatives[0].content
    assert (mail.subject, mail.to) == ("Kabar 1", ["rahmawati@contoh.test"])
    assert mail.body == (
        "Selamat siang, Ibu Rahmawati.\n\nSatu <b>tebal</b>.\n\nDua.\n\n"
        "Lihat katalog: http://127.0.0.1:8000/katalog/\n\n--\n"
        "Mengapa pesan ini datang: Uji coba.\n"
        "Isinya juga ada di pemberitahuan Anda di portal.\n"
        "Tepian Belajar, ASN Kota Samarinda\n"
    )
    assert "Satu &lt;b&gt;tebal&lt;/b&gt;." in html
    assert (html.count("<a "), html.count("<img"), html.count("style")) == (1, 0, 0)
    sent = Message.objects.get()
    assert (sent.status, sent.sent_at, sent.attempts, sent.lease_until) == ("sent", NOON, 1, None)
    assert mail.extra_headers["Message-ID"] == sent.message_id


def test_nobody_is_called_ibu_or_bapak_where_the_sex_is_not_recorded(clock):
    put(to=EmployeeFactory(name="M. Rizki Pratama", sex="", email="rizki@contoh.test"))
    deliver_due()
    assert outgoing.outbox[0].body.startswith("Selamat siang, M. Rizki.")


def test_an_invitation_is_attached_for_the_person_and_holds_the_zone_of_wita(clock):
    event = Event("jadwal-1-1", wita(date(2026, 11, 23), 7, 30), wita(date(2026, 11, 23), 12), "Pelatihan")
    put(calendar=invitation((event,)))
    deliver_due()
    part = outgoing.outbox[0].attachments[0]
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    [sitting] = calendar.walk("VEVENT")
    assert str(sitting["ATTENDEE"]) == "mailto:orang1@contoh.test"
    assert sitting["DTSTART"].params["TZID"] == "Asia/Makassar"
    assert sitting.start == datetime(2026, 11, 23, 7, 30, tzinfo=WITA)
    assert calendar.walk("VTIMEZONE")[0]["TZID"] == "Asia/Makassar"


def test_news_for_the_same_person_leave_in_one_mail_with_one_link(clock):
    employee = EmployeeFactory(email="rahmawati@contoh.test")
    for number in (1, 2, 3):
        put(number, to=employee)
    put(4)
    assert deliver_due() == 2
    together, alone = outgoing.outbox
    assert together.subject == "Kabar 1 (dan 2 kabar lain)"
    assert [f"Kabar {n}" in together.body for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert "Buka pemberitahuan: http://127.0.0.1:8000/pemberitahuan/" in together.body
    assert together.alternatives[0].content.count("<a ") == 1
    assert alone.subject == "Kabar 4"
    assert set(states().values()) == {"sent"}


def test_urgent_messages_and_invitations_leave_alone_and_urgent_ones_first(clock):
    event = Event("jadwal-1-1", NOON, NOON + timedelta(hours=1), "Pelatihan")
    employee = EmployeeFactory(email="rahmawati@contoh.test")
    put(1, to=employee)
    put(2, to=employee, calendar=invitation((event,)))
    put(3, to=employee, urgency=Urgency.NOW)
    deliver_due()
    assert [mail.subject for mail in outgoing.outbox] == ["Kabar 3", "Kabar 1", "Kabar 2"]


def test_a_second_round_finds_nothing_to_do(clock):
    put()
    assert [deliver_due() for _ in range(5)] == [1, 0, 0, 0, 0]
    assert len(outgoing.outbox) == 1


def test_a_second_postman_takes_nothing_while_the_first_holds_a_lease(clock):
    put(1)
    put(2)
    assert len(claim(NOON)) == 2
    put(3)
    assert claim(NOON) == []
    assert deliver_due() == 0


def test_nothing_leaves_outside_its_hours_even_if_it_was_due_before(clock):
    put(1)
    put(2, urgency=Urgency.NOW)
    clock.move_to(datetime(2026, 11, 24, 20, 30, tzinfo=WITA))
    deliver_due()
    assert states() == {"uji:1": "waiting", "uji:2": "sent"}
    clock.move_to(datetime(2026, 11, 25, 6, 0, tzinfo=WITA))
    deliver_due()
    assert states()["uji:1"] == "sent"


def test_R14_what_expired_is_skipped_and_not_mailed(clock):
    put(1, expires_at=NOON + timedelta(hours=2))
    put(2, expires_at=NOON + timedelta(days=3))
    clock.shift(timedelta(hours=26))
    deliver_due()
    assert states() == {"uji:1": "skipped", "uji:2": "sent"}
    assert [mail.subject for mail in outgoing.outbox] == ["Kabar 2"]


def test_R14_no_more_than_five_mails_a_second_leave(settings):
    settings.MAIL_PER_SECOND = 5
    for number in range(6):
        put(number, urgency=Urgency.NOW)
    began = time.monotonic()
    assert deliver_due() == 6
    assert time.monotonic() - began > 1


def test_T49_who_was_deactivated_after_the_posting_gets_no_mail(clock):
    employee = EmployeeFactory(email="lama@contoh.test")
    put(to=employee)
    employee.is_active = False
    employee.save()
    deliver_due()
    assert (states(), outgoing.outbox) == ({"uji:1": "skipped"}, [])


def test_T36_no_header_can_be_smuggled_in_through_a_name(clock, mail_server):
    server = mail_server()
    put(subject="Budi\r\nBcc: x@y.id memohon", to=EmployeeFactory(name="Budi", email="budi@contoh.test"))
    deliver_due()
    [mail] = server.mails
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Budi Bcc: x@y.id memohon"


def test_a_message_that_cannot_be_dressed_fails_and_stops_nobody(clock, mail_server):
    server = mail_server()
    bad = put(1)
    Message.objects.filter(pk=bad.pk).update(subject="Dua\nbaris")
    put(2)
    deliver_due()
    assert states() == {"uji:1": "failed", "uji:2": "sent"}
    assert [mail["Subject"] for mail in server.mails] == ["Kabar 2"]


class TestMailServerInTrouble:
    """R21: refuse, hang, 4xx, 5xx."""

    def waits(self, clock, message: Message) -> timedelta:
        message.refresh_from_db()
        return message.due_at - datetime.fromtimestamp(time.time(), WITA)

    def test_R21_a_server_that_refuses_is_tried_after_1_5_15_60_180_minutes_then_the_mail_failed(
        self, clock, mail_server
    ):
        mail_server().close()
        message = put(urgency=Urgency.NOW)
        for pause in BACKOFF:
            deliver_due()
            wait = self.waits(clock, message)
            assert pause <= wait <= pause * 1.2
            assert message.error == "Server email tidak menjawab (ConnectionRefusedError)"
            clock.shift(wait)
        deliver_due()
        message.refresh_from_db()
        assert (message.status, message.attempts) == ("failed", 6)

    def test_R21_a_server_that_hangs_is_cut_off_and_ends_the_round(self, clock, mail_server, settings):
        settings.EMAIL_TIMEOUT = 0.3
        server = mail_server(silent=True)
        for number in range(3):
            put(number)
        began = time.perf_counter_ns()
        assert deliver_due() == 0
        assert time.perf_counter_ns() - began < 5e9
        assert server.calls == 1
        attempts = Message.objects.order_by("id").values_list("attempts", flat=True)
        assert (list(attempts), set(states().values())) == ([1, 0, 0], {"waiting"})

    def test_R21_after_the_outage_everything_leaves_and_nothing_twice(self, clock, mail_server):
        mail_server().close()
        for number in range(4):
            put(number)
        deliver_due()
        server = mail_server()
        clock.shift(timedelta(minutes=2))
        assert deliver_due() == 4
        assert sorted(mail["Subject"] for mail in server.mails) == [f"Kabar {n}" for n in range(4)]

    def test_R21_a_4xx_on_one_address_waits_and_the_others_leave(self, clock, mail_server):
        server = mail_server(rcpt=b"451 try later")
        put(1)
        put(2)
        deliver_due()
        assert (set(states().values()), server.calls) == ({"waiting"}, 1)
        assert Message.objects.first().error == "Alamat ditolak: 451 try later"

    def test_R21_a_5xx_on_one_address_is_not_tried_again(self, clock, mail_server):
        mail_server(rcpt=b"550 no such user")
        message = put()
        deliver_due()
        clock.shift(timedelta(days=1))
        deliver_due()
        message.refresh_from_db()
        assert (message.status, message.attempts, message.error) == (
            "failed",
            1,
            "Alamat ditolak: 550 no such user",
        )

    def test_R21_a_full_mailbox_counts_against_this_mail_only(self, clock, mail_server):
        mail_server(data=b"552 mailbox full")
        message = put()
        deliver_due()
        message.refresh_from_db()
        assert (message.status, message.error) == ("failed", "Pesan ditolak: 552 mailbox full")

    def test_R21_a_retry_stays_within_the_hours(self, clock, mail_server):
        mail_server().close()
        clock.move_to(datetime(2026, 11, 24, 19, 59, 30, tzinfo=WITA))
        message = put()
        deliver_due()
        message.refresh_from_db()
        assert message.due_at == datetime(2026, 11, 25, 6, tzinfo=WITA)


class KilledAfterHandingOver(EmailBackend):
    """The server has said 250, then the worker dies."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise KeyboardInterrupt


def test_R12_a_crash_after_the_server_took_the_mail_sends_at_most_one_more_with_the_same_id(
    clock, mail_server, settings
):
    server = mail_server()
    put()
    settings.EMAIL_BACKEND = f"{__name__}.KilledAfterHandingOver"
    with pytest.raises(KeyboardInterrupt):
        deliver_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert deliver_due() == 0  # the lease still runs
    clock.shift(timedelta(seconds=121))
    assert [deliver_due() for _ in range(3)] == [1, 0, 0]
    first, second = server.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert Message.objects.get().attempts == 2


def test_R12_mails_that_left_together_are_tried_again_together(clock, mail_server, settings):
    server = mail_server()
    employee = EmployeeFactory(email="rahmawati@contoh.test")
    put(1, to=employee)
    put(2, to=employee)
    settings.EMAIL_BACKEND = f"{__name__}.KilledAfterHandingOver"
    with pytest.raises(KeyboardInterrupt):
        deliver_due()
    put(3, to=employee)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    clock.shift(timedelta(seconds=121))
    assert deliver_due() == 2
    assert [mail["Subject"] for mail in server.mails] == ["Kabar 1 (dan 1 kabar lain)"] * 2 + ["Kabar 3"]


def test_a_mail_that_kills_its_worker_each_time_is_given_up(clock, mail_server, settings):
    mail_server()
    settings.EMAIL_BACKEND = f"{__name__}.KilledAfterHandingOver"
    put()
    for _ in range(6):
        with pytest.raises(KeyboardInterrupt):
            deliver_due()
        clock.shift(timedelta(seconds=121))
    assert deliver_due() == 0
    assert states() == {"uji:1": "failed"}


def test_a_slow_postman_whose_lease_ran_out_does_not_overwrite_what_the_next_one_wrote(clock):
    put()
    [mails] = claim(NOON)
    clock.shift(timedelta(seconds=121))
    assert deliver_due() == 1
    from asnportal.notifications.services.delivery import Trouble, _note

    _note(mails, Trouble("terlambat"))
    assert states() == {"uji:1": "sent"}


@pytest.fixture
def posting_in_a_request(no_broker) -> Callable[[], Message]:
    return put


@pytest.mark.django_db(transaction=True)
def test_R07_with_the_broker_down_a_message_is_posted_at_once_and_leaves_with_the_sweeper(
    posting_in_a_request, mail_server
):
    server = mail_server()
    began = time.monotonic()
    posting_in_a_request(urgency=Urgency.NOW)
    assert time.monotonic() - began < 2
    assert deliver_due() == 1
    assert len(server.mails) == 1
