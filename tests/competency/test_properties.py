"""What must hold for any learning, not only for the worked examples: caps, rounding, the year of credit, the edges of
IP ASN, and that more learning never lowers anything. On the ledger and the services, each example in a transaction."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from asnportal.people.models import Employee
from competency.models import (
    Assessment,
    GroupStandard,
    JpRule,
    LearningForm,
    LedgerLine,
    Method,
    PerformanceRating,
)
from competency.queries.index import rule_on
from competency.queries.jp import rulebook
from competency.queries.ledger import current_summary, year_summary
from competency.queries.period import period_on
from competency.queries.profile import profile_of
from competency.services import ledger, reference
from competency.services.index import category, score, truncated
from competency.services.index_facts import facts_of, rules_of
from competency.services.jp import Facts, material, recognise, share
from competency.services.ledger import Earned
from competency.services.standard import publish
from tests.factories import CompetencyFactory, EmployeeFactory, PositionFactory

FEW = settings(max_examples=25)  # each of them posts to a real ledger
YEAR = 2026
CENT = Decimal("0.01")
DAYS = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))
HOURS = st.decimals(min_value="0.5", max_value="40", places=2)
CODES = st.sampled_from(["B1", "B3", "B6", "B7", "B10", "B11", "C1", "C2", "C3", "C7", "C9", "C10", "C11"])


@st.composite
def trainings(draw, code=CODES, first=date(YEAR, 1, 1), last=date(YEAR, 12, 31)):
    """One finished training: (form, JP materi, days on which it met, abroad)."""
    start = draw(st.dates(first, last - timedelta(days=4)))
    length = draw(st.integers(1, 5))
    return draw(code), draw(HOURS), [start + timedelta(n) for n in range(length)], draw(st.booleans())


def post(person, code, hours, days, abroad=False):
    facts = Facts(hours, days[0], days[-1], tuple(days))
    form = LearningForm.objects.get(code=code)
    key = f"{person.pk}:{LedgerLine.objects.count()}"
    return ledger.post(person, Earned(key, "Pelatihan", form, facts, abroad=abroad), by=None)


def totals(person):
    """JP diakui by calendar year, as the pages sum them."""
    return {year: year_summary(person, year).done for year in (YEAR - 1, YEAR, YEAR + 1)}


class Caps(TestCase):
    """Per day, per month, per contract year; and how figures are rounded."""

    def setUp(self):
        reference.load()

    @FEW
    @given(st.lists(trainings(code=st.just("C3")), max_size=5))
    def test_no_day_of_e_learning_gives_more_than_its_cap_however_it_is_divided(self, learnt):
        person = EmployeeFactory()
        by_day = defaultdict(Decimal)
        for _code, hours, days, _abroad in learnt:
            line = post(person, "C3", hours, days)
            for day, value in line.daily.items():
                by_day[day] += Decimal(value)
        assert all(value <= 3 for value in by_day.values())
        assert sum(totals(person).values()) <= 3 * len(by_day)

    @FEW
    @given(st.lists(DAYS, max_size=12))
    def test_no_month_of_coaching_gives_more_than_twice_two_and_never_less_than_it_may(self, days):
        person = EmployeeFactory()
        for day in days:
            post(person, "C1", Decimal(2), [day])
        months = defaultdict(int)
        for day in days:
            months[day.month] += 1
        found = defaultdict(Decimal)
        for line in LedgerLine.objects.filter(employee=person):
            found[line.day.month] += line.jp
        assert {month: found[month] for month in months} == {
            month: 2 * min(2, times) for month, times in months.items()
        }

    @FEW
    @given(
        st.lists(trainings(code=st.sampled_from(["B3", "B6", "B10"])), max_size=5),
        st.dates(date(2024, 1, 1), date(YEAR, 12, 31)),
    )
    def test_a_contract_year_is_reported_up_to_24_and_keeps_the_rest(self, learnt, started):
        person = EmployeeFactory(kind="PPPK", contract_start=started)
        for code, hours, days, _abroad in learnt:
            post(person, code, hours, days)
        for line in LedgerLine.objects.filter(employee=person):
            found = current_summary(person, on=line.day)
            assert found.counted == min(found.done, Decimal(24))
            assert found.counted + found.excess == found.done
            assert not found.fulfilled

    @given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.dates(date(2024, 1, 1), date(2032, 12, 31)))
    def test_every_day_of_a_contract_lies_in_one_year_and_the_next_year_begins_the_day_after(
        self, started, day
    ):
        person = Employee(kind="PPPK", contract_start=started)
        if day < started:
            return
        period = period_on(person, day)
        assert period.start <= day <= period.end
        assert period_on(person, period.start) == period == period_on(person, period.end)
        assert period_on(person, period.end + timedelta(1)).start == period.end + timedelta(1)
        assert 364 <= (period.end - period.start).days <= 365

    @given(st.lists(st.integers(0, 2000), max_size=12))
    def test_minutes_give_whole_jp_never_more_than_were_taught_and_the_parts_sum_to_them(self, minutes):
        whole = material(minutes)
        assert whole * 45 <= sum(minutes) < (whole + 1) * 45
        assert sum(share(minutes)) == whole
        assert all(part * 45 < taught + 45 for part, taught in zip(share(minutes), minutes, strict=True))

    @given(trainings(code=st.sampled_from(["B3", "B10", "C3", "C9"])))
    def test_a_figure_has_two_decimals_and_is_never_below_nothing(self, training):
        code, hours, days, abroad = training
        book = rulebook()
        rule = book.on(days[-1], form_id=LearningForm.objects.get(code=code).pk, abroad=abroad)
        found = recognise(rule, Facts(hours, days[0], days[-1], tuple(days)))
        assert found.jp >= 0
        assert found.jp == found.jp.quantize(CENT)
        if code in ("B3", "B10"):
            exact = hours * (Decimal("1.2") if abroad else 1)
            assert abs(found.jp - exact) <= CENT / 2

    @FEW
    @given(trainings(first=date(YEAR, 12, 20), last=date(YEAR + 1, 1, 12)))
    def test_a_training_counts_whole_in_the_year_of_its_last_day(self, training):
        person = EmployeeFactory()
        line = post(person, *training)
        year = training[2][-1].year
        assert line.year == year
        assert totals(person) == {one: line.jp if one == year else 0 for one in (YEAR - 1, YEAR, YEAR + 1)}


class Monotony(TestCase):
    """More learning never lowers JP or index, nor does a new rule touch what was posted before it."""

    def setUp(self):
        reference.load()

    @FEW
    @given(st.lists(trainings(), max_size=4), trainings())
    def test_one_more_training_lowers_the_jp_of_no_year(self, learnt, more):
        person = EmployeeFactory()
        for training in learnt:
            post(person, *training)
        before = totals(person)
        post(person, *more)
        after = totals(person)
        assert all(after[year] >= before[year] for year in before)

    @FEW
    @given(
        st.lists(trainings(), max_size=4),
        trainings(),
        st.sampled_from(["staff", "functional", "structural"]),
        st.sampled_from(["", "SMA", "D-III", "S-1", "S-2", "S-3"]),
    )
    def test_one_more_training_lowers_no_simulation(self, learnt, more, kind, education):
        person = EmployeeFactory(position=PositionFactory(kind=kind, level="Pengawas"), education=education)
        PerformanceRating.objects.create(employee=person, year=YEAR, predicate="Baik")
        for training in learnt:
            post(person, *training)
        before = self.simulated(person)
        post(person, *more)
        after = self.simulated(person)
        assert after.total >= before.total
        assert after.competence <= 40

    def simulated(self, person):
        on = date(YEAR, 12, 31)
        rule = rule_on(on)
        return score(facts_of([person], rule, on)[person.pk], rules_of(rule), on)

    @FEW
    @given(
        st.lists(trainings(), min_size=1, max_size=4),
        DAYS,
        st.decimals(min_value="0.1", max_value="30", places=1),
        CODES,
    )
    def test_a_rule_from_a_day_on_rewrites_no_earlier_line_and_holds_for_what_ends_later(
        self, learnt, since, figure, code
    ):
        person, other = EmployeeFactory(), EmployeeFactory()
        posted = [post(person, *training) for training in learnt]
        before, sums = self.told(posted), totals(person)
        for rule in JpRule.objects.filter(form__code=code, valid_until=None):
            rule.valid_until = since - timedelta(1)
            rule.save()
            JpRule.objects.create(
                form=rule.form,
                abroad=rule.abroad,
                basis=JpRule.Basis.PER_TIME,
                figure=figure,
                valid_from=since,
                legal_basis="Peraturan baru",
            )
        assert self.told(LedgerLine.objects.filter(employee=person).order_by("pk")) == before
        assert totals(person) == sums
        for training in learnt:
            line = post(other, *training)
            is_new = training[0] == code and line.day >= since
            assert (line.legal_basis == "Peraturan baru") == is_new
            if is_new:
                assert line.jp == figure

    def told(self, lines):
        return [(line.pk, line.jp, line.explanation, line.legal_basis, line.rule_id) for line in lines]


class Edges(TestCase):
    """Categories of IP ASN: every figure has one, by the figure cut to two decimals."""

    def setUp(self):
        reference.load()
        self.rules = rules_of(rule_on(date(YEAR, 11, 24)))

    @given(st.decimals(min_value=0, max_value=100, places=6))
    def test_a_figure_has_the_category_of_its_first_two_decimals(self, value):
        cut = value.quantize(CENT, rounding=ROUND_DOWN)
        assert truncated(value) == cut <= value < cut + CENT
        bands = ((91, "Sangat Tinggi"), (81, "Tinggi"), (71, "Sedang"), (61, "Rendah"))
        wanted = next((name for least, name in bands if cut >= least), "Sangat Rendah")
        assert category(value, self.rules) == wanted

    @given(
        st.sampled_from([91, 81, 71, 61]),
        st.decimals(min_value="0.000001", max_value="0.999999", places=6),
    )
    def test_just_below_an_edge_is_the_lower_band_and_the_edge_itself_the_upper(self, edge, below):
        names = [name for name, _least in self.rules.tables["categories"]]
        upper = names.index(category(Decimal(edge), self.rules))
        assert names.index(category(edge - below, self.rules)) == upper + 1

    @given(*[st.decimals(min_value=0, max_value=100, places=3)] * 2)
    def test_a_higher_figure_never_has_a_lower_category(self, one, other):
        names = [name for name, _least in self.rules.tables["categories"]]
        low, high = sorted((one, other))
        assert names.index(category(high, self.rules)) <= names.index(category(low, self.rules))


LEVELS = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 5)), min_size=1, max_size=5)


class Gaps(TestCase):
    """A surplus cancels no gap, and what somebody thinks of himself changes nothing."""

    def setUp(self):
        GroupStandard.objects.all().delete()

    def person(self, levels):
        person = EmployeeFactory(position=PositionFactory())
        asked = [CompetencyFactory() for _ in levels]
        needs = {one.pk: (need, "") for one, (need, _held) in zip(asked, levels, strict=True)}
        publish(person.position, needs, since=date(2020, 1, 1), by=None)
        for one, (_need, held) in zip(asked, levels, strict=True):
            self.look(person, one, held, Method.CENTRE)
        return person, asked

    def look(self, person, competency, level, method, day=date(YEAR, 1, 5)):
        Assessment.objects.create(employee=person, competency=competency, level=level, method=method, day=day)

    @FEW
    @given(LEVELS, st.integers(0, 4))
    def test_the_gaps_sum_without_any_surplus_and_more_surplus_changes_nothing(self, levels, more):
        person, asked = self.person(levels)
        wanted = sum(max(0, need - held) for need, held in levels)
        profile = profile_of(person, date(YEAR, 11, 24))
        assert profile.total_gap == wanted
        assert len(profile.above) == sum(held > need for need, held in levels)
        for one, (need, held) in zip(asked, levels, strict=True):
            if held >= need:
                self.look(person, one, min(5, held + more), Method.TEST, date(YEAR, 2, 5))
        assert profile_of(person, date(YEAR, 11, 24)).total_gap == wanted

    @FEW
    @given(LEVELS, st.lists(st.integers(0, 5), min_size=5, max_size=5), DAYS)
    def test_a_self_assessment_changes_no_gap_whatever_it_says_and_whenever(self, levels, own, day):
        person, asked = self.person(levels)
        on = date(YEAR, 12, 31)
        before = [(line.gap, line.held, line.is_provisional) for line in profile_of(person, on).lines]
        for one, level in zip(asked, own, strict=False):
            self.look(person, one, level, Method.SELF, day)
        found = profile_of(person, on)
        assert [(line.gap, line.held, line.is_provisional) for line in found.lines] == before
        assert [line.own_view for line in found.lines] == own[: len(asked)]

    @FEW
    @given(LEVELS)
    def test_one_who_only_rated_himself_has_no_gap_and_no_level(self, levels):
        person, _asked = self.person(levels)
        Assessment.objects.filter(employee=person).update(method=Method.SELF)
        found = profile_of(person, date(YEAR, 11, 24))
        assert (found.total_gap, found.short, found.met, found.above) == (0, [], [], [])
        assert len(found.unknown) == len(levels)
