"""What an employee sees first: JP of the year, what is next, what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from asnportal.people.models import Employee
from competency.queries.ledger import YearSummary, current_summary
from competency.services.jp import figure
from training.models import Certificate, CertificateStatus, Enrolment, EnrolmentStatus, Meeting, SessionStatus
from training.queries.jp import scheduled


@dataclass(frozen=True)
class NextMeeting:
    session_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str


@dataclass(frozen=True)
class Learner:
    """``summary`` in JP diakui. ``requests`` are open: waiting for approval or for a seat."""

    summary: YearSummary
    meetings: Sequence[NextMeeting]
    requests: Sequence[Enrolment]
    certificates: int
    sentence: str
    ring_target: int
    ring_done: int
    ring_planned: int


def learner(employee: Employee, *, today: date) -> Learner:
    """Everything of the first screen; the number of statements does not depend on the number of rows."""
    summary = current_summary(employee, scheduled=scheduled(employee, today=today))
    return Learner(
        summary=summary,
        meetings=next_meetings(employee),
        requests=list(open_requests(employee)),
        certificates=Certificate.objects.filter(employee=employee, status=CertificateStatus.ISSUED).count(),
        sentence=sentence(summary),
        ring_target=max(1, int(summary.target)),
        ring_done=int(summary.counted),
        ring_planned=int(summary.scheduled),
    )


def next_meetings(employee: Employee, most: int = 4) -> list[NextMeeting]:
    """The nearest meetings of trainings in which the person has a seat."""
    found = (
        Meeting.objects.filter(
            session__enrolments__employee=employee,
            session__enrolments__status=EnrolmentStatus.CONFIRMED,
            session__status=SessionStatus.PUBLISHED,
            ends_at__gte=timezone.now(),
        )
        .select_related("session__programme")
        .order_by("starts_at")[:most]
    )
    return [
        NextMeeting(m.session_id, m.session.title, m.starts_at, m.ends_at, m.place or m.session.place)
        for m in found
    ]


def open_requests(employee: Employee) -> Sequence[Enrolment]:
    return list(
        Enrolment.objects.filter(
            employee=employee, status__in=[EnrolmentStatus.REQUESTED, EnrolmentStatus.WAITING]
        )
        .select_related("session__programme", "approver")
        .order_by("requested_at")[:5]
    )


def sentence(summary: YearSummary) -> str:
    """The answer in words: what is done, what is scheduled, what is left (PPPK: without "left")."""
    done, planned = figure(summary.counted), figure(summary.scheduled)
    if summary.is_ceiling:
        most = figure(summary.target)
        return f"{done} JP diakui dan {planned} JP terjadwal, dari paling banyak {most} JP dalam tahun kontrak Anda."
    year = summary.period.year
    if summary.fulfilled:
        more = f" Anda punya {done} JP, melampaui target." if summary.done > summary.target else ""
        return f"Target {year} terpenuhi. Terima kasih.{more}"
    if not summary.done and not summary.scheduled:
        return f"Belum ada JP tahun {year}. Pelatihan pendek bisa menjadi awal yang baik."
    rest = (
        f"Tinggal {figure(summary.left)} JP lagi."
        if summary.left
        else "Setelah itu target tahun ini terpenuhi."
    )
    return f"{done} JP sudah selesai dan {planned} JP terjadwal. {rest}"
