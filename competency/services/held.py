"""Lines above the usual JP of their form: computed and kept, they count once BKPSDM has released them.

They wait as a record in the same list as imported trainings (PRODUCT.md, "Two figures for JP").
"""

from decimal import Decimal
from typing import Any

from asnportal.people.models import User
from competency.models import LearningForm, LedgerLine, TrainingRecord

COMPUTED = ("rule_id", "legal_basis", "explanation", "daily", "evidence_token")  # beside what a record tells


def is_above_usual(jp: Decimal, form: LearningForm) -> bool:
    """Whether a person should look before this figure counts; at the usual highest one it still does by itself."""
    return jp > form.usual_max_jp


def is_held(source_key: str) -> bool:
    """Whether the line of this cause waits, or was decided: it is never computed again."""
    return TrainingRecord.objects.filter(match_key=source_key).exists()


def hold(line: LedgerLine, *, abroad: bool) -> TrainingRecord:
    """Keep an unsaved line as a record that waits. The line as computed goes with it."""
    computed: dict[str, Any] = {name: getattr(line, name) for name in COMPUTED}
    return TrainingRecord.objects.create(
        employee_id=line.employee_id,
        title=line.title,
        organizer=line.organizer,
        form_id=line.form_id,
        abroad=abroad,
        start=line.start,
        end=line.day,
        jp=line.jp,
        number=line.evidence_number,
        source=TrainingRecord.PORTAL,
        match_key=line.source_key,
        line=computed | {"jp_material": str(line.jp_material)},
    )


def released(record: TrainingRecord, *, by: User | None) -> LedgerLine:
    """The line of a held record as it was computed, to be saved by the caller."""
    if record.end is None or record.jp is None:
        raise ValueError(record.pk)
    computed = record.line | {"jp_material": Decimal(record.line["jp_material"])}
    return LedgerLine(
        employee_id=record.employee_id,
        day=record.end,
        year=record.end.year,
        start=record.start,
        form_id=record.form_id,
        title=record.title,
        organizer=record.organizer,
        jp=record.jp,
        source=LedgerLine.Source.PORTAL,
        source_key=record.match_key,
        record=record,
        evidence_number=record.number,
        posted_by=by,
        **computed,
    )
