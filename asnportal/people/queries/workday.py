"""Working days of the city's offices: Monday to Friday without the holiday list.

The day of a request is day 0 (PRODUCT.md, Seats). Days are WITA days.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from asnportal.people.models import Holiday

_SATURDAY = 5
_READ_AHEAD = 60  # days whose holidays are read with one query


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and not Holiday.objects.filter(day=day).exists()


def working_days_from(day: date) -> Iterator[date]:
    """Every working day from ``day`` on, itself included if it is one. Never ends."""
    while True:
        until = day + timedelta(days=_READ_AHEAD)
        closed = set(Holiday.objects.filter(day__gte=day, day__lt=until).values_list("day", flat=True))
        while day < until:
            if day.weekday() < _SATURDAY and day not in closed:
                yield day
            day += timedelta(days=1)


def add_working_days(day: date, number: int) -> date:
    """The ``number``-th working day after ``day`` (1 = the next one). ``day`` itself is day 0."""
    if number < 1:
        raise ValueError("number must be at least 1")
    days = working_days_from(day + timedelta(days=1))
    for _ in range(number - 1):
        next(days)
    return next(days)


def working_days_between(first: date, last: date) -> int:
    """How many working days have passed since ``first`` (day 0) at ``last``, which counts if it is one."""
    closed = Holiday.objects.filter(day__gt=first, day__lte=last, day__week_day__range=(2, 6)).count()
    weekdays = sum(
        (first + timedelta(days=n)).weekday() < _SATURDAY for n in range(1, (last - first).days + 1)
    )
    return weekdays - closed


_SAME_DATE_EACH_YEAR = {(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)}


@dataclass(frozen=True)
class HolidayYear:
    year: int
    holidays: list[Holiday]

    @property
    def lacks_moving_days(self) -> bool:
        """Nothing but days that have the same date each year: the decree of that year is not entered yet."""
        return all((one.day.month, one.day.day) in _SAME_DATE_EACH_YEAR for one in self.holidays)


def holiday_years(*, today: date) -> list[HolidayYear]:
    """This year and all later ones of the list, the next year at least; one statement."""
    years: dict[int, list[Holiday]] = {today.year: [], today.year + 1: []}
    for holiday in Holiday.objects.filter(day__year__gte=today.year).order_by("day"):
        years.setdefault(holiday.day.year, []).append(holiday)
    return [HolidayYear(year, holidays) for year, holidays in years.items()]


def working_days_since_each(firsts: Collection[date], last: date) -> dict[date, int]:
    """As working_days_between, for many first days with one statement."""
    if not firsts:
        return {}
    closed = Holiday.objects.filter(day__gt=min(firsts), day__lte=last).values_list("day", flat=True)
    off = set(closed)
    span = [min(firsts) + timedelta(days=n) for n in range(1, (last - min(firsts)).days + 1)]
    working = [day for day in span if day.weekday() < _SATURDAY and day not in off]
    return {first: sum(day > first for day in working) for first in firsts}
