"""The turn of the year: ten minutes before midnight and ten after it, in Samarinda, for the service and its pages."""

import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asnportal.common.errors import Refusal
from asnportal.people.models import Employee
from competency.models import LearningForm, LedgerLine, PlanItem, TrainingRecord
from competency.queries.ledger import current_summary, summary_and_before, year_summary
from competency.queries.period import calendar_year, period_before, period_on
from competency.services import ledger, plan, turn
from competency.services.jp import Facts
from competency.services.ledger import Earned
from competency.services.plan import Wish
from tests.factories import EmployeeFactory, EnrolmentFactory, make_team, wita
from training.queries.plan import plan_page, unfinished_count

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forms")]
BEFORE, AFTER = wita(date(2026, 12, 31), 23, 50), wita(date(2027, 1, 1), 0, 10)


def earned(person, jp, day, title="Bimtek Arsip"):
    facts = Facts(Decimal(jp), day, day)
    form = LearningForm.objects.get(code="B10")
    return ledger.post(person, Earned(f"{person.pk}:{day}:{jp}", title, form, facts), by=None)


def text_of(person, name, **query):
    client = Client()
    client.force_login(person.user)
    page = client.get(reverse(name, query=query)).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split()).replace("\xa0", " ")


@pytest.fixture
def pns():
    person = EmployeeFactory()
    earned(person, 21, date(2026, 6, 3))
    return person


@pytest.fixture
def pppk():
    """Contract years from 1 March."""
    return EmployeeFactory(kind="PPPK", contract_start=date(2026, 3, 1), contract_end=date(2028, 2, 29))


def test_the_ring_starts_anew_at_midnight_and_not_before(pns):
    with time_machine.travel(BEFORE, tick=False):
        assert (current_summary(pns).done, current_summary(pns).period.year) == (21, 2026)
        home = text_of(pns, "home")
        assert "Target 2026 terpenuhi" in home
        assert "berakhir" not in home
    with time_machine.travel(AFTER, tick=False):
        assert (current_summary(pns).done, current_summary(pns).period.year) == (0, 2027)
        home = text_of(pns, "home")
        assert "Belum ada JP tahun 2027." in home
        assert "Tahun 2026 berakhir dengan 21 JP dari 20, terpenuhi." in home
        assert "Bukti untuk tahun 2026 diterima sampai 31 Januari 2027." in home


def test_what_ends_ten_minutes_after_midnight_is_of_the_new_year(pns):
    with time_machine.travel(AFTER, tick=False):
        earned(pns, 8, date(2027, 1, 1))
        assert (year_summary(pns, 2026).done, year_summary(pns, 2027).done) == (21, 8)


def test_the_history_says_how_the_year_ended_and_its_page_says_it_for_ever(pns):
    sentence = "Tahun 2026 berakhir dengan 21 JP dari 20, terpenuhi."
    with time_machine.travel(BEFORE, tick=False):
        assert "berakhir" not in text_of(pns, "ledger")
    with time_machine.travel(AFTER, tick=False):
        assert sentence in text_of(pns, "ledger")
    with time_machine.travel(wita(date(2027, 6, 1)), tick=False):
        assert "berakhir" not in text_of(pns, "ledger")
        assert "berakhir" not in text_of(pns, "home")
        assert sentence in text_of(pns, "ledger", tahun="2026")


@pytest.mark.parametrize(
    ("jp", "words"),
    [
        ("14", "Tahun 2026 berakhir dengan 14 JP dari 20."),
        ("20", "Tahun 2026 berakhir dengan 20 JP dari 20, terpenuhi."),
        ("19.99", "Tahun 2026 berakhir dengan 19,99 JP dari 20."),
        ("38.40", "Tahun 2026 berakhir dengan 38,4 JP dari 20, terpenuhi."),
    ],
)
def test_an_unmet_floor_is_told_without_a_word_of_blame(jp, words):
    person = EmployeeFactory()
    earned(person, jp, date(2026, 6, 3))
    assert turn.ending(year_summary(person, 2026)) == words


def test_what_still_waits_is_told_with_the_ending(pns):
    values = {"title": "Webinar", "end": date(2026, 9, 30), "jp": 3, "match_key": "m"}
    TrainingRecord.objects.create(employee=pns, **values)
    assert turn.ending(year_summary(pns, 2026)).endswith("terpenuhi. 3 JP masih diperiksa.")


def test_a_pppk_turns_with_the_contract_year_and_reads_no_word_of_a_target(pppk):
    for jp, day in ((14, date(2026, 4, 2)), (6, date(2026, 11, 3)), (8, date(2027, 1, 12))):
        earned(pppk, jp, day)
    with time_machine.travel(AFTER, tick=False):
        home = text_of(pppk, "home")
        assert "20 JP diakui" not in home
        assert "24 JP diakui dan 0 JP terjadwal, dari paling banyak 24 JP dalam tahun kontrak Anda" in home
        assert "berakhir" not in home
    with time_machine.travel(wita(date(2027, 2, 28), 23, 50), tick=False):
        assert "berakhir" not in text_of(pppk, "home")
    with time_machine.travel(wita(date(2027, 3, 1), 0, 10), tick=False):
        home = text_of(pppk, "home")
        words = "berakhir dengan 24 JP diakui, paling banyak 24. 4 JP di atas batas tersimpan."
        assert re.search(rf"Tahun kontrak 1 Mar 2026 ?– ?28 Feb 2027 {words}", home)
        assert "0 JP diakui dan 0 JP terjadwal" in home
        assert "terpenuhi" not in home
        assert "2027/2028" in text_of(pppk, "ledger")


def test_before_the_first_contract_year_nothing_has_ended(pppk):
    assert period_before(pppk, period_on(pppk, date(2026, 3, 1))) is None
    with time_machine.travel(wita(date(2026, 3, 1), 0, 10), tick=False):
        assert "berakhir" not in text_of(pppk, "home")


def test_both_years_cost_three_statements(pns):
    with CaptureQueriesContext(connection) as queries:
        now, before = summary_and_before(pns, calendar_year(2027), scheduled=Decimal(5))
    assert len(queries) == 3
    assert (now.done, now.scheduled, before.done, before.scheduled) == (0, 5, 21, 0)


def test_evidence_is_open_until_the_last_minute_of_the_day_then_only_bkpsdm_enters_it(pns):
    closed = "Bukti untuk tahun 2026 ditutup pada 31 Januari 2027. Yang tertinggal dicatat BKPSDM"
    with time_machine.travel(wita(date(2027, 1, 31), 23, 50), tick=False):
        assert turn.evidence_for(2026, today=date(2027, 1, 31)).is_open
        assert "diterima sampai 31 Januari 2027." in text_of(pns, "ledger", tahun="2026")
        assert "diterima sampai 31 Januari 2027." in text_of(pns, "outside_new")
    with time_machine.travel(wita(date(2027, 2, 1), 0, 10), tick=False):
        assert not turn.evidence_for(2026, today=date(2027, 2, 1)).is_open
        for name, query in (("ledger", {"tahun": "2026"}), ("outside_new", {})):
            assert closed in text_of(pns, name, **query)
        assert "Bukti" not in text_of(pns, "home")


def test_another_figure_of_the_rule_moves_the_last_day(pns):
    from competency.models import RuleFigure

    RuleFigure.objects.filter(key="evidence_days").update(value=45)
    with time_machine.travel(wita(date(2027, 2, 10)), tick=False):
        assert "diterima sampai 14 Februari 2027" in text_of(pns, "home")


@pytest.fixture
def planner():
    """Three items of 2026: one done by hand, one by its training, one not begun."""
    _boss, [person] = make_team()
    for title in ("Tangan", "Pelatihan", "Belum"):
        plan.add(person, 2026, Wish(title=title, source="wish", target=date(2026, 12, 1)), by=person.user)
    PlanItem.objects.filter(title="Tangan").update(done_on=date(2026, 11, 1))
    EnrolmentFactory(employee=person, status="completed", plan_item=PlanItem.objects.get(title="Pelatihan"))
    return person


def test_unfinished_items_are_offered_on_the_first_screen_from_midnight_on(planner):
    with time_machine.travel(BEFORE, tick=False):
        assert "belum selesai" not in text_of(planner, "home")
    with time_machine.travel(AFTER, tick=False):
        assert "1 butir rencana 2026 belum selesai." in text_of(planner, "home")
        client = Client()
        client.force_login(planner.user)
        client.post(f"{reverse('plan_carry_over')}?tahun=2027")
        assert "belum selesai" not in text_of(planner, "home")
    assert list(PlanItem.objects.filter(plan__year=2027).values_list("title", flat=True)) == ["Belum"]


def test_the_count_is_what_the_page_of_the_plan_lists(planner):
    page = plan_page(planner, year=2027, today=date(2027, 1, 1))
    assert [row.item.title for row in page.unfinished] == ["Belum"]
    assert unfinished_count(planner, 2026) == 1


def test_the_first_screen_costs_two_statements_more_in_january_at_most(pns):
    pns = Employee.objects.get(pk=pns.pk)
    client = Client()
    client.force_login(pns.user)
    costs = []
    for moment in (BEFORE, AFTER):
        with time_machine.travel(moment, tick=False):
            client.get(reverse("home"))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("home"))
            costs.append(len(queries))
    assert costs[1] - costs[0] <= 2


def test_a_supervisor_reads_the_jp_of_an_earlier_year_and_nonsense_reads_as_this_one():
    boss, [member] = make_team()
    earned(member, 12, date(2025, 6, 3))
    earned(member, 8, date(2026, 6, 3))
    with time_machine.travel(BEFORE, tick=False):
        assert "12 dari 20 JP" in text_of(boss, "team", tahun="2025")
        for year in ("", "abc", "2026", "2099"):
            assert "8 dari 20 JP" in text_of(boss, "team", tahun=year)


def test_evidence_of_the_old_year_counts_in_it_when_it_is_accepted_in_the_new_one(pns):
    with time_machine.travel(AFTER, tick=False):
        record = TrainingRecord.objects.create(
            employee=pns,
            title="Seminar",
            form=LearningForm.objects.get(code="B6"),
            start=date(2026, 12, 30),
            end=date(2026, 12, 30),
            year=2026,
            jp=4,
            match_key="s",
        )
        record.status = TrainingRecord.Status.VERIFIED
        record.save()
        assert ledger.post_record(record, by=None).year == 2026
    assert year_summary(pns, 2026).done == 25


def test_a_target_outside_the_new_year_is_refused_on_both_sides_of_midnight(planner):
    for moment in (BEFORE, AFTER):
        with time_machine.travel(moment, tick=False), pytest.raises(Refusal):
            plan.add(
                planner, 2027, Wish(title="x", source="wish", target=date(2026, 12, 31)), by=planner.user
            )
    assert not LedgerLine.objects.filter(employee=planner).exists()
