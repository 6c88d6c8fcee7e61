"""Which open session closes a gap: the nearest that leads above the level somebody holds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from competency.queries.profile import Line
from training.models import ProgrammeCompetency, Session

CANDIDATES = 3  # per competency, so that a full or clashing one has a neighbour


@dataclass(frozen=True)
class Offer:
    """An open session and the level of the competency it leads to."""

    session: Session
    leads_to: int


def offers_for(lines: Sequence[Line], now: datetime) -> Mapping[int, Sequence[Offer]]:
    """By competency id: open sessions that lead above what is held, the nearest start first. Three statements.

    One that reaches the level of the post stands before one that only brings nearer to it.
    """
    held = {line.competency.pk: line.held or 0 for line in lines}
    needed = {line.competency.pk: line.required or 1 for line in lines}
    sessions = Session.objects.registration_open(now).filter(programme__is_active=True)
    aims = ProgrammeCompetency.objects.filter(
        competency__in=held, programme__in=sessions.values("programme")
    ).values_list("competency_id", "programme_id", "level")
    reach = [(one, programme, level) for one, programme, level in aims if level > held[one]]
    by_programme: dict[int, list[Session]] = defaultdict(list)
    wanted = {programme for _one, programme, _level in reach}
    found = sessions.filter(programme__in=wanted).select_related("programme__provider")
    for session in found.prefetch_related("meetings").order_by(F("start"), "pk") if wanted else ():
        by_programme[session.programme_id].append(session)
    offers: dict[int, list[Offer]] = defaultdict(list)
    for one, programme, level in reach:
        offers[one] += [Offer(session, level) for session in by_programme[programme]]
    for one, listed in offers.items():
        listed.sort(key=lambda offer: (offer.leads_to < needed[one], offer.session.start, offer.session.pk))
        del listed[CANDIDATES:]
    return offers
