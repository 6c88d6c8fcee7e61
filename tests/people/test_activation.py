"""Activation codes: made, given, used once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from asnportal.audit.models import AuditLine
from asnportal.common.errors import OwnCase, Refusal
from asnportal.people.models import ActivationCode, Employee, User
from asnportal.people.services import activation
from tests.factories import EmployeeFactory, UnitFactory, make_officer

pytestmark = pytest.mark.django_db
NEW = "Sungai-Mahakam-9"


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def newcomer():
    unit = UnitFactory(contact_name="Nurul Aini", contact_phone="(0541) 123-4567", name="Dinas Contoh")
    return EmployeeFactory(user=None, unit=UnitFactory(parent=unit))


def sheet(people, officer):
    found = Employee.objects.filter(pk__in=[one.pk for one in people])
    return activation.make_codes(found.select_related("user", "unit", "position"), by=officer)


def refusal(nip, code):
    with pytest.raises(Refusal) as refused:
        activation.redeem(nip, code)
    return refused.value


def test_a_code_has_eight_letters_and_digits_that_cannot_be_mistaken(newcomer, officer):
    slip = sheet([newcomer], officer)[0]
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", slip.printed)
    assert len(activation.ALPHABET) ** activation.LENGTH >= 2**40


def test_only_a_keyed_hash_is_kept(newcomer, officer, settings):
    slip = sheet([newcomer], officer)[0]
    code = ActivationCode.objects.get()
    assert slip.code not in code.code_hash
    settings.SECRET_KEY = "another"
    assert refusal(newcomer.nip, slip.code).code == "no_match"


def test_the_code_opens_the_account_once(newcomer, officer):
    slip = sheet([newcomer], officer)[0]
    ticket = activation.redeem(newcomer.nip, slip.printed.lower())
    user = activation.set_first_password(ticket, password=NEW, phone="+6281234567890")
    newcomer.refresh_from_db()
    assert (newcomer.user, newcomer.phone, user.username) == (user, "+6281234567890", newcomer.nip)
    assert user.check_password(NEW)
    with pytest.raises(Refusal) as refused:
        activation.set_first_password(ticket, password="Lain-lagi-99")
    assert "sudah dipakai" in refused.value.message
    assert User.objects.get(pk=user.pk).check_password(NEW)
    assert refusal(newcomer.nip, slip.code).code == "expired"


def test_an_unknown_number_and_a_wrong_code_read_the_same(newcomer, officer):
    sheet([newcomer], officer)
    wrong = refusal(newcomer.nip, "AAAA-AAAA")
    never = refusal("199901012024012998", "AAAA-AAAA")
    nonsense = refusal("bukan nip", "")
    assert {wrong.message, never.message, nonsense.message} == {activation.NO_MATCH}


def test_after_fourteen_days_it_says_until_when_and_whom_to_ask(newcomer, officer):
    with time_machine.travel(datetime(2026, 10, 12, 2, tzinfo=UTC), tick=False) as clock:
        slip = sheet([newcomer], officer)[0]
        clock.shift(timedelta(days=14) - timedelta(seconds=1))
        ticket = activation.redeem(newcomer.nip, slip.code)
        clock.shift(timedelta(seconds=1))
        told = "Kode ini berlaku sampai 26 Oktober 2026. Minta kode baru kepada Nurul Aini, (0541) 123-4567."
        assert refusal(newcomer.nip, slip.code).message == told
        with pytest.raises(Refusal):
            activation.set_first_password(ticket, password=NEW)


def test_a_new_sheet_ends_the_codes_of_the_old_one(newcomer, officer):
    old = sheet([newcomer], officer)[0]
    ticket = activation.redeem(newcomer.nip, old.code)
    new = sheet([newcomer], officer)[0]
    assert refusal(newcomer.nip, old.code).code == "expired"
    with pytest.raises(Refusal):
        activation.set_first_password(ticket, password=NEW)
    assert activation.redeem(newcomer.nip, new.code).employee == newcomer


def test_a_sheet_leaves_out_who_has_a_password_who_left_and_the_officer(newcomer, officer):
    people = [newcomer, EmployeeFactory(), EmployeeFactory(user=None, is_active=False), officer.employee]
    User.objects.filter(pk=officer.pk).update(password="!")
    assert [slip.employee for slip in sheet(people, officer)] == [newcomer]
    line = AuditLine.objects.get(verb="activation.make")
    assert (line.actor, line.target) == (officer, newcomer)


def test_a_sheet_of_any_size_takes_the_same_statements(officer, django_assert_max_num_queries):
    people = EmployeeFactory.create_batch(12, user=None)
    with django_assert_max_num_queries(7):
        assert len(sheet(people, officer)) == 12


def test_who_forgot_the_password_gets_one_code_after_being_seen(officer):
    learner = EmployeeFactory()
    old_hash = learner.user.get_session_auth_hash()
    slip = activation.renew(learner, by=officer, note="Dilihat langsung di loket")
    user = activation.set_first_password(activation.redeem(learner.nip, slip.code), password=NEW)
    assert user == learner.user
    assert User.objects.get(pk=user.pk).get_session_auth_hash() != old_hash
    line = AuditLine.objects.get(verb="activation.renew")
    assert (line.actor, line.target, line.note) == (officer, learner, "Dilihat langsung di loket")


def test_nobody_makes_a_code_for_himself(officer):
    with pytest.raises(OwnCase):
        activation.renew(officer.employee, by=officer)
    assert not ActivationCode.objects.exists()


def test_T49_a_leaver_and_a_closed_account_get_in_with_no_code(newcomer, officer):
    slip = sheet([newcomer], officer)[0]
    Employee.objects.filter(pk=newcomer.pk).update(is_active=False)
    assert refusal(newcomer.nip, slip.code).message == activation.NO_MATCH
    learner = EmployeeFactory()
    slip = activation.renew(learner, by=officer)
    User.objects.filter(pk=learner.user.pk).update(is_active=False)
    assert refusal(learner.nip, slip.code).code == "closed"
    learner.is_active = False
    with pytest.raises(Refusal):
        activation.renew(learner, by=officer)


def test_a_code_that_was_tried_too_often_is_dead(newcomer, officer):
    slip = sheet([newcomer], officer)[0]
    for _ in range(activation.MOST_ATTEMPTS):
        refusal(newcomer.nip, "AAAA-AAAA")
    assert refusal(newcomer.nip, slip.code).message == activation.NO_MATCH


def test_the_numbers_spaces_do_not_matter(newcomer, officer):
    slip = sheet([newcomer], officer)[0]
    nip = newcomer.nip
    assert activation.redeem(f"{nip[:8]} {nip[8:14]}.{nip[14]} {nip[15:]}", f" {slip.printed} ")
