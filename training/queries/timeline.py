"""The story of one enrolment: what happened, who did it and when, and what comes next (PRODUCT.md, rule 4)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from asnportal.audit.models import AuditLine
from asnportal.common.dates import format_day_date, format_moment
from training.models import Enrolment, EnrolmentStatus
from training.queries.deadline import answer_until
from training.queries.seat import place_in_line

Step = Enrolment.Step


@dataclass(frozen=True, slots=True)
class Happening:
    """One step: ``state`` is done, now, bad or '' (still to come)."""

    title: str
    text: str = ""
    state: str = "done"


WORDS: dict[str, Callable[[AuditLine], str]] = {
    "enrolment.request": lambda line: "Permintaan diajukan",
    "enrolment.approve": lambda line: f"Disetujui {line.actor_name}",
    "enrolment.decline": lambda line: f"Ditolak {line.actor_name}",
    "enrolment.escalate": lambda line: "Diteruskan ke BKPSDM",
    "enrolment.reroute": lambda line: f"Dialihkan ke {line.after}",
    "enrolment.queue": lambda line: "Masuk daftar tunggu",
    "enrolment.confirm": lambda line: "Terdaftar sebagai peserta",
    "enrolment.leave_undecided": lambda line: "Tidak diputuskan",
    "enrolment.withdraw": lambda line: "Mengundurkan diri",
    "enrolment.cancel": lambda line: "Dibatalkan panitia",
    "enrolment.complete": lambda line: "Selesai",
    "enrolment.fail": lambda line: "Belum memenuhi syarat",
}
BAD = {"enrolment.decline", "enrolment.cancel", "enrolment.fail"}


def timeline(enrolment: Enrolment) -> list[Happening]:
    """Past, present and future. Load session__programme, employee__supervisor and approver."""
    lines = AuditLine.objects.about(enrolment).filter(verb__in=WORDS)
    return [*(_happened(line, enrolment) for line in lines), *_ahead(enrolment)]


def _happened(line: AuditLine, enrolment: Enrolment) -> Happening:
    text = format_moment(line.at)
    if line.verb == "enrolment.request":
        text = f"{text}, nomor urut {enrolment.number}"
        if enrolment.requested_by_id != enrolment.employee.user_id:
            text = f"{text}, oleh {line.actor_name}"
    if line.note:
        text = f"{text}: “{line.note}”"
    return Happening(WORDS[line.verb](line), text, "bad" if line.verb in BAD else "done")


def _ahead(enrolment: Enrolment) -> Iterator[Happening]:
    """What the enrolment waits for now and what may follow."""
    seat = Happening("Kursi bila tersedia, bila tidak daftar tunggu", state="")
    match enrolment.status:
        case EnrolmentStatus.REQUESTED:
            yield _asked(enrolment)
            if enrolment.step == Step.SUPERVISOR and enrolment.session.approval == "both":
                yield Happening("Verifikasi BKPSDM", state="")
            yield seat
        case EnrolmentStatus.WAITING:
            place = place_in_line(enrolment)
            words = "Begitu ada kursi kosong dan giliran Anda tiba, Anda terdaftar dengan sendirinya."
            yield Happening(f"Daftar tunggu nomor {place}", words, "now")


def _asked(enrolment: Enrolment) -> Happening:
    if enrolment.step == Step.SUPERVISOR and enrolment.approver:
        last = format_day_date(answer_until(enrolment))
        text = f"Bila belum dijawab sampai {last}, permintaan diteruskan ke BKPSDM."
        return Happening(f"Menunggu persetujuan atasan langsung: {enrolment.approver}", text, "now")
    return Happening("Menunggu verifikasi BKPSDM", enrolment.escalated_because, "now")
