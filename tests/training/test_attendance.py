"""Attendance per meeting: who marks whom, what a closed list means."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from asnportal.audit.models import AuditLine
from asnportal.common.errors import Refusal
from tests.factories import (
    WITA,
    EmployeeFactory,
    EnrolmentFactory,
    MeetingFactory,
    SessionFactory,
    make_officer,
    wita,
)
from training.models import Attendance, EnrolmentStatus, Meeting
from training.queries import attendance as reading
from training.services import attendance

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 20)
Mark = Attendance.Mark


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(datetime(2026, 10, 20, 9, tzinfo=WITA), tick=False):
        yield


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def meeting():
    return MeetingFactory(session=SessionFactory(start=DAY, registration_closes=wita(DAY - timedelta(3))))


def seat(meeting, **extra):
    return EnrolmentFactory(session=meeting.session, status=EnrolmentStatus.CONFIRMED, **extra)


def marks(meeting) -> dict[int, str]:
    return dict(meeting.attendances.values_list("enrolment_id", "mark"))


class TestMarking:
    def test_each_mark_says_who_and_how(self, meeting, officer):
        person = seat(meeting)
        outcome = attendance.mark(meeting, {person.pk: Mark.SICK}, by=officer)
        kept = meeting.attendances.get()
        assert (outcome.changed, kept.mark, kept.marked_by, kept.source) == (1, "sick", officer, "panitia")

    def test_marking_again_keeps_one_row_and_tells_what_it_was(self, meeting, officer):
        person = seat(meeting)
        attendance.mark(meeting, {person.pk: Mark.PRESENT}, by=officer)
        attendance.mark(meeting, {person.pk: Mark.ABSENT}, by=officer)
        assert marks(meeting) == {person.pk: "absent"}
        line = AuditLine.objects.about(meeting).last()
        assert line.details == {"marks": {str(person.pk): ["present", "absent"]}}

    def test_the_same_mark_again_changes_nothing(self, meeting, officer):
        person = seat(meeting)
        attendance.mark(meeting, {person.pk: Mark.PRESENT}, by=officer)
        assert attendance.mark(meeting, {person.pk: Mark.PRESENT}, by=make_officer()).changed == 0
        assert meeting.attendances.get().marked_by == officer

    def test_P26_nobody_marks_himself_and_the_others_are_done(self, meeting, officer):
        own, other = seat(meeting, employee=officer.employee), seat(meeting)
        outcome = attendance.mark(meeting, {own.pk: Mark.PRESENT, other.pk: Mark.PRESENT}, by=officer)
        assert marks(meeting) == {other.pk: "present"}
        assert outcome.refused == [(own, "Kehadiran Anda sendiri ditandai petugas lain.")]

    def test_who_has_no_seat_is_passed_over(self, meeting, officer):
        waiting = EnrolmentFactory(session=meeting.session, status=EnrolmentStatus.WAITING)
        elsewhere = EnrolmentFactory(status=EnrolmentStatus.CONFIRMED)
        attendance.mark(meeting, {waiting.pk: Mark.PRESENT, elsewhere.pk: Mark.PRESENT}, by=officer)
        assert marks(meeting) == {}

    def test_attendance_of_a_later_day_is_not_recorded(self, officer):
        tomorrow = MeetingFactory(
            session=SessionFactory(start=DAY + timedelta(1), registration_closes=wita(DAY - timedelta(3)))
        )
        with pytest.raises(Refusal, match="mulai 21 Oktober 2026"):
            attendance.mark(tomorrow, {seat(tomorrow).pk: Mark.PRESENT}, by=officer)

    def test_the_rest_is_present_by_one_act_but_not_oneself(self, meeting, officer):
        sick, rest = seat(meeting), [seat(meeting) for _ in range(2)]
        own = seat(meeting, employee=officer.employee)
        attendance.mark(meeting, {sick.pk: Mark.SICK}, by=officer)
        outcome = attendance.mark_rest_present(meeting, by=officer)
        assert marks(meeting) == {sick.pk: "sick", rest[0].pk: "present", rest[1].pk: "present"}
        assert [one for one, _ in outcome.refused] == [own]


class TestClosing:
    def test_a_meeting_is_closed_by_a_person_once_all_are_marked(self, meeting, officer):
        person = seat(meeting)
        with pytest.raises(Refusal, match="1 peserta belum ditandai"):
            attendance.close_meeting(meeting, by=officer)
        attendance.mark(meeting, {person.pk: Mark.PRESENT}, by=officer)
        attendance.close_meeting(meeting, by=officer)
        assert (meeting.closed_by, meeting.closed_at) == (officer, wita(DAY, 9))

    def test_a_closed_list_is_not_changed(self, meeting, officer):
        person = seat(meeting)
        attendance.mark_rest_present(meeting, by=officer)
        attendance.close_meeting(meeting, by=officer)
        with pytest.raises(Refusal, match="sudah ditutup"):
            attendance.mark(meeting, {person.pk: Mark.ABSENT}, by=officer)

    def test_reopening_asks_for_a_reason_and_keeps_it(self, meeting, officer):
        attendance.close_meeting(meeting, by=officer)
        with pytest.raises(Refusal, match="Tulis alasan"):
            attendance.reopen_meeting(meeting, by=officer, reason=" ")
        attendance.reopen_meeting(meeting, by=officer, reason="Surat sakit menyusul")
        assert (meeting.closed_at, meeting.closed_by) == (None, None)
        assert AuditLine.objects.about(meeting).last().note == "Surat sakit menyusul"


class TestReading:
    @pytest.mark.parametrize("count", [1, 3])
    def test_a_page_of_people_costs_the_same_statements(
        self, count, meeting, officer, django_assert_num_queries
    ):
        for _ in range(count):
            seat(meeting)
        attendance.mark_rest_present(meeting, by=officer)
        with django_assert_num_queries(4):
            people = list(reading.listed(meeting.session, meeting))
            rows = reading.as_rows(people, meeting, reader_id=officer.pk)
        assert [(row.mark, row.own, row.share.percent) for row in rows] == [("present", False, 100)] * count

    def test_a_person_of_the_committee_sees_which_row_is_his_own(self, meeting, officer):
        seat(meeting, employee=officer.employee)
        rows = reading.as_rows(list(reading.people_of(meeting.session)), meeting, reader_id=officer.pk)
        assert [row.own for row in rows] == [True]

    def test_the_figures_of_a_meeting(self, meeting, officer):
        people = [seat(meeting) for _ in range(5)]
        given = [Mark.PRESENT, Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT]
        attendance.mark(meeting, dict(zip([p.pk for p in people], given, strict=False)), by=officer)
        found = reading.counts(meeting.session, meeting)
        assert (found.people, found.present, found.excused, found.absent, found.unmarked) == (5, 2, 1, 1, 1)

    def test_people_are_found_by_name_unit_or_missing_mark(self, meeting, officer):
        ani, budi = (seat(meeting, employee=EmployeeFactory(name=name)) for name in ("Ani Lestari", "Budi"))
        attendance.mark(meeting, {budi.pk: Mark.PRESENT}, by=officer)
        assert list(reading.listed(meeting.session, meeting, words="lestari ani")) == [ani]
        assert list(reading.listed(meeting.session, meeting, unmarked=True)) == [ani]
        unit = budi.employee.unit.name
        assert budi in reading.listed(meeting.session, meeting, words=unit)

    def test_only_presence_counts_and_by_minutes(self, meeting, officer):
        long = Meeting.objects.create(
            session=meeting.session, starts_at=wita(DAY, 13), ends_at=wita(DAY, 13) + timedelta(hours=12)
        )
        person = seat(meeting)
        attendance.mark(meeting, {person.pk: Mark.PRESENT}, by=officer)
        attendance.mark(long, {person.pk: Mark.EXCUSED}, by=officer)
        share = reading.shares(meeting.session, [person])[person.pk]
        assert (share.present, share.total, share.percent) == (240, 960, 25)
