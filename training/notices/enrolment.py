"""What people are told about a request and a seat (words: DESIGN.md 9.4).

Load enrolments with employee__user, session__programme and session__meetings; the words about an
approval also need approver. What supervisors are told is in notices/approval.py.
"""

from collections.abc import Sequence

from asnportal.common.dates import format_day_date
from asnportal.common.ics import cancellation, invitation
from asnportal.notifications.notices import Notice
from asnportal.people.models import User
from training.models import Approval, Enrolment, EnrolmentStatus, Session
from training.notices import when
from training.notices.quote import quote
from training.queries.deadline import answer_until

# Every arrow of the workflow: which notice tells it, or why none does (a test holds the table complete).
OF_MOVE = {
    "confirm": "confirmed, decided, seat_from_queue",
    "queue": "queued, decided",
    "decline": "decided",
    "leave_undecided": "undecided",
    "withdraw": "withdrawn, withdrawn_late",
    "cancel": "cancelled; session.cancelled; none for leavers, because they get no mail",
    "complete": "none, because the certificate's own message follows",
    "fail": "none, because nothing is asked of the person; the page of the enrolment says what was missing",
}

OWN_REQUEST = "Anda mengajukan pendaftaran ini."
OWN_SEAT = "Anda terdaftar sebagai peserta."
SEE_SESSION = "Lihat jadwal"


def received(enrolment: Enrolment) -> Notice:
    """The request has come in and waits for an approval."""
    session = enrolment.session
    return _told(
        enrolment,
        "enrolment-received",
        subject=f"Permintaan Anda diterima: {when.title(session)}, {when.days(session)}",
        text=(
            f"Permintaan Anda untuk {session.title} sudah tercatat dengan nomor urut {enrolment.number}. "
            f"{when.when(session)}.",
            f"{_asked(enrolment)} menjawab paling lambat {format_day_date(answer_until(enrolment))}. "
            "Anda tidak perlu melakukan apa pun; jawabannya kami kabarkan.",
        ),
    )


def confirmed(enrolment: Enrolment) -> Notice:
    """A seat at once, in a session without approval."""
    session = enrolment.session
    return _told(
        enrolment,
        "enrolment-confirmed",
        subject=f"Anda terdaftar: {when.title(session)}, {when.days(session)}",
        text=(f"Anda terdaftar sebagai peserta {session.title}.", *_seat_words(session)),
        why=OWN_SEAT,
        calendar=invitation(when.events(session)),
    )


def queued(enrolment: Enrolment, *, place: int) -> Notice:
    """All approvals are given, no seat is free. place counts those whose approvals are complete."""
    session = enrolment.session
    return _told(
        enrolment,
        "enrolment-queued",
        subject=f"Daftar tunggu nomor {place}: {when.title(session)}, {when.days(session)}",
        text=_queue_words(session, place),
    )


def decided(
    enrolment: Enrolment, approval: Approval, *, place: int = 0, alternatives: Sequence[Session] = ()
) -> Notice:
    """The answer of one step: a seat, the queue (place), the next step, or a refusal with other dates."""
    key = f"enrolment-decided:{enrolment.pk}:{approval.step}"
    if enrolment.status == EnrolmentStatus.DECLINED:
        return _declined(enrolment, approval, key, alternatives)
    session = enrolment.session
    thanks = f"{approval.by} menyetujui permintaan Anda untuk {session.title}."
    if enrolment.status == EnrolmentStatus.CONFIRMED:
        return _told(
            enrolment,
            key,
            subject=f"Anda terdaftar: {when.title(session)}, {when.days(session)}",
            text=(thanks, *_seat_words(session)),
            calendar=invitation(when.events(session)),
        )
    if enrolment.status == EnrolmentStatus.WAITING:
        return _told(
            enrolment,
            key,
            subject=f"Disetujui, daftar tunggu nomor {place}: {when.title(session)}",
            text=(thanks, *_queue_words(session, place)),
        )
    return _told(
        enrolment,
        key,
        subject=f"Disetujui atasan, menunggu verifikasi BKPSDM: {when.title(session)}",
        text=(
            thanks,
            f"BKPSDM menjawab paling lambat {format_day_date(answer_until(enrolment))}. "
            f"Nomor urut Anda tetap {enrolment.number}.",
        ),
    )


def seat_from_queue(enrolment: Enrolment) -> Notice:
    """A seat became free and this person is next."""
    session = enrolment.session
    return _told(
        enrolment,
        "enrolment-seat-from-queue",
        subject=f"Anda terdaftar dari daftar tunggu: {when.title(session)}, {when.days(session)}",
        text=(
            f"Ada kursi yang kosong, dan Anda berikutnya dalam daftar tunggu. "
            f"Anda terdaftar sebagai peserta {session.title}.",
            *_seat_words(session),
        ),
        calendar=invitation(when.events(session)),
    )


def escalated(enrolment: Enrolment) -> Notice:
    """The open step went to BKPSDM; escalated_because says why."""
    session = enrolment.session
    because = enrolment.escalated_because or "belum ada jawaban dari atasan"
    return _told(
        enrolment,
        "enrolment-escalated",
        subject=f"Permintaan Anda diteruskan ke BKPSDM: {when.title(session)}",
        text=(
            f"Permintaan Anda untuk {session.title} diteruskan ke BKPSDM ({because.rstrip('.')}).",
            f"Nomor urut Anda tetap {enrolment.number}. Anda tidak perlu mengajukan lagi.",
        ),
    )


def undecided(enrolment: Enrolment) -> Notice:
    """The session started before the request was answered or a seat became free."""
    session = enrolment.session
    return _told(
        enrolment,
        "enrolment-undecided",
        subject=f"Permintaan Anda belum sempat diputuskan: {when.title(session)}",
        text=(
            f"{session.title} sudah dimulai, sedangkan permintaan Anda belum diputuskan atau masih dalam "
            "daftar tunggu. Permintaan ini kami tutup.",
            "Jadwal berikutnya ada di katalog; Anda boleh mengajukan lagi kapan saja.",
        ),
        link=f"/katalog/{session.programme.slug}/",
        link_label="Lihat jadwal lain",
    )


def withdrawn(enrolment: Enrolment) -> Notice:
    """The person withdrew (or BKPSDM did it for them); takes the dates out of the calendar."""
    session = enrolment.session
    had_seat = enrolment.confirmed_at is not None
    return _told(
        enrolment,
        "enrolment-withdrawn",
        subject=f"Anda mengundurkan diri: {when.title(session)}, {when.days(session)}",
        text=(
            f"Anda tidak lagi terdaftar di {session.title}. "
            + (
                "Kursinya kami berikan kepada rekan berikutnya."
                if had_seat
                else "Permintaan Anda kami tutup."
            ),
        ),
        why="Anda mengundurkan diri dari jadwal ini.",
        calendar=cancellation(when.events(session)) if had_seat else "",
    )


def withdrawn_late(enrolment: Enrolment, *, officer: User) -> Notice:
    """For BKPSDM: somebody withdrew after registration had closed."""
    session = enrolment.session
    return Notice(
        key=f"enrolment-withdrawn-late:{enrolment.pk}:{officer.pk}",
        to=officer,
        subject=f"Mengundurkan diri setelah pendaftaran ditutup: {enrolment.employee.name}",
        text=(
            f"{enrolment.employee} ({enrolment.employee.unit}) mengundurkan diri dari {session.title}, "
            f"{when.when(session)}.",
            f"Alasan: {quote(enrolment.ended_reason or 'tidak disebutkan')}",
        ),
        why="Anda petugas BKPSDM.",
        link=f"/kelola/jadwal/{session.pk}/",
        link_label="Lihat peserta",
    )


def cancelled(enrolment: Enrolment) -> Notice:
    """The organisers ended this one enrolment; ended_reason says why."""
    session = enrolment.session
    return _told(
        enrolment,
        "enrolment-cancelled",
        subject=f"Pendaftaran Anda dibatalkan panitia: {when.title(session)}, {when.days(session)}",
        text=(
            f"Panitia membatalkan pendaftaran Anda di {session.title}, {when.when(session)}.",
            f"Alasannya: {quote(enrolment.ended_reason)}",
        ),
        calendar=cancellation(when.events(session)) if enrolment.confirmed_at else "",
    )


def _told(enrolment: Enrolment, key: str, **words: object) -> Notice:
    session = enrolment.session
    fields: dict[str, object] = {
        "key": key if ":" in key else f"{key}:{enrolment.pk}",
        "to": enrolment.employee,
        "why": OWN_REQUEST,
        "link": f"/jadwal/{session.pk}/",
        "link_label": SEE_SESSION,
    }
    return Notice(**(fields | words))  # type: ignore[arg-type]


def _declined(enrolment: Enrolment, approval: Approval, key: str, alternatives: Sequence[Session]) -> Notice:
    session = enrolment.session
    who = "Atasan Anda" if approval.step == Enrolment.Step.SUPERVISOR else "BKPSDM"
    text = [f"{who} ({approval.by}) belum dapat menyetujui permintaan Anda untuk {session.title}."]
    if approval.note:
        text.append(f"Alasannya: {quote(approval.note)}")
    if alternatives:
        others = "; ".join(
            f"{when.day_span(other.start, other.end)} ({other.free_seats} kursi)" for other in alternatives
        )
        text.append(f"Jadwal lain yang masih terbuka: {others}.")
    return _told(
        enrolment,
        key,
        subject=f"Tentang permintaan Anda untuk {when.days(session)}",
        text=tuple(text),
        link=f"/katalog/{session.programme.slug}/",
        link_label="Pilih jadwal lain" if alternatives else "Lihat pelatihan",
    )


def _seat_words(session: Session) -> tuple[str, ...]:
    attached = " Undangan kalender terlampir." if session.meetings.all() else ""
    notes = (session.notes,) if session.notes else ()
    return (
        f"{when.when(session)}.{attached}",
        *when.schedule(session),
        *notes,
        "Berhalangan? Undurkan diri secepatnya supaya rekan lain bisa ikut.",
    )


def _queue_words(session: Session, place: int) -> tuple[str, ...]:
    return (
        f"Semua kursi {session.title} sudah terisi. Anda nomor {place} dalam daftar tunggu. "
        f"{when.when(session)}.",
        "Begitu ada kursi kosong dan giliran Anda tiba, Anda terdaftar dengan sendirinya dan kami kabari.",
    )


def _asked(enrolment: Enrolment) -> str:
    if enrolment.step == Enrolment.Step.SUPERVISOR and enrolment.approver is not None:
        return str(enrolment.approver)
    return "BKPSDM"
