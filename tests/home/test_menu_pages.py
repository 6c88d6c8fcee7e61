"""Nothing in anybody's menu refuses: every entry is opened by the person it is shown to."""

import pytest
from django.test import Client

from asnportal.home.menu import menu_for
from asnportal.people.models import User
from tests.factories import (
    EmployeeFactory,
    UnitFactory,
    UserFactory,
    grant,
    make_officer,
    make_partner_member,
    make_unit_officer,
)

pytestmark = pytest.mark.django_db


def learner() -> User:
    return EmployeeFactory().user


def supervisor() -> User:
    return EmployeeFactory(supervisor=EmployeeFactory()).supervisor.user


def unit_officer() -> User:
    return make_unit_officer(UnitFactory())


def auditor() -> User:
    return grant(EmployeeFactory().user, "auditor")


def leader() -> User:
    return grant(EmployeeFactory().user, "pimpinan")


def technician() -> User:
    return grant(UserFactory(is_staff=True, is_superuser=True), "admin")


@pytest.mark.parametrize(
    "make",
    [learner, supervisor, unit_officer, make_officer, make_partner_member, auditor, leader, technician],
    ids=lambda make: make.__name__,
)
def test_no_entry_refuses_the_person_it_is_shown_to(client: Client, forms: None, make) -> None:
    user = make()
    client.force_login(user)
    menu = menu_for(user)
    entries = [*(entry for group in menu.groups for entry in group.entries), *menu.tabs, *menu.account]
    answers = {entry.name: client.get(entry.url).status_code for entry in entries}
    assert answers == dict.fromkeys(answers, 200)
