"""Many at once at the same certificates (TRUST T12): numbers, batches, revocations and corrections.

The tests marked ``services`` run on PostgreSQL, where only the row lock keeps the count; the small ones run on
SQLite in the plain suite too.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from asnportal.audit.models import AuditLine, Job
from asnportal.common.dates import WITA
from asnportal.common.errors import Refusal
from asnportal.notifications.models import Message
from asnportal.people.models import User
from tests.factories import make_officer, make_passed_session, printed_serials
from tests.training.test_race import together
from training.models import Certificate, CertificateSeries, CertificateStatus, Guest, Session
from training.services import certificate as service
from training.services import certificate_draft as draft
from training.services import certificate_file as files
from training.services import certificate_issue as worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("forms")]

S = CertificateStatus


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def asked_for_guests(count: int, officer: User) -> Session:
    """Pending certificates of speakers: rows without number, file or enrolment."""
    session = make_passed_session(0)
    guests = Guest.objects.bulk_create([Guest(name=f"Narasumber {n}") for n in range(count)])
    facts = draft.for_guest(session, guests[0], "speaker")
    Certificate.objects.bulk_create(
        [service._new(session, facts, officer, guest=guest, role="speaker") for guest in guests]
    )
    return session


class Undone(Exception):
    """The machine stops before the commit."""


def number_some(count: int) -> None:
    """One worker: a row, its number, the next; now and then a number is given in a transaction that is lost."""
    today = timezone.now().astimezone(WITA).date()
    for turn in range(count):
        claimed = worker.claim()
        assert claimed is not None
        if turn % 25 == 0:
            with suppress(Undone), transaction.atomic():
                worker.next_number(today)
                raise Undone
        worker.number(claimed)


def workers_number(workers: int, each: int, audit: Callable[[], str]) -> None:
    officer = make_officer()
    asked_for_guests(workers * each, officer)
    together([partial(number_some, each)] * workers, at_once=workers)
    assert sorted(printed_serials()) == list(range(1, workers * each + 1))
    assert CertificateSeries.objects.get().last == workers * each
    assert set(Certificate.objects.values_list("attempts", flat=True)) == {1}
    revoked = Certificate.objects.order_by("-number")[0]  # also the last one: its number stays used
    service.revoke(revoked, by=officer, kind="other", reason="Salah terbit")
    asked_for_guests(1, officer)
    number_some(1)
    assert sorted(printed_serials()) == list(range(1, workers * each + 2))
    assert Certificate.objects.filter(number=revoked.number).count() == 1
    assert audit() == "Semua sesuai."


def test_T12_a_few_workers_give_every_number_once(audit: Callable[[], str]) -> None:
    workers_number(4, 10, audit)


@pytest.mark.services
def test_T12_eight_workers_give_a_thousand_numbers_once(audit: Callable[[], str]) -> None:
    workers_number(8, 125, audit)


@pytest.mark.services
def test_T12_the_first_numbers_of_a_year_are_given_by_many_at_once(audit: Callable[[], str]) -> None:
    """No counter is there yet: whoever makes it, it is made once."""
    for _ in range(5):
        Certificate.objects.all().delete()
        CertificateSeries.objects.all().delete()
        asked_for_guests(8, make_officer())
        together([partial(number_some, 1)] * 8, at_once=8)
        assert sorted(printed_serials()) == list(range(1, 9))
    assert audit() == "Semua sesuai."


def issue_all() -> None:
    """One worker, until nothing is due: a task of it ends after some seconds and wakes the next."""
    while worker.issue_due():
        pass


def two_officers_start_the_same_batch(people: int, audit: Callable[[], str]) -> None:
    session, officers = make_passed_session(people), [make_officer(), make_officer()]
    batches = together([partial(service.request_batch, session, by=by) for by in officers], at_once=2)
    assert sorted(batch.requested for batch in batches) == [0, people]
    assert Job.objects.count() == 1
    together([issue_all] * 2, at_once=2)
    assert Counter(session.certificates.values_list("status", flat=True)) == {S.ISSUED: people}
    assert session.certificates.values("enrolment").distinct().count() == people
    assert sorted(printed_serials()) == list(range(1, people + 1))
    ready = Message.objects.filter(purpose="certificate-ready").values_list("employee", flat=True)
    assert Counter(ready) == dict.fromkeys(session.enrolments.values_list("employee", flat=True), 1)
    assert audit() == "Semua sesuai."


def test_the_same_batch_started_by_two_officers_at_once_gives_nobody_two(audit: Callable[[], str]) -> None:
    two_officers_start_the_same_batch(5, audit)


@pytest.mark.services
def test_a_larger_batch_started_by_two_officers_at_once_gives_nobody_two(audit: Callable[[], str]) -> None:
    two_officers_start_the_same_batch(60, audit)


def revocations_during_a_batch(people: int, audit: Callable[[], str]) -> None:
    session, officer = make_passed_session(people), make_officer()
    service.request_batch(session, by=officer)
    rows = list(session.certificates.order_by("pk"))
    wrong = rows[1::3]
    revoke = [
        partial(service.revoke, one, by=officer, kind="recipient", reason="Salah orang") for one in wrong
    ]
    together([issue_all, issue_all, *revoke], at_once=3)
    right = {one.pk for one in rows} - {one.pk for one in wrong}
    found = {one.pk: one for one in session.certificates.all()}
    assert {pk for pk, one in found.items() if one.status == S.ISSUED} == right
    assert {pk for pk, one in found.items() if one.status == S.REVOKED} == {one.pk for one in wrong}
    assert sorted(files.stored_names()) == sorted(one.file for one in found.values() if one.file)
    serials = printed_serials()  # a number that was given before the revocation stays used
    assert sorted(serials) == list(range(1, len(serials) + 1))
    told = set(Message.objects.values_list("key", flat=True))
    for one in wrong:  # told that it does not count exactly if told that it was there
        was_issued = bool(found[one.pk].issued_at)
        assert (f"certificate-ready:{one.pk}" in told) is was_issued
        assert (f"certificate-revoked:{one.pk}" in told) is was_issued
    assert (worker.issue_due(), Job.objects.get().status) == (0, Job.Status.DONE)
    assert audit() == "Semua sesuai."


def test_what_is_revoked_during_the_batch_is_not_issued(audit: Callable[[], str]) -> None:
    revocations_during_a_batch(9, audit)


@pytest.mark.services
def test_what_is_revoked_during_a_larger_batch_is_not_issued(audit: Callable[[], str]) -> None:
    revocations_during_a_batch(60, audit)


def tried(act: Callable[[], object]) -> str:
    """The name of the refusal, '' where the act was done."""
    try:
        act()
    except Refusal as refusal:
        return type(refusal).__name__
    return ""


def test_two_corrections_and_a_revocation_at_once_leave_one_truth(audit: Callable[[], str]) -> None:
    """Whoever comes first: each version once, at most one in force, and what came too late was refused."""
    session, officer = make_passed_session(4), make_officer()
    service.request_batch(session, by=officer)
    worker.issue_due()
    for one in session.certificates.order_by("pk"):
        correct = partial(service.correct, one, by=officer, reason="Gelar keliru")
        revoke = partial(service.revoke, one, by=officer, kind="other", reason="Salah terbit")
        answers = together([partial(tried, act) for act in (correct, revoke, correct)], at_once=3)
        assert sorted(answers) == ["", "WrongState", "WrongState"]
        worker.issue_due()
        versions = list(Certificate.objects.filter(number=one.number).order_by("version"))
        states = [(each.version, each.status) for each in versions]
        assert states in ([(1, S.REVOKED)], [(1, S.SUPERSEDED), (2, S.ISSUED)])
        moves = AuditLine.objects.filter(
            target_id=str(one.pk), verb__in=["certificate.supersede", "certificate.revoke"]
        )
        assert moves.count() == 1
    assert sorted(printed_serials()) == [1, 2, 3, 4]
    assert audit() == "Semua sesuai."
