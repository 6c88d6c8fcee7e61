"""BKPSDM's list of sessions and the figures of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, When
from django.utils import timezone

from training.models import CertificateStatus, Enrolment, EnrolmentStatus, Meeting, Session, SessionStatus

PAGE_SIZE = 25


@dataclass(frozen=True)
class SessionRow:
    id: int
    title: str
    batch: int
    start: date
    end: date
    place: str
    mode: str
    status: str
    phase: str
    quota: int
    confirmed: int
    requested: int
    waiting: int


def phase_of(session: Session, today: date) -> str:
    """What people read: the state, or for a published session where it stands by its dates."""
    if session.status != SessionStatus.PUBLISHED:
        return str(SessionStatus(session.status).label)
    if session.start <= today <= session.end:
        return "Berjalan"
    if session.end < today:
        return "Menunggu ditutup"
    return "Pendaftaran ditutup" if session.registration_closes < timezone.now() else "Dibuka"


def filtered(
    sessions: QuerySet[Session], *, words: str = "", phase: str = "", mode: str = ""
) -> QuerySet[Session]:
    """Those of *sessions* by words of the title, place or provider, by phase (draft, coming, running, ended,
    finished, cancelled; unclosed: attendance to close; uncertified: certificates to issue)."""
    today = timezone.localdate()
    published = Q(status=SessionStatus.PUBLISHED)
    phases = {
        "draft": Q(status=SessionStatus.DRAFT),
        "coming": published & Q(start__gt=today),
        "running": published & Q(start__lte=today, end__gte=today),
        "ended": published & Q(end__lt=today),
        "finished": Q(status=SessionStatus.FINISHED),
        "unclosed": published & Q(pk__in=unclosed_meetings().values("session")),
        "uncertified": Q(pk__in=without_certificate().values("session")),
        "cancelled": Q(status=SessionStatus.CANCELLED),
    }
    found = sessions.filter(phases.get(phase, Q()))
    if mode:
        found = found.filter(mode=mode)
    for word in words.split():
        found = found.filter(
            Q(programme__title__icontains=word)
            | Q(place__icontains=word)
            | Q(programme__provider__name__icontains=word)
        )
    return found


def unclosed_meetings() -> QuerySet[Meeting]:
    """Meetings that are over and whose attendance nobody has closed yet."""
    return Meeting.objects.filter(
        ends_at__lt=timezone.now(), closed_at=None, session__status=SessionStatus.PUBLISHED
    )


def without_certificate() -> QuerySet[Enrolment]:
    """Who completed a session and has neither a certificate nor one on its way."""
    return Enrolment.objects.filter(status=EnrolmentStatus.COMPLETED).exclude(
        certificates__status__in=[CertificateStatus.PENDING, CertificateStatus.ISSUED]
    )


def session_rows(found: QuerySet[Session]) -> QuerySet[Session]:
    """With the counts that a row shows."""
    return found.select_related("programme").annotate(
        requested=Count("enrolments", filter=Q(enrolments__status="requested")),
        queued=Count("enrolments", filter=Q(enrolments__status="waiting", enrolments__step="")),
    )


def in_order(found: QuerySet[Session]) -> QuerySet[Session]:
    """Open ones by their start, drafts after them, then what is over, the latest first."""
    rank = Case(
        When(status=SessionStatus.PUBLISHED, then=0),
        When(status=SessionStatus.DRAFT, then=1),
        When(status=SessionStatus.FINISHED, then=2),
        default=3,
        output_field=IntegerField(),
    )
    ahead = Case(When(status__in=[SessionStatus.PUBLISHED, SessionStatus.DRAFT], then=F("start")))
    return found.annotate(rank=rank).order_by("rank", ahead.asc(nulls_last=True), "-start", "-id")


def as_rows(sessions: Sequence[Session]) -> list[SessionRow]:
    today = timezone.localdate()
    return [
        SessionRow(
            id=s.pk,
            title=s.programme.title,
            batch=s.batch,
            start=s.start,
            end=s.end,
            place=s.place,
            mode=s.get_mode_display(),
            status=s.status,
            phase=phase_of(s, today),
            quota=s.quota,
            confirmed=s.confirmed_count,
            requested=s.requested,  # type: ignore[attr-defined]
            waiting=s.queued,  # type: ignore[attr-defined]
        )
        for s in sessions
    ]
