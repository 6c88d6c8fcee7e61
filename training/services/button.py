"""What stands where the button would be: the button, the own state, or the reason (DESIGN.md 7, Rincian pelatihan).

For any number of sessions the same few statements, so that lists, the programme page and the session page
show the same thing. The template is ``training/enrolment/_button.html``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from asnportal.people.models import Employee, User
from training.models import OPEN, Enrolment, EnrolmentStatus, Session, SessionStatus
from training.queries.eligibility import Commitment, Facts, facts_of
from training.queries.enrolment import Badge, badge_of
from training.queries.seat import SeatCounts, places_in_line, seat_counts
from training.services.approval import first_turn
from training.services.eligibility import refusal_of, warnings_of

NOT_STAFF = "Akun ini bukan akun pegawai, jadi tidak dapat mendaftar."


@dataclass(frozen=True)
class ButtonState:
    """``kind``: join (a button), own (a state), refused (a reason), visitor (sign in first).

    ``follows`` says before the tap what happens after it; ``reason`` stands where the button would be.
    """

    session_id: int
    kind: str
    seats: SeatCounts
    label: str = ""
    follows: str = ""
    reason: str = ""
    warnings: tuple[str, ...] = ()
    badge: Badge | None = None
    enrolment: UUID | None = None
    can_withdraw: bool = False
    asks_reason: bool = False

    @property
    def is_plain(self) -> bool:
        """One tap and nothing to read first."""
        return self.kind == "visitor" or (self.kind == "join" and not self.warnings)


def button_states(sessions: Sequence[Session], *, user: User | AnonymousUser) -> dict[int, ButtonState]:
    """For each session by its key. Bring sessions with their programme (and meetings, where they are shown)."""
    counts = seat_counts(sessions)
    if not isinstance(user, User):
        return {s.pk: _for_visitor(s, counts[s.pk]) for s in sessions}
    employee = _employee_of(user)
    if employee is None:
        return {s.pk: ButtonState(s.pk, "refused", counts[s.pk], reason=NOT_STAFF) for s in sessions}
    return _for_employee(sessions, employee, counts)


def states_for(sessions: Sequence[Session], *, employee: Employee) -> dict[int, ButtonState]:
    """As button_states, for a person who is already known with the supervisor."""
    return _for_employee(sessions, employee, seat_counts(sessions))


def _for_employee(
    sessions: Sequence[Session], employee: Employee, counts: dict[int, SeatCounts]
) -> dict[int, ButtonState]:
    facts = facts_of([(session, employee) for session in sessions], now=timezone.now())
    own = [fact.own for fact in facts if fact.own]
    places = places_in_line([o.id for o in own if o.status == EnrolmentStatus.WAITING]) if own else {}
    names = _approvers([o.approver_id for o in own if o.approver_id])
    return {
        f.session.pk: _own(f, f.own, counts[f.session.pk], places, names)
        if f.own
        else _to_join(f, counts[f.session.pk])
        for f in facts
    }


def _employee_of(user: User) -> Employee | None:
    return Employee.objects.select_related("supervisor", "position").filter(user=user).first()


def _approvers(keys: list[int]) -> dict[int, str]:
    return {e.pk: e.full_name for e in Employee.objects.filter(pk__in=keys)} if keys else {}


def _for_visitor(session: Session, counts: SeatCounts) -> ButtonState:
    now = timezone.now()
    opens = session.registration_opens
    if (
        session.status == SessionStatus.PUBLISHED
        and now < session.registration_ends
        and not (opens and now < opens)
    ):
        return ButtonState(session.pk, "visitor", counts)
    return ButtonState(session.pk, "refused", counts, reason=_closed_to_all(session))


def _closed_to_all(session: Session) -> str:
    """The sentence of the first condition that nobody meets."""
    nobody = Facts(
        session=session,
        employee=Employee(kind=Employee.Kind.PNS),
        now=timezone.now(),
        own=None,
        others=(),
        clashes=(),
        begins_at=None,
    )
    return refusal_of(nobody)[1]


def _own(
    facts: Facts, own: Commitment, counts: SeatCounts, places: dict[int, int], names: dict[int, str]
) -> ButtonState:
    approver = names.get(own.approver_id or 0, "")
    return ButtonState(
        facts.session.pk,
        "own",
        counts,
        badge=badge_of(own.status, step=own.step, approver=approver, place=places.get(own.id, 0)),
        enrolment=own.public_id,
        can_withdraw=own.status in OPEN and not facts.has_begun,
    )


def _to_join(facts: Facts, counts: SeatCounts) -> ButtonState:
    _code, reason = refusal_of(facts)
    warnings = tuple(warnings_of(facts))
    if reason:
        return ButtonState(facts.session.pk, "refused", counts, reason=reason)
    label, follows = _words(facts, counts)
    return ButtonState(
        facts.session.pk,
        "join",
        counts,
        label=label,
        follows=follows,
        warnings=warnings,
        asks_reason=facts.session.approval != Session.Approval.NONE,
    )


def _words(facts: Facts, counts: SeatCounts) -> tuple[str, str]:
    """The button's words and what happens after the tap."""
    if facts.session.approval == Session.Approval.NONE:
        if counts.free:
            return "Daftar", "Anda langsung terdaftar sebagai peserta."
        return (
            "Masuk daftar tunggu",
            "Semua kursi terisi. Anda mendapat nomor urut, dan kursi yang kosong diberikan menurut urutan itu.",
        )
    return (
        "Ajukan pendaftaran",
        f"Permintaan Anda mendapat nomor urut sekarang, lalu {_answered_by(facts).rstrip('.')}.",
    )


def _answered_by(facts: Facts) -> str:
    turn = first_turn(facts.session, facts.employee)
    if turn.because:
        return "dijawab BKPSDM, karena atasan langsung Anda belum tercatat"
    if turn.step == Enrolment.Step.SUPERVISOR and turn.approver:
        then = " dan BKPSDM" if facts.session.approval == Session.Approval.BOTH else ""
        return f"dijawab {turn.approver.full_name}{then}"
    return "dijawab BKPSDM"
