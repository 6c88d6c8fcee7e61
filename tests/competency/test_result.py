"""Stored results: the batch says what the functions say, can be cut off anywhere, and is done once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from competency.models import (
    Assessment,
    LearningForm,
    LedgerLine,
    Method,
    PerformanceRating,
    Result,
    ResultRun,
    Standard,
    StandardItem,
)
from competency.queries.index import rule_on
from competency.queries.ledger import current_summary
from competency.queries.profile import profile_of
from competency.queries.result import CityGap, as_of, city_gaps
from competency.services import reference
from competency.services import result as service
from competency.services.index import score
from competency.services.index_facts import facts_of, rules_of
from tests.factories import CompetencyFactory, EmployeeFactory, PositionFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
NIGHT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # 24 November, 02.00 WITA


@pytest.fixture
def crowd(monkeypatch):
    """Seven people of one post that asks two competencies at level 3, in portions of two."""
    monkeypatch.setattr(service, "PORTION", 2)
    reference.load()
    position = PositionFactory(kind="staff")
    standard = Standard.objects.create(
        position=position, valid_from=date(2020, 1, 1), legal_basis="Keputusan Contoh"
    )
    one, two = CompetencyFactory(code="T.01"), CompetencyFactory(code="T.02")
    for competency in (one, two):
        StandardItem.objects.create(standard=standard, competency=competency, level=3)
    people = [EmployeeFactory(position=position, education="S1 Hukum") for _ in range(7)]
    for number, person in enumerate(people[:5]):
        levels(person, one, number)
    return people, one, two


def levels(person, competency, level, method=Method.CENTRE, **extra):
    return Assessment.objects.create(
        employee=person, competency=competency, method=method, level=level, **{"day": TODAY, **extra}
    )


def earned(person, jp, day=TODAY):
    return LedgerLine.objects.create(
        employee=person,
        form=LearningForm.objects.get(code="B10"),
        jp=jp,
        day=day,
        year=day.year,
        title="Bimtek",
        source="portal",
        source_key=f"{person.pk}:{jp}:{day}",
    )


def stored():
    rows = Result.objects.order_by("employee")
    return [{k: v for k, v in vars(row).items() if k not in ("_state", "computed_at", "id")} for row in rows]


def test_what_is_stored_is_what_the_persons_own_pages_say(crowd):
    people, one, two = crowd
    person = people[1]
    levels(person, two, 5, Method.SUPERVISOR)
    earned(person, Decimal(12))
    earned(person, Decimal(30), day=date(2025, 6, 1))
    PerformanceRating.objects.create(employee=person, year=2025, predicate="Sangat Baik")
    service.recompute(on=TODAY)
    row = Result.objects.get(employee=person)
    profile, jp = profile_of(person, TODAY), current_summary(person, on=TODAY)
    assert row.levels == {str(one.pk): [3, 1, "o"], str(two.pk): [3, 5, "p"]}
    assert (row.short, row.unknown, row.met, row.above) == (1, 0, 0, 1)
    assert row.total_gap == profile.total_gap == 2
    assert (row.jp, row.jp_target, row.jp_is_ceiling) == (jp.done, jp.target, False) == (12, 20, False)
    rule = rule_on(TODAY)
    assert rule is not None
    found = score(facts_of([person], rule, TODAY)[person.pk], rules_of(rule), TODAY)
    assert found is not None
    assert (row.index_total, row.index_category, row.index_rule) == (found.total, found.category, rule.code)


def test_a_lapsed_level_and_one_never_assessed_are_told_apart(crowd):
    people, one, two = crowd
    person = people[6]
    levels(person, one, 3, day=date(2020, 1, 1), valid_until=date(2023, 1, 1))
    service.recompute(on=TODAY)
    row = Result.objects.get(employee=person)
    assert row.levels == {str(one.pk): [3, None, "x"], str(two.pk): [3, None, ""]}
    assert row.unknown == 2


@pytest.mark.parametrize("after", [1, 2, 3])
def test_cut_off_between_portions_it_goes_on_and_ends_as_one_pass_would(crowd, monkeypatch, after):
    service.recompute(on=TODAY)
    whole = stored()
    Result.objects.all().delete()
    ResultRun.objects.all().delete()
    real, calls = service._store, []

    def dies(run, people, on):
        if len(calls) == after:
            raise KeyboardInterrupt
        calls.append([one.pk for one in people])
        return real(run, people, on)

    monkeypatch.setattr(service, "_store", dies)
    with pytest.raises(KeyboardInterrupt):
        service.recompute(on=TODAY)
    assert Result.objects.count() == 2 * after
    assert ResultRun.objects.get().last_id == calls[-1][-1]
    monkeypatch.setattr(service, "_store", real)
    assert service.recompute(on=TODAY) == service.Done(0, finished=False)  # the lease of the dead one holds
    ResultRun.objects.update(busy_until=timezone.now() - timedelta(seconds=1))
    assert service.recompute(on=TODAY) == service.Done(7 - 2 * after, finished=True)
    assert stored() == whole


def test_nothing_of_a_portion_stays_when_its_end_is_not_written(crowd, monkeypatch):
    def dies(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(ResultRun, "save", dies)
    run = ResultRun(day=TODAY, started_at=timezone.now())
    with pytest.raises(KeyboardInterrupt):
        service._store(run, crowd[0][:2], TODAY)
    assert not Result.objects.exists()


def test_a_pass_is_done_once_a_day_and_again_only_where_asked(crowd):
    assert service.recompute(on=TODAY) == service.Done(7, finished=True)
    first = stored()
    assert service.recompute(on=TODAY) == service.Done(0, finished=False)
    assert service.recompute(on=TODAY, again=True) == service.Done(7, finished=True)
    assert stored() == first
    assert ResultRun.objects.count() == 1


def test_it_stops_when_its_time_is_over_and_the_next_call_goes_on(crowd):
    assert service.recompute(on=TODAY, seconds=1e-9) == service.Done(2, finished=False)
    assert service.recompute(on=TODAY) == service.Done(5, finished=True)


def test_everybody_is_computed_from_two_in_the_morning_and_not_before(crowd):
    assert service.run_due(now=NIGHT - timedelta(minutes=1)) == service.Done(0, finished=True)
    assert not Result.objects.exists()
    assert service.run_due(now=NIGHT) == service.Done(7, finished=True)
    assert {row.day for row in Result.objects.all()} == {TODAY}
    assert service.run_due(now=NIGHT + timedelta(minutes=1)) == service.Done(0, finished=True)
    assert service.run_due(now=NIGHT + timedelta(days=1)) == service.Done(7, finished=True)


def test_between_two_nights_only_who_has_news_is_computed(crowd):
    people, _one, two = crowd
    service.run_due(now=NIGHT)
    before = Result.objects.get(employee=people[0]).computed_at
    levels(people[1], two, 2)
    earned(people[2], Decimal(8))
    assert service.run_due(now=NIGHT + timedelta(hours=7)).people == 2
    assert Result.objects.get(employee=people[1]).short == 2
    assert Result.objects.get(employee=people[2]).jp == 8
    assert Result.objects.get(employee=people[0]).computed_at == before
    assert service.run_due(now=NIGHT + timedelta(hours=7)).people == 0


def test_who_left_has_no_result_after_the_next_pass(crowd):
    people = crowd[0]
    service.recompute(on=TODAY)
    people[3].is_active = False
    people[3].save()
    service.recompute(on=TODAY, again=True)
    assert not Result.objects.filter(employee=people[3]).exists()
    assert Result.objects.count() == 6


def test_as_of_is_the_oldest_so_that_nothing_is_promised(crowd):
    assert as_of() is None
    service.recompute(on=TODAY)
    old = timezone.now() - timedelta(days=3)
    Result.objects.filter(employee=crowd[0][0]).update(computed_at=old)
    assert as_of() == old


@pytest.mark.parametrize("people", [1, 7])
def test_a_portion_costs_the_same_for_one_and_for_many(crowd, people):
    group = crowd[0][:people]
    with CaptureQueriesContext(connection) as queries:
        service.computed(group, TODAY)
    assert len(queries) <= 12


def test_the_command_tells_how_many_and_gives_way_to_another_process(crowd, tmp_path, capsys):
    report = tmp_path / "hasil.json"
    call_command("recompute_results", report=report)
    assert '"people": 7' in report.read_text()
    assert "7 pegawai dihitung." in capsys.readouterr().out
    ResultRun.objects.update(finished_at=None, busy_until=timezone.now() + timedelta(minutes=1))
    ResultRun.objects.update(day=timezone.localdate())
    with pytest.raises(SystemExit):
        call_command("recompute_results")
    assert "proses lain" in capsys.readouterr().err


def test_the_end_of_a_pass_counts_the_gaps_of_the_city_and_none_of_fewer_than_five(crowd):
    people, one, two = crowd
    assert city_gaps(most=5) is None
    for person in people[:4]:
        levels(person, two, 1)
    service.recompute(on=TODAY)
    found = city_gaps(most=5)
    assert found is not None
    assert found.rows == [CityGap(one, asked=7, assessed=5, short=3)]  # of two only four are assessed
    profiles = [profile_of(person, TODAY) for person in people]
    assert sum(one in [line.competency for line in profile.short] for profile in profiles) == 3
    levels(people[4], two, 1)
    service.recompute(on=TODAY, again=True)
    again = city_gaps(most=5)
    assert again is not None
    assert again.rows == [CityGap(two, 7, 5, 5), CityGap(one, 7, 5, 3)]
    assert [row.competency for row in city_gaps(most=1).rows] == [two]


def test_while_a_pass_runs_the_gaps_are_those_of_the_one_before(crowd):
    service.recompute(on=TODAY)
    service.recompute(on=TODAY + timedelta(days=1), seconds=1e-9)
    found = city_gaps(most=5)
    assert found is not None
    assert found.rows[0].short == 3
