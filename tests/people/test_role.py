"""Roles and accounts: given and taken by those who may, never for oneself (P55, P56, P74)."""

import pytest

from asnportal.audit.models import AuditLine
from asnportal.common.errors import OwnCase, Refusal
from asnportal.people.models import RoleGrant, User
from asnportal.people.services import role as service
from tests.factories import EmployeeFactory, UnitFactory, UserFactory, grant, make_officer

pytestmark = pytest.mark.django_db
Role = RoleGrant.Role


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def admin():
    return grant(UserFactory(), Role.ADMIN)


@pytest.fixture
def learner():
    return EmployeeFactory().user


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_P55_bkpsdm_gives_the_admin_unit_its_unit(officer, learner):
    unit = UnitFactory()
    given = service.grant(learner, Role.OPD, by=officer, unit=unit)
    assert (given.unit, given.granted_by, fresh(learner).officer_units) == (unit, officer, (unit,))
    line = AuditLine.objects.get(verb="role.grant")
    assert (line.actor, line.target, line.after) == (officer, learner, f"Admin unit, {unit}")


@pytest.mark.parametrize("role", [Role.BKPSDM, Role.AUDITOR, Role.PIMPINAN, Role.ADMIN])
def test_P56_rights_over_officers_are_the_technical_admins(officer, admin, learner, role):
    with pytest.raises(Refusal) as refused:
        service.grant(learner, role, by=officer)
    assert refused.value.code == "not_yours"
    service.grant(learner, role, by=admin)
    assert fresh(learner).has_role(role)


def test_P55_P56_nobody_changes_the_own_roles(officer, admin):
    with pytest.raises(OwnCase):
        service.grant(officer, Role.OPD, by=officer, unit=UnitFactory())
    with pytest.raises(OwnCase):
        service.revoke(admin.role_grants.get(), by=admin)
    for act in (service.end_sessions, service.reactivate):
        with pytest.raises(OwnCase):
            act(officer, by=officer)


def test_only_an_admin_unit_has_a_unit_and_it_needs_one(officer, learner):
    for role, unit in ((Role.OPD, None), (Role.MITRA, UnitFactory())):
        with pytest.raises(Refusal) as refused:
            service.grant(learner, role, by=officer, unit=unit)
        assert refused.value.code == "unit"


def test_a_role_is_given_once(officer, learner):
    unit = UnitFactory()
    service.grant(learner, Role.OPD, by=officer, unit=unit)
    with pytest.raises(Refusal) as refused:
        service.grant(learner, Role.OPD, by=officer, unit=unit)
    assert refused.value.code == "double"
    service.grant(learner, Role.OPD, by=officer, unit=UnitFactory())


def test_a_role_taken_away_is_gone_at_once_and_the_session_with_it(client, officer, learner):
    given = service.grant(learner, Role.OPD, by=officer, unit=UnitFactory())
    client.force_login(fresh(learner))
    service.revoke(given, by=officer)
    assert not fresh(learner).has_role(Role.OPD)
    assert client.get("/akun/kata-sandi/").status_code == 302


def test_djangos_admin_follows_the_role(admin, learner):
    given = service.grant(learner, Role.ADMIN, by=admin)
    assert (fresh(learner).is_staff, fresh(learner).is_superuser) == (True, True)
    service.revoke(given, by=admin)
    assert (fresh(learner).is_staff, fresh(learner).is_superuser) == (False, False)


def test_the_last_technical_admin_stays(admin, learner):
    other = service.grant(learner, Role.ADMIN, by=admin)
    User.objects.filter(pk=admin.pk).update(is_active=False)
    with pytest.raises(Refusal) as refused:
        service.revoke(other, by=admin)
    assert refused.value.code == "last_admin"


def test_P74_sessions_of_others_end_by_officers_but_not_those_of_higher_offices(officer, admin, learner):
    service.end_sessions(learner, by=officer)
    assert fresh(learner).session_round == 1
    for higher in (admin, make_officer()):
        with pytest.raises(Refusal) as refused:
            service.end_sessions(higher, by=officer)
        assert refused.value.code == "not_yours"
    service.end_sessions(officer, by=admin)


def test_a_closed_account_opens_again_unless_its_person_left(officer, learner):
    service.deactivate(learner, by=officer, note="Laptop hilang")
    assert not fresh(learner).is_active
    assert AuditLine.objects.get(verb="account.deactivate").note == "Laptop hilang"
    service.reactivate(learner, by=officer)
    assert fresh(learner).is_active
    service.deactivate(learner, by=officer, note="Pensiun")
    learner.employee.is_active = False
    learner.employee.save()
    with pytest.raises(Refusal) as refused:
        service.reactivate(fresh(learner), by=officer)
    assert refused.value.code == "inactive"
