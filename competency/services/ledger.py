"""The JP ledger: lines are posted and reversed, never changed. One line per training and person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from django.db import transaction
from django.db.models import Q

from asnportal.audit.models import record as audit
from asnportal.audit.models import record_many as audit_many
from asnportal.common.errors import OwnCase, Refusal
from asnportal.people.models import Employee, User
from competency.models import JpRule, LearningForm, LedgerLine, TrainingRecord
from competency.queries.jp import RuleBook, rulebook
from competency.services import held, jp
from competency.services.jp import Facts, Recognised, Used

UPDATED = "Catatan riwayat diperbarui"
TOLD = ("day", "jp", "title", "form_id")  # of a line: what a record must still say for it to stay


@dataclass(frozen=True)
class Earned:
    """A finished training as it is handed down. ``source_key`` names its cause once ("enrolment:17")."""

    source_key: str
    title: str
    form: LearningForm
    facts: Facts
    organizer: str = ""
    abroad: bool = False
    evidence_number: str = ""
    evidence_token: str = ""
    book: RuleBook = field(default_factory=rulebook)


@transaction.atomic
def post(employee: Employee, earned: Earned, *, by: User | None) -> LedgerLine | None:
    """One line with the JP diakui by the rule of the end date. The same ``source_key`` gives the same line again.

    None where the figure is above the usual one of its form: then the line waits in BKPSDM's list of records.
    Waits for the person's row, because caps look at the person's other lines.
    """
    Employee.objects.select_for_update(no_key=True).only("pk").get(pk=employee.pk)
    kept: LedgerLine | None = LedgerLine.objects.filter(source_key=earned.source_key).first()
    if kept:
        return kept
    line = line_of(employee, earned, by)
    if not held.is_above_usual(line.jp, earned.form):
        line.save()
        return line
    if not held.is_held(earned.source_key):
        held.hold(line, abroad=earned.abroad)
    return None


def line_of(employee: Employee, earned: Earned, by: User | None) -> LedgerLine:
    """The line as it would be kept now, not saved."""
    found = recognised(employee, earned)
    return LedgerLine(
        employee=employee,
        day=earned.facts.end,
        year=earned.facts.end.year,
        start=earned.facts.start,
        form=earned.form,
        title=earned.title[:250],
        organizer=earned.organizer[:200],
        jp_material=earned.facts.jp_material,
        jp=found.jp,
        rule=found.rule,
        legal_basis=found.legal_basis,
        explanation=found.explanation[:300],
        daily={day.isoformat(): str(value.quantize(jp.CENT)) for day, value in found.by_day.items()},
        source=LedgerLine.Source.PORTAL,
        source_key=earned.source_key,
        evidence_number=earned.evidence_number,
        evidence_token=earned.evidence_token,
        posted_by=by,
    )


def recognised(employee: Employee, earned: Earned) -> Recognised:
    """What ``post`` would write for this person now."""
    rule = earned.book.on(earned.facts.end, form_id=earned.form.pk, abroad=earned.abroad)
    capped = rule is not None and rule.cap is not None
    used = _used(employee, earned.form, earned.facts, rule) if rule and capped else jp.NOTHING_USED
    return jp.recognise(rule, earned.facts, used=used)


def _used(employee: Employee, form: LearningForm, facts: Facts, rule: JpRule) -> Used:
    """JP and times that living lines of the same form already took in the days and months of ``facts``."""
    days = (*facts.days, *facts.claimed, facts.start, facts.end)
    first, last = min(days).replace(day=1), _month_end(max(days))
    lines = LedgerLine.objects.filter(
        Q(start__lte=last) | Q(start=None), employee=employee, form=form, day__gte=first
    ).filter(reverses=None, reversed_by=None)
    taken: dict[date, Decimal] = defaultdict(Decimal)
    times: dict[tuple[int, int], int] = defaultdict(int)
    for line in lines:
        daily = _daily(line)
        for day, value in daily.items():
            taken[day] += value
        for month in {(day.year, day.month) for day in daily}:
            inside = sum(v for day, v in daily.items() if (day.year, day.month) == month)
            times[month] += ceil(inside / rule.figure)
    return Used(taken, times)


def _daily(line: LedgerLine) -> dict[date, Decimal]:
    """The JP of each day of a line; an imported one, whose days are not known, is spread evenly."""
    if line.daily:
        return {date.fromisoformat(day): Decimal(value) for day, value in line.daily.items()}
    days = Facts(line.jp, line.start or line.day, line.day).days
    return {day: line.jp / len(days) for day in days}


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@transaction.atomic
def reverse(line: LedgerLine, *, by: User, reason: str) -> LedgerLine:
    """Take a line back with one of the same amount below zero; both stay to be read.

    Raises OwnCase for one's own line, Refusal for a line that is a reversal or already reversed.
    """
    if by.employee_or_none == line.employee:
        raise OwnCase
    return _reverse(line, by=by, reason=reason)


def _reverse(line: LedgerLine, *, by: User | None, reason: str) -> LedgerLine:
    Employee.objects.select_for_update(no_key=True).only("pk").get(pk=line.employee_id)
    if line.reverses_id or LedgerLine.objects.filter(reverses=line).exists():
        raise Refusal("Baris ini sudah dibatalkan.", code="reversed")
    reversal = _reversal(line, by=by, reason=reason)
    reversal.save()
    audit("ledger.reverse", line, by=by, note=reason)
    return reversal


def _reversal(line: LedgerLine, *, by: User | None, reason: str) -> LedgerLine:
    return LedgerLine(
        employee_id=line.employee_id,
        day=line.day,
        year=line.year,
        start=line.start,
        form_id=line.form_id,
        title=line.title,
        organizer=line.organizer,
        jp_material=None,
        jp=-line.jp,
        rule_id=line.rule_id,
        legal_basis=line.legal_basis,
        explanation=f"Pembatalan: {reason}"[:300],
        source=line.source,
        source_key=f"reverse:{line.pk}",
        record_id=line.record_id,
        reverses=line,
        posted_by=by,
    )


@transaction.atomic
def post_records(records: Sequence[TrainingRecord], *, by: User | None) -> int:
    """Lines for verified records, as recorded or as held, in two statements; gives the number of lines.

    A record without JP or date, or not verified, gets none. Records that have a line keep it.
    """
    book = rulebook()
    lines = [_record_line(record, f"record:{record.pk}", book, by) for record in records if _counts(record)]
    LedgerLine.objects.bulk_create(lines, ignore_conflicts=True, batch_size=500)
    return len(lines)


def post_record(record: TrainingRecord, *, by: User | None) -> LedgerLine | None:
    """As post_records, for one."""
    post_records([record], by=by)
    return living_line(record)


def sync_record(record: TrainingRecord, *, by: User | None) -> LedgerLine | None:
    """As sync_records, for one; gives the line that counts now."""
    sync_records([record], by=by)
    return living_line(record)


@transaction.atomic
def sync_records(records: Sequence[TrainingRecord], *, by: User | None) -> None:
    """Bring the ledger in line with records that changed: reverse what no longer fits, post what is true now.

    Nine statements at most for every 1,000 records.
    """
    for start in range(0, len(records), 1000):
        _sync(records[start : start + 1000], by=by)


def _sync(records: Sequence[TrainingRecord], *, by: User | None) -> None:
    people = sorted({one.employee_id for one in records})
    list(Employee.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk"))
    posted: dict[int, list[LedgerLine]] = defaultdict(list)
    for line in LedgerLine.objects.filter(record__in=records, reverses=None).select_related("reversed_by"):
        posted[line.record_id or 0].append(line)
    book, wanted, gone = rulebook(), [], []
    for one in records:
        lines = posted[one.pk]
        living = next((line for line in lines if not hasattr(line, "reversed_by")), None)
        key = f"record:{one.pk}:{len(lines) + 1}" if lines else f"record:{one.pk}"
        line = _record_line(one, key, book, by) if _counts(one) else None
        if living and line and all(getattr(living, name) == getattr(line, name) for name in TOLD):
            continue
        gone += [living] if living else []
        wanted += [line] if line else []
    LedgerLine.objects.bulk_create([_reversal(line, by=by, reason=UPDATED) for line in gone], batch_size=500)
    audit_many("ledger.reverse", gone, by=by, note=UPDATED)
    LedgerLine.objects.bulk_create(wanted, batch_size=500)


def _counts(record: TrainingRecord) -> bool:
    return bool(record.status == TrainingRecord.Status.VERIFIED and record.jp and record_day(record))


def living_line(record: TrainingRecord) -> LedgerLine | None:
    """The line of a record that has not been reversed."""
    return LedgerLine.objects.filter(record=record, reverses=None, reversed_by=None).first()


def record_day(record: TrainingRecord) -> date | None:
    """The day on which a record counts: its last one, else the last day of its year."""
    if day := record.end or record.start:
        return day
    return date(record.year, 12, 31) if record.year else None


def _record_line(record: TrainingRecord, key: str, book: RuleBook, by: User | None) -> LedgerLine:
    day = record_day(record) or date.min
    if record.line:
        return held.released(record, by=by)
    amount = Decimal(record.jp or 0)
    by_rule = _by_rule(record, book)
    words = "sesuai catatan"
    if by_rule and by_rule.jp != amount:
        words += f"; menurut aturan {jp.figure(by_rule.jp)} JP ({by_rule.explanation})"
    return LedgerLine(
        employee_id=record.employee_id,
        day=day,
        year=day.year,
        start=record.start,
        form_id=record.form_id,
        title=record.title,
        organizer=record.organizer,
        jp_material=amount,
        jp=amount,
        rule=by_rule.rule if by_rule else None,
        legal_basis=by_rule.legal_basis if by_rule else "",
        explanation=words[:300],
        source=LedgerLine.Source.IMPORT,
        source_key=key,
        record=record,
        evidence_number=record.number,
        posted_by=by,
    )


def _by_rule(record: TrainingRecord, book: RuleBook) -> Recognised | None:
    """What the rule would give for a record, where that can be told."""
    day = record_day(record)
    if record.form_id is None or day is None or not record.jp:
        return None
    rule = book.on(day, form_id=record.form_id, abroad=record.abroad)
    start = record.start or day
    return jp.recognise(rule, Facts(Decimal(record.jp), min(start, day), day)) if rule else None
