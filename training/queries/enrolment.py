"""How an enrolment's state reads: words, colour and icon in one place (PRODUCT.md, States; DESIGN.md 6.3)."""

from dataclasses import dataclass

from training.models import Enrolment, EnrolmentStatus

S = EnrolmentStatus


@dataclass(frozen=True, slots=True)
class Badge:
    words: str
    kind: str = ""
    icon: str = ""


OF_STATUS = {
    S.CONFIRMED: Badge("Terdaftar", "ok", "circle-check"),
    S.DECLINED: Badge("Ditolak", "bad", "circle-x"),
    S.UNDECIDED: Badge("Tidak diputuskan", "", "circle-x"),
    S.WITHDRAWN: Badge("Mengundurkan diri", "", "circle-x"),
    S.CANCELLED: Badge("Dibatalkan panitia", "bad", "circle-x"),
    S.COMPLETED: Badge("Selesai", "ok", "circle-check"),
    S.NOT_COMPLETED: Badge("Belum memenuhi syarat", "warn", "circle-alert"),
}


def badge_of(status: str, *, step: str = "", approver: str = "", place: int = 0) -> Badge:
    """``approver`` is the name of the supervisor whose turn it is, ``place`` the n of the queue (0: not told)."""
    if status == S.REQUESTED:
        if step == Enrolment.Step.SUPERVISOR:
            name = f" ({approver})" if approver else ""
            return Badge(f"Menunggu persetujuan atasan langsung{name}", "warn", "hourglass")
        return Badge("Menunggu verifikasi BKPSDM", "warn", "hourglass")
    if status == S.WAITING:
        return Badge(f"Daftar tunggu {place}" if place else "Daftar tunggu", "", "list-ordered")
    return OF_STATUS[S(status)]


def badge_for(enrolment: Enrolment, *, place: int = 0) -> Badge:
    """The same for a row with its approver loaded."""
    name = enrolment.approver.full_name if enrolment.approver else ""
    return badge_of(enrolment.status, step=enrolment.step, approver=name, place=place)
