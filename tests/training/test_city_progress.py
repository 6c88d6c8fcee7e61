"""The annual plan against what came of it, and the five-year plan as the sum of annual ones."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from asnportal.audit.models import AuditLine
from asnportal.people.models import RoleGrant
from competency.models import NeedLine, Plan, PlanItem, UnitNeed
from tests.factories import (
    CompetencyFactory,
    EmployeeFactory,
    EnrolmentFactory,
    LearningFormFactory,
    SessionFactory,
    UnitFactory,
    UserFactory,
    grant,
    make_certificate,
    make_officer,
)
from training.models import Certificate, CityPlan, EnrolmentStatus, Session
from training.queries.city_progress import progress_page, standing
from training.queries.hcdp import outlook

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 10)


@pytest.fixture
def plan():
    return CityPlan.objects.create(year=2026, status="fixed", decree_number="1", decree_date=date(2026, 1, 2))


def line_of(plan, **extra):
    values = {"title": "Bimtek laporan", "jp": 8, "cost": 100_000, "quota": 20, "first_month": 3}
    return plan.lines.create(**{**values, "last_month": 6, **extra})


def run(line, status="finished", **extra):
    start = extra.pop("start", date(2026, 5, 4))
    return SessionFactory(plan_line=line, status=status, start=start, **extra)


def seated(session, status=EnrolmentStatus.COMPLETED):
    return EnrolmentFactory(session=session, status=status)


def test_a_line_shows_what_was_planned_beside_what_is(plan):
    line = line_of(plan, sessions_planned=2, actual_cost=1_500_000)
    done, other = run(line), run(line, "published", start=date(2026, 6, 1))
    run(line, "cancelled")
    seated(done)
    seated(done, EnrolmentStatus.NOT_COMPLETED)
    seated(done, EnrolmentStatus.WITHDRAWN)
    seated(other, EnrolmentStatus.CONFIRMED)
    seated(other, EnrolmentStatus.WAITING)
    person = EmployeeFactory()
    made = make_certificate(person)
    Session.objects.filter(pk=made.session_id).update(plan_line=line, status="finished")
    revoked = make_certificate(EmployeeFactory())
    Session.objects.filter(pk=revoked.session_id).update(plan_line=line)
    Certificate.objects.filter(pk=revoked.pk).update(status="revoked")
    [row] = progress_page(plan, today=TODAY).rows
    assert (row.runs.made, row.runs.finished, row.runs.begun) == (4, 3, 1)
    assert (row.seats, row.completed, row.certificates) == (5, 3, 1)
    assert (line.people, line.total, row.difference) == (40, 4_000_000, -2_500_000)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (["finished", "finished"], "Terlaksana"),
        (["finished", "draft"], "Terlaksana 1 dari 2"),
        (["published"], "Belum ditutup"),
        (["draft"], "Terjadwal 1 dari 2"),
        (["draft", "draft"], "Terjadwal"),
        (["cancelled"], "Terlewat"),
    ],
)
def test_a_line_says_in_words_how_it_stands(plan, made, words):
    line = line_of(plan, sessions_planned=2)
    for status in made:
        run(line, status)
    [row] = progress_page(plan, today=TODAY).rows
    assert row.words == words


def test_a_line_runs_until_its_last_open_session_is_over(plan):
    line = line_of(plan)
    run(line, "published", end=TODAY)
    assert progress_page(plan, today=TODAY).rows[0].words == "Berjalan"
    assert progress_page(plan, today=date(2026, 7, 11)).rows[0].words == "Belum ditutup"


def test_a_line_is_late_only_when_its_last_month_is_over(plan):
    line = line_of(plan)
    [row] = progress_page(plan, today=date(2026, 6, 30)).rows
    assert row.words == "Belum dijadwalkan"
    assert standing(line, row.runs, today=date(2026, 7, 1)) == ("bad", "Terlewat")
    assert standing(line, row.runs, today=date(2027, 1, 1))[0] == "bad"


def test_realisation_takes_four_statements_for_one_line_and_for_three(plan, django_assert_num_queries):
    seated(run(line_of(plan)))
    with django_assert_num_queries(4):
        progress_page(plan, today=TODAY)
    seated(run(line_of(plan)))
    seated(run(line_of(plan)))
    with django_assert_num_queries(4):
        progress_page(plan, today=TODAY)


def opened(user, name, **query):
    client = Client()
    client.force_login(user)
    return client.get(reverse(name), query)


def cells_of(answer):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_T26_the_file_of_the_realisation_holds_text_and_numbers_and_is_written_down(plan):
    officer = make_officer()
    seated(run(line_of(plan, title="=1+1", actual_cost=1_500_000)))
    answer = opened(officer, "city_progress_file", tahun=2026)
    [_head, row] = cells_of(answer)["Data"]
    assert row[0] == "=1+1"
    assert row[5:14] == [1, 1, 1, 20, 1, 1, 0, 2_000_000, 1_500_000]
    told = AuditLine.objects.get(verb="cityplan.export")
    assert (told.actor, told.details["rows"]) == (officer, 1)
    assert opened(officer, "city_progress_file", tahun=2031).status_code == 404


def test_five_years_are_the_sum_of_the_lines_by_family_and_form():
    managerial, form = CompetencyFactory(family="managerial"), LearningFormFactory()
    first, second = (CityPlan.objects.create(year=year) for year in (2026, 2028))
    line_of(first, competency=managerial, form=form, quota=10, sessions_planned=2, actual_cost=1_800_000)
    line_of(first, quota=5, cost=None)
    line_of(second, competency=managerial, quota=30, cost=200_000)
    line_of(CityPlan.objects.create(year=2031), quota=99)
    found = outlook(2026)
    years = [(one.year, one.plan is not None, one.sums.lines, one.sums.people) for one in found.years]
    assert years == [
        (2026, True, 2, 25),
        (2027, False, 0, 0),
        (2028, True, 1, 30),
        (2029, False, 0, 0),
        (2030, False, 0, 0),
    ]
    assert (found.total.people, found.total.jp, found.total.cost) == (55, 440, 8_000_000)
    families = [(group.name, group.total.people, group.total.cost) for group in found.families]
    assert families == [("Manajerial", 50, 8_000_000), ("Tanpa kompetensi khusus", 5, 0)]
    assert [(one.name, one.total.people) for one in found.forms] == [
        ("Bentuk belum dipilih", 35),
        (str(form), 20),
    ]
    assert [year for year, _ in found.families[0].cells] == [2026, 2027, 2028, 2029, 2030]


def test_a_past_year_shows_what_came_of_it(plan):
    session = run(line_of(plan, actual_cost=900_000))
    seated(session)
    seated(session)
    first = outlook(2026).years[0]
    assert (first.runs, first.completed, first.sums.spent) == (1, 2, 900_000)


def test_years_without_a_plan_say_so_and_what_is_already_known():
    need = UnitNeed.objects.create(unit=UnitFactory(), year=2028, status="verified")
    NeedLine.objects.create(need=need, title="Menulis", people=7)
    NeedLine.objects.create(
        need=UnitNeed.objects.create(unit=UnitFactory(), year=2029), title="Draf", people=50
    )
    for _ in range(3):
        own = Plan.objects.create(employee=EmployeeFactory(), year=2028, status="approved")
        PlanItem.objects.create(plan=own, title="Menulis", target=date(2028, 3, 1))
    years = {one.year: (one.needs, one.wishes) for one in outlook(2026).years}
    assert (years[2028], years[2029]) == (("7", "kurang dari 5"), ("0", "0"))
    text = opened(make_officer(), "hcdp", tahun=2026).content.decode()
    words = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    assert "2028 belum ada rencana" in words
    assert "7 orang dari kebutuhan unit kurang dari 5 orang punya rencana sendiri" in words


def test_five_years_take_as_many_statements_for_one_line_as_for_three(plan, django_assert_num_queries):
    line_of(plan)
    with django_assert_num_queries(6):
        outlook(2026)
    line_of(CityPlan.objects.create(year=2027), competency=CompetencyFactory())
    line_of(CityPlan.objects.create(year=2028))
    with django_assert_num_queries(6):
        outlook(2026)


def test_the_leaders_read_plan_realisation_and_five_years_without_a_name(plan):
    officer = make_officer(name="Petugas Rahasia")
    line = line_of(plan)
    line.verified_by, line.verified_at = officer, timezone.now()
    line.save()
    leader = grant(UserFactory(), RoleGrant.Role.PIMPINAN)
    pages = [opened(leader, name, tahun=2026) for name in ("city_plan", "city_progress", "hcdp")]
    client = Client()
    client.force_login(leader)
    pages.append(client.get(reverse("city_line", args=[line.pk])))
    assert [page.status_code for page in pages] == [200] * 4
    assert not any("Petugas Rahasia" in page.content.decode() for page in pages)
    assert [opened(leader, name).status_code for name in ("need_list", "city_pool")] == [403, 403]


def test_the_file_of_five_years_has_three_sheets_and_is_written_down(plan):
    line_of(plan, competency=CompetencyFactory(family="technical"), quota=10)
    officer = make_officer()
    sheets = cells_of(opened(officer, "hcdp_file", tahun=2026))
    assert list(sheets) == ["Per tahun", "Jenis kompetensi", "Bentuk"]
    assert sheets["Per tahun"][1][:6] == [2026, "Ditetapkan", 1, 10, 80, 1_000_000]
    assert sheets["Per tahun"][2][:2] == [2027, "Belum ada rencana"]
    assert sheets["Jenis kompetensi"][1][:3] == ["Teknis", 10, 1_000_000]
    told = AuditLine.objects.get(verb="cityplan.export_years")
    assert (told.details["first"], told.details["last"]) == (2026, 2030)
