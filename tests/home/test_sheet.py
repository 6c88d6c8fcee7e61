"""Sheets of activation codes, and people who leave while they hold seats."""

import re
from datetime import date

import pytest
from django.urls import reverse

from asnportal.audit.models import AuditLine
from asnportal.home.views.sheet import pages
from asnportal.notifications.models import Message
from asnportal.people.models import ActivationCode
from asnportal.people.services import activation
from tests.factories import (
    EmployeeFactory,
    EnrolmentFactory,
    SessionFactory,
    UnitFactory,
    make_officer,
    make_unit_officer,
)
from training.models import Enrolment, EnrolmentStatus

pytestmark = pytest.mark.django_db
CODE = re.compile(r'class="k">([0-9A-Z]{4}-[0-9A-Z]{4})<')


@pytest.fixture
def agency():
    """An agency with one section and somebody in each; another agency with somebody as well."""
    agency, other = UnitFactory(name="Dinas A"), UnitFactory(name="Dinas B")
    section = UnitFactory(parent=agency, level=2)
    people = [EmployeeFactory(user=None, unit=unit) for unit in (agency, section, other)]
    return agency, other, people


def test_T07_an_admin_unit_makes_slips_for_the_own_units_only(client, agency):
    unit, other, (one, two, stranger) = agency
    user = make_unit_officer(unit)
    client.force_login(user)
    url = reverse("unit_activation_sheet")
    page = client.get(f"{url}?unit={other.pk}").content.decode()
    assert one.full_name in page
    assert stranger.full_name not in page
    answer = client.post(url, {"orang": [one.pk, stranger.pk]})
    assert answer.status_code == 422
    assert not ActivationCode.objects.exists()
    answer = client.post(f"{url}?unit={unit.pk}", {"orang": [one.pk, two.pk]})
    codes = CODE.findall(answer.content.decode())
    assert len(codes) == 2
    assert answer["Cache-Control"] == "no-store, private"
    assert {line.target for line in AuditLine.objects.filter(verb="activation.make", actor=user)} == {
        one,
        two,
    }
    assert activation.redeem(one.nip, codes[0])


def test_a_slip_shows_no_number_and_leads_to_the_page_with_the_code(client, agency, settings):
    settings.SITE_URL = "https://belajar.contoh.test"
    unit, _, (one, *_) = agency
    client.force_login(make_unit_officer(unit))
    text = client.post(reverse("unit_activation_sheet"), {"orang": [one.pk]}).content.decode()
    assert one.nip not in text.replace(" ", "")
    assert "belajar.contoh.test/aktivasi<" in text


def test_eight_slips_fill_a_sheet_of_paper():
    assert [len(page) for page in pages(list(range(17)))] == [8, 8, 1]


def test_a_mail_goes_only_to_those_whose_address_is_known_and_only_if_wanted(client, agency):
    _, _, (one, two, _) = agency
    one.email = "satu@contoh.test"
    one.save()
    client.force_login(make_officer())
    url = f"{reverse('activation_sheet')}?unit={one.unit_id}"
    client.post(url, {"orang": [one.pk, two.pk]})
    assert not Message.objects.exists()
    codes = CODE.findall(client.post(url, {"orang": [one.pk, two.pk], "kirim": "on"}).content.decode())
    message = Message.objects.get()
    assert message.address == "satu@contoh.test"
    assert any(message.link == f"/aktivasi/?kode={code}" for code in codes)


def test_nobody_ticked_is_a_sentence(client, agency):
    client.force_login(make_officer())
    answer = client.post(f"{reverse('activation_sheet')}?unit={agency[0].pk}", {})
    assert answer.status_code == 422
    assert "Pilih paling sedikit satu orang." in answer.content.decode()


def test_the_page_of_a_large_unit_takes_the_same_statements(client, agency, django_assert_max_num_queries):
    client.force_login(make_officer())
    EmployeeFactory.create_batch(12, user=None, unit=agency[0])
    with django_assert_max_num_queries(9):
        client.get(f"{reverse('activation_sheet')}?unit={agency[0].pk}")


def test_a_leavers_seat_goes_to_the_first_in_the_queue_at_once(client):
    session = SessionFactory(quota=1, confirmed_count=1)
    leaver, waiting = EmployeeFactory(), EmployeeFactory()
    EnrolmentFactory(session=session, employee=leaver, number=1, status=EnrolmentStatus.CONFIRMED)
    EnrolmentFactory(session=session, employee=waiting, number=2, status=EnrolmentStatus.WAITING)
    past = SessionFactory(start=date(2026, 1, 5))
    EnrolmentFactory(session=past, employee=leaver, number=1, status=EnrolmentStatus.CONFIRMED)
    client.force_login(make_officer())
    url = reverse("employee_leave", args=[leaver.public_id])
    assert "1 pendaftarannya dilepas" in client.get(url).content.decode()
    client.post(url, {"on": "2026-11-01", "reason": "Pensiun"})
    states = dict(Enrolment.objects.filter(session=session).values_list("employee", "status"))
    assert states == {leaver.pk: EnrolmentStatus.CANCELLED, waiting.pk: EnrolmentStatus.CONFIRMED}
