"""The list of holidays that working days leave out (people/queries/workday.py)."""

import csv
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.db import transaction

from asnportal.audit.models import record
from asnportal.common.dates import format_date
from asnportal.common.errors import Refusal
from asnportal.people.models import Holiday, User

FILE = Path(__file__).resolve().parent.parent / "reference" / "holidays.csv"


@transaction.atomic
def add(day: date, *, name: str, by: User) -> Holiday:
    """Raises Refusal if the day is in the list already."""
    holiday, is_new = Holiday.objects.get_or_create(day=day, defaults={"name": name})
    if not is_new:
        raise Refusal(
            f"{format_date(day)} sudah ada di daftar dengan nama “{holiday.name}”.", code="known_day"
        )
    record("holiday.add", holiday, by=by)
    return holiday


@transaction.atomic
def add_all(days: Sequence[tuple[date, str]], *, by: User) -> int:
    """Adds the days that are not in the list yet and tells how many; known days keep their name."""
    known = set(Holiday.objects.filter(day__in=[day for day, _name in days]).values_list("day", flat=True))
    new = {day: name for day, name in days if day not in known}
    for day, name in new.items():
        add(day, name=name, by=by)
    return len(new)


@transaction.atomic
def remove(holiday: Holiday, *, by: User) -> None:
    """The day counts as a working day again, for everything that is still open."""
    record("holiday.remove", holiday, by=by)
    holiday.delete()


@transaction.atomic
def load() -> dict[str, int]:
    """National holidays and joint leave of civil servants, for years in which no day is known yet.

    What an officer took out of a year stays out. Source: the joint decree of three ministers that is announced
    each year (2026 and 2027 are known); later years are added on the page.
    """
    years: dict[int, list[Holiday]] = defaultdict(list)
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            holiday = Holiday(day=date.fromisoformat(row["day"]), name=row["name"])
            years[holiday.day.year].append(holiday)
    new = [
        holiday
        for year, days in years.items()
        if not Holiday.objects.filter(day__year=year).exists()
        for holiday in days
    ]
    Holiday.objects.bulk_create(new)
    return {"holidays": len(new)}
