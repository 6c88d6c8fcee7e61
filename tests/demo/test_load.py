"""The demo city is what PRODUCT promises: accounts, who supervises whom, and something for everybody to do."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from asnportal.common import files
from asnportal.demo.accounts import ACTORS, PASSWORD
from asnportal.demo.calendar import moved
from asnportal.demo.load import load
from asnportal.demo.people import Plan, person
from asnportal.people.models import Employee, Unit, User
from competency.models import LedgerLine, TrainingRecord
from partners.models import Proposal
from training.models import Certificate, CertificateStatus, Enrolment, Session, SessionStatus
from training.services.certificate_issue import issue_due


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            load(Plan(employees=200, seed=6472, today=timezone.localdate()))
            yield
            transaction.set_rollback(True)


pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def user(name):
    return User.objects.get(email=f"{name}@contoh.test")


def test_all_accounts_are_there_with_the_password():
    assert User.objects.filter(email__in=[actor.address for actor in ACTORS]).count() == len(ACTORS) == 13
    assert all(account.check_password(PASSWORD) for account in User.objects.exclude(email=None))


def test_atasan_supervises_asn_in_the_unit_of_opd_and_the_second_set_is_elsewhere():
    asn, asn2 = user("asn").employee, user("asn2").employee
    assert (asn.supervisor, asn2.supervisor) == (user("atasan").employee, user("atasan2").employee)
    for officer, mine, other in (("opd", asn, asn2), ("opd2", asn2, asn)):
        reach = Unit.objects.visible_to(user(officer))
        assert mine.unit in reach
        assert other.unit not in reach
    assert user("mitra").partner_member.partner != user("mitra2").partner_member.partner


def test_there_are_200_people_with_valid_numbers_and_something_to_do_for_everybody():
    from asnportal.common.nip import parse_nip

    assert Employee.objects.count() == 200
    for employee in Employee.objects.all():
        nip = parse_nip(employee.nip, status=employee.kind, today=timezone.localdate())
        assert (nip.sex, nip.birth_date, nip.doubts) == (employee.sex, employee.birth_date, ())
    assert Enrolment.objects.filter(status="requested", approver=user("atasan").employee).exists()
    assert Enrolment.objects.filter(status="waiting").exists()
    assert LedgerLine.objects.filter(employee=user("asn").employee, source="portal").exists()
    assert Proposal.objects.filter(status="submitted").count() == 1
    assert Session.objects.filter(status=SessionStatus.PUBLISHED, end__lt=timezone.localdate()).exists()


def test_evidence_waits_and_was_answered_either_way():
    sent = TrainingRecord.objects.filter(source=TrainingRecord.OUTSIDE)
    assert sorted(sent.values_list("status", flat=True)) == ["rejected", "verified", *["waiting"] * 3]
    assert all(files.path_of(one.evidence).stat().st_size > 5_000 for one in sent)


def test_the_learners_of_the_demo_are_free_to_ask_for_what_is_open():
    for name in ("asn", "asn2"):
        assert not Enrolment.objects.filter(
            employee__user=user(name),
            status="confirmed",
            session__start__lte=timezone.localdate(),
            session__end__gte=timezone.localdate(),
        ).exists()


def test_a_few_certificates_are_issued_and_some_are_left_to_issue():
    for name in ("asn", "asn2", "atasan"):
        assert Certificate.objects.filter(employee__user=user(name)).exists()
    asked = Certificate.objects.count()
    assert asked == issue_due(seconds=60)
    assert set(Certificate.objects.values_list("status", flat=True)) == {CertificateStatus.ISSUED}
    completed = Enrolment.objects.filter(status="completed")
    assert completed.filter(certificates=None).exists()
    assert not Session.objects.filter(status=SessionStatus.FINISHED, signatory_name="").exists()


def test_posts_fit_the_unit_and_degrees_fit_the_post():
    asn = user("asn").employee
    assert asn.position.unit_group in ("umum", "23")
    for one in Employee.objects.exclude(position__kind="structural").select_related("position"):
        only_school = one.position.min_education == "SMA"
        assert bool(one.title_after or one.title_before) != only_school
    heads = Employee.objects.exclude(headed=None)
    assert {one.kind for one in heads} == {Employee.Kind.PNS}


def test_a_second_load_changes_nothing():
    before = (Employee.objects.count(), Enrolment.objects.count(), LedgerLine.objects.count())
    load(Plan(employees=200, seed=6472, today=timezone.localdate()))
    assert (Employee.objects.count(), Enrolment.objects.count(), LedgerLine.objects.count()) == before


def test_the_same_seed_gives_the_same_people():
    import random

    plan = Plan(employees=200, seed=1, today=date(2026, 11, 24))
    one, two = (person(random.Random(1), 5, plan) for _ in range(2))
    assert (one.nip, one.name) == (two.nip, two.name)


def test_sessions_move_by_whole_weeks():
    rows = [{"mulai": "2026-12-01", "selesai": "2026-12-02", "tutup_daftar": ""}]
    assert moved(rows, today=date(2027, 1, 7))[0]["mulai"] == "2027-01-12"
    assert moved(rows, today=date(2026, 11, 25))[0]["mulai"] == "2026-12-01"


def test_the_demo_is_never_loaded_in_production(settings):
    settings.PROFILE, settings.DEMO = "production", False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
