"""Reading attendance: one meeting's list, and how much of a session somebody was present."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from asnportal.people.models import User
from training.models import Attendance, Enrolment, EnrolmentStatus, Meeting, Session

S = EnrolmentStatus
PEOPLE = (S.CONFIRMED, S.COMPLETED, S.NOT_COMPLETED)
Mark = Attendance.Mark
SOURCES = {"panitia": "Panitia", "sisa": "Panitia, sisanya hadir"}


@dataclass(frozen=True)
class Share:
    """Minutes of meetings in which somebody was present, of all minutes of the session."""

    present: int
    total: int

    @property
    def percent(self) -> int:
        return self.present * 100 // self.total if self.total else 0

    def reaches(self, percent: int) -> bool:
        return self.total > 0 and self.present * 100 >= percent * self.total


@dataclass(frozen=True)
class AttendanceRow:
    """One person in one meeting. ``mark`` is '' while nothing was recorded; ``own`` is the reader himself."""

    enrolment_id: int
    name: str
    unit: str
    mark: str
    source: str
    marked_by: str
    marked_at: datetime | None
    share: Share
    own: bool


@dataclass(frozen=True)
class MeetingCounts:
    people: int
    present: int
    excused: int
    absent: int

    @property
    def unmarked(self) -> int:
        return self.people - self.present - self.excused - self.absent


def people_of(session: Session) -> QuerySet[Enrolment]:
    """Who has a seat, in the order of names; after the end, who passed and who did not."""
    return (
        Enrolment.objects.filter(session=session, status__in=PEOPLE)
        .select_related("employee__unit", "employee__position", "employee__user")
        .order_by("employee__name", "employee_id")
    )


def listed(
    session: Session, meeting: Meeting, *, words: str = "", unmarked: bool = False
) -> QuerySet[Enrolment]:
    """The people of a meeting, narrowed by words of name or unit, or to those without a mark."""
    found = people_of(session)
    for word in words.split():
        found = found.filter(
            Q(employee__name__icontains=word)
            | Q(employee__unit__name__icontains=word)
            | Q(employee__unit__short_name__icontains=word)
        )
    return found.exclude(attendances__meeting=meeting) if unmarked else found


def as_rows(
    enrolments: Sequence[Enrolment], meeting: Meeting, *, reader_id: int | None
) -> list[AttendanceRow]:
    """Rows of one page: two statements for marks and one for meetings, whatever the number of rows."""
    marks = {
        mark.enrolment_id: mark
        for mark in Attendance.objects.filter(meeting=meeting, enrolment__in=enrolments).select_related(
            "marked_by__employee"
        )
    }
    share = shares(meeting.session, enrolments)
    return [_row(one, marks.get(one.pk), share[one.pk], reader_id) for one in enrolments]


def _row(enrolment: Enrolment, mark: Attendance | None, share: Share, reader_id: int | None) -> AttendanceRow:
    employee = enrolment.employee
    return AttendanceRow(
        enrolment_id=enrolment.pk,
        name=employee.full_name,
        unit=str(employee.unit),
        mark=mark.mark if mark else "",
        source=SOURCES.get(mark.source, mark.source) if mark else "",
        marked_by=_short_name(mark.marked_by) if mark and mark.marked_by else "",
        marked_at=mark.marked_at if mark else None,
        share=share,
        own=employee.user_id is not None and employee.user_id == reader_id,
    )


def _short_name(user: User) -> str:
    """Without degrees: a row of a table has little room."""
    return user.employee_or_none.name if user.employee_or_none else str(user)


def shares(session: Session, enrolments: Sequence[Enrolment]) -> dict[int, Share]:
    """Presence over all meetings of the session, by enrolment id. Two statements."""
    minutes = {m.pk: minutes_of(m) for m in session.meetings.all()}
    present: dict[int, int] = defaultdict(int)
    marks = Attendance.objects.filter(
        meeting__session=session, enrolment__in=[one.pk for one in enrolments], mark=Mark.PRESENT
    )
    for enrolment_id, meeting_id in marks.values_list("enrolment_id", "meeting_id"):
        present[enrolment_id] += minutes[meeting_id]
    total = sum(minutes.values())
    return {one.pk: Share(present[one.pk], total) for one in enrolments}


def minutes_of(meeting: Meeting) -> int:
    return int((meeting.ends_at - meeting.starts_at).total_seconds()) // 60


def counts(session: Session, meeting: Meeting) -> MeetingCounts:
    """How many were present, excused or sick, absent. Two statements."""
    marks: dict[str, int] = defaultdict(int)
    recorded = Attendance.objects.filter(meeting=meeting, enrolment__status__in=PEOPLE)
    for mark in recorded.values_list("mark", flat=True):
        marks[mark] += 1
    return MeetingCounts(
        people=people_of(session).count(),
        present=marks[Mark.PRESENT],
        excused=marks[Mark.EXCUSED] + marks[Mark.SICK],
        absent=marks[Mark.ABSENT],
    )
