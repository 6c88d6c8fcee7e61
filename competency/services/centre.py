"""Reports of the assessment centre from its file: looked through first, then written whole or not at all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from asnportal.audit.models import Job, record
from asnportal.audit.services import job as jobs
from asnportal.common import files
from asnportal.common.dates import format_date
from asnportal.common.errors import Refusal
from asnportal.common.sheets import Refused, Table, read_workbook
from asnportal.common.upsert import Counts
from asnportal.people.models import Employee, User
from competency.models import Assessment, CentreReport, Competency, Method
from competency.services.assessment import two_on_one_day
from competency.services.centre_book import Asked, Book
from competency.services.centre_file import (
    COLUMNS,
    LIMITS,
    ReportRow,
    digits_of,
    measured_codes,
    rows_of,
    unknown_codes,
    vocabulary,
)
from competency.services.jpm import match

JOB = "competency.centre"
TEXTS = ("purpose", "organizer", "stated", "strengths", "weaknesses", "advice")
FULL = Decimal(100)  # percent: above it only where levels above the standard count in full
GONE = "Berkas sudah dihapus. Unggah sekali lagi."


@dataclass(frozen=True)
class Fault:
    """What stands in the way, with the row of the spreadsheet and the heading ("" for the whole row)."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        where = f"Baris {self.line}" + (f", kolom {self.column}" if self.column else "")
        return f"{where}: {self.sentence}"


@dataclass
class Plan:
    """What a file would do. With a fault nothing is written at all."""

    reports: Counts = field(default_factory=Counts)
    levels: Counts = field(default_factory=Counts)
    faults: list[Fault] = field(default_factory=list)
    new: list[CentreReport] = field(default_factory=list)
    changed: list[CentreReport] = field(default_factory=list)
    found: list[Assessment] = field(default_factory=list)
    corrected: list[Assessment] = field(default_factory=list)


def receive(name: str, content: bytes, *, by: User) -> Job:
    """Keep the file for at most 24 hours until it is written. Raises Refusal where it cannot be read at all."""
    read(content, name)
    source = files.keep([content], folder=jobs.FOLDER)
    return jobs.prepare(JOB, owner=by, params={}, source=source, source_name=name)


def look(job: Job) -> Plan:
    """The dry run: what the file would do now, with every fault. Writes nothing. Raises Refusal."""
    if not job.source or not files.path_of(job.source).exists():
        raise Refusal(GONE, code="gone")
    return examine(read(files.path_of(job.source).read_bytes(), job.source_name))


@transaction.atomic
def write(job: Job, *, by: User) -> Plan:
    """The whole file or nothing, once. Raises Refusal with the first fault, WrongState the second time."""
    plan = look(job)
    if plan.faults:
        raise Refusal(f"{plan.faults[0]} Tidak ada yang tersimpan.", code="faults")
    jobs.conclude(job, result={"created": plan.reports.created, "updated": plan.reports.updated})
    for report in plan.new:
        report.created_by = by
    for one in plan.found:
        one.created_by = by
    CentreReport.objects.bulk_create(plan.new, batch_size=500)
    CentreReport.objects.bulk_update(plan.changed, [*TEXTS, "valid_until", "uncut", "cut"], batch_size=200)
    Assessment.objects.bulk_create(plan.found, batch_size=500)
    Assessment.objects.bulk_update(plan.corrected, ["level", "valid_until"], batch_size=500)
    record("centre.load", None, by=by, created=plan.reports.created, updated=plan.reports.updated)
    return plan


def read(content: bytes, name: str) -> Table:
    """Raises Refusal for what is no table, too large, or without NIP, tanggal or tujuan."""
    words = vocabulary(Competency.objects.order_by("code").values_list("code", flat=True))
    try:
        return read_workbook(content, name, vocabulary=words, limits=LIMITS)
    except Refused as refused:
        raise Refusal(refused.message, code=refused.code) from None


def examine(table: Table) -> Plan:
    """Row by row. The number of statements does not depend on the number of rows."""
    plan, today = Plan(), timezone.localdate()
    book = Book.read({digits_of(row) for row in table.rows})
    plan.faults += [
        Fault(table.heading_row, code, "kompetensi ini tidak ada di kamus.") for code in unknown_codes(table)
    ]
    if not measured_codes(table):
        told = "tidak ada kolom kompetensi. Tambahkan satu kolom untuk setiap kode, misalnya M.01."
        plan.faults.append(Fault(table.heading_row, "", told))
    if not table.rows:
        plan.faults.append(Fault(table.heading_row, "", "tidak ada baris di bawah judul kolom."))
    seen: dict[tuple[int, date], int] = {}
    for row in rows_of(table, nips=book.people.keys(), today=today):
        faults = list(_faults(row, book, seen, today))
        plan.faults += faults
        if not faults and row.day is not None:
            _take(row, row.day, book, plan)
    return plan


def _faults(row: ReportRow, book: Book, seen: dict[tuple[int, date], int], today: date) -> Iterator[Fault]:
    for problem in row.problems:
        yield Fault(row.line, problem.column, problem.message)
    person = book.people.get(row.nip)
    if not row.levels and not any(problem.code.startswith("level:") for problem in row.problems):
        yield Fault(row.line, "", "tidak ada level satu pun.")
    if person is None or row.day is None:
        return
    before = seen.setdefault((person.pk, row.day), row.line)
    if before != row.line:
        yield Fault(row.line, "nip", f"NIP dan tanggal sama dengan baris {before}.")
    yield from (Fault(row.line, *told) for told in _day_faults(row, row.day, person, book, today))
    yield from (Fault(row.line, *told) for told in _jpm_faults(row, row.day, person, book))


def _day_faults(
    row: ReportRow, day: date, person: Employee, book: Book, today: date
) -> Iterator[tuple[str, str]]:
    if day > today:
        yield "tanggal", "Tanggal penilaian tidak boleh sesudah hari ini."
        return
    since = book.first_day(person)
    if since and day < since:
        told = f"Standar jabatan ini berlaku sejak {format_date(since)}; penilaian sebelum itu tidak dapat dicatat."
        yield "tanggal", told
    if row.valid_until and row.valid_until < day:
        yield "berlaku_sampai", "Berlaku sampai harus sama dengan atau setelah tanggal penilaian."
    for code in row.levels:
        if (person.pk, book.competencies[code], day) in book.tests:
            yield code, two_on_one_day(code, day)


def _jpm_faults(row: ReportRow, day: date, person: Employee, book: Book) -> Iterator[tuple[str, str]]:
    if row.stated is None:
        return
    found = match(_pairs(row, person, day, book).values())
    highest = max(found.uncut, FULL) if found else FULL
    if not 0 <= row.stated <= highest:
        most = f"{highest:.2f}".replace(".", ",").removesuffix(",00")
        yield (
            "jpm",
            f"JPM harus 0 sampai {most}; di atas 100 hanya bila level di atas standar dihitung penuh.",
        )


def _pairs(row: ReportRow, person: Employee, day: date, book: Book) -> dict[int, tuple[int, int]]:
    """Level found and level asked by competency id, of the row and of what stands on record for that day."""
    asked, kept = book.asked(person, day).levels, book.levels.get((person.pk, day), {})
    found = {pk: one.level for pk, one in kept.items()}
    found |= {book.competencies[code]: level for code, level in row.levels.items()}
    wanted = {pk: kept[pk].required if pk in kept else asked.get(pk) for pk in found}
    return {pk: (level, wanted[pk] or 0) for pk, level in found.items() if wanted[pk]}


def _take(row: ReportRow, day: date, book: Book, plan: Plan) -> None:
    """A row without fault: its report and its levels as they would be kept."""
    person = book.people[row.nip]
    until = row.valid_until or book.last_day(day)
    result = match(_pairs(row, person, day, book).values())
    values = {name: getattr(row, name) for name in TEXTS} | {
        "valid_until": until,
        "uncut": result.uncut if result else None,
        "cut": result.cut if result else None,
    }
    kept = book.reports.get((person.pk, day))
    if kept is None:
        plan.new.append(CentreReport(employee=person, day=day, **values))
        plan.reports.created += 1
    elif _changed(kept, values):
        plan.changed.append(kept)
        plan.reports.updated += 1
    else:
        plan.reports.unchanged += 1
    _take_levels(row, Assessment(employee=person, day=day, valid_until=until), book, plan)


def _changed(one: CentreReport | Assessment, values: Mapping[str, object]) -> bool:
    """Take the values over; whether that changed anything."""
    different = {name: value for name, value in values.items() if getattr(one, name) != value}
    for name, value in different.items():
        setattr(one, name, value)
    return bool(different)


def _take_levels(row: ReportRow, blank: Assessment, book: Book, plan: Plan) -> None:
    """Each level beside what stands on record for that day; ``blank`` is what the new ones share."""
    asked = book.asked(blank.employee, blank.day)
    kept = book.levels.get((blank.employee_id, blank.day), {})
    for code, level in row.levels.items():
        competency = book.competencies[code]
        if competency not in kept:
            plan.found.append(_level(blank, competency, level, asked))
            plan.levels.created += 1
        elif _changed(kept[competency], {"level": level, "valid_until": blank.valid_until}):
            plan.corrected.append(kept[competency])
            plan.levels.updated += 1
        else:
            plan.levels.unchanged += 1


def _level(blank: Assessment, competency: int, level: int, asked: Asked) -> Assessment:
    """With what the post asked on that day, by the version of that day."""
    required = asked.levels.get(competency)
    return Assessment(
        employee=blank.employee,
        competency_id=competency,
        method=Method.CENTRE,
        level=level,
        day=blank.day,
        valid_until=blank.valid_until,
        position_id=blank.employee.position_id,
        standard_id=asked.standard_id if required else None,
        required=required,
    )


def headings(codes: Iterable[str]) -> list[str]:
    """The columns of the file, in and out."""
    return [*(label for _name, label in COLUMNS), *codes]


def codes_in_use() -> list[str]:
    """The nine national competencies, and whatever a centre has measured. One statement."""
    measured = Assessment.objects.filter(method=Method.CENTRE).values("competency")
    nine = Competency.objects.exclude(family=Competency.Family.TECHNICAL)
    return list(
        (nine | Competency.objects.filter(pk__in=measured)).order_by("code").values_list("code", flat=True)
    )


def report_rows(codes: list[str]) -> list[list[str]]:
    """All reports as the file that examine reads. Two statements."""
    levels: dict[tuple[int, date], dict[str, str]] = {}
    for person, day, code, level in Assessment.objects.filter(method=Method.CENTRE).values_list(
        "employee_id", "day", "competency__code", "level"
    ):
        levels.setdefault((person, day), {})[code] = str(level)
    rows = []
    for one in CentreReport.objects.select_related("employee").order_by("employee__nip", "day"):
        own = levels.get((one.employee_id, one.day), {})
        facts = [one.employee.nip, one.day.isoformat(), one.valid_until.isoformat()]
        stated = "" if one.stated is None else f"{one.stated:.2f}".replace(".", ",")
        texts = [one.get_purpose_display(), one.organizer, stated, one.strengths, one.weaknesses, one.advice]
        rows.append([*facts, *texts, *(own.get(code, "") for code in codes)])
    return rows
