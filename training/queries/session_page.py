"""Everything that somebody needs to decide about one session."""

from dataclasses import dataclass
from decimal import Decimal

from asnportal.common.dates import WITA
from asnportal.people.models import User
from competency.queries.jp import rulebook
from competency.services.jp import Facts as JpFacts
from competency.services.jp import Recognised, recognise
from training.models import Enrolment, Meeting, Session
from training.queries.enrolment import Badge, badge_for
from training.queries.timeline import Happening, timeline


@dataclass(frozen=True)
class OwnStory:
    """The person's latest enrolment in this session."""

    enrolment: Enrolment
    badge: Badge
    steps: list[Happening]


def session_for_page(pk: int, *, user: User | None) -> Session | None:
    """The session with what its page shows, None when this person may not see it."""
    rows = Session.objects.visible_to(user).select_related("programme__form", "programme__provider")
    return rows.prefetch_related("meetings").filter(pk=pk).first()


def recognised_jp(session: Session) -> Recognised:
    """JP diakui of a whole session by the rule of its last day, before what a person used elsewhere."""
    programme = session.programme
    rule = rulebook().on(session.end, form_id=programme.form_id, abroad=programme.abroad)
    meetings: list[Meeting] = list(session.meetings.all())
    facts = JpFacts(
        jp_material=Decimal(programme.jp),
        start=session.start,
        end=session.end,
        meetings=tuple(m.starts_at.astimezone(WITA).date() for m in meetings),
    )
    return recognise(rule, facts)


def own_story(session: Session, *, user: User) -> OwnStory | None:
    """None for somebody who never asked for a seat here."""
    rows = session.enrolments.filter(employee__user=user).select_related(
        "approver", "employee__supervisor", "session__programme"
    )
    enrolment = rows.order_by("-number").first()
    if enrolment is None:
        return None
    return OwnStory(enrolment, badge_for(enrolment), timeline(enrolment))
