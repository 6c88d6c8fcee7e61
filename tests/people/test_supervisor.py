"""Who supervises whom (PRODUCT.md, "People")."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from asnportal.people.models import Employee, UnitHead
from asnportal.people.queries.headship import head_of, units_headed_by
from asnportal.people.services.supervisor import recompute, set_by_hand, without_supervisor
from tests.factories import EmployeeFactory, PositionFactory, UnitFactory, make_head

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


class House:
    """A city, an agency below it, its office and a section below that, each with its post and one worker."""

    def __init__(self):
        self.city = UnitFactory(name="Kota")
        self.agency = UnitFactory(parent=self.city)
        self.office = UnitFactory(parent=self.agency)
        self.section = UnitFactory(parent=self.office)
        self.mayor = self.post(self.city, "II.a")
        self.chief = self.post(self.agency, "II.b")
        self.secretary = self.post(self.office, "III.a")
        self.leader = self.post(self.section, "IV.a")
        self.worker = EmployeeFactory(unit=self.section)

    def post(self, unit, echelon):
        return EmployeeFactory(unit=unit, position=PositionFactory(echelon=echelon))


@pytest.fixture
def house():
    return House()


def boss_of(person, on=TODAY):
    recompute(on=on)
    return Employee.objects.get(pk=person.pk).supervisor


def test_the_highest_post_of_the_own_unit_supervises_and_heads_look_one_up(house):
    assert boss_of(house.worker) == house.leader
    assert boss_of(house.leader) == house.secretary
    assert boss_of(house.secretary) == house.chief
    assert boss_of(house.chief) == house.mayor
    assert boss_of(house.mayor) is None


def test_where_the_post_is_empty_the_next_unit_above_answers(house):
    house.leader.delete()
    house.secretary.delete()
    assert boss_of(house.worker) == house.chief


def test_two_of_the_same_rank_are_not_guessed(house):
    other = house.post(house.section, "IV.a")
    assert head_of(house.section, on=TODAY) is None
    assert boss_of(house.worker) == house.secretary
    assert boss_of(other) == house.secretary


def test_whom_the_units_page_names_goes_before_the_post(house):
    teacher = EmployeeFactory(unit=house.section)
    make_head(house.section, teacher)
    assert boss_of(house.worker) == teacher
    assert boss_of(house.leader) == teacher
    assert boss_of(teacher) == house.secretary


def test_an_acting_head_answers_from_the_first_to_the_last_day(house):
    first, last = TODAY, TODAY + timedelta(days=5)
    acting = EmployeeFactory(unit=house.office)
    make_head(house.section, acting, since=first, valid_until=last, kind=UnitHead.Kind.PLT)
    house.leader.delete()
    assert boss_of(house.worker, first - timedelta(days=1)) == house.secretary
    assert boss_of(house.worker, first) == acting
    assert boss_of(house.worker, last) == acting
    assert boss_of(house.worker, last + timedelta(days=1)) == house.secretary


def test_somebody_heads_the_units_for_which_he_decides_today(house):
    stand_in = EmployeeFactory(unit=house.office)
    make_head(house.section, stand_in, kind=UnitHead.Kind.PLH, since=TODAY, valid_until=TODAY)
    tomorrow = TODAY + timedelta(days=1)
    heads = [(stand_in, TODAY), (stand_in, tomorrow), (house.leader, TODAY), (house.leader, tomorrow)]
    assert [units_headed_by(person, on=day) for person, day in heads] == [
        [house.section],
        [],
        [],
        [house.section],
    ]
    assert units_headed_by(house.worker, on=TODAY) == []


def test_T48_an_acting_head_of_yesterday_heads_nothing(house):
    acting = EmployeeFactory(unit=house.office)
    make_head(
        house.section, acting, kind=UnitHead.Kind.PLH, since=TODAY, valid_until=TODAY + timedelta(days=1)
    )
    assert head_of(house.section, on=TODAY + timedelta(days=1)) == acting
    assert head_of(house.section, on=TODAY + timedelta(days=2)) == house.leader


def test_the_one_who_is_stood_in_for_is_not_supervised_by_the_stand_in(house):
    make_head(house.agency, house.secretary, kind=UnitHead.Kind.PLH)
    assert boss_of(house.chief) == house.mayor
    assert boss_of(house.leader) == house.secretary
    assert boss_of(house.secretary) == house.mayor


def test_under_an_acting_head_from_elsewhere_the_highest_post_left_is_a_subordinate(house):
    house.chief.delete()
    deputy = house.post(house.agency, "III.a")
    guest = EmployeeFactory(unit=house.city)
    make_head(house.agency, guest, kind=UnitHead.Kind.PLT)
    assert boss_of(deputy) == guest


def test_one_set_by_hand_goes_before_all_unless_gone(house):
    friend = EmployeeFactory()
    set_by_hand(house.worker, friend)
    assert boss_of(house.worker) == friend
    friend.is_active = False
    friend.save()
    assert boss_of(house.worker) == house.leader


def test_nobody_supervises_himself_and_leavers_supervise_nobody(house):
    with pytest.raises(ValueError, match="himself"):
        set_by_hand(house.worker, house.worker)
    Employee.objects.filter(pk=house.worker.pk).update(supervisor_set=house.worker)
    assert boss_of(house.worker) == house.leader
    Employee.objects.filter(pk=house.leader.pk).update(is_active=False)
    assert boss_of(house.worker) == house.secretary
    assert boss_of(house.leader) is None


def test_R29_after_a_move_the_new_unit_answers(house):
    elsewhere = House()
    house.worker.unit = elsewhere.section
    house.worker.save()
    assert boss_of(house.worker) == elsewhere.leader


def test_who_has_nobody_up_to_the_root_has_none():
    alone = EmployeeFactory(unit=UnitFactory(parent=UnitFactory()))
    assert boss_of(alone) is None


def test_who_has_nobody_is_listed(house):
    gone = EmployeeFactory(is_active=False)
    recompute(on=TODAY)
    assert set(without_supervisor(Employee.objects.all())) == {house.mayor}
    assert gone.supervisor is None


def test_a_second_run_changes_nothing(house):
    assert set(recompute(on=TODAY)) == {
        one.pk for one in (house.worker, house.leader, house.secretary, house.chief)
    }
    assert recompute(on=TODAY) == []


def test_it_takes_the_same_few_statements_for_one_and_for_many(house, django_assert_num_queries):
    with django_assert_num_queries(
        6
    ):  # savepoint, people, units, heads, one write (itself in a savepoint's place)
        recompute(on=TODAY)
    EmployeeFactory.create_batch(30, unit=house.section)
    with django_assert_num_queries(6):
        recompute(on=TODAY)


def test_today_is_the_day_in_samarinda(house):
    make_head(house.section, house.secretary, since=timezone.localdate())
    recompute()
    assert Employee.objects.get(pk=house.worker.pk).supervisor == house.secretary
