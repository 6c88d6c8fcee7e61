"""What a certificate is going to say, gathered from session, person and attendance before it has a number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from asnportal.common.errors import Refusal
from asnportal.common.nip import format_nip
from asnportal.people.models import Employee
from competency.models import LedgerLine
from training.models import Certificate, Enrolment, EnrolmentStatus, Guest, Session, SessionStatus
from training.queries.attendance import Share, shares
from training.services.certificate_facts import CertificateFacts, Signatory, Subject
from training.services.seal import sealer

Role = Certificate.Role
STATEMENTS = {
    Role.PARTICIPANT: "atas keikutsertaan dan kelulusannya dalam",
    Role.SPEAKER: "atas sumbangsihnya sebagai narasumber dalam",
    Role.MODERATOR: "atas sumbangsihnya sebagai moderator dalam",
}


@dataclass(frozen=True)
class Requirement:
    """One line of the checklist before issuing; ``trouble`` is '' when it is met."""

    words: str
    trouble: str = ""

    @property
    def met(self) -> bool:
        return not self.trouble


def requirements(session: Session) -> list[Requirement]:
    """What must be true of a session before any certificate is issued, in the order people read."""
    return [
        Requirement("Jadwal selesai", _not_finished(session)),
        Requirement("Jumlah JP materi sama di depan dan di belakang", _sum_trouble(session)),
        Requirement(
            "Penanda tangan tercatat",
            ""
            if session.signatory_name and session.signatory_title
            else "Isi nama dan jabatan penanda tangan.",
        ),
        Requirement("Kunci segel siap", _seal_trouble()),
    ]


def require_all(session: Session) -> None:
    """Raises Refusal with every requirement that is not met."""
    if troubles := [one.trouble for one in requirements(session) if not one.met]:
        raise Refusal(" ".join(troubles), code="not_ready")


def _not_finished(session: Session) -> str:
    if session.status == SessionStatus.FINISHED:
        return ""
    return "Tutup semua pertemuan, lalu selesaikan jadwal ini."


def _sum_trouble(session: Session) -> str:
    back = sum(subject.jp for subject in session.programme.subjects.all())
    front = session.programme.jp
    if not session.programme.subjects.all() or back == front:
        return ""
    return f"JP di daftar materi berjumlah {back}, JP materi pelatihan {front}. Samakan dahulu."


def _seal_trouble() -> str:
    try:
        sealer()
    except Refusal as refusal:
        return refusal.message
    return ""


@dataclass(frozen=True)
class SessionFacts:
    """The part of the facts that all certificates of a session share; read once for a batch."""

    session: Session
    subjects: tuple[Subject, ...]
    signatories: tuple[Signatory, ...]
    today: date


def session_facts(session: Session) -> SessionFacts:
    return SessionFacts(
        session=session,
        subjects=_subjects(session),
        signatories=_signatories(session),
        today=timezone.localdate(),
    )


def _subjects(session: Session) -> tuple[Subject, ...]:
    """As the programme lists them; a programme without a list is one subject of its own name."""
    lines = session.programme.subjects.all()
    if not lines:
        return (Subject(session.programme.title, session.programme.jp),)
    return tuple(Subject(line.title, line.jp, line.speaker) for line in lines)


def _signatories(session: Session) -> tuple[Signatory, ...]:
    first = Signatory(session.signatory_title, session.signatory_name, mark=sealer().describe())
    if not session.second_signatory_name:
        return (first,)
    return (first, Signatory(session.second_signatory_title, session.second_signatory_name))


def for_participants(session: Session, enrolments: Sequence[Enrolment]) -> dict[int, CertificateFacts]:
    """Facts by enrolment id, with JP diakui as the ledger has them. Three statements for a batch."""
    shared, share = session_facts(session), shares(session, enrolments)
    lines = {line.source_key: line for line in _lines(enrolments)}
    return {
        one.pk: _for_employee(
            shared, one.employee, share=share[one.pk], line=lines.get(f"enrolment:{one.pk}")
        )
        for one in enrolments
    }


def _lines(enrolments: Iterable[Enrolment]) -> Iterable[LedgerLine]:
    return LedgerLine.objects.filter(source_key__in=[f"enrolment:{one.pk}" for one in enrolments])


def _for_employee(
    shared: SessionFacts, employee: Employee, *, share: Share, line: LedgerLine | None
) -> CertificateFacts:
    rank = employee.rank
    return replace(
        _common(shared, Role.PARTICIPANT, employee.full_name),
        nip=format_nip(employee.nip),
        nip_label="NI PPPK" if employee.is_pppk else "NIP",
        rank=str(rank) if rank else "",
        post=str(employee.position or ""),
        unit=employee.unit.name,
        jp_recognised=_recognised(line, shared.session.programme.jp),
        legal_basis=line.legal_basis if line else "",
        record=f"Penyelenggara mencatat kehadiran {share.percent}%." if share.total else "",
    )


def _recognised(line: LedgerLine | None, printed: int) -> Decimal | None:
    return line.jp if line is not None and line.jp != printed else None


def for_guest(session: Session, guest: Guest, role: str) -> CertificateFacts:
    return replace(_common(session_facts(session), Role(role), guest.name), unit=guest.institution)


def of(certificate: Certificate) -> CertificateFacts:
    """Facts of one recipient from what is recorded now, for a corrected print. Keeps number and code."""
    session = Session.objects.select_related("programme__provider").get(pk=certificate.session_id)
    if certificate.guest is not None:
        facts = for_guest(session, certificate.guest, certificate.role)
    else:
        enrolment = people(session).get(certificates=certificate)
        facts = for_participants(session, [enrolment])[enrolment.pk]
    return replace(
        facts,
        number=certificate.number,
        check_code=certificate.check_code,
        version=certificate.version,
    )


def people(session: Session) -> QuerySet[Enrolment]:
    """Who completed the session, with all that is printed of them."""
    return (
        Enrolment.objects.filter(session=session, status=EnrolmentStatus.COMPLETED)
        .select_related("employee__unit", "employee__position", "employee__rank", "employee__user")
        .order_by("employee__name", "pk")
    )


def _common(shared: SessionFacts, role: Certificate.Role, name: str) -> CertificateFacts:
    session, programme = shared.session, shared.session.programme
    return CertificateFacts(
        number="",
        check_code="",
        name=name,
        title=programme.title,
        organiser=programme.provider.name,
        start=session.start,
        end=session.end,
        jp=programme.jp,
        subjects=shared.subjects,
        issued_on=shared.today,
        signatories=shared.signatories,
        heading=programme.certificate_kind,
        statement=STATEMENTS[role],
        venue=session.place,
        partner=str(programme.provider) if len(shared.signatories) > 1 else "",
    )
