"""The import of training history: every row becomes a record, verified ones post a ledger line as recorded."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from asnportal.audit.models import record as audit
from asnportal.common.errors import Refusal
from asnportal.common.intake import Outcome, Report, RowProblem, RowResult
from asnportal.common.sheets import HistoryReader, Problem, Table, Training
from asnportal.people.models import Employee, User
from competency.models import LearningForm, TrainingRecord
from competency.services import ledger
from competency.services.dictionary import form_names
from competency.services.record import obstacles

Status = TrainingRecord.Status
UPDATED_FIELDS = (
    "title",
    "organizer",
    "form",
    "form_name",
    "start",
    "end",
    "year",
    "jp",
    "number",
    "programme_code",
    "status",
    "note",
)
WATCHED = (*(name for name in UPDATED_FIELDS if name != "form"), "form_id", "checked_at")
CHANGED_MEANWHILE = "Riwayat pelatihan berubah selama impor berjalan. Jalankan impor sekali lagi."
WAITS = "Menunggu verifikasi BKPSDM."
OWN = "Riwayat Anda sendiri menunggu verifikasi petugas lain."
KEPT = "Catatan ini sudah terverifikasi, jadi tidak diubah."
_SIGNS = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class HistoryDecisions:
    """``status`` is what rows without a status become (``--status``). ``may_verify`` is False for an importer who
    verifies nothing (P44), ``own`` is the importer's own NIP: nobody verifies himself, by no file."""

    status: str = Status.WAITING
    may_verify: bool = True
    own: str = ""

    def restriction(self, nip: str) -> str:
        """Why a row of this person can only wait; "" when it may be recorded as the file says."""
        if nip and nip == self.own:
            return OWN
        return "" if self.may_verify else WAITS


@dataclass
class HistoryPlan:
    """What writing would do; ``fresh`` and ``changed`` are unsaved records, ``before`` what these held when read."""

    report: Report
    fresh: list[TrainingRecord] = field(default_factory=list)
    changed: list[TrainingRecord] = field(default_factory=list)
    before: dict[int, tuple[Any, ...]] = field(default_factory=dict)


def match_key(nip: str, training: Training) -> str:
    """One training of one person: by certificate number, else by title and end date (DOMAIN 3.4)."""
    number = _bare(training.number)
    return f"{nip}:n:{number}"[:200] if len(number) >= 4 else title_key(nip, training)


def title_key(nip: str, one: Training | TrainingRecord) -> str:
    return f"{nip}:t:{_bare(one.title)[:120]}:{one.end or one.year or ''}"[:200]


def _bare(text: str) -> str:
    return _SIGNS.sub("", text.casefold())


@dataclass
class Kept:
    """The records of the people of a file, by both keys: a number may come with a later file only."""

    by_key: dict[str, TrainingRecord] = field(default_factory=dict)
    by_title: dict[str, TrainingRecord] = field(default_factory=dict)

    def find(self, nip: str, row: Training) -> TrainingRecord | None:
        found = self.by_key.get(match_key(nip, row))
        if found is not None:
            return found
        alike = self.by_title.get(title_key(nip, row))
        if alike and alike.number and row.number and _bare(alike.number) != _bare(row.number):
            return None
        return alike


class Examiner:
    def __init__(self, *, decisions: HistoryDecisions, scope: frozenset[int] | None) -> None:
        self.decisions = decisions
        self.scope = scope
        self.forms = form_names()
        self.first_rows: dict[str, int] = {}

    def examine(self, table: Table, *, today: date) -> HistoryPlan:
        rows = list(HistoryReader(table, today=today))
        people = _people(row.nip.number for row in rows if row.nip)
        kept = _records(people)
        plan = HistoryPlan(Report(table.filename, ignored_columns=table.ignored_columns))
        heading = table.heading_of("nip") or "NIP"
        for row in rows:
            plan.report.rows.append(self._row(row, plan, people, kept, heading))
        return plan

    def _row(
        self,
        row: Training,
        plan: HistoryPlan,
        people: Mapping[str, Employee],
        kept: Kept,
        heading: str,
    ) -> RowResult:
        nip = row.nip.number if row.nip else row.nip_text
        employee = people.get(nip)
        problems = [_problem(p) for p in row.problems]
        if row.nip and employee is None:
            message = "NIP belum terdaftar. Impor data pegawainya lebih dahulu."
            problems.append(RowProblem(heading, "nip_unknown", message))
        elif employee and self.scope is not None and employee.unit_id not in self.scope:
            problems.append(RowProblem(heading, "other_unit", "Pegawai bukan dari unit Anda."))
        key = match_key(nip, row)
        first = self.first_rows.setdefault(key, row.row)
        if not problems and first != row.row:
            problems.append(RowProblem("", "repeated", f"Pelatihan yang sama dengan baris {first}."))
        if problems or employee is None:
            return RowResult(row.row, nip, Outcome.REJECTED, self._values(row, ""), tuple(problems))
        outcome, status, notes = self._merged(row, employee, key, plan, kept.find(nip, row))
        warnings = (*(_problem(p) for p in row.warnings), *notes)
        return RowResult(row.row, nip, outcome, self._values(row, status), warnings)

    def _merged(
        self, row: Training, employee: Employee, key: str, plan: HistoryPlan, existing: TrainingRecord | None
    ) -> tuple[Outcome, str, list[RowProblem]]:
        restriction = self.decisions.restriction(employee.nip)
        if restriction and existing is not None and existing.status == Status.VERIFIED:
            return Outcome.UNCHANGED, existing.status, [RowProblem("", "kept", KEPT)]
        record, note = self._record(row, employee, key, restriction)
        told = row.status is not None or existing is None
        outcome = _merge(record, existing, plan, told=told)
        status = record.status if existing is None else existing.status
        return outcome, status, [RowProblem("", "waits", note)] if note and status == Status.WAITING else []

    def _record(
        self, row: Training, employee: Employee, key: str, restriction: str
    ) -> tuple[TrainingRecord, str]:
        """The record as the file tells it, and why it waits where the file says it is decided."""
        form = self.form_of(row)
        status = row.status or self.decisions.status
        held = obstacles(row.jp, row.end or _year_end(row.year), form) if status == Status.VERIFIED else []
        note = restriction if status != Status.WAITING else ""
        if held:
            note = f"{' '.join(held)} Menunggu verifikasi."
        if note:
            status = Status.WAITING
        record = TrainingRecord(
            employee=employee,
            title=row.title[:250],
            organizer=row.organizer,
            form=form,
            form_name=row.form,
            start=row.start,
            end=row.end,
            year=row.year,
            jp=row.jp,
            number=row.number,
            programme_code=row.programme,
            status=status,
            match_key=key,
            note=" ".join(held)[:250],
        )
        return record, note

    def form_of(self, row: Training) -> LearningForm | None:
        """By the form's name, else by the words a title begins with (Webinar …, Bimbingan Teknis …)."""
        named = self.forms.get(row.form.casefold())
        if named or row.form:
            return named
        title = row.title.casefold()
        return next(
            (form for name, form in self.forms.items() if len(name) > 5 and title.startswith(name)), None
        )

    @staticmethod
    def _values(row: Training, status: str) -> dict[str, Any]:
        return {
            "title": row.title,
            "organizer": row.organizer,
            "form": row.form,
            "start": row.start.isoformat() if row.start else None,
            "end": row.end.isoformat() if row.end else None,
            "year": row.year,
            "jp": str(row.jp) if row.jp is not None else None,
            "number": row.number,
            "status": status or row.status or "",
        }


def examine(
    table: Table, *, today: date, decisions: HistoryDecisions, scope: frozenset[int] | None = None
) -> HistoryPlan:
    """What the file would do, without writing. ``today`` is the WITA day."""
    return Examiner(decisions=decisions, scope=scope).examine(table, today=today)


@transaction.atomic
def write(plan: HistoryPlan, *, by: User | None, source: str) -> None:
    """Records and ledger lines of verified ones, all or nothing. Raises Refusal "stale" if somebody wrote meanwhile."""
    _refuse_stale(plan)
    try:
        TrainingRecord.objects.bulk_create(plan.fresh, batch_size=1000)
    except IntegrityError as error:
        raise Refusal(CHANGED_MEANWHILE, code="stale") from error
    TrainingRecord.objects.bulk_update(plan.changed, UPDATED_FIELDS, batch_size=500)
    ledger.post_records([one for one in plan.fresh if one.status == Status.VERIFIED], by=by)
    ledger.sync_records(plan.changed, by=by)
    if plan.fresh or plan.changed:
        counts = {outcome.value: n for outcome, n in plan.report.counts.items()}
        audit("record.import", None, by=by, note=source, counts=counts)


def _refuse_stale(plan: HistoryPlan) -> None:
    """What somebody decided meanwhile about a record would be lost without a word."""
    ids = sorted(plan.before)
    for start in range(0, len(ids), 2000):
        locked = TrainingRecord.objects.select_for_update(of=("self",)).filter(
            pk__in=ids[start : start + 2000]
        )
        for pk, *facts in locked.order_by("pk").values_list("pk", *WATCHED):
            if tuple(facts) != plan.before[pk]:
                raise Refusal(CHANGED_MEANWHILE, code="stale")


def _merge(
    record: TrainingRecord, existing: TrainingRecord | None, plan: HistoryPlan, *, told: bool
) -> Outcome:
    """A record decided by a person keeps its decision, whatever a later file says.

    ``told``: the file itself says the state; what rows without one become is for new records only.
    """
    if existing is None:
        plan.fresh.append(record)
        return Outcome.CREATED
    keeps_state = existing.checked_at is not None or not told
    values = {
        name: getattr(record, name)
        for name in UPDATED_FIELDS
        if not (keeps_state and name in ("status", "note")) and getattr(record, name) not in (None, "")
    }
    changed = [name for name, value in values.items() if getattr(existing, name) != value]
    if not changed:
        return Outcome.UNCHANGED
    plan.before.setdefault(existing.pk, tuple(getattr(existing, name) for name in WATCHED))
    plan.report.replaces(existing.pk, {name: str(getattr(existing, name)) for name in changed})
    for name in changed:
        setattr(existing, name, values[name])
    plan.changed.append(existing)
    return Outcome.UPDATED


def _people(nips: Iterable[str]) -> dict[str, Employee]:
    wanted = set(nips)
    found = Employee.objects.select_related("user")
    if len(wanted) <= 2000:
        return {person.nip: person for person in found.filter(nip__in=wanted)}
    return {person.nip: person for person in found.iterator(2000) if person.nip in wanted}


def _records(people: Mapping[str, Employee]) -> Kept:
    ids = {person.pk: nip for nip, person in people.items()}
    records = TrainingRecord.objects.exclude(source=TrainingRecord.PORTAL).select_related("form", "employee")
    found = records.filter(employee__in=ids) if len(ids) <= 2000 else records.iterator(2000)
    kept = Kept()
    for one in found:
        if one.employee_id in ids:
            kept.by_key[one.match_key] = one
            kept.by_title[title_key(ids[one.employee_id], one)] = one
    return kept


def _problem(problem: Problem) -> RowProblem:
    return RowProblem(problem.column, problem.code, problem.message)


def _year_end(year: int | None) -> date | None:
    return date(year, 12, 31) if year else None
