"""Two workers, two beats, a broker that forgets: on real services (make test-services)."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.core import mail as outgoing
from django.db import connection, transaction
from redis import Redis

from asnportal.celery import app
from asnportal.notifications.models import Message
from asnportal.notifications.notices import Notice, Urgency
from asnportal.notifications.services import outbox
from asnportal.notifications.services.delivery import deliver_due
from tests.factories import EmployeeFactory, EnrolmentFactory, MeetingFactory, SessionFactory, wita
from training.models import EnrolmentStatus
from training.services import reminder
from training.tasks import remind

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 11, 24)


def together(*acts: Callable[[], object]) -> None:
    """Run the acts at once, each with a database connection of its own; an error of one is an error."""
    ready = threading.Barrier(len(acts))
    errors: list[BaseException] = []

    def run(act: Callable[[], object]) -> None:
        try:
            ready.wait()
            act()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []


def put(number: int) -> Message:
    return outbox.post(
        Notice(
            key=f"uji:{number}",
            to=f"orang{number}@contoh.test",
            subject=f"Kabar {number}",
            text=("Isi.",),
            why="Uji coba.",
            urgency=Urgency.NOW,
        )
    )


def test_R11_two_postmen_at_once_send_each_mail_once():
    for number in range(60):
        put(number)
    for _ in range(10):
        together(deliver_due, deliver_due, deliver_due)
    assert sorted(mail.subject for mail in outgoing.outbox) == sorted(f"Kabar {n}" for n in range(60))
    assert set(Message.objects.values_list("status", "attempts")) == {("sent", 1)}


def test_R11_a_reminder_run_five_times_two_at_once_is_one_mail():
    session = SessionFactory(start=DAY)
    MeetingFactory(session=session)
    person = EmployeeFactory(email="peserta@contoh.test")
    EnrolmentFactory(session=session, employee=person, status=EnrolmentStatus.CONFIRMED)
    with time_machine.travel(wita(DAY - timedelta(days=1), 8), tick=True):
        together(remind, remind)
        for _ in range(3):
            remind()
        together(deliver_due, deliver_due)
        deliver_due()
    message = Message.objects.get()
    assert (message.status, message.attempts, bool(message.message_id)) == ("sent", 1, True)
    assert [mail.to for mail in outgoing.outbox] == [["peserta@contoh.test"]]


def test_the_same_key_from_two_transactions_at_once_is_one_message():
    for number in range(10):
        together(*[partial(transaction.atomic(put), number)] * 4)
    assert Message.objects.count() == 10


def test_R13_two_beats_at_once_post_each_reminder_once():
    session = SessionFactory(start=DAY)
    MeetingFactory(session=session)
    for _ in range(30):
        EnrolmentFactory(session=session, status=EnrolmentStatus.CONFIRMED)
    now = wita(DAY - timedelta(days=1), 8)
    together(*[lambda: reminder.remind(now=now)] * 4)
    assert Message.objects.count() == 30


def test_R08_a_broker_that_forgot_everything_loses_no_mail():
    for number in range(20):
        put(number)
    url = app.conf.broker_url.replace("redis+socket://", "unix://")
    Redis.from_url(url).flushall()
    while deliver_due():
        pass
    assert len(outgoing.outbox) == 20
    assert set(Message.objects.values_list("status", flat=True)) == {"sent"}


def test_R07_twenty_messages_are_posted_while_the_broker_is_down_and_leave_when_it_is_back(no_broker):
    for number in range(20):
        with transaction.atomic():
            put(number)
    assert Message.objects.filter(status="waiting").count() == 20
    deliver_due()
    assert len(outgoing.outbox) == 20
