"""Trainings outside the portal, handed in with a photo or PDF of the certificate; BKPSDM checks them.

Evidence for a year is taken from the person until a day of the next (figure ``evidence_days``); afterwards an officer
of BKPSDM enters it.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from asnportal.audit.models import record as audit
from asnportal.common import files
from asnportal.common.dates import format_date
from asnportal.common.errors import OwnCase, Refusal, WrongState
from asnportal.common.evidence import Evidence
from asnportal.people.models import Employee, User
from competency.models import LearningForm, LedgerLine, TrainingRecord
from competency.queries.figure import value_on
from competency.services import ledger
from competency.services.jp import Facts, Recognised
from competency.services.ledger import Earned

FOLDER = "bukti"
USUAL_DAYS = Decimal(31)


@dataclass(frozen=True)
class Claim:
    """What is printed on the certificate: ``jp`` is JP materi, both days are WITA days and included."""

    title: str
    organizer: str
    form: LearningForm
    start: date
    end: date
    jp: Decimal
    number: str = ""
    abroad: bool = False


def hand_in(employee: Employee, claim: Claim, evidence: Evidence, *, by: User) -> TrainingRecord:
    """The person hands in. Raises Refusal for somebody else's, after the last day, and for what is there already."""
    if by.employee_or_none != employee:
        raise Refusal("Bukti hanya dapat dikirim oleh yang bersangkutan.", code="not_own")
    last = last_day_for(claim.end)
    if timezone.localdate() > last:
        raise Refusal(
            f"Bukti untuk tahun {claim.end.year} diterima sampai {format_date(last)}. Mintalah BKPSDM mencatatnya.",
            code="too_late",
        )
    return _keep(employee, claim, evidence, by=by)


def enter(employee: Employee, claim: Claim, evidence: Evidence, *, by: User) -> TrainingRecord:
    """An officer enters it for somebody, whatever the day. Raises OwnCase, and Refusal as hand_in does."""
    if by.employee_or_none == employee:
        raise OwnCase
    return _keep(employee, claim, evidence, by=by)


def last_day_for(end: date) -> date:
    """Until when (WITA, the day included) evidence of a training that ended on a day is taken. One statement."""
    days = int(value_on("evidence_days", end, usual=USUAL_DAYS))
    return date(end.year, 12, 31) + timedelta(days=days)


@transaction.atomic
def _keep(employee: Employee, claim: Claim, evidence: Evidence, *, by: User) -> TrainingRecord:
    """Under the person's row, so that two taps keep one."""
    Employee.objects.select_for_update(no_key=True).only("pk").get(pk=employee.pk)
    if claim.end > timezone.localdate():
        raise Refusal("Pelatihan ini belum selesai. Kirim buktinya setelah selesai.", code="future")
    if kept := same_of(employee, claim, evidence):
        raise Refusal(f"Pelatihan ini sudah tercatat: {kept}.", code="duplicate")
    made = TrainingRecord.objects.create(
        employee=employee,
        title=claim.title,
        organizer=claim.organizer,
        form=claim.form,
        abroad=claim.abroad,
        start=claim.start,
        end=claim.end,
        year=claim.end.year,
        jp=claim.jp,
        number=claim.number,
        source=TrainingRecord.OUTSIDE,
        match_key=f"outside:{uuid.uuid4()}",
        evidence=evidence.keep(FOLDER),
        evidence_name=evidence.name,
        evidence_sha256=evidence.sha256,
    )
    audit("record.hand_in", made, by=by, after=made.status)
    return made


def same_of(employee: Employee, claim: Claim, evidence: Evidence) -> str:
    """What the person has already that is the same: number, or title and last day, or the very file; "" if nothing.

    A rejected one may be sent again. Two statements.
    """
    same = Q(title__iexact=claim.title, end=claim.end) | Q(evidence_sha256=evidence.sha256)
    line = Q(title__iexact=claim.title, day=claim.end)
    if claim.number:
        same |= Q(number__iexact=claim.number)
        line |= Q(evidence_number__iexact=claim.number)
    own = TrainingRecord.objects.filter(same, employee=employee).exclude(
        status=TrainingRecord.Status.REJECTED
    )
    if found := own.first():
        return f"{found.title} ({found.get_status_display().lower()})"
    counted = LedgerLine.objects.filter(line, employee=employee, reverses=None, reversed_by=None).first()
    return f"{counted.title}, sudah dihitung" if counted else ""


@transaction.atomic
def withdraw(record: TrainingRecord, *, by: User) -> None:
    """Take one's own back before it is checked: row and file are gone, the trail says so.

    Raises WrongState once it was decided, Refusal for somebody else's or an imported one.
    """
    locked = TrainingRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if by.employee_or_none is None or locked.employee_id != by.employee.pk:
        raise Refusal("Hanya yang mengirim yang dapat menariknya.", code="not_own")
    if locked.source != TrainingRecord.OUTSIDE:
        raise Refusal("Riwayat dari impor tidak dapat ditarik. Hubungi BKPSDM bila keliru.", code="imported")
    if locked.status != TrainingRecord.Status.WAITING:
        raise WrongState
    audit("record.withdraw", locked, by=by, before=locked.status)
    name = locked.evidence
    locked.delete()
    transaction.on_commit(lambda: files.remove(name))


@transaction.atomic
def post(record: TrainingRecord, *, by: User) -> LedgerLine:
    """The line of a verified one: JP diakui by the rule, also above the usual, because a person decided.

    Raises Refusal for a record without form, dates or JP.
    """
    earned = _earned(record)
    if earned is None:
        raise Refusal("Bentuk, tanggal, atau JP belum lengkap.", code="incomplete")
    Employee.objects.select_for_update(no_key=True).only("pk").get(pk=record.employee_id)
    line = ledger.line_of(record.employee, earned, by)
    line.source, line.record = LedgerLine.Source.OUTSIDE, record
    line.save()
    return line


def expected(record: TrainingRecord) -> Recognised | None:
    """The JP diakui that verifying would give now; None where something is missing."""
    earned = _earned(record)
    return ledger.recognised(record.employee, earned) if earned else None


def _earned(record: TrainingRecord) -> Earned | None:
    start, end = record.start or record.end, record.end
    if record.form is None or not record.jp or start is None or end is None:
        return None
    return Earned(
        source_key=f"record:{record.pk}",
        title=record.title,
        form=record.form,
        facts=Facts(Decimal(record.jp), start, end),
        organizer=record.organizer,
        abroad=record.abroad,
        evidence_number=record.number,
    )
