"""Which assessment counts, what a gap is, and what a post asks on a day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from asnportal.people.models import Position
from competency.models import Assessment, Method, Standard, StandardItem
from competency.queries.profile import Entry, counting, expired, profile_of, profiles_of
from competency.queries.standard import job_group, requirement
from competency.services import reference
from tests.factories import CompetencyFactory, EmployeeFactory, PositionFactory

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)


def entry(method: Method, level: int, day: date = date(2025, 3, 1), until: date | None = date(2028, 2, 29)):
    return Entry(method, level, day, until)


def test_the_newest_official_result_counts_whatever_others_say_later():
    centre = entry(Method.CENTRE, 2, date(2024, 5, 1))
    test = entry(Method.TEST, 3, date(2025, 5, 1))
    later = entry(Method.AROUND, 5, date(2026, 5, 1))
    assert counting([centre, later, test], TODAY) == test


def test_without_an_official_one_the_360_counts_then_the_supervisor_and_both_are_provisional():
    around, supervisor = entry(Method.AROUND, 2), entry(Method.SUPERVISOR, 4, date(2026, 5, 1))
    assert counting([supervisor, around], TODAY) == around
    assert counting([supervisor], TODAY) == supervisor
    assert not around.is_official
    assert not supervisor.is_official


def test_a_self_assessment_never_counts():
    assert counting([entry(Method.SELF, 5)], TODAY) is None


def test_an_official_result_counts_on_its_last_day_and_is_missing_the_day_after():
    last = entry(Method.CENTRE, 3, until=TODAY)
    gone = entry(Method.CENTRE, 3, until=YESTERDAY)
    assert counting([last], TODAY) == last
    assert counting([gone], TODAY) is None
    assert expired([gone], TODAY) == gone
    assert expired([last], TODAY) is None


def test_when_the_official_one_has_lapsed_the_provisional_one_counts():
    gone, supervisor = entry(Method.CENTRE, 4, until=YESTERDAY), entry(Method.SUPERVISOR, 2)
    assert counting([gone, supervisor], TODAY) == supervisor


def test_a_result_of_tomorrow_does_not_count_today():
    assert counting([entry(Method.TEST, 3, TODAY + timedelta(days=1))], TODAY) is None


ENTRIES = st.lists(
    st.builds(
        Entry,
        method=st.sampled_from([str(method) for method in Method]),
        level=st.integers(0, 5),
        day=st.dates(date(2020, 1, 1), date(2027, 12, 31)),
        valid_until=st.none() | st.dates(date(2028, 1, 1), date(2030, 12, 31)),
    ),
    max_size=8,
)


@given(ENTRIES)
def test_what_counts_holds_today_and_no_official_one_is_passed_over(entries):
    found = counting(entries, TODAY)
    valid = [one for one in entries if one.holds_on(TODAY)]
    assert found is None or found in valid
    if any(one.is_official for one in valid):
        assert found.is_official
    if all(one.method == Method.SELF for one in valid):
        assert found is None


@given(ENTRIES)
def test_the_order_in_which_entries_come_does_not_matter(entries):
    one, other = counting(entries, TODAY), counting(reversed(entries), TODAY)
    assert (one is None) == (other is None)
    if one:
        assert (one.day, one.is_official) == (other.day, other.is_official)


@pytest.mark.parametrize(
    ("kind", "level", "group"),
    [
        (Position.Kind.STRUCTURAL, "JPT Pratama", "jpt_pratama"),
        (Position.Kind.STRUCTURAL, "Pengawas", "pengawas"),
        (Position.Kind.FUNCTIONAL, "Keahlian - Ahli Madya", "ahli_madya"),
        (Position.Kind.FUNCTIONAL, "Keterampilan - Penyelia", "penyelia"),
        (Position.Kind.STAFF, "", "pelaksana"),
        (Position.Kind.FUNCTIONAL, "Penugasan", ""),
    ],
)
def test_the_job_group_is_read_from_the_post(kind, level, group):
    assert job_group(Position(kind=kind, level=level)) == group


@pytest.fixture
def nine(db):
    """Two of the nine national competencies and the usual levels of job groups."""
    reference.load()
    return [
        CompetencyFactory(code="M.01", family="managerial"),
        CompetencyFactory(code="S.01", family="sociocultural"),
    ]


def ask(position, since=date(2020, 1, 1), **levels):
    """A version of a position's standard; ``levels`` by competency code with _ for a dot."""
    version = Standard.objects.create(position=position, valid_from=since)
    for code, level in levels.items():
        one = CompetencyFactory._meta.model.objects.get(code=code.replace("_", "."))
        StandardItem.objects.create(standard=version, competency=one, level=level)
    return version


def test_a_post_without_a_standard_is_asked_the_usual_level_of_its_group(nine):
    pengawas = PositionFactory(kind=Position.Kind.STRUCTURAL, level="Pengawas")
    asked = requirement(pengawas, TODAY)
    assert [one.level for one in asked.items] == [2, 2]
    assert asked.is_usual
    assert "PermenPANRB 38/2017" in asked.legal_basis


def test_the_posts_own_standard_takes_the_place_of_the_usual_level(nine):
    pengawas = PositionFactory(kind=Position.Kind.STRUCTURAL, level="Pengawas")
    ask(pengawas, M_01=3)
    asked = requirement(pengawas, TODAY)
    assert [(one.competency.code, one.level) for one in asked.items] == [("M.01", 3)]
    assert not asked.is_usual


def test_of_two_versions_the_one_in_force_on_the_day_is_asked(nine):
    position = PositionFactory()
    old = ask(position, date(2020, 1, 1), M_01=1)
    old.valid_until = date(2026, 12, 31)
    old.save()
    ask(position, date(2027, 1, 1), M_01=3)
    assert requirement(position, date(2026, 12, 31)).items[0].level == 1
    assert requirement(position, date(2027, 1, 1)).items[0].level == 3


def assess(person, code, level, method=Method.CENTRE, **extra):
    one = CompetencyFactory._meta.model.objects.get(code=code)
    values = {"day": date(2025, 3, 1), "valid_until": date(2028, 2, 29), **extra}
    return Assessment.objects.create(employee=person, competency=one, method=method, level=level, **values)


def test_a_surplus_never_cancels_another_gap(nine):
    position = PositionFactory()
    ask(position, M_01=3, S_01=2)
    person = EmployeeFactory(position=position)
    assess(person, "M.01", 2)
    assess(person, "S.01", 5)
    profile = profile_of(person, TODAY)
    assert [(line.competency.code, line.gap) for line in profile.lines] == [("M.01", 1), ("S.01", -3)]
    assert profile.total_gap == 1
    assert [line.competency.code for line in profile.above] == ["S.01"]


def test_a_lapsed_result_is_shown_and_counts_as_missing(nine):
    position = PositionFactory()
    ask(position, M_01=3)
    person = EmployeeFactory(position=position)
    assess(person, "M.01", 3, valid_until=YESTERDAY)
    [line] = profile_of(person, TODAY).lines
    assert (line.held, line.gap, line.is_unknown) == (None, None, True)
    assert line.lapsed.level == 3


def test_what_was_assessed_beyond_the_post_is_told_but_is_no_gap(nine):
    position = PositionFactory()
    ask(position, M_01=1)
    person = EmployeeFactory(position=position)
    assess(person, "S.01", 0)
    profile = profile_of(person, TODAY)
    assert [(line.competency.code, line.required, line.gap) for line in profile.lines] == [
        ("M.01", 1, None),
        ("S.01", None, None),
    ]
    assert profile.short == []


@pytest.mark.parametrize("people", [1, 3])
def test_profiles_of_many_cost_three_statements(nine, people):
    position = PositionFactory()
    ask(position, M_01=2, S_01=2)
    team = [EmployeeFactory(position=position) for _ in range(people)]
    for person in team:
        assess(person, "M.01", 1)
    with CaptureQueriesContext(connection) as queries:
        found = profiles_of(team, TODAY)
    assert len(queries) == 3
    assert [len(one.short) for one in found.values()] == [1] * people
