"""What participants are told about their session: it changed, it is cancelled, the organisers write.

Load enrolments with employee__user, session__programme and session__meetings.
"""

from collections.abc import Sequence

from asnportal.common.ics import cancellation, invitation
from asnportal.notifications.notices import Notice
from training.models import Enrolment, EnrolmentStatus
from training.notices import when
from training.notices.quote import quote

WHY = "Anda terdaftar atau mengajukan pendaftaran di jadwal ini."


def changed(enrolment: Enrolment, *, changes: Sequence[str]) -> Notice:
    """Days, hours or place changed. changes are sentences, old and new ("Tempat: Aula → Gedung B.")."""
    session = enrolment.session
    has_seat = enrolment.status == EnrolmentStatus.CONFIRMED
    attached = " Undangan kalender yang baru terlampir." if has_seat and session.meetings.all() else ""
    return Notice(
        key=f"session-changed:{session.pk}:{session.version}:{enrolment.pk}",
        to=enrolment.employee,
        subject=f"Jadwal berubah: {when.title(session)}, {when.days(session)}",
        text=(
            f"Ada perubahan pada jadwal {session.title}.",
            *changes,
            f"Sekarang: {when.when(session)}.{attached}",
            *when.schedule(session),
        ),
        why=WHY,
        link=f"/jadwal/{session.pk}/",
        link_label="Lihat jadwal",
        calendar=invitation(when.events(session)) if has_seat else "",
    )


def cancelled(enrolment: Enrolment) -> Notice:
    """The session does not take place; cancel_reason says why."""
    session = enrolment.session
    reason = (f"Alasannya: {quote(session.cancel_reason)}",) if session.cancel_reason else ()
    return Notice(
        key=f"session-cancelled:{enrolment.pk}",
        to=enrolment.employee,
        subject=f"Dibatalkan: {when.title(session)}, {when.days(session)}",
        text=(
            f"{session.title} pada {when.full_days(session)} dibatalkan panitia.",
            *reason,
            "Mohon maaf atas perubahan ini. Jadwal lain dapat Anda pilih di katalog.",
        ),
        why=WHY,
        link=f"/katalog/{session.programme.slug}/",
        link_label="Lihat jadwal lain",
        calendar=cancellation(when.events(session)) if enrolment.confirmed_at else "",
    )


def message(enrolment: Enrolment, *, subject: str, text: str, number: str) -> Notice:
    """The organisers' own words to everybody in the session; number tells this message from the next one."""
    session = enrolment.session
    return Notice(
        key=f"session-message:{session.pk}:{number}:{enrolment.employee_id}",
        to=enrolment.employee,
        subject=subject,
        text=(
            *(paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()),
            f"Tentang: {session.title}, {when.when(session)}.",
        ),
        why=f"Panitia menulis kepada peserta {when.title(session)}.",
        link=f"/jadwal/{session.pk}/",
        link_label="Lihat jadwal",
    )
