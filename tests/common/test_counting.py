"""Several counts in one statement."""

import pytest

from asnportal.common.counting import count_all
from asnportal.people.models import Employee
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db


def test_many_counts_cost_one_statement(django_assert_num_queries) -> None:
    EmployeeFactory.create_batch(2)
    EmployeeFactory(is_active=False)
    sets = {
        "people": Employee.objects.select_related("unit").prefetch_related("enrolments").order_by("name"),
        "gone": Employee.objects.filter(is_active=False),
    }
    with django_assert_num_queries(1):
        assert count_all(**{name: sets[name] for name in ("people", "gone")}) == {"people": 3, "gone": 1}
    assert count_all(gone=sets["gone"]) == {"gone": 1}


def test_nothing_to_count_asks_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert count_all() == {}
