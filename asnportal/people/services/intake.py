"""The import of employees: examine what a file would do, then write it in one transaction.

Examining reads only. Held rows (the number and a column disagree, a unit's name is ambiguous) are written
after a person decided; rejected ones never. A value that the file leaves empty is never taken away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from asnportal.audit.models import record
from asnportal.common.errors import Refusal
from asnportal.common.intake import Outcome, Report, RowProblem, RowResult
from asnportal.common.sheets import PeopleReader, Person, Problem, Table
from asnportal.common.wake import wake
from asnportal.people.models import Employee, Rank, User
from asnportal.people.queries.match import Match, PositionIndex, UnitIndex, spelling
from asnportal.people.services.supervisor import recompute

FIELDS = (
    "name",
    "title_before",
    "title_after",
    "sex",
    "birth_date",
    "kind",
    "rank_id",
    "rank_since",
    "position_id",
    "position_since",
    "unit_id",
    "education",
    "education_year",
    "appointed_on",
    "legal_status",
    "email",
    "quality_marks",
)
OTHER_UNIT = "NIP sudah terdaftar di unit lain. Hubungi BKPSDM."
NOT_YOURS = "Pegawai bukan dari unit Anda."
INACTIVE = "Pegawai ini tercatat tidak aktif dan tetap tidak aktif."
CHANGED_MEANWHILE = "Data pegawai berubah selama impor berjalan. Jalankan impor sekali lagi."


@dataclass(frozen=True)
class Decisions:
    """What a person decided after a dry run: ``accept_held`` takes all disagreements with the number, ``accepted``
    those of these codes; ``units`` maps what a problem with a unit is about to a unit's code."""

    accept_held: bool = False
    accepted: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)

    def accepts(self, code: str) -> bool:
        return self.accept_held or code in self.accepted


@dataclass
class Plan:
    """What writing would do. ``fresh`` and ``changed`` are unsaved; ``seen`` are the NIPs of the file, ``unread`` the
    names (casefolded) of rows whose NIP cannot be read.

    ``since`` is the newest line of history when the people were read: a later one makes the plan stale.
    """

    report: Report
    since: int = 0
    fresh: list[Employee] = field(default_factory=list)
    changed: list[Employee] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)


class Examiner:
    """Holds what is looked up again and again while the rows of one file are examined."""

    def __init__(self, *, decisions: Decisions, scope: frozenset[int] | None) -> None:
        self.decisions = decisions
        self.scope = scope  # ids of the units an admin unit may touch; None for BKPSDM and commands
        self.units = UnitIndex.load(decisions.units)
        self.positions = PositionIndex.load()
        self.ranks = set(Rank.objects.values_list("code", flat=True))

    def examine(self, table: Table, *, today: date) -> Plan:
        people = list(PeopleReader(table, today=today))
        since = _newest_history()
        known = _known(person.nip.number for person in people if person.nip)
        plan = Plan(Report(table.filename, ignored_columns=table.ignored_columns), since)
        heading = table.heading_of("unit") or "Unit"
        position_heading = table.heading_of("position") or "Jabatan"
        for person in people:
            plan.report.rows.append(self._row(person, plan, known, (heading, position_heading)))
        return plan

    def _row(
        self, person: Person, plan: Plan, known: Mapping[str, Employee], headings: tuple[str, str]
    ) -> RowResult:
        nip = person.nip.number if person.nip else person.nip_text
        existing = known.get(nip)
        unit = self.units.find(person.unit, above=person.opd) if person.unit else Match()
        position = self.positions.find(person.position) if person.position else Match()
        problems = [_problem(p) for p in person.problems]
        if not any(p.code.startswith("unit") for p in problems):
            problems += self._unit_problems(person, unit, existing, headings[0])
        held = self._held(person, unit, headings[0])
        plan.seen.add(nip)
        if person.nip is None and person.name:
            plan.unread.add(person.name.name.casefold())
        values = _values(person, unit)
        if problems:
            return RowResult(person.row, nip, Outcome.REJECTED, values, tuple(problems))
        doubts = tuple(_problem(p) for p in person.doubts)
        if held or not all(self.decisions.accepts(doubt.code) for doubt in doubts):
            return RowResult(person.row, nip, Outcome.HELD, values, (*held, *doubts))
        outcome = self._merge(person, existing, plan, (unit, position))
        warnings = self._warnings(person, existing, position, headings[1])
        return RowResult(person.row, nip, outcome, values, (*doubts, *warnings))

    @staticmethod
    def _warnings(
        person: Person, existing: Employee | None, position: Match, heading: str
    ) -> list[RowProblem]:
        warnings = [_problem(p) for p in person.warnings]
        if person.position and position.id is None:
            warnings.append(_unknown_position(person.position, position, heading))
        if existing is not None and not existing.is_active:
            warnings.append(RowProblem("", "inactive", INACTIVE))
        return warnings

    def _unit_problems(
        self, person: Person, unit: Match, existing: Employee | None, heading: str
    ) -> list[RowProblem]:
        if self.scope is not None and existing is not None and existing.unit_id not in self.scope:
            return [RowProblem("", "other_unit", OTHER_UNIT)]
        if unit.id is not None:
            outside = self.scope is not None and unit.id not in self.scope
            return [RowProblem(heading, "unit_outside", NOT_YOURS)] if outside else []
        if not person.unit:
            return [] if existing else [RowProblem(heading, "unit_blank", "Unit kerja wajib diisi.")]
        if unit.candidates:
            return []
        message = f"Unit kerja “{person.unit}” tidak ditemukan."
        if unit.suggestions:
            message += f" Maksud Anda “{unit.suggestions[0]}”?"
        return [RowProblem(heading, "unit_unknown", message, unit.suggestions, person.unit)]

    @staticmethod
    def _held(person: Person, unit: Match, heading: str) -> tuple[RowProblem, ...]:
        if not unit.candidates:
            return ()
        within = f" di “{person.opd}”" if person.opd else ""
        message = f"Unit kerja “{person.unit}”{within} ada beberapa. Pilih salah satu."
        about = spelling(person.unit, person.opd)
        return (RowProblem(heading, "unit_ambiguous", message, unit.candidates, about),)

    def _merge(
        self, person: Person, existing: Employee | None, plan: Plan, found: tuple[Match, Match]
    ) -> Outcome:
        values = self._wanted(person, existing, found)
        if existing is None:
            nip = person.nip.number if person.nip else ""
            plan.fresh.append(Employee(nip=nip, **values))
            return Outcome.CREATED
        changed = [name for name, value in values.items() if getattr(existing, name) != value]
        if not changed:
            return Outcome.UNCHANGED
        if "unit_id" in changed:
            plan.moved.append(existing.pk)
        plan.report.replaces(person.row, {name: getattr(existing, name) for name in changed})
        for name in changed:
            setattr(existing, name, values[name])
        plan.changed.append(existing)
        return Outcome.UPDATED

    def _wanted(
        self, person: Person, existing: Employee | None, found: tuple[Match, Match]
    ) -> dict[str, Any]:
        """The fields the file tells; what it leaves empty is not among them."""
        unit, position = found
        rank = person.rank.code if person.rank and person.rank.code in self.ranks else None
        name = person.name
        told: dict[str, Any] = {
            "name": name.name if name else None,
            "title_before": name.title_before if name else None,
            "title_after": name.title_after if name else None,
            "sex": person.sex,
            "birth_date": person.birth_date,
            "kind": person.kind,
            "rank_id": rank,
            "rank_since": person.rank_since,
            "position_id": position.id,
            "position_since": person.position_since,
            "unit_id": unit.id,
            "education": (person.education or person.education_level)[:60],
            "education_year": person.graduation_year,
            "appointed_on": person.cpns_since,
            "legal_status": person.legal_status[:40],
            "email": "" if existing and existing.email else person.email,
        }
        marks = sorted(p.code for p in person.doubts)
        kept = {name: value for name, value in told.items() if value not in (None, "")}
        if marks or (existing and existing.quality_marks):
            kept["quality_marks"] = marks
        return kept


def examine(table: Table, *, today: date, decisions: Decisions, scope: frozenset[int] | None = None) -> Plan:
    """What the file would do, without writing. ``today`` is the WITA day. Eight statements at most."""
    return Examiner(decisions=decisions, scope=scope).examine(table, today=today)


@transaction.atomic
def write(plan: Plan, *, by: User | None, source: str) -> None:
    """Write the plan's people with their history lines and supervisors, all or nothing.

    ``source`` names the file and its hash. Raises Refusal "stale" when somebody else wrote the same people since.
    """
    if not plan.fresh and not plan.changed:
        return
    _refuse_stale(plan)
    try:
        Employee.objects.bulk_create(plan.fresh, batch_size=1000)
    except IntegrityError as error:
        raise Refusal(CHANGED_MEANWHILE, code="stale") from error
    Employee.objects.bulk_create(
        plan.changed, batch_size=1000, update_conflicts=True, unique_fields=["id"], update_fields=FIELDS
    )
    for people, update in ((plan.fresh, False), (plan.changed, True)):
        Employee.history.bulk_history_create(
            people, batch_size=1000, update=update, default_user=by, default_change_reason=source[-100:]
        )
    counts = {outcome.value: n for outcome, n in plan.report.counts.items()}
    record("employee.import", None, by=by, note=source, counts=counts)
    recompute()
    wake("training.sweep_enrolments")  # open requests of who moved go to today's supervisor


def _refuse_stale(plan: Plan) -> None:
    """The upsert writes whole rows: what somebody else wrote meanwhile would be lost without a word."""
    ids = sorted(person.pk for person in plan.changed)
    for start in range(0, len(ids), 2000):
        part = ids[start : start + 2000]
        list(
            Employee.objects.select_for_update(of=("self",))
            .filter(pk__in=part)
            .order_by("pk")
            .values_list("pk")
        )
        if Employee.history.filter(history_id__gt=plan.since, id__in=part).exists():
            raise Refusal(CHANGED_MEANWHILE, code="stale")


def _newest_history() -> int:
    newest: int | None = Employee.history.aggregate(newest=Max("history_id"))["newest"]
    return newest or 0


def _known(nips: Iterable[str]) -> dict[str, Employee]:
    wanted = set(nips)
    if len(wanted) > 2000:
        return {person.nip: person for person in Employee.objects.iterator(2000) if person.nip in wanted}
    return {person.nip: person for person in Employee.objects.filter(nip__in=wanted)}


def _problem(problem: Problem) -> RowProblem:
    return RowProblem(problem.column, problem.code, problem.message)


def _unknown_position(name: str, match: Match, heading: str) -> RowProblem:
    message = f"Jabatan “{name}” tidak ditemukan, jadi tidak diisi."
    if match.suggestions:
        message += f" Maksud Anda “{match.suggestions[0]}”?"
    return RowProblem(heading, "position_unknown", message, match.suggestions)


def _values(person: Person, unit: Match) -> dict[str, Any]:
    """What was understood, for the report: dates as ISO, the unit by its code."""
    name = person.name
    return {
        "name": name.name if name else "",
        "title_before": name.title_before if name else "",
        "title_after": name.title_after if name else "",
        "rank": person.rank.code if person.rank else "",
        "position": person.position,
        "unit": unit.code,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "sex": person.sex or "",
        "kind": person.kind or "",
        "education": person.education or person.education_level,
        "email": person.email,
    }
