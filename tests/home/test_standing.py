"""The city's first screens tell what the stored results and the ledger say, nothing of a group of fewer than five."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from asnportal.home.queries.city import units_of_city
from asnportal.home.queries.standing import city_index, offices, standing, trend
from asnportal.people.models import Employee, RoleGrant
from competency.models import Assessment, LedgerLine, Method, ResultRun, Standard, StandardItem
from competency.queries.index import rule_on
from competency.queries.ledger import fulfilment
from competency.services import reference, result
from competency.services.index import mean, score
from competency.services.index_facts import facts_of, rules_of
from tests.factories import (
    CompetencyFactory,
    EmployeeFactory,
    PositionFactory,
    UnitFactory,
    grant,
    make_officer,
)

pytestmark = pytest.mark.django_db
Kind = Employee.Kind


@pytest.fixture(autouse=True)
def _reference():
    reference.load()


def today():
    return timezone.localdate()


def people(number, *, kind=Kind.PNS, **extra):
    return [EmployeeFactory(kind=kind, user=None, name="Nama Rahasia", **extra) for _ in range(number)]


def earn(person, jp, day=None):
    day = day or today()
    return LedgerLine.objects.create(
        employee=person,
        day=day,
        year=day.year,
        title="Bimtek",
        jp=Decimal(jp),
        source="portal",
        source_key=f"{person.pk}:{jp}:{day}",
    )


def compute():
    result.recompute(on=today(), again=True)


def leader():
    return grant(EmployeeFactory(name="Pimpinan Kota").user, RoleGrant.Role.PIMPINAN)


def text_of(client, user):
    client.force_login(user)
    page = client.get(reverse("home")).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def short_in_one_competency(number, *, assessed):
    position = PositionFactory(kind="staff")
    standard = Standard.objects.create(
        position=position, valid_from=date(2020, 1, 1), legal_basis="Keputusan Contoh"
    )
    competency = CompetencyFactory(name="Analisis data layanan")
    StandardItem.objects.create(standard=standard, competency=competency, level=3)
    group = people(assessed, position=position)
    for place, person in enumerate(group):
        Assessment.objects.create(
            employee=person,
            competency=competency,
            method=Method.CENTRE,
            level=1 if place < number else 3,
            day=today(),
        )
    return group


def test_stored_offices_say_what_the_live_figures_say_and_the_one_that_needs_help_comes_first():
    city = UnitFactory(level=0)
    good, poor, few = (UnitFactory(level=1, parent=city) for _ in range(3))
    for office, number, reached in ((good, 6, 4), (poor, 5, 1), (few, 4, 0)):
        below = UnitFactory(level=2, parent=office)
        for place, person in enumerate(people(number, unit=below)):
            earn(person, 20 if place < reached else 19)
    people(3, unit=poor, kind=Kind.PPPK)
    compute()
    stored = offices()
    assert [(one.code, one.pns, one.fulfilled) for one in stored] == [(poor.code, 5, 1), (good.code, 6, 4)]
    live = {row.code: (row.jp.pns, row.jp.fulfilled) for row in units_of_city(year=today().year)}
    assert {one.code: (one.pns, one.fulfilled) for one in stored} == live


def test_the_means_of_IP_ASN_are_those_of_the_simulation_itself_without_CPNS():
    crowd = [
        *people(3, education="S1 Hukum"),
        *people(4, education="S2 Hukum"),
        *people(6, kind=Kind.PPPK, education="D3 Gizi"),
    ]
    people(2, kind=Kind.CPNS)
    compute()
    rule = rule_on(today())
    facts = facts_of(crowd, rule, today())
    totals = {one.pk: score(facts[one.pk], rules_of(rule), today()).total for one in crowd}
    found = city_index(today=today())
    assert found.all.figure == mean(totals.values())
    assert found.pns.figure == mean(totals[one.pk] for one in crowd[:7])
    assert found.pppk.figure == mean(totals[one.pk] for one in crowd[7:])
    assert (found.all.people, found.pns.people, found.pppk.people) == (13, 7, 6)
    assert found.all.figure != found.pns.figure


def test_a_kind_with_fewer_than_five_is_not_shown_and_cannot_be_reckoned_from_the_whole():
    people(6)
    people(4, kind=Kind.PPPK)
    compute()
    found = city_index(today=today())
    assert found.pns.people == 6
    assert found.pppk is None
    assert found.all is None


def test_the_months_add_up_to_the_JP_of_the_city_and_none_is_told_that_is_still_to_come():
    one, two = people(2)
    [contract] = people(1, kind=Kind.PPPK)
    day = date(2026, 11, 24)
    for person, jp, when in ((one, 8, date(2026, 1, 5)), (two, 12, date(2026, 3, 31)), (one, 4, day)):
        earn(person, jp, when)
    earn(contract, 7, date(2026, 2, 1))
    earn(one, 30, date(2025, 12, 31))
    found = trend(2026, today=day)
    assert found.total == fulfilment(Employee.objects.all(), 2026).jp == 24
    assert [int(month.jp) for month in found.months] == [8, 0, 12, 0, 0, 0, 0, 0, 0, 0, 4, 0]
    assert [month.total for month in found.months] == [8, 8, *[20] * 8, 24, None]
    assert len(found.begun) == 11
    assert found.bars[10].height > found.bars[9].height > found.bars[0].height
    assert trend(2025, today=day).total == 30


def test_pimpinan_and_bkpsdm_see_gaps_index_and_months_and_no_name(client):
    short_in_one_competency(3, assessed=7)
    compute()
    for user in (leader(), make_officer()):
        text = text_of(client, user)
        assert "Analisis data layanan 3 dari 7" in text
        assert "IP ASN (simulasi)" in text
        assert "Dasar hukum" in text
        assert "Angka tiap bulan" in text
        assert "dan IP ASN dihitung" in text
        assert "belum selesai" not in text
        assert "Nama Rahasia" not in text


def test_a_gap_among_fewer_than_five_assessed_is_not_told(client):
    short_in_one_competency(4, assessed=4)
    compute()
    for user in (leader(), make_officer()):
        text = text_of(client, user)
        assert "Analisis data layanan" not in text
        assert "Belum ada kesenjangan yang dapat ditampilkan" in text


def test_before_the_first_pass_the_screens_say_so(client):
    short_in_one_competency(3, assessed=7)
    assert standing(today=today()) is None
    for user in (leader(), make_officer()):
        text = text_of(client, user)
        assert "Belum dihitung. Angka tampil sesudah perhitungan malam ini." in text
        assert "IP ASN (simulasi)" not in text


def test_a_figure_older_than_a_day_says_so(client):
    compute()
    ResultRun.objects.update(finished_at=timezone.now() - timedelta(hours=30))
    assert "Perhitungan malam terakhir belum selesai" in text_of(client, leader())


def test_the_figures_of_the_city_are_for_no_other_role(client):
    short_in_one_competency(3, assessed=7)
    compute()
    learner = EmployeeFactory().user
    auditor = grant(EmployeeFactory().user, RoleGrant.Role.AUDITOR)
    for user in (learner, auditor):
        assert "Kompetensi yang paling banyak kurang" not in text_of(client, user)


@pytest.mark.parametrize("make", [leader, make_officer])
def test_the_screens_cost_the_same_for_one_gap_and_office_and_for_three(client, make):
    city = UnitFactory(level=0)
    user = make()

    def statements():
        compute()
        client.force_login(user)
        client.get(reverse("home"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("home"))
        return len(queries)

    def more():
        office = UnitFactory(level=1, parent=city)
        for person in [*short_in_one_competency(3, assessed=5), *people(5, kind=Kind.PPPK)]:
            person.unit = office
            person.save()
            earn(person, 20)

    more()
    few = statements()
    more()
    more()
    assert statements() == few
    assert len(offices()) == 3
