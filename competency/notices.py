"""What people are told about assessments, plans and outside trainings (DESIGN.md 9.4).

Bring people with their account.
"""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from asnportal.common.dates import format_date
from asnportal.notifications.notices import Notice
from asnportal.people.models import Employee, User
from competency.models import Assessment, LedgerLine, Plan, PlanNote, Review, TrainingRecord, UnitNeed

WHY_SUPERVISOR = "Anda menerima pesan ini sebagai atasan langsung."
WHY_OWN = "Pesan ini tentang profil kompetensi Anda."


def review_asked(reviews: Iterable[Review]) -> Iterator[Notice]:
    """To the supervisor; one message for each person and training, or for each request."""
    told: set[str] = set()
    for review in reviews:
        supervisor = review.employee.supervisor
        key = _asked_key(review)
        if supervisor is None or key in told:
            continue
        told.add(key)
        yield Notice(
            key=key,
            to=supervisor,
            subject=f"Penilaian kompetensi diminta: {review.employee.name}",
            text=(
                _asked_words(review),
                "Nilai menurut uraian tiap level; levelnya hanya berubah oleh penilaian Anda.",
            ),
            why=WHY_SUPERVISOR,
            link=reverse("employee_profile", args=[review.employee.public_id]),
            link_label="Buka profil dan nilai",
            private=True,
        )


def _asked_key(review: Review) -> str:
    """Once per request; once per person and training, however many gaps it targets."""
    if review.source_key is None:
        return f"review-asked:{review.pk}"
    return f"review-asked:{review.source_key.rpartition(':')[0]}"


def _asked_words(review: Review) -> str:
    name = review.employee.full_name
    if review.cause == Review.Cause.REQUEST:
        return f"{name} meminta penilaian baru untuk {review.competency.name}: “{review.reason}”"
    day = f" ({format_date(review.trained_on)})" if review.trained_on else ""
    return f"{name} sudah dilatih untuk kesenjangannya{day}. {review.reason}"


def review_declined(review: Review) -> Notice:
    return Notice(
        key=f"review-declined:{review.pk}",
        to=review.employee,
        subject=f"Tidak dinilai ulang: {review.competency.name}",
        text=(f"{review.decided_by} belum menilai ulang {review.competency.name}: “{review.answer}”",),
        why=WHY_OWN,
        link=reverse("competency_detail", args=[review.competency_id]),
        link_label="Lihat kompetensi",
        private=True,
    )


def assessed(assessment: Assessment) -> Notice:
    return Notice(
        key=f"assessed:{assessment.pk}:{assessment.level}",
        to=assessment.employee,
        subject=f"Kompetensi Anda dinilai: {assessment.competency.name}",
        text=(
            f"{assessment.created_by} menilai {assessment.competency.name} Anda pada "
            f"{format_date(assessment.day)}: level {assessment.level}.",
            *((f"Catatan: “{assessment.note}”",) if assessment.note else ()),
        ),
        why=WHY_OWN,
        link=reverse("competency_detail", args=[assessment.competency_id]),
        link_label="Lihat kompetensi",
        private=True,
    )


def record_decided(record: TrainingRecord, line: LedgerLine | None, *, jp: str) -> Notice:
    """The answer to a training that the person handed in; ``line`` is what it earned, ``jp`` in words."""
    if record.status == TrainingRecord.Status.VERIFIED and line is not None:
        subject = f"Diterima, {jp} JP diakui: {record.title}"
        text = f"BKPSDM menerima bukti {record.title}. JP diakui {jp} ({line.explanation})."
    else:
        subject = f"Belum diterima: {record.title}"
        text = f"BKPSDM belum menerima bukti {record.title}: “{record.note}” Perbaiki, lalu kirim lagi."
    return Notice(
        key=f"record-decided:{record.pk}",
        to=record.employee,
        subject=subject[:200],
        text=(text,),
        why="Anda mengirim bukti pelatihan ini.",
        link=reverse("ledger"),
        link_label="Lihat riwayat",
    )


def held_decided(record: TrainingRecord, *, jp: str) -> Notice:
    """What became of JP above the usual that waited after a training in the portal; ``jp`` in words."""
    if record.status == TrainingRecord.Status.VERIFIED:
        subject = f"{jp} JP diakui: {record.title}"
        text = f"BKPSDM sudah memeriksa {jp} JP dari {record.title}. JP ini sekarang dihitung."
    else:
        subject = f"{jp} JP tidak dihitung: {record.title}"
        text = f"BKPSDM memeriksa {jp} JP dari {record.title} dan tidak menghitungnya: “{record.note}”"
    return Notice(
        key=f"held-decided:{record.pk}",
        to=record.employee,
        subject=subject[:200],
        text=(text,),
        why="Anda menyelesaikan pelatihan ini.",
        link=reverse("ledger"),
        link_label="Lihat riwayat",
    )


def plan_submitted(plan: Plan, supervisor: Employee) -> Notice:
    """To the supervisor, once for each time it is sent."""
    return Notice(
        key=f"plan-submitted:{plan.pk}:{plan.round}",
        to=supervisor,
        subject=f"Rencana {plan.year} menunggu Anda: {plan.employee.name}",
        text=(f"{plan.employee.full_name} mengajukan rencana pengembangan {plan.year}.",),
        why=WHY_SUPERVISOR,
        link=reverse("employee_plan", args=[plan.employee.public_id]) + f"?tahun={plan.year}",
        link_label="Buka rencana",
    )


def plan_decided(plan: Plan) -> Notice:
    """To the person: approved, or returned with what to change."""
    if plan.status == Plan.Status.APPROVED:
        subject, text = f"Rencana {plan.year} disetujui", f"{plan.decided_by} menyetujui rencana Anda."
    else:
        subject, text = f"Rencana {plan.year} dikembalikan", f"{plan.decided_by}: “{plan.note}”"
    return Notice(
        key=f"plan-decided:{plan.pk}:{plan.round}",
        to=plan.employee,
        subject=subject,
        text=(text,),
        why="Anda mengajukan rencana ini.",
        link=reverse("plan") + f"?tahun={plan.year}",
        link_label="Buka rencana",
        private=True,
    )


def plan_note(note: PlanNote) -> Iterator[Notice]:
    """To the other side of the dialogue."""
    employee = note.plan.employee
    is_own = note.author == employee.user
    other = employee.supervisor if is_own else employee
    if other is None:
        return
    year = f"?tahun={note.plan.year}"
    address = reverse("employee_plan", args=[employee.public_id]) if is_own else reverse("plan")
    yield Notice(
        key=f"plan-note:{note.pk}",
        to=other,
        subject=f"Catatan pada rencana {note.plan.year}: {employee.name}",
        text=(f"{note.author}: “{note.text}”",),
        why=WHY_SUPERVISOR if is_own else "Ini percakapan tentang rencana Anda.",
        link=address + year,
        link_label="Buka rencana",
        private=True,
    )


def need_sent(need: UnitNeed, officers: Iterable[User]) -> Iterator[Notice]:
    """To BKPSDM, once for each time it is sent."""
    for officer in officers:
        yield Notice(
            key=f"need-sent:{need.pk}:{need.round}:{officer.pk}",
            to=officer,
            subject=f"Kebutuhan {need.year} dari {need.unit}"[:200],
            text=(f"{need.unit} mengirim kebutuhan pengembangan kompetensi tahun {need.year}.",),
            why="Anda menerima pesan ini sebagai petugas BKPSDM.",
            link=reverse("need_detail", args=[need.pk]),
            link_label="Periksa kebutuhan",
        )


def need_decided(need: UnitNeed, officers: Iterable[User]) -> Iterator[Notice]:
    """To the office: verified, or returned with what to change."""
    if need.status == UnitNeed.Status.VERIFIED:
        subject, text = (
            f"Kebutuhan {need.year} terverifikasi",
            "BKPSDM memasukkannya ke rencana tahunan kota.",
        )
    else:
        subject, text = f"Kebutuhan {need.year} dikembalikan", f"{need.decided_by}: “{need.note}”"
    for officer in officers:
        yield Notice(
            key=f"need-decided:{need.pk}:{need.round}:{officer.pk}",
            to=officer,
            subject=f"{subject}: {need.unit}"[:200],
            text=(text,),
            why="Anda admin unit perangkat daerah ini.",
            link=f"{reverse('unit_need')}?tahun={need.year}",
            link_label="Buka kebutuhan unit",
        )
