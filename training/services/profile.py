"""The page "Kompetensi saya": what the post asks against what is held, and on each gap the session that closes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from asnportal.people.models import Employee
from competency.queries.profile import Line, Profile, profile_of
from training.models import Session
from training.queries.recommendation import Offer, offers_for
from training.services.button import ButtonState, states_for
from training.services.reason import Reason, reasons_of
from training.services.recommendation import merit_of, person_of


@dataclass(frozen=True)
class GapRow:
    """A competency to develop. ``session`` is the nearest that closes it, ``state`` what stands beside it and
    ``reasons`` what speaks for it, as far as it is about the level: JP and IP ASN stand on the page of advice."""

    line: Line
    session: Session | None = None
    leads_to: int = 0
    state: ButtonState | None = None
    reasons: Sequence[Reason] = ()


@dataclass(frozen=True)
class ProfilePage:
    """``running`` counts the gaps for which the person already has a seat or a request."""

    profile: Profile
    gaps: Sequence[GapRow]

    @property
    def running(self) -> int:
        return sum(1 for row in self.gaps if row.state and row.state.kind == "own")

    @property
    def asked(self) -> int:
        return len(self.profile.requirement.items)

    @property
    def above(self) -> Sequence[Line]:
        return self.profile.above

    @property
    def reached(self) -> int:
        return len(self.profile.met) + len(self.profile.above)

    @property
    def trained(self) -> int:
        """Gaps for which the person has learnt and now waits to be assessed."""
        return sum(1 for row in self.gaps if row.line.trained_on)

    @property
    def next_step(self) -> GapRow | None:
        """The largest gap for which nothing runs yet; one that can be joined before one that cannot."""
        left = [
            row
            for row in self.gaps
            if not row.line.trained_on and not (row.state and row.state.kind == "own")
        ]
        return next(
            (row for row in left if row.state and row.state.kind == "join"), left[0] if left else None
        )


def own_page(employee: Employee, on: date) -> ProfilePage:
    """For the person: with offers. Ten statements at most, however many competencies."""
    profile = profile_of(employee, on)
    untrained = [line for line in profile.short if line.trained_on is None]  # the others wait to be assessed
    offers = offers_for(untrained, timezone.now(), person=person_of(profile)) if untrained else {}
    sessions = {offer.session.pk: offer.session for found in offers.values() for offer in found}
    states = states_for(list(sessions.values()), employee=employee) if sessions else {}
    rows = [_gap(line, offers.get(line.competency.pk, ()), states, profile) for line in profile.short]
    return ProfilePage(profile, rows)


def _gap(line: Line, offers: Sequence[Offer], states: Mapping[int, ButtonState], profile: Profile) -> GapRow:
    offer = min(offers, key=lambda one: _worth(states[one.session.pk]), default=None)
    if offer is None:
        return GapRow(line)
    state = states[offer.session.pk]
    merit = merit_of(profile, line, offer, state)
    return GapRow(line, offer.session, offer.leads_to, state, reasons_of(merit))


def _worth(state: ButtonState) -> int:
    """What already runs first, then what can be joined with a free seat, then the queue, then what is refused."""
    if state.kind == "own":
        return 0
    if state.kind == "join":
        return 1 if state.seats.free else 2
    return 3


def page_of(employee: Employee, on: date) -> ProfilePage:
    """For somebody else who may read it: without offers."""
    profile = profile_of(employee, on)
    return ProfilePage(profile, [GapRow(line) for line in profile.short])
