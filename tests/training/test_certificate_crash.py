"""A batch of certificates while things break (TRUST R05, R08, R25), on real services.

The workers are real Celery processes with two children each; they are killed with kill -9. A moment of their
own (night, then the next noon) decides whether mails may leave, so the hour of the run does not.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db.models import F
from django.db.models.functions import Now
from redis import Redis

from asnportal.audit.models import Job
from asnportal.celery import app
from asnportal.notifications.models import Message
from tests.factories import WITA, make_officer, make_passed_session, printed_serials
from tests.management.first_run import wait_until
from tests.notifications.smtp import MailServer
from tests.worker import working
from training.models import Certificate, CertificateStatus, Session
from training.services import certificate as service
from training.services import certificate_file as files

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("forms")]

S = CertificateStatus
PEOPLE = 120
TOMORROW = datetime.now(WITA).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
NIGHT, NOON = TOMORROW.replace(hour=2), TOMORROW.replace(hour=12)


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def empty_broker() -> None:
    broker().flushall()


@pytest.fixture
def mails() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


def broker() -> Redis:
    return Redis.from_url(app.conf.broker_url.replace("redis+socket://", "unix://"))


def tick(task: str = "training.issue_certificates") -> None:
    """What beat sends each minute."""
    app.send_task(task, ignore_result=True)


@pytest.fixture
def batch() -> Session:
    return asked(PEOPLE)


def asked(people: int) -> Session:
    """Certificates asked for, for people who all have an address."""
    session = make_passed_session(people)
    service.request_batch(session, by=make_officer())
    return session


def issued() -> int:
    return Certificate.objects.filter(status=S.ISSUED).count()


def wait_for_issued(count: int) -> None:
    wait_until(lambda: issued() >= count, seconds=240, what=f"{count} certificates")


def lease_of_the_dead_runs_out() -> int:
    """Two minutes later; gives how many rows the dead worker had in its hands."""
    held = Certificate.objects.filter(status=S.PENDING, lease_until__gt=Now())
    return held.update(lease_until=F("lease_until") - timedelta(seconds=121))


def everything_is_issued_once(session: Session) -> None:
    certificates, people = list(session.certificates.order_by("pk")), session.confirmed_count
    assert Counter(one.status for one in certificates) == {S.ISSUED: people}
    assert len({one.enrolment_id for one in certificates}) == people
    assert sorted(printed_serials()) == list(range(1, people + 1))
    assert [one.pk for one in certificates if files.hash_of(one.file) != one.sha256] == []
    assert not Certificate.objects.exclude(lease_until=None).exists()
    job = Job.objects.get()
    assert (job.status, job.done, job.total) == (Job.Status.DONE, people, people)


def everybody_has_one_mail(session: Session, mails: MailServer) -> None:
    ready = Message.objects.filter(purpose="certificate-ready")
    assert set(ready.values_list("key", flat=True)) == {
        f"certificate-ready:{pk}" for pk in session.certificates.values_list("pk", flat=True)
    }
    assert Counter(ready.values_list("status", flat=True)) == {"sent": PEOPLE}
    people = session.enrolments.values_list("employee__user__email", flat=True)
    assert Counter(mail["To"] for mail in mails.mails) == dict.fromkeys(people, 1)


def all_mails_leave(folder: Path, mails: MailServer) -> None:
    with working(folder, at=NOON, port=mails.port):
        tick("notifications.deliver_due")
        wait_until(
            lambda: not Message.objects.filter(status="waiting").exists(), seconds=120, what="all mails"
        )
        tick("notifications.deliver_due")  # and once more: nothing is sent a second time


def test_R05_a_worker_killed_in_the_middle_of_a_batch(
    batch: Session, mails: MailServer, tmp_path: Path, audit: Callable[[], str]
) -> None:
    with working(tmp_path, at=NIGHT) as first:
        tick()
        tick()
        wait_for_issued(PEOPLE * 2 // 5)
        assert first.kill() == 3
    done = issued()
    assert PEOPLE * 2 // 5 <= done < PEOPLE
    lease_of_the_dead_runs_out()
    # What the broker still holds for the dead worker comes back after its visibility timeout of 20 minutes.
    # Nothing here waits for that: the sweeper's tick is enough, and the late one finds nothing to do.
    with working(tmp_path, at=NIGHT):
        tick()
        wait_for_issued(PEOPLE)
        wait_until(lambda: Job.objects.filter(status=Job.Status.DONE).exists(), seconds=30, what="the job")
        tick()
    everything_is_issued_once(batch)
    assert files.remove_orphans(older_than=timedelta()) <= 2  # written, not recorded: one a child at most
    assert sorted(files.stored_names()) == sorted(batch.certificates.values_list("file", flat=True))
    all_mails_leave(tmp_path, mails)
    everybody_has_one_mail(batch, mails)
    assert audit() == "Semua sesuai."


def test_R08_a_broker_wiped_in_the_middle_of_a_batch(
    batch: Session, mails: MailServer, tmp_path: Path, audit: Callable[[], str]
) -> None:
    with working(tmp_path, at=NIGHT):
        tick()
        tick()
        wait_for_issued(PEOPLE * 2 // 5)
        broker().flushall()
        done = issued()
        tick()  # by the same beat as before, which knows nothing of it
        wait_for_issued(PEOPLE)
        wait_until(lambda: Job.objects.filter(status=Job.Status.DONE).exists(), seconds=30, what="the job")
    assert PEOPLE * 2 // 5 <= done < PEOPLE
    everything_is_issued_once(batch)
    assert sorted(files.stored_names()) == sorted(batch.certificates.values_list("file", flat=True))
    all_mails_leave(tmp_path, mails)
    everybody_has_one_mail(batch, mails)
    assert audit() == "Semua sesuai."


def test_R08_a_broker_wiped_before_anybody_woke_up(tmp_path: Path, audit: Callable[[], str]) -> None:
    """Every wake-up is lost; the rows are not, and the next tick finds them."""
    batch = asked(10)
    broker().flushall()
    with working(tmp_path, at=NIGHT):
        tick()
        wait_for_issued(10)
        wait_until(lambda: Job.objects.filter(status=Job.Status.DONE).exists(), seconds=30, what="the job")
    everything_is_issued_once(batch)
    assert audit() == "Semua sesuai."


def test_R25_a_worker_asked_to_stop_ends_what_it_has_begun_and_leaves_the_rest_to_the_next(
    batch: Session, tmp_path: Path, audit: Callable[[], str]
) -> None:
    with working(tmp_path, at=NIGHT) as worker:
        tick()
        tick()
        wait_for_issued(PEOPLE // 4)
        worker.stop()
        assert (worker.process.returncode, worker.processes()) == (0, [])
    left = batch.certificates.filter(status=S.PENDING)
    assert set(left.values_list("lease_until", "attempts", "number")) <= {(None, 0, "")}
    assert sorted(files.stored_names()) == sorted(
        batch.certificates.exclude(file="").values_list("file", flat=True)
    )
    assert audit() == "Semua sesuai."
    with working(tmp_path, at=NIGHT):
        tick()
        wait_for_issued(PEOPLE)
        wait_until(lambda: Job.objects.filter(status=Job.Status.DONE).exists(), seconds=30, what="the job")
    everything_is_issued_once(batch)
    assert audit() == "Semua sesuai."
