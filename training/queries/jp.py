"""JP diakui of programmes and sessions before anybody has finished them, and what is scheduled for a person."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from asnportal.common.dates import WITA
from asnportal.people.models import Employee
from competency.queries.jp import RuleBook, rulebook
from competency.queries.period import Period, period_on
from competency.services.jp import Facts, Recognised, recognise
from training.models import Enrolment, EnrolmentStatus, Programme, Session, SessionStatus


def for_programme(programme: Programme, book: RuleBook, *, day: date) -> Recognised:
    """By the rule of ``day``, as if it ran on as many working days as the catalogue says, one meeting each."""
    rule = book.on(day, form_id=programme.form_id, abroad=programme.abroad)
    return recognise(rule, Facts(Decimal(programme.jp), day, day, _days(day, programme.duration_days)))


def _days(first: date, count: int) -> tuple[date, ...]:
    """``count`` days, at most 22 in a month as working days are, so that caps of a month show."""
    return tuple(first + timedelta(days=n + n // 5 * 2) for n in range(count))


def for_session(session: Session, book: RuleBook) -> Recognised:
    """By the rule of the end date. Prefetch ``meetings`` and select ``programme`` for lists."""
    programme = session.programme
    rule = book.on(session.end, form_id=programme.form_id, abroad=programme.abroad)
    return recognise(rule, facts_of(session))


def facts_of(session: Session) -> Facts:
    """The session as the rules see it: its dates, the WITA day of each meeting, its JP materi."""
    days = tuple(sorted(m.starts_at.astimezone(WITA).date() for m in session.meetings.all()))
    return Facts(Decimal(session.programme.jp), session.start, session.end, days)


def scheduled(employee: Employee, *, today: date, period: Period | None = None) -> Decimal:
    """JP diakui of the confirmed trainings still to end in the period (the present one, if not given)."""
    return scheduled_of([employee], today=today, periods={employee.pk: period} if period else None)[
        employee.pk
    ]


def scheduled_of(
    employees: Iterable[Employee], *, today: date, periods: dict[int, Period] | None = None
) -> dict[int, Decimal]:
    """As scheduled, for many people by employee id, in three statements."""
    people = {person.pk: person for person in employees}
    spans = periods or {pk: period_on(person, today) for pk, person in people.items()}
    book = rulebook()
    confirmed = (
        Enrolment.objects.filter(
            employee__in=people, status=EnrolmentStatus.CONFIRMED, session__status=SessionStatus.PUBLISHED
        )
        .select_related("session__programme")
        .prefetch_related("session__meetings")
    )
    found: dict[int, Decimal] = defaultdict(Decimal)
    for enrolment in confirmed:
        span = spans[enrolment.employee_id]
        if span.start <= enrolment.session.end <= span.end:
            found[enrolment.employee_id] += for_session(enrolment.session, book).jp
    return found
