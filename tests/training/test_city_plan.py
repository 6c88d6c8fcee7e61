"""The city's annual plan: from verified needs to lines, fixed by a decree, carried out as sessions."""

import re
from datetime import date
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from asnportal.audit.models import AuditLine
from asnportal.common.errors import Refusal, WrongState
from asnportal.people.models import RoleGrant
from competency.models import NeedLine, Standard, StandardItem, UnitNeed
from tests.factories import (
    CompetencyFactory,
    LearningFormFactory,
    PositionFactory,
    ProgrammeFactory,
    ProviderFactory,
    UnitFactory,
    UserFactory,
    grant,
    make_officer,
)
from training.models import CITY_LINE, CITY_PLAN, CityPlan, CityPlanLine, Programme, Session
from training.queries.city_plan import bundles, last_day, proposed_session, waiting_needs
from training.services import city_line, city_plan
from training.services import session as sessions

pytestmark = pytest.mark.django_db
YEAR = 2030  # in the future of every clock, so that sessions can be made


@pytest.fixture
def officer():
    return make_officer()


def needed(unit=None, *, people=4, state="verified", year=YEAR, **extra):
    """A need of an office in a list of that state."""
    unit = unit or UnitFactory()
    need, _ = UnitNeed.objects.get_or_create(unit=unit, year=year, defaults={"status": state})
    values = {"title": "Menyusun laporan", "month": 3, "jp": 8, "cost": 100_000, **extra}
    return NeedLine.objects.create(need=need, people=people, **values)


def whole(officer, **extra):
    """A line that lacks nothing."""
    values = {"title": "Bimtek laporan", "jp": 8, "cost": 100_000, "quota": 20, "first_month": 3}
    belongs = {"form": LearningFormFactory(), "provider": ProviderFactory()}
    return city_line.add(YEAR, {**values, **belongs, **extra}, by=officer)


def fixed(officer, **extra):
    line = city_line.verify(whole(officer, **extra), by=officer)
    city_plan.fix(line.plan, decree_number="1/2030", decree_date=date(2026, 1, 2), by=officer)
    return CityPlanLine.objects.select_related("plan").get(pk=line.pk)


MOVES = {
    "fix": lambda plan, by: city_plan.fix(plan, decree_number="1", decree_date=date(2026, 1, 2), by=by),
    "revise": lambda plan, by: city_plan.revise(plan, name="Perubahan", reason="APBD-P", by=by),
}


@pytest.mark.parametrize(("state", "verb"), list(product(CityPlan.Status.values, MOVES)))
def test_every_pair_of_state_and_move_of_a_plan_is_an_arrow_or_is_refused(officer, state, verb):
    plan = city_line.verify(whole(officer), by=officer).plan
    CityPlan.objects.filter(pk=plan.pk).update(status=state)
    arrow = CITY_PLAN.moves[verb]
    if state in arrow.sources:
        assert MOVES[verb](plan, officer).status == arrow.to
    else:
        with pytest.raises(WrongState):
            MOVES[verb](plan, officer)
        assert CityPlan.objects.get(pk=plan.pk).status == state


@pytest.mark.parametrize("state", CityPlanLine.Status.values)
def test_a_line_is_verified_once_and_again_after_a_change(officer, state):
    line = whole(officer)
    CityPlanLine.objects.filter(pk=line.pk).update(status=state)
    if state in CITY_LINE.moves["verify"].sources:
        assert city_line.verify(line, by=officer).verified_by == officer
    else:
        with pytest.raises(WrongState):
            city_line.verify(line, by=officer)
    city_line.change(line, {"quota": 25}, by=officer)
    line.refresh_from_db()
    assert (line.status, line.verified_by, line.quota) == ("draft", None, 25)


def test_only_verified_needs_of_the_year_that_stand_nowhere_wait_for_a_line(officer):
    mine = needed()
    needed(state="sent")
    needed(year=YEAR + 1)
    needed(people=0)
    taken = needed()
    city_line.from_needs(YEAR, [taken], by=officer)
    assert list(waiting_needs(YEAR)) == [mine]


def test_needs_are_merged_by_competency_and_form_the_largest_first():
    data, form = CompetencyFactory(name="Analisis data"), LearningFormFactory()
    first = needed(competency=data, form=form, title="Kursus data", people=3)
    second = needed(competency=data, form=form, title="Bimtek data", people=5)
    other = needed(competency=data, people=1)
    words = needed(title="Menulis", people=2)
    same = needed(title="menulis", people=2)
    found = [(one.title, one.people, one.units, list(one.needs)) for one in bundles(waiting_needs(YEAR))]
    assert found == [
        ("Analisis data", 8, 2, [first, second]),
        ("Menulis", 4, 2, [words, same]),
        ("Analisis data", 1, 1, [other]),
    ]


def test_one_tap_makes_a_line_of_the_people_the_form_the_mean_cost_and_the_months(officer):
    data, form = CompetencyFactory(name="Analisis data"), LearningFormFactory()
    ones = [
        needed(competency=data, form=form, people=10, cost=100_000, month=5, jp=8),
        needed(competency=data, form=form, people=30, cost=200_000, month=3, jp=8),
        needed(competency=data, people=1, cost=None, month=9, jp=8),
    ]
    line = city_line.from_needs(YEAR, ones, by=officer)
    values = (line.title, line.competency, line.form, line.quota, line.jp, line.cost)
    assert values == ("Analisis data", data, form, 41, 8, 175_000)
    assert (line.first_month, line.last_month, line.status) == (3, 9, "draft")
    assert not waiting_needs(YEAR).exists()
    with pytest.raises(Refusal, match="belum ada di rencana"):
        city_line.from_needs(YEAR, ones, by=officer)


def test_needs_are_joined_and_split_again_and_the_seats_follow(officer):
    first, second = needed(people=10), needed(people=6)
    line = city_line.from_needs(YEAR, [first], by=officer)
    line.form, line.provider = LearningFormFactory(), ProviderFactory()
    line.save()
    city_line.verify(line, by=officer)
    joined = city_line.join(line, [second], by=officer)
    assert (joined.quota, joined.status) == (16, "draft")
    left = city_line.split(line.needs.get(need_line=first), by=officer)
    assert (left.quota, list(waiting_needs(YEAR))) == (6, [first])
    city_line.drop(left, by=officer)
    assert set(waiting_needs(YEAR)) == {first, second}


def test_a_line_that_lacks_something_is_not_verified(officer):
    line = city_line.add(YEAR, {"title": "Bimtek"}, by=officer)
    with pytest.raises(Refusal, match="Lengkapi dahulu: bentuk, penyelenggara, JP, biaya per orang"):
        city_line.verify(line, by=officer)


def test_a_plan_is_fixed_only_whole_verified_and_below_its_ceiling(officer):
    plan = city_plan.plan_for(YEAR)
    decree = {"decree_number": "1/2030", "decree_date": date(2026, 1, 2), "by": officer}
    with pytest.raises(Refusal, match="paling sedikit satu baris"):
        city_plan.fix(plan, **decree)
    line = whole(officer)
    with pytest.raises(Refusal, match="Belum diverifikasi: Bimtek laporan"):
        city_plan.fix(plan, **decree)
    city_line.verify(line, by=officer)
    city_plan.set_ceiling(YEAR, ceiling=1_500_000, by=officer)
    with pytest.raises(Refusal, match=r"melampaui pagu sebesar Rp 500\.000"):
        city_plan.fix(plan, **decree)
    city_plan.set_ceiling(YEAR, ceiling=2_000_000, by=officer)
    done = city_plan.fix(plan, **decree)
    assert (done.status, done.decree_number) == ("fixed", "1/2030")
    told = AuditLine.objects.about(done).get(verb="cityplan.fix")
    assert (told.details["total"], told.details["lines"]) == (2_000_000, 1)


def test_a_fixed_plan_changes_only_in_a_named_revision(officer):
    line = fixed(officer)
    for act in (
        lambda: city_line.change(line, {"quota": 5}, by=officer),
        lambda: city_line.drop(line, by=officer),
        lambda: city_line.add(YEAR, {"title": "Baru"}, by=officer),
        lambda: city_line.from_needs(YEAR, [needed()], by=officer),
        lambda: city_plan.set_ceiling(YEAR, ceiling=1, by=officer),
    ):
        with pytest.raises(Refusal, match="sudah ditetapkan"):
            act()
    with pytest.raises(Refusal, match="nama perubahan dan alasannya"):
        city_plan.revise(line.plan, name="", reason="APBD-P", by=officer)
    plan = city_plan.revise(line.plan, name="Perubahan pertama", reason="APBD-P", by=officer)
    assert (plan.revision, plan.revision_name) == (1, "Perubahan pertama")
    city_line.change(line, {"quota": 5}, by=officer)
    assert CityPlanLine.objects.get().quota == 5


def test_no_session_comes_from_a_plan_that_is_not_fixed(officer):
    line = city_line.verify(whole(officer), by=officer)
    with pytest.raises(Refusal, match="sesudah rencana 2030 ditetapkan"):
        city_line.programme_of(line, by=officer)


def test_a_draft_programme_is_made_of_the_line_once(officer):
    data = CompetencyFactory(family="managerial")
    for number, level in enumerate((3, 3, 2)):
        standard = Standard.objects.create(position=PositionFactory(code=f"S{number}"))
        StandardItem.objects.create(standard=standard, competency=data, level=level, importance="Mutlak")
    line = fixed(officer, competency=data, jp=20, audience="Petugas loket")
    made = city_line.programme_of(line, by=officer)
    facts = (made.title, made.form, made.provider, made.jp, made.duration_days, made.audience)
    assert facts == ("Bimtek laporan", line.form, line.provider, 20, 3, "Petugas loket")
    assert (made.family, made.is_active, made.usual_quota) == ("manajerial", False, 20)
    assert [(one.competency, one.level) for one in made.competencies.all()] == [(data, 3)]
    assert city_line.programme_of(CityPlanLine.objects.select_related("plan").get(), by=officer) == made
    assert Programme.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "last"), [(1, date(2030, 3, 4)), (5, date(2030, 3, 8)), (6, date(2030, 3, 11))]
)
def test_the_proposed_days_are_working_days_from_the_first_monday(officer, days, last):
    line = fixed(officer, programme=ProgrammeFactory(duration_days=days))
    values = proposed_session(line, today=date(2030, 1, 1))
    assert (values["quota"], values["start"], values["end"]) == (20, date(2030, 3, 4), last)
    assert last_day(date(2030, 3, 4), days) == last


def test_late_in_its_months_a_line_proposes_the_next_monday_and_afterwards_no_day(officer):
    line = fixed(officer, last_month=4)
    assert proposed_session(line, today=date(2030, 3, 20))["start"] == date(2030, 4, 15)
    assert proposed_session(line, today=date(2030, 4, 20)) == {"quota": 20}


def page_of(user, address):
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    return answer, " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_from_a_line_straight_to_a_draft_session_that_keeps_its_line(officer):
    line = fixed(officer)
    client = Client()
    client.force_login(officer)
    to = client.post(reverse("city_line_session", args=[line.pk]))
    programme = Programme.objects.get()
    assert to.url == f"{reverse('session_new', args=[programme.pk])}?baris={line.pk}"
    shown = client.get(to.url)
    first = shown.context["form"].initial
    assert (first["quota"], first["start"]) == (20, date(2030, 3, 4))
    sent = {name: str(value) for name, value in first.items() if value is not None}
    sent |= {"registration_closes": "2030-02-20T23:59", "weekdays": ["0", "1", "2", "3", "4"]}
    sent |= {"starts": "08:00", "ends": "16:00", "approval": "supervisor", "draf": "1"}
    answer = client.post(to.url, sent)
    made = Session.objects.get()
    assert answer.url == reverse("session_manage", args=[made.pk])
    assert (made.status, made.plan_line, made.quota, made.programme) == ("draft", line, 20, programme)
    assert AuditLine.objects.about(line).filter(verb="cityline.session").count() == 1
    assert "1 jadwal sudah dibuat" in page_of(officer, reverse("city_plan") + f"?tahun={YEAR}")[1]
    again = sessions.clone(made, start=date(2030, 4, 1), by=officer)
    later = sessions.clone(made, start=date(2031, 4, 1), by=officer)
    assert (again.plan_line, later.plan_line) == (line, None)


def test_a_line_of_another_programme_or_none_is_no_line_for_a_new_session(officer):
    line = fixed(officer, programme=ProgrammeFactory())
    other = reverse("session_new", args=[ProgrammeFactory().pk])
    for wanted in (line.pk, 0, "x"):
        assert page_of(officer, f"{other}?baris={wanted}")[0].status_code == 404


def test_a_line_with_a_session_stays_in_the_plan(officer):
    line = fixed(officer, programme=ProgrammeFactory())
    values = {"start": date(2030, 3, 4), "end": date(2030, 3, 4), "quota": 20}
    closes = proposed_session(line, today=date(2030, 1, 1))["registration_closes"]
    line = CityPlanLine.objects.select_related("plan", "programme").get(pk=line.pk)
    city_line.open_session(line, values | {"registration_closes": closes}, by=officer)
    city_plan.revise(line.plan, name="Perubahan", reason="APBD-P", by=officer)
    with pytest.raises(Refusal, match="sudah punya jadwal"):
        city_line.drop(line, by=officer)


def test_the_officer_works_the_plan_by_buttons(officer):
    client = Client()
    client.force_login(officer)
    year = f"?tahun={YEAR}"
    one, two, three = needed(people=5), needed(people=7), needed(people=2, title="Lain")
    pool = client.get(reverse("city_pool") + year).content.decode()
    assert f'value="{one.pk}-{two.pk}"' in pool
    put = reverse("city_line_from_needs") + year
    client.post(put, {"kelompok": f"{one.pk}-{two.pk}"})
    line = CityPlanLine.objects.get()
    assert line.quota == 12
    client.post(put, {"id": [str(three.pk)], "baris": str(line.pk), "gabung": "1"})
    assert line.needs.count() == 3
    client.post(reverse("city_line_split", args=[line.pk, three.pk]))
    assert line.needs.count() == 2
    client.post(reverse("city_plan_ceiling") + year, {"ceiling": "Rp 5.000.000"})
    form = {
        "title": "Bimtek laporan",
        "form": LearningFormFactory().pk,
        "provider": ProviderFactory().pk,
        "sessions_planned": "2",
        "quota": "10",
        "jp": "8",
        "cost": "200.000",
        "first_month": "5",
        "last_month": "3",
    }
    edit = reverse("city_line_edit", args=[line.pk])
    refused = client.post(edit, form)
    assert refused.status_code == 422
    assert "Bulan akhir tidak boleh sebelum bulan awal." in refused.content.decode()
    client.post(edit, form | {"last_month": "6"})
    check = reverse("city_line_verify", args=[line.pk])
    assert client.post(check, {"relevance": "on"}).status_code == 422
    client.post(check, {"relevance": "on", "shape": "on", "price": "on", "seats": "on"})
    text = page_of(officer, reverse("city_plan") + year)[1]
    assert "Semua 1 baris siap ditetapkan" in text
    assert "Rp 4.000.000" in text
    fix = reverse("city_plan_fix", args=[line.plan_id])
    assert client.post(fix, {"decree_number": "", "decree_date": "2026-01-02"}).status_code == 422
    client.post(fix, {"decree_number": "800/12/2030", "decree_date": "2026-01-02"})
    assert CityPlan.objects.get().status == "fixed"
    client.post(reverse("city_line_spend", args=[line.pk]), {"cost": "3.500.000"})
    line.refresh_from_db()
    assert line.actual_cost == 3_500_000


@pytest.mark.parametrize("name", ["city_plan", "city_pool"])
def test_the_pages_cost_the_same_for_one_and_for_three(officer, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(officer)

    def cost():
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse(name), {"tahun": YEAR})
        return len(caught)

    def more():
        city_line.from_needs(YEAR, [needed(title="A")], by=officer)
        needed(title="B")

    more()
    cost()
    one = cost()
    more()
    more()
    assert cost() == one <= 14


def test_who_reads_no_names_reads_no_small_number_of_a_unit(officer):
    unit = UnitFactory(name="Dinas Kecil")
    few = needed(unit, people=3, cost=111_000)
    auditor = grant(UserFactory(), RoleGrant.Role.AUDITOR)
    pool = reverse("city_pool") + f"?tahun={YEAR}"
    assert "Dinas Kecil Maret kurang dari 5" in page_of(auditor, pool)[1]
    assert "333.000" not in page_of(auditor, pool)[1]
    assert "Dinas Kecil Maret 3 Rp 333.000" in page_of(officer, pool)[1]
    line = city_line.from_needs(YEAR, [few], by=officer)
    page = reverse("city_line", args=[line.pk])
    assert "kurang dari 5 orang, Maret" in page_of(auditor, page)[1]
    assert "3 orang, Maret" in page_of(officer, page)[1]


def test_bkpsdm_reads_on_the_first_screen_that_needs_were_sent(officer):
    needed(state="sent", year=2029)
    assert "perangkat daerah mengirim kebutuhannya" in page_of(officer, reverse("home"))[1]
    assert "mengirim kebutuhan 2029" in page_of(officer, reverse("need_list"))[1]
