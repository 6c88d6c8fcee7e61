"""What somebody is found to master: by the supervisor, by the person himself, or from the assessment centre's file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.dates import format_date
from asnportal.common.errors import OwnCase, Refusal
from asnportal.common.upsert import Counts
from asnportal.notifications.services import outbox
from asnportal.people.models import Employee, Position, User
from competency import notices
from competency.models import OFFICIAL, Assessment, Competency, Method, Standard
from competency.queries.figure import value_on
from competency.queries.period import anniversary
from competency.queries.standard import Requirement, requirement
from competency.services import review

Row = Mapping[str, str]
METHODS = {method.label.casefold(): method for method in Method}
USUAL_YEARS = Decimal(3)


@dataclass(frozen=True)
class Found:
    """A level (0: not mastered, to 5) of one competency, found on a WITA day."""

    competency: Competency
    level: int
    day: date
    method: Method
    note: str = ""


@transaction.atomic
def assess_self_many(employee: Employee, found: Iterable[Found], *, by: User) -> int:
    """One's own view: kept apart, never official; a second one on the same day replaces the first. Gives how many.

    Raises Refusal for somebody else and for a level outside 0 to 5.
    """
    if by.employee_or_none != employee:
        raise Refusal("Penilaian mandiri hanya dapat diisi oleh yang bersangkutan.", code="not_own")
    return len([_keep(employee, replace(one, method=Method.SELF), by=by) for one in found])


@transaction.atomic
def assess(employee: Employee, found: Found, *, by: User) -> Assessment:
    """The supervisor's finding, provisional beside an official one; the same day again replaces it.

    Raises OwnCase for oneself, Refusal for a level outside 0 to 5, a day in the future or before the standard.
    """
    if by.employee_or_none == employee:
        raise OwnCase
    made = _keep(employee, found, by=by)
    review.close_with(made, by=by)
    outbox.post(notices.assessed(made))
    return made


@transaction.atomic
def _keep(employee: Employee, found: Found, *, by: User) -> Assessment:
    today = timezone.localdate()
    asked = requirement(employee.position, found.day)
    check(found.level, found.day, since=_since(employee, asked, today), today=today)
    values = {
        "level": found.level,
        "valid_until": last_day(found.day),
        "position": employee.position,
        "standard_id": next(
            (one.standard_id for one in asked.items if one.competency == found.competency), None
        ),
        "required": asked.level_of(found.competency.pk),
        "note": found.note,
        "created_by": by,
    }
    try:
        with transaction.atomic():
            made, _created = Assessment.objects.update_or_create(
                employee=employee,
                competency=found.competency,
                method=found.method,
                day=found.day,
                defaults=values,
            )
    except IntegrityError:
        raise Refusal(two_on_one_day(found.competency.name, found.day), code="two_official") from None
    told = "" if found.method == Method.SELF else str(found.level)  # one's own view is for who assesses
    record(f"assessment.{found.method}", made, by=by, note=found.note, after=told)
    return made


def _since(employee: Employee, asked: Requirement, today: date) -> date | None:
    """The first day that can be assessed: of the version asked, else of the standard that came after the day."""
    if asked.items and not asked.is_usual:
        return asked.since
    now = requirement(employee.position, today)
    return asked.since if now.is_usual or not now.items else now.since


def check(level: int, day: date, *, since: date | None, today: date) -> None:
    """Raise Refusal with the sentence for a level that does not exist or a day that cannot be."""
    if level not in range(6):
        raise Refusal("Level harus 0 sampai 5 (0 berarti belum menguasai).", code="level")
    if day > today:
        raise Refusal("Tanggal penilaian tidak boleh sesudah hari ini.", code="future")
    if since and day < since:
        raise Refusal(
            f"Standar jabatan ini berlaku sejak {format_date(since)}. Pilih tanggal pada atau sesudah hari itu.",
            code="before_standard",
        )


def two_on_one_day(competency: str, day: date) -> str:
    return (
        f"Sudah ada hasil resmi untuk {competency} pada {format_date(day)}. "
        "Batalkan hasil itu dahulu, atau periksa tanggalnya."
    )


def last_day(day: date) -> date:
    """Until when a result of this day holds (WITA, the day included), by the figure of the rule. One statement."""
    years = int(value_on("assessment_validity_years", day, usual=USUAL_YEARS))
    return anniversary(day, day.year + years)


def load_assessments(rows: Iterable[Row]) -> Counts:
    """assessments.csv: one row per person, competency, method and day. Rows of unknown people are skipped.

    Raises Refusal naming the line for an unknown method, a level outside 0 to 5, an end before the day, and a second
    official result of one day. Four statements to read, then the writes.
    """
    rows = list(rows)
    book = _Book.read({row["nip"] for row in rows})
    counts, fresh, changed = Counts(), [], []
    for line, row in enumerate(rows, start=2):
        made = book.assessment(line, row)
        if made is None:
            counts.skipped += 1
            continue
        key = (made.employee_id, made.competency_id, made.method, made.day)
        kept = book.kept.get(key)
        if kept is None:
            fresh.append(made)
            book.kept[key] = made
        elif (kept.level, kept.required, kept.valid_until) != (made.level, made.required, made.valid_until):
            kept.level, kept.required, kept.valid_until = made.level, made.required, made.valid_until
            changed.append(kept)
        else:
            counts.unchanged += 1
    Assessment.objects.bulk_create(fresh, batch_size=500)
    Assessment.objects.bulk_update(changed, ["level", "required", "valid_until"], batch_size=500)
    counts.created, counts.updated = len(fresh), len(changed)
    return counts


@dataclass(frozen=True)
class _Book:
    """What the rows name, read once."""

    people: dict[str, int]
    positions: dict[str, int]
    competencies: dict[str, int]
    standards: dict[int, list[tuple[date, int]]]
    kept: dict[tuple[int, int, str, date], Assessment]
    official: set[tuple[int, int, date]]

    @classmethod
    def read(cls, nips: set[str]) -> "_Book":
        people = dict(Employee.objects.filter(nip__in=nips).values_list("nip", "pk"))
        standards: dict[int, list[tuple[date, int]]] = {}
        for position, since, pk in Standard.objects.order_by("valid_from").values_list(
            "position_id", "valid_from", "pk"
        ):
            standards.setdefault(position, []).append((since, pk))
        rows = Assessment.objects.filter(employee__in=people.values())
        kept = {(one.employee_id, one.competency_id, one.method, one.day): one for one in rows}
        return cls(
            people,
            dict(Position.objects.values_list("code", "pk")),
            dict(Competency.objects.values_list("code", "pk")),
            standards,
            kept,
            {(person, one, day) for person, one, method, day in kept if method in OFFICIAL},
        )

    def assessment(self, line: int, row: Row) -> Assessment | None:
        """The row as it would be kept; None where the person is not known."""
        method = METHODS.get(row["metode"].strip().casefold())
        if method is None:
            raise Refusal(f"Baris {line}: cara penilaian “{row['metode']}” tidak dikenal.", code="method")
        level, day = int(row["level_capaian"]), date.fromisoformat(row["tanggal"])
        if level not in range(6):
            raise Refusal(f"Baris {line}: level {level} tidak ada; isi 0 sampai 5.", code="level")
        until = date.fromisoformat(row["berlaku_sampai"]) if row["berlaku_sampai"] else None
        if until and until < day:
            raise Refusal(f"Baris {line}: berlaku sampai sebelum tanggal penilaian.", code="dates")
        if row["nip"] not in self.people:
            return None
        person, competency = self.people[row["nip"]], self.competencies[row["kode_kompetensi"]]
        self._no_second_official(line, row, (person, competency, method, day))
        position = self.positions[row["kode_jabatan"]]
        return Assessment(
            employee_id=person,
            competency_id=competency,
            method=method,
            level=level,
            day=day,
            valid_until=until,
            position_id=position,
            standard_id=self._standard(position, day),
            required=int(row["level_wajib"]) if row["level_wajib"] else None,
        )

    def _standard(self, position: int, day: date) -> int | None:
        versions = [pk for since, pk in self.standards.get(position, []) if since <= day]
        return versions[-1] if versions else None

    def _no_second_official(self, line: int, row: Row, key: tuple[int, int, Method, date]) -> None:
        person, competency, method, day = key
        if method not in OFFICIAL or key in self.kept:
            return
        if (person, competency, day) in self.official:
            raise Refusal(f"Baris {line}: {two_on_one_day(row['kode_kompetensi'], day)}", code="two_official")
        self.official.add((person, competency, day))


def assessment_rows() -> list[dict[str, str]]:
    """assessments.csv as it would be written now: what load_assessments reads. One statement."""
    found = Assessment.objects.select_related("employee", "competency", "position")
    return [
        {
            "nip": one.employee.nip,
            "kode_jabatan": one.position.code if one.position else "",
            "kode_kompetensi": one.competency.code,
            "level_wajib": "" if one.required is None else str(one.required),
            "level_capaian": str(one.level),
            "selisih": "" if one.required is None else str(one.level - one.required),
            "metode": str(Method(one.method).label),
            "tanggal": one.day.isoformat(),
            "berlaku_sampai": one.valid_until.isoformat() if one.valid_until else "",
        }
        for one in found.order_by("employee__nip", "competency__code", "day", "method")
    ]
