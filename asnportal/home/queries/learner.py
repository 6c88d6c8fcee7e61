"""What an employee sees first: JP of the year, what is next, what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from asnportal.people.models import Employee
from competency.queries.ledger import YearSummary, summary_and_before
from competency.queries.period import period_on
from competency.services.jp import figure
from competency.services.turn import Evidence, ending, evidence_for, is_told
from training.models import Certificate, CertificateStatus, Enrolment, EnrolmentStatus, Meeting, SessionStatus
from training.queries.jp import scheduled
from training.queries.plan import unfinished_count

LAST_MONTH_OF_EVIDENCE = 2  # no figure of a rule reaches further; after it the first screen does not ask


@dataclass(frozen=True)
class NextMeeting:
    session_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str


@dataclass(frozen=True)
class Turn:
    """What the old year leaves: how it ended ("" when that is long ago), until when evidence of it is taken, and how
    many items of its plan are unfinished. ``year`` is the new calendar year."""

    year: int
    ended: str
    evidence: Evidence | None
    unfinished: int


@dataclass(frozen=True)
class Learner:
    """``summary`` in JP diakui. ``requests`` are open: waiting for approval or for a seat. ``turn`` is told in the
    first weeks of a year."""

    summary: YearSummary
    meetings: Sequence[NextMeeting]
    requests: Sequence[Enrolment]
    certificates: int
    sentence: str
    ring_target: int
    ring_done: int
    ring_planned: int
    turn: Turn | None


def learner(employee: Employee, *, today: date) -> Learner:
    """Everything of the first screen; the number of statements does not depend on the number of rows."""
    planned = scheduled(employee, today=today)
    summary, before = summary_and_before(employee, period_on(employee, today), scheduled=planned)
    return Learner(
        summary=summary,
        meetings=next_meetings(employee),
        requests=list(open_requests(employee)),
        certificates=Certificate.objects.filter(employee=employee, status=CertificateStatus.ISSUED).count(),
        sentence=sentence(summary),
        ring_target=max(1, int(summary.target)),
        ring_done=int(summary.counted),
        ring_planned=int(summary.scheduled),
        turn=turn(employee, summary, before, today=today),
    )


def turn(employee: Employee, summary: YearSummary, before: YearSummary | None, *, today: date) -> Turn | None:
    """PNS and PPPK hand in evidence and plan by the calendar year; what ended is the own period, for PPPK the contract
    year. Two statements in the first two months of a year, none later."""
    ended = ending(before) if before and is_told(summary, today=today) else ""
    if today.month > LAST_MONTH_OF_EVIDENCE:
        return Turn(today.year, ended, None, 0) if ended else None
    evidence = evidence_for(today.year - 1, today=today)
    if not evidence.is_open:
        return Turn(today.year, ended, None, 0) if ended else None
    return Turn(today.year, ended, evidence, unfinished_count(employee, today.year - 1))


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
        when = "" if summary.period.is_calendar else f", {summary.period}"
        return (
            f"{done} JP diakui dan {planned} JP terjadwal, "
            f"dari paling banyak {most} JP dalam tahun kontrak Anda{when}."
        )
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
