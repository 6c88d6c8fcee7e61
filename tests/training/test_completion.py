"""The end of a session: 80 percent of the minutes pass, all JP or none, posted once."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from asnportal.common.errors import OwnCase, Refusal, WrongState
from competency.models import LedgerLine, TrainingRecord
from competency.services import record
from tests.factories import (
    WITA,
    EnrolmentFactory,
    LearningFormFactory,
    MeetingFactory,
    ProgrammeFactory,
    SessionFactory,
    make_officer,
    wita,
)
from training.models import Attendance, EnrolmentStatus, SessionStatus
from training.queries.ledger import ledger_page
from training.services import attendance, completion
from training.services import meeting as meeting_service

pytestmark = pytest.mark.usefixtures("forms")

FIRST = date(2026, 10, 19)
Mark = Attendance.Mark
S = EnrolmentStatus


@pytest.fixture(autouse=True)
def after_the_last_day():
    with time_machine.travel(datetime(2026, 10, 23, 18, tzinfo=WITA), tick=False):
        yield


@pytest.fixture
def officer():
    return make_officer()


def make_session(*, meetings=5, code="B3", jp=20, **extra):
    """Five days of four hours."""
    session = SessionFactory(
        programme=ProgrammeFactory(form=LearningFormFactory(code=code), jp=jp),
        start=FIRST,
        end=FIRST + timedelta(days=4),
        registration_closes=wita(FIRST - timedelta(3)),
        **extra,
    )
    for n in range(meetings):
        MeetingFactory(session=session, starts_at=wita(FIRST + timedelta(days=n)))
    return session


def seat(session, **extra):
    return EnrolmentFactory(session=session, status=S.CONFIRMED, **extra)


def attend(session, presence, officer):
    """``presence``: how many meetings each enrolment attended, the first ones."""
    for number, meeting in enumerate(session.meetings.all()):
        marks = {pk: Mark.PRESENT if number < count else Mark.ABSENT for pk, count in presence.items()}
        attendance.mark(meeting, marks, by=officer)
        attendance.close_meeting(meeting, by=officer)


class TestPassing:
    def test_four_of_five_meetings_pass_with_all_jp_and_three_fail_with_none(self, officer):
        session = make_session()
        passes, fails = seat(session), seat(session)
        attend(session, {passes.pk: 4, fails.pk: 3}, officer)
        finished = completion.finish(session, by=officer)
        passes.refresh_from_db()
        fails.refresh_from_db()
        assert (finished.passed, finished.failed) == (1, 1)
        assert (passes.status, fails.status) == (S.COMPLETED, S.NOT_COMPLETED)
        line = LedgerLine.objects.get()
        assert (line.employee, line.jp, line.source_key) == (passes.employee, 20, f"enrolment:{passes.pk}")
        assert session.status == SessionStatus.FINISHED

    def test_a_seminar_of_five_days_gives_its_days_not_its_hours(self, officer):
        session = make_session(code="B6", jp=26)
        person = seat(session)
        attend(session, {person.pk: 5}, officer)
        completion.finish(session, by=officer)
        line = LedgerLine.objects.get()
        assert (line.jp, line.jp_material, line.explanation) == (20, 26, "5 hari × 4 JP")

    def test_jp_above_the_usual_of_the_form_wait_and_count_once_released(self, officer, audit):
        session = make_session(meetings=0, jp=401, confirmed_count=2, next_number=10**6)
        people = [seat(session), seat(session)]
        finished = completion.finish_by_list(session, [one.pk for one in people], by=officer)
        assert (finished.passed, finished.held) == (2, 2)
        assert not LedgerLine.objects.exists()
        assert audit() == "Semua sesuai."
        first, second = TrainingRecord.objects.order_by("pk")
        record.verify(first, by=officer)
        record.reject(second, by=officer, reason="Salah ketik")
        line = LedgerLine.objects.get()
        assert (line.employee, line.jp, line.source_key) == (
            people[0].employee,
            401,
            f"enrolment:{people[0].pk}",
        )
        assert audit() == "Semua sesuai."

    def test_excused_and_sick_do_not_count_as_present(self, officer):
        session = make_session(meetings=2, min_attendance_pct=80)
        person = seat(session)
        for meeting, mark in zip(session.meetings.all(), (Mark.PRESENT, Mark.SICK), strict=True):
            attendance.mark(meeting, {person.pk: mark}, by=officer)
            attendance.close_meeting(meeting, by=officer)
        assert completion.finish(session, by=officer).failed == 1

    def test_who_withdrew_is_left_as_he_is(self, officer):
        session = make_session(meetings=1)
        gone = EnrolmentFactory(session=session, status=S.WITHDRAWN)
        attend(session, {}, officer)
        completion.finish(session, by=officer)
        gone.refresh_from_db()
        assert gone.status == S.WITHDRAWN

    def test_two_people_of_one_session_are_posted_in_the_year_of_its_end(self, officer):
        session = make_session()
        people = {seat(session).pk: 5 for _ in range(2)}
        attend(session, people, officer)
        completion.finish(session, by=officer)
        assert set(LedgerLine.objects.values_list("year", "jp")) == {(2026, Decimal(20))}


class TestObstacles:
    def test_open_meetings_are_counted_in_the_refusal(self, officer):
        session = make_session(meetings=2)
        with pytest.raises(Refusal, match="2 pertemuan belum ditutup"):
            completion.finish(session, by=officer)
        session.refresh_from_db()
        assert session.status == SessionStatus.PUBLISHED

    def test_a_session_is_not_finished_before_its_last_day(self, officer):
        session = make_session(meetings=0)
        with time_machine.travel(wita(FIRST, 12)), pytest.raises(Refusal, match="berakhir 23 Oktober 2026"):
            completion.finish_by_list(session, [], by=officer)

    def test_a_session_is_finished_once(self, officer):
        session = make_session(meetings=1)
        person = seat(session)
        attend(session, {person.pk: 1}, officer)
        completion.finish(session, by=officer)
        with pytest.raises(WrongState):
            completion.finish(session, by=officer)
        assert LedgerLine.objects.count() == 1

    def test_a_finished_session_reopens_no_meeting(self, officer):
        session = make_session(meetings=1)
        attend(session, {}, officer)
        completion.finish(session, by=officer)
        with pytest.raises(Refusal, match="sudah selesai"):
            attendance.reopen_meeting(session.meetings.get(), by=officer, reason="x")


class TestWithoutMeetings:
    def test_an_officer_names_who_passed(self, officer):
        session = make_session(meetings=0, code="C7")
        passes, fails = seat(session), seat(session)
        completion.finish_by_list(session, [passes.pk], by=officer)
        assert set(session.enrolments.values_list("pk", "status")) == {
            (passes.pk, S.COMPLETED),
            (fails.pk, S.NOT_COMPLETED),
        }
        assert LedgerLine.objects.get().jp == 10

    def test_a_stranger_on_the_list_passes_nothing(self, officer):
        session = make_session(meetings=0)
        elsewhere = EnrolmentFactory(status=S.CONFIRMED)
        completion.finish_by_list(session, [elsewhere.pk], by=officer)
        elsewhere.refresh_from_db()
        assert elsewhere.status == S.CONFIRMED

    def test_a_participant_names_nobody_here(self, officer):
        session = make_session(meetings=0)
        seat(session, employee=officer.employee)
        with pytest.raises(OwnCase):
            completion.finish_by_list(session, [], by=officer)

    def test_where_there_are_meetings_attendance_decides(self, officer):
        session = make_session(meetings=1)
        attend(session, {}, officer)
        with pytest.raises(Refusal, match="kehadiran yang menentukan"):
            completion.finish_by_list(session, [], by=officer)


@pytest.mark.parametrize(
    ("starts", "month", "year"),
    [
        (datetime(2026, 11, 30, 23, 15, tzinfo=WITA), "November 2026", 2026),
        (datetime(2026, 12, 1, 0, 10, tzinfo=WITA), "Desember 2026", 2026),  # in UTC still November
        (datetime(2026, 12, 31, 23, 15, tzinfo=WITA), "Desember 2026", 2026),
        (datetime(2027, 1, 1, 0, 10, tzinfo=WITA), "Januari 2027", 2027),  # in UTC still 2026
    ],
)
def test_R15_jp_belong_to_the_wita_month_and_year_of_the_meeting(officer, starts, month, year):
    session = make_session(meetings=0)
    one = meeting_service.add(
        session, {"starts_at": starts, "ends_at": starts + timedelta(minutes=40)}, by=officer
    )
    person = seat(session)
    with time_machine.travel(starts + timedelta(hours=10), tick=False):
        attendance.mark(one, {person.pk: Mark.PRESENT}, by=officer)
        attendance.close_meeting(one, by=officer)
        completion.finish(session, by=officer)
        page = ledger_page(person.employee, year=year, today=starts.date())
    assert [(each.name, len(each.rows)) for each in page.months] == [(month, 1)]
    assert (page.summary.done, LedgerLine.objects.get().year) == (20, year)
