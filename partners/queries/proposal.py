"""Lists of proposals and of a partner's sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from partners.models import Partner, Proposal, ProposalStatus
from training.models import Session, SessionStatus


@dataclass(frozen=True)
class Tab:
    key: str
    label: str
    states: Sequence[str]
    count: int = 0


TABS = (
    Tab("tinjau", "Perlu ditinjau", [ProposalStatus.SUBMITTED]),
    Tab("dilengkapi", "Menunggu mitra", [ProposalStatus.RETURNED]),
    Tab("disetujui", "Disetujui", [ProposalStatus.ACCEPTED]),
    Tab("lainnya", "Ditolak atau ditarik", [ProposalStatus.DECLINED, ProposalStatus.WITHDRAWN]),
)


def listed(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With what a row shows, oldest waiting first."""
    return (
        found.select_related("partner__provider", "form")
        .prefetch_related("subjects")
        .order_by("submitted_at", "id")
    )


def tabs(found: QuerySet[Proposal]) -> list[Tab]:
    """The tabs with their counts, in one statement."""
    counts = dict(found.order_by().values_list("status").annotate(n=Count("pk")))
    return [Tab(t.key, t.label, t.states, sum(counts.get(s, 0) for s in t.states)) for t in TABS]


def waiting_for_bkpsdm() -> QuerySet[Proposal]:
    return Proposal.objects.filter(status=ProposalStatus.SUBMITTED)


def waiting_for_partner(partner: Partner) -> int:
    return partner.proposals.filter(status__in=[ProposalStatus.DRAFT, ProposalStatus.RETURNED]).count()


@dataclass(frozen=True)
class PartnerSession:
    id: int
    title: str
    start: date
    end: date
    status: str
    seats: int
    quota: int


def sessions_of(partner: Partner) -> QuerySet[Session]:
    """The sessions that came from this partner's proposals or that name it as provider; drafts included."""
    return Session.objects.filter(
        Q(proposal__partner=partner) | Q(programme__provider=partner.provider)
    ).select_related("programme")


def session_rows(partner: Partner) -> list[PartnerSession]:
    return [
        PartnerSession(s.pk, s.title, s.start, s.end, s.get_status_display(), s.confirmed_count, s.quota)
        for s in sessions_of(partner).order_by(F("start").desc(), "id")[:100]
    ]


@dataclass(frozen=True)
class PartnerFigures:
    """What the partnership brings, this WITA year: sessions held or to come, seats taken, what waits."""

    sessions: int
    seats: int
    waiting: int
    under_review: int


def figures(partner: Partner, *, year: int) -> PartnerFigures:
    held = sessions_of(partner).filter(
        start__year=year, status__in=[SessionStatus.PUBLISHED, SessionStatus.FINISHED]
    )
    seats = held.values_list("confirmed_count", flat=True)
    return PartnerFigures(
        sessions=len(seats),
        seats=sum(seats),
        waiting=waiting_for_partner(partner),
        under_review=partner.proposals.filter(status=ProposalStatus.SUBMITTED).count(),
    )
