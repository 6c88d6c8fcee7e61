"""The year in which JP are summed: the calendar year, for PPPK the contract year (DOMAIN.md section 9, rule 3)."""

from dataclasses import dataclass
from datetime import date, timedelta

from asnportal.common.dates import format_range
from asnportal.people.models import Employee

UNKNOWN_CONTRACT = "Tahun kontrak belum tercatat, jadi dihitung menurut tahun kalender."
OUTSIDE_CONTRACT = "Tanggal di luar masa kontrak yang tercatat, jadi dihitung menurut tahun kalender."


@dataclass(frozen=True)
class Period:
    """The year in which somebody's JP are summed; both days are inclusive WITA days. ``note`` says why it is
    not the one the rule asks for."""

    start: date
    end: date
    note: str = ""

    @property
    def year(self) -> int:
        """The calendar year in which the period begins."""
        return self.start.year

    @property
    def is_calendar(self) -> bool:
        return (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)

    @property
    def label(self) -> str:
        """Short, for a tab: 2026, or 2026/2027 for a contract year that reaches into the next."""
        return str(self.year) if self.end.year == self.year else f"{self.year}/{self.end.year}"

    def __str__(self) -> str:
        return str(self.year) if self.is_calendar else format_range(self.start, self.end)


def calendar_year(year: int, *, note: str = "") -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), note)


def period_on(employee: Employee, day: date) -> Period:
    """The period that holds a day: the calendar year, or for PPPK the contract year where it is known."""
    if not employee.is_pppk:
        return calendar_year(day.year)
    if employee.contract_start is None:
        return calendar_year(day.year, note=UNKNOWN_CONTRACT)
    if day < employee.contract_start or (employee.contract_end and day > employee.contract_end):
        return calendar_year(day.year, note=OUTSIDE_CONTRACT)
    start = anniversary(employee.contract_start, day.year)
    if start > day:
        start = anniversary(employee.contract_start, day.year - 1)
    return _contract_year(employee, start)


def period_of_year(employee: Employee, year: int) -> Period:
    """The period that people call by a year: the one that begins in it."""
    start = employee.contract_start
    if not employee.is_pppk or start is None:
        return period_on(employee, date(year, 1, 1))
    begins = anniversary(start, year)
    if begins < start or (employee.contract_end and begins > employee.contract_end):
        return calendar_year(year, note=OUTSIDE_CONTRACT)
    return _contract_year(employee, begins)


def period_before(employee: Employee, period: Period) -> Period | None:
    """The one that ended on the day before; None where another overlaps it, as before a first contract year."""
    before = period_on(employee, period.start - timedelta(days=1))
    return before if before.end < period.start else None


def anniversary(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _contract_year(employee: Employee, start: date) -> Period:
    last = anniversary(employee.contract_start or start, start.year + 1) - timedelta(days=1)
    return Period(start, min(last, employee.contract_end) if employee.contract_end else last)


def in_period(period: Period, day: date | None, year: int | None) -> bool:
    return period.start <= day <= period.end if day else year == period.year
