"""What IP ASN needs from other systems, as tables: predicates, penalties and the official values (DOMAIN.md 1.8)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from asnportal.common.errors import Refusal
from asnportal.common.upsert import Counts
from asnportal.people.models import Employee
from competency.models import DisciplinaryAction, OfficialIndex, PerformanceRating
from competency.services.index import MAXIMUM

Row = Mapping[str, str]
RATINGS = ("nip", "tahun", "predikat")
PENALTIES = ("nip", "tanggal", "tingkat")
OFFICIAL = ("nip", "tahun", "kualifikasi", "kompetensi", "kinerja", "disiplin")
GRADES = {grade.label.casefold(): grade for grade in DisciplinaryAction.Grade}
PREDICATES = {one.label.casefold(): one for one in PerformanceRating.Predicate}
DIMENSIONS = dict(zip(OFFICIAL[2:], MAXIMUM, strict=True))


def load_ratings(rows: Iterable[Row]) -> Counts:
    """One predicate for each person and year; another one for the same year replaces it."""
    return _load(PerformanceRating, ("employee_id", "year"), rows, _rating)


def load_penalties(rows: Iterable[Row]) -> Counts:
    """One penalty for each person, day and grade. None is taken away by a file."""
    return _load(DisciplinaryAction, ("employee_id", "day", "grade"), rows, _penalty)


def load_official(rows: Iterable[Row]) -> Counts:
    """The four dimensions of each person and year as SIASN gave them."""
    return _load(OfficialIndex, ("employee_id", "year"), rows, _official)


def _load(
    model: type[models.Model],
    key: tuple[str, ...],
    rows: Iterable[Row],
    read: Callable[[Row], dict[str, Any]],
) -> Counts:
    """Rows of unknown people are skipped. Raises Refusal with the line. Four statements for every 500 rows."""
    rows = list(rows)
    people = dict(Employee.objects.filter(nip__in={row["nip"] for row in rows}).values_list("nip", "pk"))
    kept = {_key(one, key): one for one in model._base_manager.filter(employee__in=people.values())}
    counts, fresh, changed = Counts(), [], []
    for line, row in enumerate(rows, start=2):
        values = _read(line, row, read)
        if row["nip"] not in people:
            counts.skipped += 1
            continue
        made = model(employee_id=people[row["nip"]], **values)
        old = kept.setdefault(_key(made, key), made)
        if old is made:
            fresh.append(made)
        elif any(getattr(old, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(old, name, value)
            changed.append(old)
        else:
            counts.unchanged += 1
    model._base_manager.bulk_create(fresh, batch_size=500)
    for one in changed:
        one.save()
    counts.created, counts.updated = len(fresh), len(changed)
    return counts


def _key(one: models.Model, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in names)


def _read(line: int, row: Row, read: Callable[[Row], dict[str, Any]]) -> dict[str, Any]:
    try:
        return read(row)
    except (ValueError, ArithmeticError) as error:
        raise Refusal(f"Baris {line}: {error}.", code="row") from None


def _rating(row: Row) -> dict[str, Any]:
    predicate = PREDICATES.get(row["predikat"].casefold())
    if predicate is None:
        raise ValueError(f"predikat “{row['predikat']}” tidak dikenal")
    return {"year": _year(row["tahun"]), "predicate": predicate.value}


def _penalty(row: Row) -> dict[str, Any]:
    grade = GRADES.get(row["tingkat"].casefold())
    if grade is None:
        raise ValueError(f"tingkat “{row['tingkat']}” tidak dikenal; isi Ringan, Sedang, atau Berat")
    try:
        day = date.fromisoformat(row["tanggal"])
    except ValueError:
        raise ValueError(f"tanggal “{row['tanggal']}” tidak dikenal; tulis 2026-11-24") from None
    return {"day": day, "grade": grade.value}


def _official(row: Row) -> dict[str, Any]:
    return {
        "year": _year(row["tahun"]),
        **{name: _points(column, row, name) for column, name in DIMENSIONS.items()},
    }


def _points(column: str, row: Row, name: str) -> Decimal:
    try:
        points = Decimal(row[column].replace(",", "."))
    except ArithmeticError:
        raise ValueError(f"{column} “{row[column]}” bukan angka") from None
    if not 0 <= points <= MAXIMUM[name]:
        raise ValueError(f"{column} harus 0 sampai {MAXIMUM[name]}")
    return points


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4 and 2000 <= int(text) <= 2100):
        raise ValueError(f"tahun “{text}” tidak dikenal")
    return int(text)


def rating_rows() -> list[dict[str, str]]:
    """The table that load_ratings reads, as it would be written now. One statement."""
    found = PerformanceRating.objects.order_by("employee__nip", "year")
    return [
        dict(zip(RATINGS, (nip, str(year), predicate), strict=True))
        for nip, year, predicate in found.values_list("employee__nip", "year", "predicate")
    ]


def penalty_rows() -> list[dict[str, str]]:
    found = DisciplinaryAction.objects.select_related("employee").order_by("employee__nip", "day")
    return [
        dict(zip(PENALTIES, (one.employee.nip, one.day.isoformat(), one.get_grade_display()), strict=True))
        for one in found
    ]


def official_rows() -> list[dict[str, str]]:
    found = OfficialIndex.objects.order_by("employee__nip", "year")
    columns = ("employee__nip", "year", *DIMENSIONS.values())
    return [dict(zip(OFFICIAL, map(str, row), strict=True)) for row in found.values_list(*columns)]
