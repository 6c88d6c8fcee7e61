"""Figures about seats: how many are taken, asked for, waited for, and who is where in the line."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from training.models import Enrolment, EnrolmentStatus, Session


@dataclass(frozen=True, slots=True)
class SeatCounts:
    """``waiting`` counts those in the queue, whose approvals are complete; ``requested`` the undecided."""

    quota: int
    confirmed: int
    requested: int
    waiting: int

    @property
    def free(self) -> int:
        return max(0, self.quota - self.confirmed)

    @property
    def sentence(self) -> str:
        """30 kursi, 23 terisi, 18 permintaan menunggu persetujuan."""
        parts = [f"{self.quota} kursi", f"{self.confirmed} terisi"]
        if self.requested:
            parts.append(f"{self.requested} permintaan menunggu persetujuan")
        if self.waiting:
            parts.append(f"{self.waiting} di daftar tunggu")
        return ", ".join(parts)


QUEUED = (EnrolmentStatus.REQUESTED, EnrolmentStatus.WAITING)


def with_queue(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Sessions that bring what seat_counts would ask for."""
    queue = Enrolment.objects.filter(session=OuterRef("pk")).order_by().values("session")
    told = {
        f"{status.value}_count": Coalesce(
            Subquery(queue.filter(status=status).values(n=Count("pk")), output_field=IntegerField()), 0
        )
        for status in QUEUED
    }
    return sessions.annotate(**told)


def seat_counts(sessions: Collection[Session]) -> dict[int, SeatCounts]:
    """For each session, by its key; one statement for those that did not come with_queue."""
    found = _queues([s.pk for s in sessions if "waiting_count" not in vars(s)])
    found |= {
        s.pk: (vars(s)["requested_count"], vars(s)["waiting_count"]) for s in sessions if s.pk not in found
    }
    return {s.pk: SeatCounts(s.quota, s.confirmed_count, *found[s.pk]) for s in sessions}


def _queues(sessions: Collection[int]) -> dict[int, tuple[int, int]]:
    """How many are undecided and how many wait, by the key of the session."""
    if not sessions:
        return {}
    rows = (
        Enrolment.objects.filter(session__in=sessions, status__in=QUEUED)
        .order_by()
        .values_list("session_id", "status")
        .annotate(number=Count("pk"))
    )
    counts = {(session, status): number for session, status, number in rows}
    return {one: tuple(counts.get((one, status.value), 0) for status in QUEUED) for one in sessions}


def place_in_line(enrolment: Enrolment) -> int:
    """The n of "Daftar tunggu (n)": 1 for the next to get a seat."""
    return Enrolment.objects.filter(
        session=enrolment.session_id, status=EnrolmentStatus.WAITING, number__lte=enrolment.number
    ).count()


def places_in_line(enrolments: Collection[int]) -> dict[int, int]:
    """The same for many waiting enrolments, by their keys; one statement."""
    ahead = Count(
        "session__enrolments",
        filter=Q(
            session__enrolments__status=EnrolmentStatus.WAITING,
            session__enrolments__number__lte=F("number"),
        ),
    )
    rows = Enrolment.objects.filter(pk__in=enrolments, status=EnrolmentStatus.WAITING).annotate(place=ahead)
    return dict(rows.order_by().values_list("pk", "place"))


def other_open_sessions(session: Session) -> list[Session]:
    """Other runs of the same programme that still take requests, the soonest first (at most three)."""
    found = Session.objects.registration_open(timezone.now()).filter(programme=session.programme_id)
    return list(found.exclude(pk=session.pk).order_by("start", "id")[:3])
