"""Who supervises whom, by the tree, by hand, and by acting heads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from asnportal.people.models import Employee, Position
from asnportal.people.services.supervisor import head_of, recompute, set_by_hand, without_supervisor
from tests.factories import EmployeeFactory, PositionFactory, UnitFactory, make_head

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return UnitFactory(code="00")


@pytest.fixture
def office(city):
    return UnitFactory(code="23", parent=city)


@pytest.fixture
def field(office):
    return UnitFactory(code="23.03", parent=office)


def structural(echelon):
    return PositionFactory(kind=Position.Kind.STRUCTURAL, echelon=echelon)


def supervisor_of(person):
    return Employee.objects.get(pk=person.pk).supervisor


def test_the_highest_echelon_in_the_unit_heads_it_and_the_unit_above_supervises_the_head(office, field):
    head_of_office = EmployeeFactory(unit=office, position=structural("II.b"))
    head_of_field = EmployeeFactory(unit=field, position=structural("III.b"))
    below = EmployeeFactory(unit=field, position=structural("IV.a"))
    member = EmployeeFactory(unit=field)
    recompute()
    assert supervisor_of(member) == supervisor_of(below) == head_of_field
    assert supervisor_of(head_of_field) == head_of_office
    assert supervisor_of(head_of_office) is None


def test_a_unit_without_a_head_looks_upwards(office, field):
    head_of_office = EmployeeFactory(unit=office, position=structural("II.b"))
    member = EmployeeFactory(unit=field)
    recompute()
    assert supervisor_of(member) == head_of_office


def test_an_acting_head_leads_from_the_first_day_to_the_last_and_not_after(field):
    definitive, acting, member = EmployeeFactory.create_batch(3, unit=field)
    today = timezone.localdate()
    make_head(field, definitive)
    make_head(field, acting, since=today, valid_until=today + timedelta(days=2), kind="plh")
    assert head_of(field, on=today) == head_of(field, on=today + timedelta(days=2)) == acting
    assert head_of(field, on=today - timedelta(days=1)) == definitive
    recompute()
    assert supervisor_of(member) == acting
    recompute(on=today + timedelta(days=3))
    assert supervisor_of(member) == definitive


def test_a_supervisor_set_by_hand_wins_until_he_leaves(office, field):
    head = EmployeeFactory(unit=field)
    make_head(field, head)
    other = EmployeeFactory(unit=office)
    member = EmployeeFactory(unit=field)
    set_by_hand(member, other)
    assert supervisor_of(member) == other
    Employee.objects.filter(pk=other.pk).update(is_active=False)
    recompute()
    assert supervisor_of(member) == head


def test_nobody_up_to_the_root_is_listed_as_without_supervisor(field):
    alone = EmployeeFactory(unit=field)
    recompute()
    assert list(without_supervisor(Employee.objects.all())) == [alone]


def test_nobody_supervises_himself(field):
    person = EmployeeFactory(unit=field)
    with pytest.raises(ValueError, match="himself"):
        set_by_hand(person, person)


def test_a_second_run_writes_nothing(office, field, django_assert_num_queries):
    make_head(field, EmployeeFactory(unit=field))
    EmployeeFactory.create_batch(3, unit=field)
    assert len(recompute()) == 3
    with django_assert_num_queries(7):  # savepoint, five reads, release
        assert recompute() == []
