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
BORN = {"enrolment.request", "enrolment.confirm", "enrolment.queue"}
BAD = {"enrolment.decline", "enrolment.cancel", "enrolment.fail"}


def timeline(enrolment: Enrolment) -> list[Happening]:
    """Past, present and future. Load session__programme, employee__supervisor and approver."""
    lines = AuditLine.objects.about(enrolment).filter(verb__in=WORDS)
    past = [happening for line in lines for happening in _happened(line, enrolment)]
    return [*past, *_ahead(enrolment)]


def _happened(line: AuditLine, enrolment: Enrolment) -> Iterator[Happening]:
    """A line without a state before it is the request itself, which may have led to a seat at once."""
    if not line.before and line.verb in BORN:
        yield _requested(line, enrolment)
        if line.verb != "enrolment.request":
            yield Happening(WORDS[line.verb](line), format_moment(line.at))
        return
    yield Happening(WORDS[line.verb](line), _told(line), "bad" if line.verb in BAD else "done")


def _requested(line: AuditLine, enrolment: Enrolment) -> Happening:
    by_other = enrolment.requested_by_id != enrolment.employee.user_id
    by = f", oleh {line.actor_name}" if by_other else ""
    told = _told(line)
    stop = "" if told.endswith((".”", "!”", "?”")) else "."
    line_up = f"Nomor urut {enrolment.number}{by}".removesuffix(".")  # degrees end in a full stop too
    return Happening("Permintaan diajukan", f"{told}{stop} {line_up}.")


def _told(line: AuditLine) -> str:
    return f"{format_moment(line.at)}: “{line.note}”" if line.note else format_moment(line.at)


def _ahead(enrolment: Enrolment) -> Iterator[Happening]:
    """What the enrolment waits for now and what may follow."""
    seat = Happening("Terdaftar sebagai peserta, atau daftar tunggu bila kursi penuh", state="")
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
