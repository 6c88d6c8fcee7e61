from datetime import date
from itertools import islice

import pytest

from asnportal.people.models import Holiday
from asnportal.people.queries.workday import (
    add_working_days,
    is_working_day,
    working_days_between,
    working_days_from,
)

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 12, 18)


@pytest.fixture(autouse=True)
def christmas():
    Holiday.objects.create(day=date(2026, 12, 25), name="Hari Raya Natal")
    Holiday.objects.create(day=date(2026, 12, 26), name="Libur pada hari Sabtu")


def test_weekends_and_holidays_are_no_working_days():
    days = [date(2026, 12, day) for day in range(23, 29)]
    assert [is_working_day(day) for day in days] == [True, True, False, False, False, True]


@pytest.mark.parametrize(("number", "day"), [(1, 21), (2, 22), (4, 24), (5, 28)])
def test_the_day_of_the_request_is_day_0(number, day):
    assert add_working_days(FRIDAY, number) == date(2026, 12, day)
    assert working_days_between(FRIDAY, date(2026, 12, day)) == number


def test_a_holiday_on_a_weekend_is_not_subtracted_twice():
    assert working_days_between(FRIDAY, date(2026, 12, 27)) == 4


def test_nothing_has_passed_on_the_same_day():
    assert working_days_between(FRIDAY, FRIDAY) == 0


def test_long_spans_read_holidays_in_pieces():
    days = list(islice(working_days_from(date(2026, 12, 1)), 100))
    assert len(days) == 100
    assert date(2026, 12, 25) not in days
    assert working_days_between(date(2026, 11, 30), days[-1]) == 100
