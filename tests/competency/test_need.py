"""The needs of an office: compiled, ordered, sent, verified or returned, and who reads what of them."""

import re
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from asnportal.audit.models import AuditLine
from asnportal.common.errors import OwnCase, Refusal, WrongState
from asnportal.notifications.models import Message
from asnportal.people.models import RoleGrant
from competency.models import NEED, NeedLine, Plan, PlanItem, UnitNeed
from competency.queries.need import offices, planning_year
from competency.services import need as service
from competency.services.need import Want
from tests.factories import (
    CompetencyFactory,
    EmployeeFactory,
    LearningFormFactory,
    UnitFactory,
    UserFactory,
    grant,
    make_head,
    make_officer,
    make_unit_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return UnitFactory(code="23", name="Dinas Percontohan")


@pytest.fixture
def officer(office):
    return make_unit_officer(office)


@pytest.fixture
def bkpsdm():
    return make_officer()


def planned(unit, title="Menyusun laporan", *, state="approved", **extra):
    """One item in somebody's plan of 2026."""
    person = EmployeeFactory(unit=unit)
    plan = Plan.objects.create(employee=person, year=2026, status=state)
    values = {"target": date(2026, 9, 1), "jp": 8, **extra}
    return PlanItem.objects.create(plan=plan, title=title, **values)


def compiled(office, officer, scope="approved"):
    return service.compile_plans(office, 2026, scope=scope, by=officer)


def want(**extra):
    return Want(**{"title": "Tim tanggap bencana", "people": 4, "month": 3, **extra})


def figures(need):
    return [
        (line.title, line.people, line.waiting, line.jp, line.month) for line in need.lines.order_by("order")
    ]


VERBS = {
    "send": lambda need, officer, boss: service.send(need, by=officer),
    "take_back": lambda need, officer, boss: service.take_back(need, by=officer),
    "send_back": lambda need, officer, boss: service.send_back(need, by=boss, reason="Tulis biayanya."),
    "verify": lambda need, officer, boss: service.verify(need, by=boss),
}


@pytest.mark.parametrize(("state", "verb"), list(product(UnitNeed.Status.values, VERBS)))
def test_every_pair_of_state_and_move_is_an_arrow_or_is_refused(office, officer, bkpsdm, state, verb):
    need = service.add(office, 2026, want(), by=officer).need
    UnitNeed.objects.filter(pk=need.pk).update(status=state)
    arrow = NEED.moves[verb]
    if state in arrow.sources:
        assert VERBS[verb](need, officer, bkpsdm).status == arrow.to
    else:
        with pytest.raises(WrongState):
            VERBS[verb](need, officer, bkpsdm)
        assert UnitNeed.objects.get(pk=need.pk).status == state


def test_plans_of_all_units_below_become_one_line_per_competency_and_form(office, officer):
    below = UnitFactory(code="23.01", parent=office, level=2)
    data, form = CompetencyFactory(name="Analisis data"), LearningFormFactory()
    planned(office, "Kursus data", competency=data, form=form, jp=8, target=date(2026, 3, 1))
    planned(below, "Bimtek data", competency=data, form=form, jp=12, target=date(2026, 5, 1))
    planned(below, "Bimtek data", competency=data, form=form, jp=13, target=date(2026, 5, 9))
    planned(below, "Menulis Laporan")
    planned(office, "menulis laporan")
    planned(UnitFactory(code="11"), "Kursus data", competency=data, form=form)
    assert figures(compiled(office, officer)) == [
        ("Analisis data", 3, 0, Decimal("11"), 5),
        ("Menulis Laporan", 2, 0, Decimal("8"), 9),
    ]


def test_plans_that_only_wait_count_when_asked_and_are_marked(office, officer):
    planned(office)
    planned(office, state="submitted")
    planned(office, state="draft")
    assert figures(compiled(office, officer)) == [("Menyusun laporan", 1, 0, 8, 9)]
    assert figures(compiled(office, officer, "submitted")) == [("Menyusun laporan", 2, 1, 8, 9)]


def test_what_is_done_or_of_somebody_who_left_is_no_need(office, officer):
    planned(office, done_on=date(2026, 2, 1))
    gone = planned(office)
    gone.plan.employee.is_active = False
    gone.plan.employee.save()
    assert not compiled(office, officer).lines.exists()


def test_compiling_again_keeps_order_words_and_own_lines(office, officer):
    planned(office, "A")
    planned(office, "B")
    need = compiled(office, officer)
    own = service.add(office, 2026, want(), by=officer)
    second = need.lines.get(title="B")
    service.move_up(own, by=officer)
    service.change(second, want(title="B yang jelas", cost=500_000, reason="Ada temuan."), by=officer)
    planned(office, "B")
    planned(office, "C")
    again = compiled(office, officer)
    assert [(line.title, line.people) for line in again.lines.all()] == [
        ("A", 1),
        ("Tim tanggap bencana", 4),
        ("B yang jelas", 2),
        ("C", 1),
    ]
    second.refresh_from_db()
    assert (second.cost, second.reason) == (500_000, "Ada temuan.")


def test_a_need_that_no_plan_names_any_more_stays_marked_and_can_go(office, officer):
    item = planned(office)
    line = compiled(office, officer).lines.get()
    with pytest.raises(Refusal, match="berasal dari rencana pegawai"):
        service.drop(line, by=officer)
    item.delete()
    line = compiled(office, officer).lines.get()
    assert (line.people, line.is_gone) == (0, True)
    service.drop(line, by=officer)
    assert not NeedLine.objects.exists()


def test_compiling_costs_the_same_for_one_and_for_three(office, officer, django_assert_num_queries):
    planned(office, "A")
    compiled(office, officer)
    with django_assert_num_queries(12):
        compiled(office, officer)
    planned(office, "A")
    planned(office, "A")
    with django_assert_num_queries(12):
        compiled(office, officer)


def test_the_ends_of_the_order_stay_where_they_are(office, officer):
    first = service.add(office, 2026, want(title="A"), by=officer)
    last = service.add(office, 2026, want(title="B"), by=officer)
    service.move_up(first, by=officer)
    service.move_down(last, by=officer)
    assert [line.title for line in first.need.lines.all()] == ["A", "B"]
    service.move_down(first, by=officer)
    assert [line.title for line in first.need.lines.all()] == ["B", "A"]


def test_only_the_officer_of_the_whole_office_writes(office, officer):
    below = UnitFactory(code="23.01", parent=office, level=2)
    planned(office)
    need = compiled(office, officer)
    line = need.lines.get()
    for other in (make_unit_officer(below), make_unit_officer(UnitFactory(code="11")), make_officer()):
        for act in (
            lambda who=other: compiled(office, who),
            lambda who=other: service.add(office, 2026, want(), by=who),
            lambda who=other: service.change(line, want(), by=who),
            lambda who=other: service.send(need, by=who),
            lambda who=other: service.set_budget(need, budget=1, by=who),
        ):
            with pytest.raises(Refusal, match="admin unit perangkat daerahnya"):
                act()


def test_what_is_sent_is_not_changed_and_an_empty_list_is_not_sent(office, officer):
    with pytest.raises(Refusal, match="paling sedikit satu butir"):
        service.send(compiled(office, officer), by=officer)
    line = service.add(office, 2026, want(), by=officer)
    service.send(line.need, by=officer)
    for act in (
        lambda: compiled(office, officer),
        lambda: service.add(office, 2026, want(), by=officer),
        lambda: service.drop(line, by=officer),
        lambda: service.move_up(line, by=officer),
    ):
        with pytest.raises(Refusal, match="sudah dikirim"):
            act()


def test_both_sides_are_told_once_for_each_round_and_a_return_has_a_reason(office, officer, bkpsdm):
    need = service.add(office, 2026, want(), by=officer).need
    service.send(need, by=officer)
    with pytest.raises(Refusal, match="Tulis apa yang perlu diubah"):
        service.send_back(need, by=bkpsdm, reason=" ")
    service.send_back(need, by=bkpsdm, reason="Tulis biayanya.")
    service.send(need, by=officer)
    service.verify(need, by=bkpsdm)
    told = Message.objects.order_by("pk")
    assert [(message.subject, message.user_id or message.employee.user_id) for message in told] == [
        ("Kebutuhan 2026 dari Dinas Percontohan", bkpsdm.pk),
        ("Kebutuhan 2026 dikembalikan: Dinas Percontohan", officer.pk),
        ("Kebutuhan 2026 dari Dinas Percontohan", bkpsdm.pk),
        ("Kebutuhan 2026 terverifikasi: Dinas Percontohan", officer.pk),
    ]
    assert "Tulis biayanya." in told[1].text
    assert UnitNeed.objects.get().note == ""


def test_nobody_verifies_what_he_sent_himself(office, officer):
    need = service.add(office, 2026, want(), by=officer).need
    service.send(need, by=officer)
    both = grant(officer, RoleGrant.Role.BKPSDM)
    with pytest.raises(OwnCase):
        service.verify(need, by=both)


def page(user, name="unit_need", **query):
    client = Client()
    client.force_login(user)
    answer = client.get(reverse(name), {"tahun": 2026, **query})
    return answer, " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_page_draws_the_line_to_which_the_budget_reaches(office, officer):
    for title, cost in (("A", 2_000_000), ("B", 3_000_000), ("C", 1_000_000)):
        service.add(office, 2026, want(title=title, people=1, cost=cost), by=officer)
    service.set_budget(UnitNeed.objects.get(), budget=5_500_000, by=officer)
    _answer, text = page(officer)
    assert "Garis anggaran: Rp 5.500.000 Cukup untuk 2 butir" in text
    assert text.index(" B ") < text.index("Garis anggaran: Rp 5.500.000") < text.index(" C ")
    assert "jumlah biaya Rp 6.000.000" in text


def test_names_are_for_the_officer_and_bkpsdm_alone(office, officer, bkpsdm):
    item = planned(office)
    need = compiled(office, officer)
    head = EmployeeFactory(unit=office)
    make_head(office, head)
    EmployeeFactory(unit=office, supervisor=head)
    name = item.plan.employee.full_name
    auditor = grant(UserFactory(), RoleGrant.Role.AUDITOR)
    detail = reverse("need_detail", args=[need.pk])
    seen = {}
    for who, user in (("bkpsdm", bkpsdm), ("auditor", auditor)):
        client = Client()
        client.force_login(user)
        seen[who] = client.get(detail).content.decode()
    assert name in page(officer)[1]
    assert name in seen["bkpsdm"]
    for text in (page(head.user)[1], seen["auditor"]):
        assert name not in text
        assert "kurang dari 5" in text


def test_an_officer_of_a_part_reads_the_list_with_the_names_of_that_part(office, officer):
    below = UnitFactory(code="23.01", parent=office, level=2)
    mine, other = planned(below, "A"), planned(office, "A")
    compiled(office, officer)
    answer, text = page(make_unit_officer(below))
    assert answer.status_code == 200
    assert mine.plan.employee.full_name in text
    assert other.plan.employee.full_name not in text
    assert "Susun dari rencana" not in text


def test_a_year_without_needs_says_where_they_come_from(office, officer):
    planned(office)
    _answer, text = page(officer)
    assert "Kebutuhan datang dari rencana pegawai yang disetujui" in text
    assert "Disetujui 1 Masih diajukan 0" in text


def test_the_page_costs_the_same_for_one_and_for_three(office, officer, django_assert_num_queries):
    client = Client()
    client.force_login(officer)
    planned(office, "A")
    compiled(office, officer)
    client.get(reverse("unit_need"), {"tahun": 2026})
    with django_assert_num_queries(11):
        client.get(reverse("unit_need"), {"tahun": 2026})
    planned(office, "B")
    planned(office, "C")
    compiled(office, officer)
    with django_assert_num_queries(11):
        client.get(reverse("unit_need"), {"tahun": 2026})


def test_bkpsdm_sees_who_has_sent_and_who_has_not_in_three_statements(
    office, officer, django_assert_num_queries
):
    UnitFactory(code="11", name="Dinas Kedua")
    need = service.add(office, 2026, want(cost=100_000), by=officer).need
    service.send(need, by=officer)
    with django_assert_num_queries(3):
        found = offices(2026)
    rows = [(one.unit.code, one.state, one.lines, one.cost, one.has_officer) for one in found]
    assert rows[0] == ("23", "sent", 1, 400_000, True)
    assert ("11", "", 0, 0, False) in rows


def test_the_officer_works_the_list_by_buttons(office, officer):
    client = Client()
    client.force_login(officer)
    planned(office, "A")
    client.post(reverse("need_compile") + "?tahun=2026", {"scope": "approved"})
    form = {"title": "Tim tanggap bencana", "people": "4", "month": "3", "cost": "Rp 1.500.000"}
    new = reverse("need_line_new") + "?tahun=2026"
    refused = client.post(new, form)
    assert (refused.status_code, "Alasan wajib diisi." in refused.content.decode()) == (422, True)
    client.post(new, {**form, "reason": "Tugas baru."})
    own = NeedLine.objects.get(title="Tim tanggap bencana")
    assert (own.cost, own.people) == (1_500_000, 4)
    client.post(reverse("need_line_move", args=[own.pk]), {"arah": "naik"})
    assert [line.title for line in own.need.lines.all()] == ["Tim tanggap bencana", "A"]
    compiled_line = own.need.lines.get(title="A")
    client.post(
        reverse("need_line_edit", args=[compiled_line.pk]), {"title": "A", "cost": "250.000", "people": "90"}
    )
    compiled_line.refresh_from_db()
    assert (compiled_line.cost, compiled_line.people) == (250_000, 1)
    client.post(reverse("need_budget", args=[own.need.pk]), {"budget": "Rp 7.000.000"})
    client.post(reverse("need_send", args=[own.need.pk]))
    own.need.refresh_from_db()
    assert (own.need.budget, own.need.status) == (7_000_000, "sent")
    client.post(reverse("need_budget", args=[own.need.pk]), {"budget": "minus"})
    verbs = set(AuditLine.objects.about(own.need).values_list("verb", flat=True))
    assert verbs == {"need.compile", "need.add", "need.order", "need.change", "need.budget", "need.send"}


def test_an_office_thinks_of_the_next_year_from_july_on():
    assert [planning_year(date(2026, month, 30)) for month in (6, 7)] == [2026, 2027]


def test_the_officer_of_the_city_keeps_every_office_and_hears_of_it(office, bkpsdm):
    city = UnitFactory(code="00", name="Kota", level=0)
    office.parent = city
    office.save()
    whole = make_unit_officer(city)
    need = service.add(office, 2026, want(), by=whole).need
    service.send(need, by=whole)
    service.send_back(need, by=bkpsdm, reason="Tulis biayanya.")
    assert Message.objects.filter(key__startswith="need-decided").get().employee == whole.employee
    client = Client()
    client.force_login(whole)
    text = client.get(reverse("unit_home")).content.decode()
    assert "Kebutuhan 2026 dikembalikan BKPSDM" in text
    assert "Tulis biayanya." in text
