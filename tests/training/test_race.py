"""Many at once at the same seats (TRUST R01-R04, T13, T14, T16).

The tests marked ``services`` run on PostgreSQL, where only the row lock keeps the count; the small ones run on
SQLite in the plain suite, where writers stand in line by themselves.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from itertools import zip_longest

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from asnportal.notifications.models import Message
from asnportal.people.models import Employee
from tests.factories import EmployeeFactory, MeetingFactory, SessionFactory, make_officer, wita
from training.models import Enrolment, EnrolmentStatus, Session
from training.services import enrolment, escalation, seat

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 16


def together(acts: Sequence[Callable[[], object]], *, at_once: int = AT_ONCE) -> list[object]:
    """What each act gave, in order; ``at_once`` of them run at any time, each thread with its own connection."""
    start = threading.Barrier(min(at_once, len(acts)))
    waited = threading.local()

    def run(act: Callable[[], object]) -> object:
        if not hasattr(waited, "yes"):
            waited.yes = True
            start.wait(30)
        return act()

    def leave() -> None:
        start.wait(30)
        connection.close()

    with ThreadPoolExecutor(start.parties) as pool:
        answers = list(pool.map(run, acts))
        for done in [pool.submit(leave) for _ in range(start.parties)]:
            done.result()
    return answers


def crowd(count: int) -> list[Employee]:
    return [EmployeeFactory() for _ in range(count)]


def on_the_page(people: Sequence[Employee], session: Session) -> list[Client]:
    """A signed-in browser for each, the session page open before the clock starts."""
    clients = []
    for person in people:
        client = Client()
        client.raise_request_exception = False
        client.force_login(person.user)
        clients.append(client)
    clients[0].get(reverse("session", args=[session.pk]))
    return clients


def tap(client: Client, session: Session) -> tuple[int, str]:
    answer = client.post(reverse("enrolment_request", args=[session.pk]))
    return answer.status_code, answer.headers.get("Location", "")


def numbers(session: Session, status: str) -> list[int]:
    return list(session.enrolments.filter(status=status).order_by("number").values_list("number", flat=True))


def race(people: int, seats: int) -> None:
    session = SessionFactory(quota=seats)
    MeetingFactory(session=session)
    them = crowd(people)
    clients = on_the_page(them, session)
    answers = together([partial(tap, client, session) for client in clients])
    session.refresh_from_db()
    assert Counter(status for status, _where in answers) == {302: people}
    assert numbers(session, "confirmed") == list(range(1, seats + 1))
    assert numbers(session, "waiting") == list(range(seats + 1, people + 1))
    assert (session.confirmed_count, session.next_number) == (seats, people + 1)
    assert session.enrolments.order_by("pk").values_list("number", flat=True).last() == people
    assert session.enrolments.values("employee").distinct().count() == people
    mails = Counter(Message.objects.values_list("employee", flat=True))
    assert mails == {person.pk: 1 for person in them}
    told_everybody_the_same_place(session, clients, answers)


def told_everybody_the_same_place(
    session: Session, clients: Sequence[Client], answers: Sequence[tuple[int, str]]
) -> None:
    """The page that the tap leads to names the place that the database has; of hundreds, looked at for fifty."""
    line = numbers(session, "waiting")
    for client, (_status, where) in list(zip(clients, answers, strict=True))[:: max(1, len(clients) // 50)]:
        made = Enrolment.objects.get(public_id=where.split("/")[2])
        text = client.get(where).text
        if made.status == EnrolmentStatus.CONFIRMED:
            assert "Anda terdaftar sebagai peserta." in text
        else:
            assert f"Anda nomor {line.index(made.number) + 1} dalam daftar tunggu." in text


def test_R01_T13_fifty_people_for_thirty_seats():
    race(50, 30)


@pytest.mark.services
@pytest.mark.parametrize("time", [1, 2, 3])
def test_R01_T13_five_hundred_people_for_thirty_seats(time):
    race(500, 30)


@pytest.fixture
def lock_off(settings) -> Iterator[None]:
    settings.SEAT_LOCK = False
    yield
    settings.SEAT_LOCK = True


@pytest.mark.services
@pytest.mark.usefixtures("lock_off")
def test_R02_with_the_lock_off_too_many_get_a_seat_or_the_database_refuses():
    """The control: it shows that the tests above can fail. Nobody queues before the row any more."""
    for _ in range(5):
        session = SessionFactory(quota=3)
        MeetingFactory(session=session)
        clients = on_the_page(crowd(48), session)
        answers = together([partial(tap, client, session) for client in clients])
        seated = session.enrolments.filter(status="confirmed").count()
        if seated > 3 or any(status == 500 for status, _where in answers):
            return
    pytest.fail("five races without the lock, and nobody noticed: the race tests prove nothing")


def many_taps_of_one(count: int) -> None:
    session, [person] = SessionFactory(quota=30), crowd(1)
    clients = on_the_page([person] * count, session)
    answers = together([partial(tap, client, session) for client in clients], at_once=count)
    made = Enrolment.objects.get()
    assert set(answers) == {(302, f"/pendaftaran/{made.public_id}/")}
    assert Session.objects.get().confirmed_count == 1
    assert list(Message.objects.values_list("purpose", flat=True)) == ["enrolment-confirmed"]


def test_R03_one_person_taps_many_times_at_once():
    many_taps_of_one(20)


def all_at_once(*, seats: int, queued: int, leaving: int, raised: int, coming: int) -> None:
    """People leave, the quota rises and others come, all together (TRUST T14)."""
    officer, session = make_officer(), SessionFactory(quota=seats)
    MeetingFactory(session=session)
    before = [enrolment.request(session, employee=p, by=p.user) for p in crowd(seats + queued)]
    clients = on_the_page(crowd(coming), session)
    leave = [
        partial(enrolment.withdraw, e, by=e.employee.user, reason="Tugas lain") for e in before[:leaving]
    ]
    come = [partial(tap, client, session) for client in clients]
    rise = [partial(seat.set_quota, session, quota=seats + raised, by=officer)]
    acts = [act for group in zip_longest(come, leave, rise) for act in group if act]
    together(acts)
    session.refresh_from_db()
    free = leaving + raised
    left = {e.number for e in before[:leaving]}
    stayed = [n for n in range(1, seats + queued + coming + 1) if n not in left]
    assert session.confirmed_count == session.quota == seats + raised
    assert numbers(session, "confirmed") == stayed[: seats + raised]
    assert numbers(session, "waiting") == stayed[seats + raised :]
    promoted = Message.objects.filter(purpose="enrolment-seat-from-queue").values_list("employee", flat=True)
    assert len(promoted) == len(set(promoted)) <= free
    firsts = session.enrolments.filter(status="confirmed").exclude(pk__in=[e.pk for e in before[:seats]])
    told = Counter(
        Message.objects.filter(
            employee__in=firsts.values("employee"),
            purpose__in=["enrolment-seat-from-queue", "enrolment-confirmed"],
        ).values_list("employee", flat=True)
    )
    assert told == dict.fromkeys(firsts.values_list("employee", flat=True), 1)


def test_R04_T14_a_few_leave_the_quota_rises_and_others_come_at_once():
    all_at_once(seats=10, queued=15, leaving=8, raised=3, coming=16)


@pytest.mark.services
def test_R04_T14_fifty_leave_the_quota_rises_by_ten_and_a_hundred_come_at_once():
    all_at_once(seats=60, queued=80, leaving=50, raised=10, coming=100)


def two_overlapping_sessions() -> list[Session]:
    one, two = SessionFactory(quota=5), SessionFactory(quota=5)
    for session in (one, two):
        MeetingFactory(session=session)
    return [one, two]


def test_T16_one_person_joins_two_overlapping_sessions_from_two_tabs():
    for _ in range(3):
        sessions, [person] = two_overlapping_sessions(), crowd(1)
        tabs = [on_the_page([person], session)[0] for session in sessions]
        answers = together([partial(tap, tab, s) for tab, s in zip(tabs, sessions, strict=True)])
        assert sorted(status for status, _where in answers) == [302, 409]
        assert person.enrolments.filter(status="confirmed").count() == 1


@pytest.mark.services
def test_T16_seats_of_two_sessions_freed_at_once_go_to_the_same_people_without_a_deadlock():
    """The same people wait in both lines, in opposite order; whoever gets one seat does not get the other."""
    officer = make_officer()
    one, two = two_overlapping_sessions()
    Session.objects.filter(pk__in=[one.pk, two.pk]).update(quota=1)
    holders = [enrolment.request(s, employee=p, by=p.user) for s, p in zip((one, two), crowd(2), strict=True)]
    them = crowd(12)
    for session, order in ((one, them), (two, list(reversed(them)))):
        for person in order:
            enrolment.request(session, employee=person, by=person.user)
    raise_both = [partial(seat.set_quota, s, quota=7, by=officer) for s in (one, two)]
    together(raise_both, at_once=2)
    seats = Counter(
        Enrolment.objects.filter(status="confirmed", employee__in=them).values_list("employee", flat=True)
    )
    assert set(seats.values()) == {1}
    assert all(s.confirmed_count <= s.quota for s in Session.objects.all())
    assert all(holder.status == "confirmed" for holder in holders)


def test_the_start_of_a_session_and_a_late_tap_do_not_both_win():
    """Whatever comes first, nobody is left open: seated, or undecided."""
    day = date(2026, 10, 20)
    with time_machine.travel(wita(day, 7), tick=False):
        session = SessionFactory(quota=1, start=day, registration_closes=wita(day, 8))
        MeetingFactory(session=session)
        clients = on_the_page(crowd(6), session)
        sweep = partial(escalation.leave_undecided, now=wita(day, 8))
        together([*(partial(tap, client, session) for client in clients), sweep, sweep])
        sweep()
    assert session.enrolments.filter(status="confirmed").count() == 1
    assert session.enrolments.filter(status="undecided").count() == 5
