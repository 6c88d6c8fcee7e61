"""Advice for one person: which open sessions, in which order, each with its reasons; and what is set aside.

The order is fixed and can be recomputed by hand (docs/decisions/advice.md): sessions with a free seat first; then what
stands in the person's plan; then the most levels of a gap; then what the post calls absolute (Mutlak); then what lifts
the simulation of IP ASN most; then the most JP that are still missing; then the nearest start.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.errors import Refusal
from asnportal.people.models import Employee, User
from competency.models import StandardItem
from competency.queries.index import rule_on
from competency.queries.jp import RuleBook, rulebook
from competency.queries.ledger import YearSummary, current_summary
from competency.queries.profile import Line, Profile, profile_of
from competency.services import index
from competency.services.index_facts import facts_of, rules_of
from training.models import Programme, Session, SetAside
from training.queries.jp import for_session, scheduled
from training.queries.recommendation import Offer, Person, nearest_offers, offers_for
from training.services.button import ButtonState, states_for
from training.services.reason import Merit, Reason, reasons_of

SHOWN = 3
INDEX_STEPS = (
    "technical",
    "seminar",
)  # the other components depend on the post, which a session does not say


@dataclass(frozen=True)
class Recommendation:
    """One session to join. ``line`` is the competency for which it is advised, None where it is for none."""

    session: Session
    state: ButtonState
    line: Line | None
    leads_to: int
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Standing:
    """What the JP and the index of somebody say today. ``facts`` is None where no rule set or no index is."""

    today: date
    summary: YearSummary
    book: RuleBook
    facts: index.Facts | None
    rules: index.Rules | None

    @property
    def left(self) -> Decimal:
        """To the floor, or to the ceiling of PPPK."""
        one = self.summary
        return max(Decimal(0), one.target - one.done - one.scheduled)


def recommendations(employee: Employee, *, most: int = SHOWN) -> Sequence[Recommendation]:
    """The best first, one programme and one competency once. A constant number of statements, about twenty.

    Only what can be joined now and has something to do with the person: a free seat alone is no reason. A gap whose
    training is finished and waits for an assessment asks for nothing more. Bring the person with position, unit and
    supervisor.
    """
    now, today = timezone.now(), timezone.localdate()
    profile = profile_of(employee, today)
    lines = [line for line in (*profile.short, *profile.unknown) if line.trained_on is None]
    person = person_of(profile)
    by_line = offers_for(lines, now, person=person) if lines else {}
    offers: list[tuple[Line | None, Offer]] = [
        (line, offer) for line in lines for offer in by_line.get(line.competency.pk, ())
    ]
    offers += [(None, offer) for offer in nearest_offers(person, now)]
    sessions = [offer.session for _line, offer in offers]
    prefetch_related_objects(sessions, "meetings")  # JP by the day need them
    states = states_for(sessions, employee=employee) if sessions else {}
    standing = standing_of(employee, today)
    merits = (
        merit_of(profile, line, offer, states[offer.session.pk], standing)
        for line, offer in offers
        if states[offer.session.pk].kind == "join"
    )
    worth = sorted((merit for merit in merits if merit.is_personal), key=rank)
    chosen = islice(_different(worth), most)
    return [_advice(merit, states[merit.session.pk]) for merit in chosen]


def person_of(profile: Profile) -> Person:
    return Person(profile.employee, [one.competency.pk for one in profile.requirement.items])


def _advice(merit: Merit, state: ButtonState) -> Recommendation:
    return Recommendation(merit.session, state, merit.line, merit.leads_to, reasons_of(merit))


def rank(merit: Merit) -> tuple[object, ...]:
    """The order, the smallest first; see the head of this file."""
    absolute = bool(merit.closes and merit.line and merit.line.importance == StandardItem.Importance.ABSOLUTE)
    return (
        not merit.seats.free,
        not merit.planned,
        -merit.closes,
        not absolute,
        -merit.gain,
        -merit.useful_jp,
        merit.line is None,
        merit.session.start,
        merit.session.pk,
    )


def _different(ranked: Iterable[Merit]) -> Iterable[Merit]:
    """Each programme once and each competency once, so that three are three different things to do."""
    programmes, competencies = set(), set()
    for merit in ranked:
        about = merit.line.competency.pk if merit.line else None
        if merit.session.programme_id in programmes or about in competencies:
            continue
        programmes.add(merit.session.programme_id)
        if about is not None:
            competencies.add(about)
        yield merit


def standing_of(employee: Employee, today: date) -> Standing:
    """Ten statements; seven where no rule set of IP ASN is in force."""
    planned = scheduled(employee, today=today)
    rule = rule_on(today)
    return Standing(
        today=today,
        summary=current_summary(employee, scheduled=planned, on=today),
        book=rulebook(),
        facts=facts_of([employee], rule, today)[employee.pk] if rule else None,
        rules=rules_of(rule) if rule else None,
    )


def merit_of(
    profile: Profile, line: Line | None, offer: Offer, state: ButtonState, standing: Standing | None = None
) -> Merit:
    """What speaks for one offer. Without ``standing`` nothing is said of JP and index. No statement."""
    merit = Merit(
        session=offer.session,
        unit=profile.employee.unit,
        seats=state.seats,
        line=line,
        leads_to=offer.leads_to,
        requirement=profile.requirement,
        planned=offer.planned,
        colleagues=offer.colleagues,
    )
    return _with_figures(merit, standing) if standing else merit


def _with_figures(merit: Merit, standing: Standing) -> Merit:
    """JP count where the session ends in the present period, the index where it ends in the present year."""
    end, period = merit.session.end, standing.summary.period
    jp = for_session(merit.session, standing.book).jp
    return replace(
        merit,
        jp=jp if period.start <= end <= period.end else Decimal(0),
        left=standing.left,
        is_ceiling=standing.summary.is_ceiling,
        index=_lift(merit.session, jp, standing) if end.year == standing.today.year else None,
    )


def _lift(session: Session, jp: Decimal, standing: Standing) -> tuple[Decimal, Decimal] | None:
    """The simulation today, and as if this session were finished and nothing else had changed."""
    facts, rules, today = standing.facts, standing.rules, standing.today
    if facts is None or rules is None:
        return None
    forms = {code for name in INDEX_STEPS for code in rules.tables["forms"][name]}
    before = index.score(facts, rules, today)
    if before is None or session.programme.form.code not in forms:
        return None
    learnt = index.Learnt(session.programme.form.code, jp, today, session.title)
    after = index.score(replace(facts, learnt=[*facts.learnt, learnt]), rules, today)
    return (before.total, after.total) if after else None


@transaction.atomic
def set_aside(
    employee: Employee, programme: Programme, *, reason: str, by: User, words: str = ""
) -> SetAside:
    """Advise it no more. Said again, the newer reason stands. Raises Refusal for somebody else, and for "another
    reason" without words. The trail keeps that it was done, not why."""
    _own(employee, by)
    said = words.strip()
    if reason == SetAside.Reason.OTHER and not said:
        raise Refusal("Tulis alasannya dengan kata Anda sendiri.", code="words")
    made, _ = SetAside.objects.update_or_create(
        employee=employee,
        programme=programme,
        defaults={"reason": reason, "words": said, "at": timezone.now()},
    )
    record("recommendation.set_aside", programme, by=by)
    return made


@transaction.atomic
def bring_back(employee: Employee, programme: Programme, *, by: User) -> None:
    """Advise it again where it fits. Nothing happens if it was not set aside. Raises Refusal as set_aside does."""
    _own(employee, by)
    gone, _ = SetAside.objects.filter(employee=employee, programme=programme).delete()
    if gone:
        record("recommendation.bring_back", programme, by=by)


def _own(employee: Employee, by: User) -> None:
    if by.employee_or_none != employee:
        raise Refusal("Saran hanya dapat disisihkan oleh yang bersangkutan.", code="not_own")
