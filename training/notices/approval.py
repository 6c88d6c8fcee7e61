"""What a supervisor is told about requests that wait for an answer (words: DESIGN.md 9.4).

Load enrolments with approver__user, employee, session__programme and session__meetings.
"""

from asnportal.common.dates import format_day_date
from asnportal.notifications.notices import Notice
from asnportal.people.models import Employee
from training.models import Enrolment
from training.notices import when
from training.notices.quote import quote
from training.queries.deadline import answer_until


def asked(enrolment: Enrolment, *, away: int = 0) -> Notice:
    """For the supervisor. away is how many others of the team learn on the same days."""
    session = enrolment.session
    text = [f"{session.title}, {session.programme.jp} JP. {when.when(session)}."]
    if enrolment.reason:
        text.append(f"Alasan yang ditulis: {quote(enrolment.reason)}")
    if away:
        text.append(f"{away} orang lain dalam tim Anda belajar pada tanggal yang sama.")
    text.append(_forwarded(enrolment))
    return Notice(
        key=f"approval-asked:{enrolment.pk}:{enrolment.step}:{_approver(enrolment).pk}",
        to=_approver(enrolment),
        subject=f"{enrolment.employee.name} memohon persetujuan untuk pelatihan {when.days(session)}",
        text=tuple(text),
        why=f"Anda atasan langsung {enrolment.employee.name}.",
        link="/persetujuan/",
        link_label="Buka permintaan",
    )


def reminded(enrolment: Enrolment) -> Notice:
    """For the supervisor, after two working days without an answer; the person is not copied."""
    session = enrolment.session
    return Notice(
        key=f"approval-reminded:{enrolment.pk}:{enrolment.step}:{_approver(enrolment).pk}",
        to=_approver(enrolment),
        subject=f"{enrolment.employee.name} masih menunggu jawaban untuk pelatihan {when.days(session)}",
        text=(f"{session.title}. {when.when(session)}.", _forwarded(enrolment)),
        why=f"Anda atasan langsung {enrolment.employee.name}.",
        link="/persetujuan/",
        link_label="Buka permintaan",
        expires_at=session.registration_closes,
    )


def _approver(enrolment: Enrolment) -> Employee:
    if enrolment.approver is None:
        raise ValueError("nobody but BKPSDM is asked")
    return enrolment.approver


def _forwarded(enrolment: Enrolment) -> str:
    last = format_day_date(answer_until(enrolment))
    return f"Tanpa jawaban sampai {last}, permintaan diteruskan ke BKPSDM."
