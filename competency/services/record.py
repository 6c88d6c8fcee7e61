"""What waits before it counts, imported or above the usual JP: BKPSDM verifies or rejects it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from asnportal.common.errors import OwnCase, Refusal
from asnportal.notifications.services import outbox
from asnportal.people.models import User
from competency import notices
from competency.models import RECORD, LearningForm, TrainingRecord
from competency.services import jp as figures
from competency.services import ledger, outside
from competency.services.held import is_above_usual

NO_JP = "Jumlah JP belum tercatat."
NO_DAY = "Tanggal belum tercatat."


@dataclass
class Outcome:
    """What a verb on many records did: how many went well, and why the others did not."""

    done: int = 0
    refused: list[tuple[TrainingRecord, str]] = field(default_factory=list)


def obstacles(jp: Decimal | None, day: date | None, form: LearningForm | None) -> list[str]:
    """Why a record that a file calls verified is held until a person decides; empty if nothing is odd."""
    found = [NO_JP] if not jp else []
    if day is None:
        found.append(NO_DAY)
    if jp and form and is_above_usual(jp, form):
        usual = figures.figure(form.usual_max_jp)
        found.append(f"JP di atas yang lazim untuk {form.name} ({usual} JP).")
    return found


@transaction.atomic
def verify(record: TrainingRecord, *, by: User) -> None:
    """Accept a waiting record and post its line; also above the usual JP, because a person decided.

    Raises OwnCase for one's own record, Refusal without JP or date, WrongState once it was decided.
    """
    _not_own(record, by)
    if missing := obstacles(record.jp, ledger.record_day(record), None):
        raise Refusal(" ".join(missing), code="incomplete")
    RECORD.apply(record, "verify", by=by)
    _checked(record, by, "")
    if record.source == TrainingRecord.OUTSIDE:
        outside.post(record, by=by)
    else:
        ledger.post_records([record], by=by)
    _tell(record)


@transaction.atomic
def reject(record: TrainingRecord, *, by: User, reason: str) -> None:
    """Keep a waiting record as rejected: it stays readable and never counts. Raises as verify does."""
    _not_own(record, by)
    if not reason.strip():
        raise Refusal("Tulis alasan penolakan.", code="reason_missing")
    RECORD.apply(record, "reject", by=by, note=reason)
    _checked(record, by, reason)
    _tell(record)


def verify_many(records: Iterable[TrainingRecord], *, by: User) -> Outcome:
    """Each on its own: one's own record and the incomplete are left with a reason, the others are done."""
    return _each(records, lambda record: verify(record, by=by))


def reject_many(records: Iterable[TrainingRecord], *, by: User, reason: str) -> Outcome:
    return _each(records, lambda record: reject(record, by=by, reason=reason))


def _each(records: Iterable[TrainingRecord], act: Callable[[TrainingRecord], None]) -> Outcome:
    outcome = Outcome()
    for record in records:
        try:
            act(record)
        except Refusal as refusal:
            outcome.refused.append((record, refusal.message))
        else:
            outcome.done += 1
    return outcome


def _tell(record: TrainingRecord) -> None:
    """Who handed it in or completed it hears the answer; imported rows of years ago are not announced."""
    if record.source == TrainingRecord.OUTSIDE:
        line = ledger.living_line(record)
        outbox.post(notices.record_decided(record, line, jp=figures.figure(line.jp) if line else ""))
    elif record.source == TrainingRecord.PORTAL and record.jp:
        outbox.post(notices.held_decided(record, jp=figures.figure(record.jp)))


def _not_own(record: TrainingRecord, by: User) -> None:
    own = by.employee_or_none
    if own is not None and own.pk == record.employee_id:
        raise OwnCase


def _checked(record: TrainingRecord, by: User, note: str) -> None:
    record.checked_by, record.checked_at, record.note = by, timezone.now(), note[:250]
    record.save(update_fields=["checked_by", "checked_at", "note"])
