"""The end of a session: who was there enough passes, and the JP go to the ledger. All JP or none."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from asnportal.common.dates import format_date
from asnportal.common.errors import Refusal
from asnportal.people.models import Employee, User
from competency.queries.jp import RuleBook, rulebook
from competency.services import ledger, review
from competency.services.ledger import Earned
from training.models import ENROLMENT, SESSION, Enrolment, EnrolmentStatus, Session
from training.queries.attendance import shares
from training.queries.jp import facts_of
from training.services.attendance import must_not_be_own


@dataclass(frozen=True)
class Finished:
    """``held`` of those who passed have JP above the usual, which wait for BKPSDM before they count."""

    passed: int
    failed: int
    held: int = 0


def obstacles(session: Session) -> list[str]:
    """Why the session cannot be finished now; empty when nothing is in the way."""
    found = []
    today = timezone.localdate()
    if session.end > today:
        found.append(f"Jadwal ini berakhir {format_date(session.end)}.")
    still_open = session.meetings.filter(closed_at=None).count()
    if still_open:
        found.append(f"{still_open} pertemuan belum ditutup.")
    return found


@transaction.atomic
def finish(session: Session, *, by: User) -> Finished:
    """Close a session whose meetings are all closed; who reaches the minimum of the minutes passes.

    Raises Refusal with the obstacles, or for a session without meetings (finish_by_list).
    """
    locked = _ready(session)
    if not locked.meetings.exists():
        raise Refusal("Jadwal ini tidak punya pertemuan. Pilih siapa yang lulus.", code="no_meetings")
    people = _people(locked)
    share = shares(locked, people)
    passed = {one.pk for one in people if share[one.pk].reaches(locked.min_attendance_pct)}
    return _finish(session, locked, people, passed, by=by)


@transaction.atomic
def finish_by_list(session: Session, passed: Collection[int], *, by: User) -> Finished:
    """Close a session without meetings: the enrolments named pass, the others do not.

    Raises Refusal with the obstacles or where there are meetings, OwnCase for a participant.
    """
    locked = _ready(session)
    if locked.meetings.exists():
        raise Refusal("Jadwal ini punya pertemuan, jadi kehadiran yang menentukan.", code="has_meetings")
    must_not_be_own(locked, by)
    people = _people(locked)
    return _finish(session, locked, people, {one.pk for one in people} & set(passed), by=by)


def _ready(session: Session) -> Session:
    """Under the session's lock, with nothing in the way."""
    locked = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if found := obstacles(locked):
        raise Refusal(" ".join(found), code="not_ready")
    return locked


def _people(session: Session) -> list[Enrolment]:
    """In the order of their keys, in which people are locked everywhere."""
    confirmed = Enrolment.objects.filter(session=session, status=EnrolmentStatus.CONFIRMED)
    return list(confirmed.select_related("employee").order_by("employee_id"))


def _finish(
    session: Session, locked: Session, people: list[Enrolment], passed: set[int], *, by: User
) -> Finished:
    related = Session.objects.select_related("programme__form", "programme__provider")
    locked = related.prefetch_related("meetings").get(pk=locked.pk)
    SESSION.apply_locked(locked, "finish", by=by)
    book, now, held = rulebook(), timezone.now(), 0
    for enrolment in people:
        ENROLMENT.apply_locked(enrolment, "complete" if enrolment.pk in passed else "fail", by=by)
        enrolment.ended_at = now
        enrolment.save(update_fields=["ended_at"])
        if enrolment.pk in passed:
            held += ledger.post(enrolment.employee, earned(enrolment, locked, book), by=by) is None
    propose_reviews(locked, passed)
    session.refresh_from_db()
    return Finished(passed=len(passed), failed=len(people) - len(passed), held=held)


def propose_reviews(session: Session, passed: Collection[int]) -> None:
    """The supervisors of those who passed are asked to look again at the gaps that the programme targets."""
    aims = [
        (one.competency, one.level) for one in session.programme.competencies.select_related("competency")
    ]
    people = Employee.objects.filter(enrolments__in=list(passed)).select_related(
        "position", "supervisor__user"
    )
    review.propose_after_training(
        list(people), aims, title=session.title, day=session.end, key=f"session:{session.pk}"
    )


def earned(enrolment: Enrolment, session: Session, book: RuleBook) -> Earned:
    """What a completed enrolment hands down to the ledger; ``enrolment:<id>`` ties the line to it."""
    programme = session.programme
    return Earned(
        source_key=f"enrolment:{enrolment.pk}",
        title=programme.title,
        form=programme.form,
        facts=facts_of(session),
        organizer=str(programme.provider),
        abroad=programme.abroad,
        book=book,
    )
