"""The individual plan: its states, who may move it, what stays, and the turn of the year."""

from datetime import date
from itertools import product

import pytest

from asnportal.common.errors import OwnCase, Refusal, WrongState
from asnportal.notifications.models import Message
from competency.models import PLAN, LearningForm, Plan, PlanItem
from competency.services import plan as service
from competency.services.plan import Wish, mix_of
from tests.factories import CompetencyFactory, EmployeeFactory, make_team

pytestmark = pytest.mark.django_db

VERBS = {
    "submit": lambda plan, person, boss: service.submit(plan, by=person.user),
    "take_back": lambda plan, person, boss: service.take_back(plan, by=person.user),
    "send_back": lambda plan, person, boss: service.send_back(
        plan, by=boss.user, reason="Tambah satu mentoring."
    ),
    "approve": lambda plan, person, boss: service.approve(plan, by=boss.user),
    "finish": lambda plan, person, boss: service.finish(plan, by=person.user),
}


@pytest.fixture
def team():
    boss, [person] = make_team()
    return boss, person


def planned(person, **extra):
    item = service.add(person, 2026, wish(**extra), by=person.user)
    return item.plan, item


def wish(**extra):
    return Wish(**{"title": "Menyusun laporan", "source": "wish", "target": date(2026, 12, 1), **extra})


@pytest.mark.parametrize(("state", "verb"), list(product(Plan.Status.values, VERBS)))
def test_every_pair_of_state_and_move_is_an_arrow_or_is_refused(team, state, verb):
    boss, person = team
    plan, _ = planned(person)
    Plan.objects.filter(pk=plan.pk).update(status=state)
    arrow = PLAN.moves[verb]
    if state in arrow.sources:
        assert VERBS[verb](plan, person, boss).status == arrow.to
    else:
        with pytest.raises(WrongState):
            VERBS[verb](plan, person, boss)
        assert Plan.objects.get(pk=plan.pk).status == state


def test_the_way_of_a_plan_tells_both_sides_once_for_each_round(team):
    boss, person = team
    plan, _ = planned(person)
    service.submit(plan, by=person.user)
    service.send_back(plan, by=boss.user, reason="Tambah satu mentoring.")
    service.submit(plan, by=person.user)
    service.approve(plan, by=boss.user)
    assert list(Message.objects.order_by("pk").values_list("subject", flat=True)) == [
        f"Rencana 2026 menunggu Anda: {person.name}",
        "Rencana 2026 dikembalikan",
        f"Rencana 2026 menunggu Anda: {person.name}",
        "Rencana 2026 disetujui",
    ]
    assert "Tambah satu mentoring." in Message.objects.order_by("pk")[1].text


def test_nobody_approves_his_own_plan(team):
    _boss, person = team
    plan, _ = planned(person)
    service.submit(plan, by=person.user)
    with pytest.raises(OwnCase):
        service.approve(plan, by=person.user)


def test_an_empty_plan_or_one_without_a_supervisor_is_not_sent(team):
    _boss, person = team
    with pytest.raises(Refusal, match="paling sedikit satu butir"):
        service.submit(service.plan_for(person, 2026), by=person.user)
    alone = EmployeeFactory(supervisor=None)
    plan, _ = planned(alone)
    with pytest.raises(Refusal, match="Hubungi admin unit"):
        service.submit(plan, by=alone.user)


def test_only_the_person_writes_in_the_plan(team):
    boss, person = team
    plan, item = planned(person)
    for act in (
        lambda: service.add(person, 2026, wish(), by=boss.user),
        lambda: service.change(item, wish(), by=boss.user),
        lambda: service.drop(item, by=boss.user),
        lambda: service.submit(plan, by=boss.user),
    ):
        with pytest.raises(Refusal, match="hanya dapat diubah oleh yang bersangkutan"):
            act()


def test_what_waits_for_an_answer_is_not_changed(team):
    _boss, person = team
    plan, item = planned(person)
    service.submit(plan, by=person.user)
    with pytest.raises(Refusal, match="sudah diajukan"):
        service.add(person, 2026, wish(), by=person.user)
    with pytest.raises(Refusal, match="sudah diajukan"):
        service.drop(item, by=person.user)


def test_what_comes_into_an_approved_plan_is_marked_and_only_that_can_go_again(team):
    boss, person = team
    plan, first = planned(person)
    service.submit(plan, by=person.user)
    service.approve(plan, by=boss.user)
    later = service.add(person, 2026, wish(title="Kursus singkat"), by=person.user)
    assert later.added_later
    item = PlanItem.objects.get(pk=first.pk)
    with pytest.raises(Refusal, match="sudah disetujui tetap tercatat"):
        service.drop(item, by=person.user)
    service.drop(PlanItem.objects.get(pk=later.pk), by=person.user)
    assert list(PlanItem.objects.all()) == [first]


def test_a_target_lies_in_the_year_of_the_plan(team):
    _boss, person = team
    with pytest.raises(Refusal, match="dalam tahun 2026"):
        planned(person, target=date(2027, 1, 1))
    assert not Plan.objects.exists()


def test_the_same_gap_with_a_request_does_not_stand_twice(team):
    _boss, person = team
    competency = CompetencyFactory()
    _plan, item = planned(person, source="gap", competency=competency)
    again = service.add_with_request(
        person, wish(title="Bimtek", source="gap", competency=competency), by=person.user
    )
    assert (again.pk, PlanItem.objects.get().title) == (item.pk, "Bimtek")


def test_what_the_supervisor_approved_keeps_its_words_when_a_seat_is_asked_for_it(team):
    boss, person = team
    competency = CompetencyFactory()
    plan, item = planned(person, source="gap", competency=competency)
    service.submit(plan, by=person.user)
    service.approve(plan, by=boss.user)
    bimtek = wish(title="Bimtek", source="gap", competency=competency)
    assert service.add_with_request(person, bimtek, by=person.user) == item
    assert PlanItem.objects.get().title == item.title


@pytest.mark.usefixtures("forms")
@pytest.mark.parametrize(("code", "mix"), [("C11", "work"), ("C2", "peers"), ("B10", "class"), ("", "class")])
def test_the_mix_follows_the_form(code, mix):
    assert mix_of(LearningForm.objects.filter(code=code).first()) == mix


def test_unfinished_items_go_into_the_next_year_once(team):
    _boss, person = team
    _old, item = planned(person, target=date(2026, 11, 30))
    assert service.carry_over(person, 2027, [item], by=person.user) == 1
    again = PlanItem.objects.select_related("carried_to").get(pk=item.pk)
    assert service.carry_over(person, 2027, [again], by=person.user) == 0
    copied = PlanItem.objects.get(plan__year=2027)
    assert (copied.title, copied.target, copied.carried_from) == (item.title, date(2027, 11, 30), item)


def test_the_dialogue_reaches_the_other_side(team):
    boss, person = team
    plan, _ = planned(person)
    service.say(plan, text="Kapan mulai?", by=boss.user)
    service.say(plan, text="Senin.", by=person.user)
    told = [(one.employee, one.subject) for one in Message.objects.order_by("pk")]
    subject = f"Catatan pada rencana 2026: {person.name}"
    assert told == [(person, subject), (boss, subject)]
