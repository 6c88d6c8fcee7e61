"""Reminders: seven days and one day before, at 08.00 WITA, each once, several in one mail."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail as outgoing

from asnportal.notifications.models import Message
from asnportal.notifications.services.delivery import deliver_due
from asnportal.people.models import Holiday
from tests.factories import (
    EmployeeFactory,
    EnrolmentFactory,
    MeetingFactory,
    SessionFactory,
    make_team,
    wita,
)
from training.models import Enrolment, EnrolmentStatus, Session
from training.tasks import remind

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(wita(date(2026, 11, 2), 9), tick=False) as traveller:
        yield traveller


def make_session(*days: date, hour: int = 7, minute: int = 30, **changes: object) -> Session:
    session = SessionFactory(start=days[0], end=days[-1], **changes)
    for day in days:
        MeetingFactory(session=session, starts_at=wita(day, hour, minute))
    return session


def seat(session: Session, *, confirmed: datetime | None = None, **changes: object) -> Enrolment:
    who = {"employee": EmployeeFactory(email="peserta@contoh.test")} | changes
    return EnrolmentFactory(
        session=session,
        status=EnrolmentStatus.CONFIRMED,
        confirmed_at=confirmed or wita(date(2026, 11, 1), 9),
        **who,
    )


def subjects() -> list[str]:
    return list(Message.objects.order_by("id").values_list("subject", flat=True))


def walk(clock: time_machine.Traveller, first: datetime, last: datetime, step: timedelta) -> list[str]:
    """Run beat's reminder along the clock; gives "moment: subject" of each new message."""
    seen: list[str] = []
    while first <= last:
        clock.move_to(first)
        before = set(Message.objects.values_list("pk", flat=True))
        remind()
        new = Message.objects.exclude(pk__in=before).order_by("id")
        seen += [f"{first:%d %b %H.%M}: {message.subject}" for message in new]
        first += step
    return seen


def test_R15_participants_are_reminded_on_the_wita_day_seven_days_and_one_day_before_at_8(clock):
    seat(make_session(DAY, programme__title="Arsip"))
    start, end = wita(date(2026, 11, 14)), wita(date(2026, 11, 24))
    seen = walk(clock, start.astimezone(UTC), end, timedelta(hours=1))
    assert seen == [  # UTC: 08.00 WITA is midnight
        "16 Nov 00.00: Sepekan lagi, 23 November: Arsip",
        "22 Nov 00.00: Besok pukul 07.30 WITA: Arsip",
    ]


def test_R15_a_meeting_after_midnight_utc_belongs_to_its_wita_day(clock):
    seat(make_session(DAY, hour=0, minute=30, programme__title="Arsip"))  # 22 Nov 16.30 UTC
    clock.move_to(wita(date(2026, 11, 22), 8))
    remind()
    assert subjects()[-1] == "Besok pukul 00.30 WITA: Arsip"


def test_only_the_first_meeting_and_those_after_a_gap_of_more_than_seven_days_are_announced(clock):
    days = [DAY, DAY + timedelta(days=1), DAY + timedelta(days=8), DAY + timedelta(days=16)]
    seat(make_session(*days, programme__title="Arsip"))
    seen = walk(clock, wita(date(2026, 11, 15), 8), wita(date(2026, 12, 10), 8), timedelta(days=1))
    assert [line.partition(": ")[2] for line in seen] == [
        "Sepekan lagi, 23 November: Arsip",
        "Besok pukul 07.30 WITA: Arsip",
        "Sepekan lagi, 9 Desember: Arsip",
        "Besok pukul 07.30 WITA: Arsip",
    ]


def test_a_session_without_meetings_is_announced_by_its_first_day(clock):
    seat(SessionFactory(start=DAY, end=DAY + timedelta(days=30), programme__title="Belajar mandiri"))
    seen = walk(clock, wita(date(2026, 11, 14)), wita(date(2026, 12, 24)), timedelta(hours=4))
    assert seen == [
        "16 Nov 00.00: Sepekan lagi, 23 November: Belajar mandiri",
        "22 Nov 00.00: Besok dimulai: Belajar mandiri",
    ]
    assert "Senin, 23 November 2026 sampai Rabu, 23 Desember 2026" in Message.objects.last().text


def test_without_meetings_a_late_reminder_still_helps_on_the_first_day_and_never_after_it(clock):
    seat(SessionFactory(start=DAY, end=DAY, programme__title="Belajar mandiri"))
    clock.move_to(wita(DAY, 7))
    remind()
    assert subjects() == ["Hari ini dimulai: Belajar mandiri"]
    clock.move_to(wita(DAY + timedelta(days=1), 8))
    deliver_due()
    assert outgoing.outbox == []


@pytest.mark.parametrize("status", ["draft", "finished", "cancelled"])
def test_nothing_is_announced_for_a_session_that_is_not_open(clock, status):
    seat(SessionFactory(start=DAY, end=DAY, status=status))
    seat(make_session(DAY, status=status))
    assert walk(clock, wita(date(2026, 11, 15), 8), wita(date(2026, 11, 24), 8), timedelta(days=1)) == []


def test_several_reminders_of_a_day_leave_in_one_mail(clock):
    learner = EmployeeFactory(email="peserta@contoh.test")
    for title in ("Arsip", "Statistik"):
        seat(make_session(DAY, programme__title=title), employee=learner)
    clock.move_to(wita(date(2026, 11, 22), 8))
    remind()
    deliver_due()
    [mail] = outgoing.outbox
    assert mail.subject == "Besok pukul 07.30 WITA: Arsip (dan 1 kabar lain)"
    assert "Statistik" in mail.body
    assert len(subjects()) == 2


def test_R11_R13_a_reminder_run_five_times_or_by_two_beats_is_sent_once(clock):
    seat(make_session(DAY))
    clock.move_to(wita(date(2026, 11, 22), 8))
    for _ in range(5):
        remind()
        deliver_due()
    assert (len(outgoing.outbox), len(subjects())) == (1, 1)
    assert Message.objects.get().message_id


def test_R13_two_beats_for_an_hour_send_each_reminder_once(clock):
    seat(make_session(DAY))
    for minute in range(60):
        clock.move_to(wita(date(2026, 11, 22), 8, minute))
        remind()
        remind()
        deliver_due()
    assert len(outgoing.outbox) == 1


def test_R14_after_26_hours_without_beat_what_helps_is_sent_once_and_what_does_not_is_marked(clock):
    seat(make_session(DAY, programme__title="Arsip"))  # its last reminder fell into the silence
    seat(make_session(DAY + timedelta(days=6), programme__title="Statistik"))  # a week before, also
    seat(make_session(DAY + timedelta(days=1), programme__title="Desain"))
    clock.move_to(wita(DAY, 9, 30))  # silent since 22 November 07.30
    for _ in range(3):
        remind()
        deliver_due()
    told = dict(Message.objects.values_list("subject", "status"))
    assert told == {
        "Hari ini pukul 07.30 WITA: Arsip": "skipped",
        "6 hari lagi, 29 November: Statistik": "sent",
        "Besok pukul 07.30 WITA: Desain": "sent",
    }
    assert Message.objects.get(status="skipped").error == "Lewat waktu: isinya tidak berguna lagi."
    assert len(outgoing.outbox) == 2


def test_R14_a_new_installation_sends_no_storm_about_the_past(clock):
    for back in (3, 30, 300):
        seat(make_session(DAY - timedelta(days=back)))
    clock.move_to(wita(DAY, 9))
    remind()
    assert subjects() == []


def test_who_got_the_seat_after_the_moment_of_a_reminder_needs_none(clock):
    seat(make_session(DAY, programme__title="Arsip"), confirmed=wita(date(2026, 11, 18), 9))
    seen = walk(clock, wita(date(2026, 11, 18), 10), wita(DAY, 12), timedelta(hours=2))
    assert [line.partition(": ")[2] for line in seen] == ["Besok pukul 07.30 WITA: Arsip"]


@pytest.mark.parametrize(
    "changes",
    [
        {"status": EnrolmentStatus.WITHDRAWN},
        {"status": EnrolmentStatus.WAITING},
        {"employee__is_active": False},
    ],
)
def test_only_who_has_a_seat_and_is_active_is_reminded(clock, changes):
    EnrolmentFactory(
        session=make_session(DAY), **({"status": EnrolmentStatus.CONFIRMED} | changes), confirmed_at=None
    )
    clock.move_to(wita(date(2026, 11, 22), 8))
    remind()
    assert subjects() == []


@pytest.mark.parametrize("status", ["draft", "cancelled", "finished"])
def test_a_session_that_does_not_take_place_reminds_nobody(clock, status):
    seat(make_session(DAY, status=status))
    clock.move_to(wita(date(2026, 11, 22), 8))
    remind()
    assert subjects() == []


def test_reminders_cost_the_same_for_1_and_3_people(clock, django_assert_max_num_queries):
    session = make_session(DAY)
    seat(session)
    clock.move_to(wita(date(2026, 11, 22), 8))
    with django_assert_max_num_queries(30) as one:
        remind()
    Message.objects.all().delete()
    seat(session)
    seat(session)
    with django_assert_max_num_queries(len(one)):
        remind()
    assert len(subjects()) == 3


class TestSupervisors:
    @pytest.fixture
    def requests(self, clock) -> list[Enrolment]:
        """Two of a team ask on Friday 20 November; Tuesday 24 is the second working day."""
        supervisor, team = make_team(2)
        supervisor.email = "atasan@contoh.test"
        supervisor.save()
        clock.move_to(wita(date(2026, 11, 20), 10))
        return [
            EnrolmentFactory(
                session=SessionFactory(start=date(2027, 1, 11), approval=Session.Approval.SUPERVISOR),
                employee=person,
                step="supervisor",
                approver=supervisor,
                step_since=wita(date(2026, 11, 20), 10),
            )
            for person in team
        ]

    def test_a_supervisor_is_reminded_after_two_working_days_at_8_in_one_mail(self, clock, requests):
        seen = walk(clock, wita(date(2026, 11, 20), 12), wita(date(2026, 11, 26)), timedelta(hours=2))
        first, second = (enrolment.employee.name for enrolment in requests)
        assert seen == [
            f"24 Nov 00.00: {name} masih menunggu jawaban untuk pelatihan 11 Januari"
            for name in (first, second)
        ]
        clock.move_to(wita(date(2026, 11, 24), 8))
        deliver_due()
        [mail] = outgoing.outbox
        assert mail.to == ["atasan@contoh.test"]
        assert mail.subject.endswith("(dan 1 kabar lain)")

    def test_holidays_are_no_working_days(self, clock, requests):
        Holiday.objects.create(day=date(2026, 11, 23), name="Libur setempat")
        clock.move_to(wita(date(2026, 11, 24), 9))
        remind()
        assert subjects() == []
        clock.move_to(wita(date(2026, 11, 25), 8))
        remind()
        assert len(subjects()) == 2

    def test_what_was_answered_is_not_asked_again(self, clock, requests):
        Enrolment.objects.filter(pk=requests[0].pk).update(status=EnrolmentStatus.CONFIRMED, step="")
        clock.move_to(wita(date(2026, 11, 24), 8))
        remind()
        assert len(subjects()) == 1

    def test_after_the_supervisor_changed_the_new_one_is_reminded_in_time(self, clock, requests):
        clock.move_to(wita(date(2026, 11, 24), 8))
        remind()
        other = EmployeeFactory()
        Enrolment.objects.update(approver=other, step_since=wita(date(2026, 11, 24), 9))
        clock.move_to(wita(date(2026, 11, 26), 8))
        remind()
        assert list(Message.objects.filter(employee=other).values_list("purpose", flat=True)) == [
            "approval-reminded",
            "approval-reminded",
        ]
