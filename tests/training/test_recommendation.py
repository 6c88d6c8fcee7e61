"""Advice: three facts for each, in a stated order, what is set aside, and what it costs."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asnportal.audit.models import AuditLine
from asnportal.common.errors import Refusal
from asnportal.people.models import Employee
from competency.models import Assessment, LearningForm, LedgerLine, Method, PerformanceRating
from competency.services import plan
from competency.services.plan import Wish
from competency.services.standard import publish
from tests.factories import (
    CompetencyFactory,
    EmployeeFactory,
    EnrolmentFactory,
    PositionFactory,
    ProgrammeFactory,
    SessionFactory,
    UnitFactory,
    make_finished_session,
    make_officer,
    make_unit_officer,
)
from tests.training.test_profile_page import learner, offer, signed_in
from training.models import Enrolment, ProgrammeCompetency, SetAside
from training.queries.catalogue import Wish as Search
from training.queries.catalogue import catalogue
from training.queries.recommendation import set_aside_counts
from training.services import recommendation as service
from training.services.profile import own_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forms")]
TODAY = date(2026, 11, 24)
SOON = date(2026, 12, 14)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-24T12:00:00+08:00", tick=False):
        yield


def advice(person, most=3):
    people = Employee.objects.select_related("position", "unit", "supervisor")
    return service.recommendations(people.get(pk=person.pk), most=most)


def words(person):
    return [[one.words for one in found.reasons] for found in advice(person)]


def earned(person, jp, form="B10", day=date(2026, 3, 1)):
    return LedgerLine.objects.create(
        employee=person,
        form=LearningForm.objects.get(code=form),
        jp=jp,
        day=day,
        year=day.year,
        title="Pelatihan",
        source="portal",
        source_key=f"{person.pk}:{form}:{day}:{jp}",
    )


def test_the_first_three_true_facts_are_told_in_the_stated_order():
    person, [competency] = learner([(3, 1)])
    earned(person, 8)
    offer(competency, 3, start=SOON)
    assert words(person) == [
        [
            f"Menutup kesenjangan {competency.name}, level 1 ke 3",
            "Menambah 8 JP dari 12 JP yang masih kurang tahun ini",
            "Diwajibkan standar jabatan Anda, berlaku sejak 1 Jan 2020",
        ]
    ]


def test_an_item_of_the_plan_and_the_simulation_stand_before_the_post():
    person, [competency] = learner([(3, 1)])
    Employee.objects.filter(pk=person.pk).update(education="S-1 Ilmu Pemerintahan")
    PerformanceRating.objects.create(employee=person, year=2025, predicate="Sangat Baik")
    earned(person, 4, "B6", date(2025, 9, 1))
    earned(person, 12)
    wish = Wish(title="Belajar data", source="gap", target=SOON, competency=competency)
    plan.add(person, 2026, wish, by=person.user)
    offer(competency, 3, start=SOON)
    [one] = advice(person)
    assert [reason.words for reason in one.reasons] == [
        f"Menutup kesenjangan {competency.name}, level 1 ke 3",
        "Sesuai butir rencana Anda: Belajar data",
        "Melengkapi 8 JP yang masih kurang tahun ini",
    ]
    plan.drop(person.plans.get().items.get(), by=person.user)
    assert words(person)[0][1:] == [
        "Melengkapi 8 JP yang masih kurang tahun ini",
        "IP ASN (simulasi) 67,5 menjadi 90",
    ]


def test_where_only_two_facts_are_true_there_are_two():
    person, _ = learner([(2, 2)])
    SessionFactory(start=SOON, programme=ProgrammeFactory(form__code="B1"))
    assert words(person) == [
        ["Menambah 8 JP dari 20 JP yang masih kurang tahun ini", "Kursi masih 30 dari 30"]
    ]


def test_a_free_seat_alone_is_no_reason():
    person, _ = learner([(2, 2)])
    earned(person, 24)
    SessionFactory(start=SOON, mode="online_live", programme=ProgrammeFactory(form__code="B1"))
    assert advice(person) == []


def test_what_trains_for_another_post_is_not_advised_for_its_jp():
    person, [own] = learner([(2, 2)])
    mixed = offer(CompetencyFactory(), 2, start=SOON)
    ProgrammeCompetency.objects.create(programme=mixed.programme, competency=own, level=2)
    stranger = offer(CompetencyFactory(), 2, start=SOON)
    ProgrammeCompetency.objects.create(
        programme=stranger.programme, competency=CompetencyFactory(family="managerial"), level=2
    )
    general = offer(CompetencyFactory(family="managerial"), 2, start=SOON)
    fitting = offer(own, 2, start=SOON)
    assert {one.session for one in advice(person, most=9)} == {general, fitting, mixed}


def test_a_session_of_next_year_adds_nothing_to_this_years_figures():
    person, [competency] = learner([(3, 1)])
    offer(competency, 2, start=date(2027, 1, 5))
    assert words(person) == [
        [
            f"Mengurangi kesenjangan {competency.name}, level 1 ke 2 dari 3",
            "Diwajibkan standar jabatan Anda, berlaku sejak 1 Jan 2020",
            "Kursi masih 30 dari 30",
        ]
    ]


def test_a_pppk_reads_no_word_of_missing_jp_and_nothing_above_the_ceiling():
    person = EmployeeFactory(kind="PPPK", contract_start=date(2026, 3, 1), contract_end=date(2027, 2, 28))
    SessionFactory(start=SOON)
    [[first, *_]] = words(person)
    assert first == "Menambah 8 JP diakui dalam tahun kontrak Anda"
    earned(person, 24)
    assert words(person) == []


def test_colleagues_are_counted_in_the_whole_office_and_never_fewer_than_five():
    office = UnitFactory(level=1)
    field = UnitFactory(level=2, parent=office)
    person = EmployeeFactory(unit=field)
    programme = SessionFactory(start=SOON).programme
    make_finished_session(employees=[EmployeeFactory(unit=office) for _ in range(4)], programme=programme)
    make_finished_session(employees=[EmployeeFactory() for _ in range(6)], programme=programme)
    assert not [reason for reason in advice(person)[0].reasons if reason.kind == "colleagues"]
    make_finished_session(employees=[EmployeeFactory(unit=field)], programme=programme)
    assert "5 rekan di perangkat daerah Anda sudah menyelesaikannya" in words(person)[0]


def test_near_is_the_persons_unit_or_district_as_the_place_names_it():
    person, _ = learner([(2, 2)], unit=UnitFactory(name="Kelurahan Sidodadi", district="Samarinda Ulu"))
    session = SessionFactory(start=SOON, place="Kantor Camat Samarinda Ulu")
    assert "Di kecamatan Anda: Kantor Camat Samarinda Ulu" in words(person)[0]
    session.place = "Aula Kelurahan Sidodadi"
    session.save()
    assert "Di unit Anda: Aula Kelurahan Sidodadi" in words(person)[0]
    session.place = "Samarinda Ulunan"
    session.save()
    assert "Samarinda" not in " ".join(words(person)[0])


def test_the_order_plan_then_levels_then_what_is_absolute_then_the_nearest():
    person = EmployeeFactory(position=PositionFactory())
    near, far, large, absolute, planned = [CompetencyFactory() for _ in range(5)]
    asked = {one.pk: (3, "") for one in (near, far, planned)} | {
        large.pk: (4, ""),
        absolute.pk: (3, "Mutlak"),
    }
    publish(person.position, asked, since=date(2020, 1, 1), by=None)
    for one in (near, far, large, absolute, planned):
        Assessment.objects.create(
            employee=person, competency=one, method=Method.CENTRE, level=2, day=date(2026, 1, 5)
        )
    days = {far: 20, near: 9, absolute: 22, large: 23, planned: 24}
    sessions = {
        one: offer(one, 4 if one == large else 3, start=date(2026, 12, day)) for one, day in days.items()
    }
    plan.add(person, 2026, Wish(title="x", source="gap", target=SOON, competency=planned), by=person.user)
    order = [one.session for one in advice(person, most=5)]
    assert order == [sessions[one] for one in (planned, large, absolute, near, far)]


def test_a_full_one_comes_after_one_with_seats_and_what_cannot_be_joined_is_not_advised():
    person, [competency] = learner([(3, 1)])
    full, other = offer(competency, 3, start=SOON), SessionFactory(start=date(2026, 12, 20))
    full.confirmed_count = full.quota
    full.save()
    barred = SessionFactory(start=date(2026, 12, 1), programme=ProgrammeFactory(eligible_kinds=["PPPK"]))
    running = EnrolmentFactory(session=SessionFactory(start=date(2026, 12, 2)), employee=person).session
    found = [one.session for one in advice(person)]
    assert found == [other, full]
    assert barred not in found
    assert running not in found


def test_a_gap_that_is_trained_and_waits_for_an_assessment_asks_for_nothing_more():
    person, [competency] = learner([(3, 1)])
    offer(competency, 3, start=SOON)
    person.reviews.create(competency=competency, cause="training", trained_on=date(2026, 11, 2))
    assert [one.line for one in advice(person)] == [None]


def test_set_aside_goes_and_the_next_takes_its_place_until_it_is_brought_back():
    person, [competency] = learner([(3, 1)])
    first, second = offer(competency, 3, start=SOON), offer(competency, 3, start=date(2026, 12, 20))
    client = signed_in(person)
    page = reverse("competency_profile")
    assert own_page(person, TODAY).gaps[0].session == first
    address = reverse("recommendation_set_aside", args=[first.programme.slug])
    assert address in client.get(page).content.decode()
    answer = client.post(address, {"reason": "known", "next": page})
    assert answer.url == page
    assert own_page(person, TODAY).gaps[0].session == second
    assert first not in [one.session for one in advice(person)]
    shown = client.get(reverse("recommendation_list")).content.decode()
    assert "Sudah saya kuasai" in shown
    assert "Tampilkan lagi" in shown
    client.post(reverse("recommendation_bring_back", args=[first.programme.slug]))
    assert own_page(person, TODAY).gaps[0].session == first
    verbs = AuditLine.objects.filter(verb__startswith="recommendation.").values_list("verb", "note", "after")
    assert sorted(verbs) == [("recommendation.bring_back", "", ""), ("recommendation.set_aside", "", "")]


def test_not_at_this_time_hides_the_dates_of_today_and_no_later_one():
    person = EmployeeFactory()
    session = SessionFactory(start=SOON)
    service.set_aside(person, session.programme, reason="time", by=person.user)
    assert advice(person) == []
    with time_machine.travel("2026-11-25T08:00:00+08:00", tick=False):
        later = SessionFactory(start=date(2026, 12, 28), programme=session.programme)
        assert [one.session for one in advice(person)] == [later]


def test_another_reason_needs_words_and_keeps_what_was_typed():
    person = EmployeeFactory()
    programme = SessionFactory().programme
    address = reverse("recommendation_set_aside", args=[programme.slug])
    client = signed_in(person)
    assert client.post(address, {"reason": "other", "words": " "}).status_code == 422
    assert client.post(address, {"reason": "mahal"}).status_code == 422
    answer = client.post(address, {"reason": "other", "words": "x" * 201})
    assert (answer.status_code, "x" * 201 in answer.content.decode()) == (422, True)
    assert client.post(address, {"reason": "other", "words": "Sudah S2 di bidang ini."}).status_code == 302
    assert SetAside.objects.get().words == "Sudah S2 di bidang ini."


def test_nobody_sets_aside_for_somebody_else():
    person, stranger = EmployeeFactory(), EmployeeFactory()
    programme = SessionFactory().programme
    for act in (
        lambda: service.set_aside(person, programme, reason="far", by=stranger.user),
        lambda: service.bring_back(person, programme, by=stranger.user),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "not_own"


def test_it_never_stands_in_the_way_of_a_seat():
    person = EmployeeFactory()
    session = SessionFactory(start=SOON)
    service.set_aside(person, session.programme, reason="post", by=person.user)
    client = signed_in(person)
    assert session.title in client.get(reverse("catalogue")).content.decode()
    client.post(reverse("enrolment_request", args=[session.pk]))
    assert Enrolment.objects.get().employee == person


def test_bkpsdm_reads_reasons_of_five_and_more_and_no_name_or_word():
    programme = SessionFactory().programme
    for number in range(9):
        person = EmployeeFactory(name=f"Rahasia {number}")
        reason = "far" if number < 5 else "other"
        service.set_aside(person, programme, reason=reason, by=person.user, words="Curahan hati")
    assert set_aside_counts(programme) == [("Terlalu jauh", 5)]
    address = reverse("programme", args=[programme.slug])
    client = Client()
    client.force_login(make_officer())
    text = client.get(address).content.decode()
    assert "5 orang" in text
    for hidden in ("Rahasia", "Curahan", "Alasan lain"):
        assert hidden not in text
    for user in (EmployeeFactory().user, make_unit_officer(UnitFactory())):
        client.force_login(user)
        assert "disisihkan" not in client.get(address).content.decode()


def test_the_card_of_the_catalogue_says_which_gap_it_closes_to_whom_it_concerns():
    person, [competency] = learner([(3, 1)])
    session = offer(competency, 3, start=SOON)
    [row] = catalogue(Search(), page=1, employee=person).rows
    assert row.closes == competency.name
    sentence = f"Menutup kesenjangan: {competency.name}"
    assert sentence in signed_in(person).get(reverse("catalogue")).content.decode()
    assert sentence not in signed_in(EmployeeFactory()).get(reverse("catalogue")).content.decode()
    service.set_aside(person, session.programme, reason="known", by=person.user)
    assert catalogue(Search(), page=1, employee=person).rows[0].closes == ""


def test_a_card_says_nothing_of_a_met_an_unknown_or_an_expired_level():
    person, competencies = learner([(2, 2), (3, None), (3, 1)])
    Assessment.objects.filter(competency=competencies[2]).update(valid_until=date(2026, 6, 1))
    for one in competencies:
        offer(one, 3, start=SOON)
    assert {row.closes for row in catalogue(Search(), page=1, employee=person).rows} == {""}


def test_the_first_screen_asks_for_its_advice_afterwards_and_leads_to_it_without_javascript():
    person, [competency] = learner([(3, 1)])
    session = offer(competency, 3, start=SOON)
    client = signed_in(person)
    home = client.get(reverse("home")).content.decode()
    assert f'hx-get="{reverse("recommendation_list")}?next=%2Fberanda%2F"' in home
    assert f'href="{reverse("recommendation_list")}"' in home
    part = client.get(f"{reverse('recommendation_list')}?next=/beranda/", headers={"HX-Target": "saran"})
    text = part.content.decode()
    assert text.lstrip().startswith('<div id="saran"')
    assert session.title in text
    assert 'name="next" value="/beranda/"' in text
    assert {"HX-Request", "HX-Target", "Cookie"} <= set(part["Vary"].split(", "))


def test_a_foreign_address_is_never_led_back_to():
    person, programme = EmployeeFactory(), SessionFactory().programme
    address = reverse("recommendation_set_aside", args=[programme.slug])
    answer = signed_in(person).post(address, {"reason": "far", "next": "https://contoh.test/"})
    assert answer.url == reverse("recommendation_list")


@pytest.mark.parametrize("kind", ["PNS", "PPPK"])
def test_advice_costs_the_same_for_one_gap_and_for_nine(kind):
    costs = []
    for gaps in (1, 9):
        person, competencies = learner([(3, 1)] * gaps, kind=kind)
        for number, one in enumerate(competencies, 1):
            session = offer(one, 3, start=SOON)
            ProgrammeCompetency.objects.create(
                programme=session.programme, competency=CompetencyFactory(), level=3
            )
            earned(person, Decimal(1), day=date(2026, 1, number))
        person = Employee.objects.select_related("position", "unit", "supervisor").get(pk=person.pk)
        with CaptureQueriesContext(connection) as queries:
            found = service.recommendations(person, most=9)
        costs.append(len(queries))
    assert len(found) >= 9
    assert costs[0] == costs[1]
    assert costs[0] <= 24


def test_cards_with_gaps_cost_eight_statements_at_most_for_one_and_for_thirty():
    person, competencies = learner([(3, 1)] * 30)
    client = signed_in(person)
    costs = []
    for some in (competencies[:1], competencies[1:]):
        for one in some:
            offer(one, 3, start=SOON)
        client.get("/katalog/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/katalog/")
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 8


def test_dates_that_were_told_aside_are_compared_in_utc():
    """The clock of the person is WITA, what is kept is UTC."""
    person, programme = EmployeeFactory(), SessionFactory().programme
    made = service.set_aside(person, programme, reason="time", by=person.user)
    assert made.at == datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
