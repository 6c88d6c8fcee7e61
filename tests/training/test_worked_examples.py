"""The worked examples of DOMAIN.md section 9, rules 2 to 10, with exactly their numbers, through the services and the
ledger: what is posted is read back from the database. The pure functions alone: tests/competency/test_jp.py and
test_index.py."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from asnportal.common.errors import Refusal
from asnportal.people.models import Employee
from competency.models import DisciplinaryAction, IndexRule, LearningForm, LedgerLine, PerformanceRating
from competency.queries.index import rule_on
from competency.queries.ledger import current_summary, year_summary
from competency.services import ledger, outside
from competency.services.index import category, mean, score
from competency.services.index_facts import facts_of, rules_of
from competency.services.jp import Facts, material
from competency.services.ledger import Earned
from tests.factories import (
    EmployeeFactory,
    EnrolmentFactory,
    LearningFormFactory,
    MeetingFactory,
    PositionFactory,
    ProgrammeFactory,
    ProviderFactory,
    SessionFactory,
    make_officer,
    wita,
)
from training.models import Attendance, Programme
from training.services import attendance, completion
from training.services import programme as programmes
from training.services.programme import Contents, SubjectLine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forms")]
TODAY = date(2026, 11, 24)
MON, TUE = date(2026, 11, 16), date(2026, 11, 17)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(wita(TODAY, 18), tick=False):
        yield


def post(person, code, jp, start, end=None, *, meetings=(), claimed=None, abroad=False, title="Pelatihan"):
    """A finished training in the ledger; gives its line as the database holds it."""
    facts = Facts(Decimal(str(jp)), start, end or start, tuple(meetings), claimed or {})
    key = f"{person.pk}:{LedgerLine.objects.count()}"
    form = LearningForm.objects.get(code=code)
    line = ledger.post(person, Earned(key, title, form, facts, abroad=abroad), by=None)
    return LedgerLine.objects.get(pk=line.pk)


def done(person, year=2026):
    return year_summary(person, year).done


def days(start, count):
    return [start + timedelta(days=n) for n in range(count)]


# Rule 2: JP is 45 minutes


@pytest.mark.parametrize(("minutes", "jp", "too_many"), [(420, 9, 10), (480, 10, 11)])
def test_rule_2_a_day_of_420_minutes_is_9_jp_not_7_and_480_minutes_are_10_not_8(minutes, jp, too_many):
    assert material([minutes]) == jp

    def made(hours):
        values = {
            "title": f"Bimtek {hours}",
            "form": LearningFormFactory(code="B10"),
            "provider": ProviderFactory(),
            "jp": hours,
        }
        subject = SubjectLine("Isi", minutes=minutes, jp=hours)
        return programmes.create(values, contents=Contents(subjects=(subject,)), by=None)

    assert Programme.objects.get(pk=made(jp).pk).jp == jp
    with pytest.raises(Refusal) as refused:
        made(too_many)
    assert refused.value.code == "more_jp_than_minutes"


def test_rule_2_the_day_from_eight_to_four_is_9_jp_in_the_ledger_of_who_was_there():
    officer, person = make_officer(), EmployeeFactory()
    programme = ProgrammeFactory(form=LearningFormFactory(code="B10"), jp=material([420]))
    session = SessionFactory(programme=programme, start=MON, registration_closes=wita(MON, 0))
    meeting = MeetingFactory(session=session, starts_at=wita(MON, 8), ends_at=wita(MON, 16))
    enrolment = EnrolmentFactory(session=session, employee=person, status="confirmed")
    attendance.mark(meeting, {enrolment.pk: Attendance.Mark.PRESENT}, by=officer)
    attendance.close_meeting(meeting, by=officer)
    completion.finish(session, by=officer)
    assert done(person) == 9


# Rule 3: 20 is a floor for PNS, 24 a ceiling for PPPK


def test_rule_3_a_pns_with_31_jp_shows_31_fulfilled_and_nothing_cut():
    person = EmployeeFactory(kind="PNS")
    post(person, "B3", 31, MON)
    found = year_summary(person, 2026)
    assert (found.done, found.counted, found.excess, found.fulfilled) == (31, 31, 0, True)


def test_rule_3_a_pppk_with_14_6_and_8_in_the_contract_year_is_reported_24_with_4_kept():
    person = EmployeeFactory(kind="PPPK", contract_start=date(2026, 3, 1), contract_end=date(2027, 2, 28))
    for jp, day in ((14, date(2026, 4, 8)), (6, date(2026, 11, 4)), (8, date(2027, 1, 13))):
        post(person, "B10", jp, day)
    found = current_summary(person, on=date(2027, 1, 20))
    assert (found.done, found.counted, found.excess, found.fulfilled) == (28, 24, 4, False)
    assert sum(line.jp for line in LedgerLine.objects.filter(employee=person)) == 28
    calendar = [
        sum(line.jp for line in LedgerLine.objects.filter(employee=person, year=year))
        for year in (2026, 2027)
    ]
    assert calendar == [20, 8]


# Rule 4: forms paid per day or per time ignore the clock


@pytest.mark.parametrize(
    ("code", "abroad", "hours", "span", "jp"),
    [
        ("B6", False, 16, days(MON, 2), 8),
        ("B7", False, 24, days(MON, 3), 15),
        ("B7", True, 16, days(MON, 2), 14),
        ("C7", False, 32, days(MON, 4), 10),
        ("C11", False, 160, days(date(2026, 10, 1), 31), 20),
    ],
)
def test_rule_4_seminar_8_workshop_15_abroad_14_benchmarking_10_internship_20(code, abroad, hours, span, jp):
    person = EmployeeFactory()
    line = post(person, code, hours, span[0], span[-1], meetings=span, abroad=abroad)
    assert (line.jp, line.jp_material, done(person)) == (jp, hours, jp)


# Rule 5: caps per month and per day, before summing


def test_rule_5_three_coachings_in_march_and_one_in_april_are_6_jp_not_8():
    person = EmployeeFactory()
    for day in (date(2026, 3, 3), date(2026, 3, 10), date(2026, 3, 17), date(2026, 4, 7)):
        post(person, "C1", 2, day, meetings=[day])
    assert [line.jp for line in LedgerLine.objects.order_by("day")] == [2, 2, 0, 2]
    assert done(person) == 6


def test_rule_5_coaching_and_mentoring_are_counted_apart():
    person = EmployeeFactory()
    for code in ("C1", "C2"):
        for day in (date(2026, 3, 3), date(2026, 3, 10), date(2026, 3, 17)):
            post(person, code, 2, day, meetings=[day])
    assert done(person) == 8


def test_rule_5_e_learning_of_6_on_monday_and_2_on_tuesday_is_5_jp():
    person = EmployeeFactory()
    line = post(person, "C3", 8, MON, TUE, meetings=(MON, TUE), claimed={MON: Decimal(6), TUE: Decimal(2)})
    assert (line.jp, done(person)) == (5, 5)
    other = EmployeeFactory()
    for jp, day in ((6, MON), (2, TUE)):
        post(other, "C3", jp, day)
    assert done(other) == 5


def test_rule_5_self_study_of_4_on_one_day_is_2_jp():
    person = EmployeeFactory()
    post(person, "C9", 4, MON)
    assert done(person) == 2


# Rule 6: international "+20 %" multiplies


def test_rule_6_32_jp_abroad_are_kept_as_38_40_and_38_whole():
    person = EmployeeFactory()
    line = post(person, "B3", 32, MON, days(MON, 4)[-1], abroad=True)
    assert (line.jp, line.jp_material) == (Decimal("38.40"), 32)
    assert str(line.jp) == "38.40"
    assert int(line.jp) == 38


def test_rule_6_leadership_has_no_such_bonus_and_a_seminar_its_own_day_value():
    person = EmployeeFactory()
    leadership = post(person, "B1", 905, MON, abroad=True, title="PKA")
    seminar = post(person, "B6", 8, TUE, abroad=True)
    assert (leadership.jp, seminar.jp) == (905, 6)


# Rule 7: the year of credit


def test_rule_7_a_bimtek_across_the_year_counts_whole_in_2027_and_not_at_all_in_2026():
    person = EmployeeFactory()
    line = post(person, "B10", 20, date(2026, 12, 29), date(2027, 1, 3))
    assert (line.year, line.day) == (2027, date(2027, 1, 3))
    assert (done(person, 2026), done(person, 2027)) == (0, 20)


# Rules 8 to 10: IP ASN, from the ledger and the staff data


def asn(kind, education, predicate="Sangat Baik", *, level="", name="Analis", penalty=None):
    """A person of a job group; ``kind`` of post, its level (jenjang) and name."""
    position = PositionFactory(kind=kind, level=level, name=name)
    person = EmployeeFactory(position=position, education=education)
    PerformanceRating.objects.create(employee=person, year=2025, predicate=predicate)
    if penalty:
        DisciplinaryAction.objects.create(employee=person, grade=penalty, day=date(2024, 2, 1))
    return person


def learn(person, *, technical=None, seminar=False, leadership=""):
    if technical:
        post(person, "B3", technical, MON)
    if seminar:
        post(person, "B6", 8, TUE)
    if leadership:
        post(person, "B1", 905, date(2019, 6, 3), title=leadership)
    return person


def simulated(person):
    """Total and category as the page and the batch compute them."""
    person = Employee.objects.select_related("position").get(pk=person.pk)
    rule = rule_on(TODAY)
    found = score(facts_of([person], rule, TODAY)[person.pk], rules_of(rule), TODAY)
    return found.total, found.category


PKP = "Pelatihan Kepemimpinan Pengawas"
PENGAWAS = {"kind": "structural", "level": "Pengawas"}


def test_rule_8_the_same_learning_is_90_for_pelaksana_75_for_pengawas_without_pkp_and_90_with_it():
    found = [
        simulated(learn(asn("staff", "S-1"), technical=24, seminar=True)),
        simulated(learn(asn(education="S-1", **PENGAWAS), technical=24, seminar=True)),
        simulated(learn(asn(education="S-1", **PENGAWAS), technical=24, seminar=True, leadership=PKP)),
    ]
    assert found == [(90, "Tinggi"), (75, "Sedang"), (90, "Tinggi")]


def test_rule_8_a_teacher_with_s2_has_95():
    teacher = asn("functional", "S-2", level="Ahli Muda", name="Guru Ahli Muda")
    assert simulated(learn(teacher, technical=24, seminar=True)) == (95, "Sangat Tinggi")


def test_rule_8_a_pelaksana_sma_with_12_jp_and_a_light_penalty_has_50_5():
    person = asn("staff", "SMA", "Baik", penalty="light")
    assert simulated(learn(person, technical=12, seminar=True)) == (Decimal("50.5"), "Sangat Rendah")


def test_rule_8_a_pengawas_without_a_seminar_has_75():
    person = asn(education="S-1", predicate="Baik", **PENGAWAS)
    assert simulated(learn(person, technical=20, leadership=PKP)) == (75, "Sedang")


def test_rule_8_a_pelaksana_d3_with_both_has_80():
    assert simulated(learn(asn("staff", "D-III", "Baik"), technical=24, seminar=True)) == (80, "Sedang")


def test_rule_8_an_s1_holder_can_never_be_very_high():
    people = [
        learn(asn("staff", "S-1"), technical=40, seminar=True),
        learn(asn(education="S-1", **PENGAWAS), technical=40, seminar=True, leadership=PKP),
        learn(asn("functional", "S-1", name="Perawat Ahli Muda"), technical=40, seminar=True),
    ]
    assert {simulated(person) for person in people} == {(Decimal(90), "Tinggi")}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("90.0", "Tinggi"),
        ("90.5", "Tinggi"),
        ("90.995", "Tinggi"),
        ("91", "Sangat Tinggi"),
        ("60.5", "Sangat Rendah"),
        ("61", "Rendah"),
    ],
)
def test_rule_9_edges_by_the_rule_set_in_force(value, words):
    assert category(Decimal(value), rules_of(rule_on(TODAY))) == words


def test_rule_9_the_mean_of_75_95_50_5_and_90_is_77_62_sedang():
    people = [
        learn(asn(education="S-1", **PENGAWAS), technical=24, seminar=True),
        learn(asn("functional", "S-2", name="Guru Ahli Muda"), technical=24, seminar=True),
        learn(asn("staff", "SMA", "Baik", penalty="light"), technical=12, seminar=True),
        learn(asn("staff", "S-1"), technical=24, seminar=True),
    ]
    figures = [simulated(person)[0] for person in people]
    assert figures == [75, 95, Decimal("50.5"), 90]
    found = mean(figures)
    assert (found, category(found, rules_of(rule_on(TODAY)))) == (Decimal("77.62"), "Sedang")


def test_rule_10_three_seminars_and_four_coachings_are_20_jp_and_no_technical_training():
    person = asn("staff", "S-1")
    for day in days(date(2026, 5, 4), 3):
        post(person, "B6", 8, day)
    for day in (date(2026, 3, 3), date(2026, 3, 10), date(2026, 4, 7), date(2026, 4, 14)):
        post(person, "C1", 2, day, meetings=[day])
    found = year_summary(person, 2026)
    assert (found.done, found.fulfilled) == (20, True)
    rule = rule_on(TODAY)
    person = Employee.objects.select_related("position").get(pk=person.pk)
    found = score(facts_of([person], rule, TODAY)[person.pk], rules_of(rule), TODAY)
    by_name = {one.name: one for one in found.components}
    technical, seminar = by_name["technical"], by_name["seminar"]
    assert (technical.jp, technical.is_done, seminar.is_done) == (0, False, True)


def test_rule_10_which_forms_are_technical_is_said_by_the_rule_set():
    rule = rule_on(TODAY)
    siasn = dict(LearningForm.objects.exclude(siasn_id="").values_list("code", "siasn_id"))
    assert {siasn[code] for code in rule.tables["forms"]["technical"]} == {"3", "8", "11", "12", "16", "17"}
    assert IndexRule.objects.count() == 1


def test_rules_4_and_6_hold_for_what_is_handed_in_from_outside_too():
    """The same rules, whichever way a training comes in."""
    person, officer = EmployeeFactory(), make_officer()
    from competency.models import TrainingRecord
    from competency.services import record

    for number, (code, jp, abroad) in enumerate((("B6", 16, False), ("B3", 32, True))):
        made = TrainingRecord.objects.create(
            employee=person,
            title=f"Luar {code}",
            form=LearningForm.objects.get(code=code),
            abroad=abroad,
            start=MON,
            end=TUE,
            year=2026,
            jp=jp,
            source=TrainingRecord.OUTSIDE,
            match_key=str(number),
        )
        assert outside.expected(made).jp == (8 if code == "B6" else Decimal("38.40"))
        record.verify(made, by=officer)
    assert done(person) == Decimal("46.40")
