"""Django's admin: one way in, one role, everything readable, only dated reference data changeable."""

import pytest
from django.test import Client
from django.urls import reverse

from asnportal.audit.admin import site
from asnportal.audit.models import AuditLine
from asnportal.people.models import RoleGrant
from competency.models import JpTarget
from tests.factories import (
    EmployeeFactory,
    SessionFactory,
    UserFactory,
    grant,
    make_officer,
    make_unit_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def technician():
    return grant(UserFactory(), RoleGrant.Role.ADMIN)


@pytest.fixture
def browser(technician) -> Client:
    client = Client()
    client.force_login(technician)
    return client


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/people/employee/"])
def test_T55_there_is_no_second_way_in(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/masuk/")


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/admin/people/employee/", "/admin/password_change/"]
)
def test_T55_P70_nobody_but_the_technical_admin_is_let_in(client, path):
    for user in (EmployeeFactory().user, make_officer(), make_unit_officer(EmployeeFactory().unit)):
        client.force_login(user)
        assert client.get(path).status_code == 403


def test_the_second_factor_is_asked_here_too(browser, settings):
    settings.REQUIRE_MFA = True
    assert browser.get("/admin/").url.startswith(reverse("mfa_activate_totp"))


def test_every_list_opens_and_offers_no_import_export_or_delete(browser):
    EmployeeFactory()
    SessionFactory()
    for model, shown in site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        page = browser.get(reverse(f"{name}_changelist"))
        assert page.status_code == 200, name
        assert not shown.has_delete_permission(page.wsgi_request), name


def test_what_people_do_is_read_only(browser):
    person, session = EmployeeFactory(), SessionFactory()
    for thing in (person, person.user, session):
        name = f"admin:{thing._meta.app_label}_{thing._meta.model_name}"
        change = reverse(f"{name}_change", args=[thing.pk])
        assert browser.get(change).status_code == 200
        assert browser.post(change, {"name": "Lain"}).status_code == 403
        assert browser.post(reverse(f"{name}_delete", args=[thing.pk]), {"post": "yes"}).status_code == 403
        assert browser.get(reverse(f"{name}_add")).status_code == 403
    assert "argon2" not in browser.get(reverse("admin:people_user_change", args=[person.user.pk])).text


def test_a_new_target_is_entered_with_its_legal_basis_and_leaves_a_line(browser, technician):
    values = {
        "kind": "PNS",
        "sense": "floor",
        "jp": "24",
        "valid_from": "2027-01-01",
        "legal_basis": "PP 1/2027",
    }
    answer = browser.post(reverse("admin:competency_jptarget_add"), values)
    assert answer.status_code == 302
    assert JpTarget.objects.filter(jp=24, legal_basis="PP 1/2027").exists()
    line = AuditLine.objects.get(verb="reference.add")
    assert line.actor == technician
