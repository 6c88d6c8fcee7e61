"""The menu: one declaration, drawn for each person with what this person has."""

from datetime import date, time

import pytest
from django.utils import timezone

from asnportal.home.menu import (
    AUDITOR,
    BKPSDM,
    LEADER,
    LEARNER,
    PARTNER,
    TEAM,
    UNIT,
    Group,
    address,
    menu_for,
)
from asnportal.home.person import initials
from asnportal.home.queries.city import todos
from asnportal.home.queries.team import team_of
from asnportal.home.queries.waiting import Waiting
from asnportal.people.models import Employee, RoleGrant, User
from competency.models import Plan, Review
from partners.models import Partner, Proposal, ProposalStatus
from tests.factories import (
    CompetencyFactory,
    EmployeeFactory,
    EnrolmentFactory,
    LearningFormFactory,
    UnitFactory,
    UserFactory,
    make_officer,
    make_partner_member,
    make_team,
)
from training.models import Enrolment, EnrolmentStatus

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_page_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    """The menu as it will be: an entry without a page would be left out (that is a test of its own)."""
    monkeypatch.setattr("asnportal.home.menu.address", lambda name, urlconf: f"/{name}/")


def person(*roles: str, employee: bool = True, leads: bool = False) -> User:
    user = UserFactory()
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, unit=UnitFactory() if role == "opd" else None)
    if employee:
        record = EmployeeFactory(user=user)
        if leads:
            EmployeeFactory(supervisor=record)
    return User.objects.get(pk=user.pk)


def names(groups: tuple[Group, ...]) -> list[str]:
    return [entry.name for group in groups for entry in group.entries]


def test_an_employee_learns_and_keeps() -> None:
    menu = menu_for(person())
    assert names(menu.groups) == names(LEARNER)
    assert [entry.name for entry in menu.tabs] == [
        "home",
        "catalogue",
        "my_training",
        "competency_profile",
        "more",
    ]


def test_a_supervisor_sees_the_team_first_and_learns_too() -> None:
    menu = menu_for(person(leads=True))
    assert names(menu.groups)[:2] == names((TEAM,))
    assert [entry.name for entry in menu.tabs] == ["home", "approval_list", "team", "my_training", "more"]


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("bkpsdm", names(BKPSDM)),
        ("opd", names((UNIT,))),
        ("auditor", names((AUDITOR,))),
        ("pimpinan", names((LEADER,))),
        ("mitra", names((PARTNER,))),
    ],
)
def test_work_that_others_wait_for_comes_first(role: str, first: list[str]) -> None:
    assert names(menu_for(person(role, employee=False)).groups) == [*first, "help"]
    assert "ledger" in names(menu_for(person(role)).groups)


def test_nothing_stands_twice_in_one_menu() -> None:
    found = names(menu_for(person("bkpsdm", "auditor", "opd", leads=True)).groups)
    assert len(found) == len(set(found))


def test_the_technical_admin_finds_djangos_admin_besides() -> None:
    assert "admin:index" in names(menu_for(person("admin", employee=False)).groups)
    assert "admin:index" not in names(menu_for(person("bkpsdm")).groups)


def test_no_more_than_five_words_on_a_phone() -> None:
    for roles in ((), ("bkpsdm",), ("opd",), ("auditor",), ("pimpinan",), ("mitra",), ("admin",)):
        assert len(menu_for(person(*roles, leads=True)).tabs) <= 5


def test_the_longest_address_that_fits_is_the_current_page() -> None:
    menu = menu_for(person(), path="/catalogue/dasar-keamanan/")
    assert [e.name for group in menu.groups for e in group.entries if e.current] == ["catalogue"]


@pytest.mark.parametrize(
    ("path", "leads", "name"),
    [
        ("/rencana/", False, "competency_profile"),
        ("/rencana/butir/baru/", True, "competency_profile"),
        ("/rencana/pegawai/1/", True, "team"),
        ("/kompetensi/pegawai/1/2/nilai/", True, "team"),
    ],
)
def test_a_page_without_an_entry_stands_under_the_one_that_leads_to_it(
    path: str, leads: bool, name: str
) -> None:
    menu = menu_for(person(leads=leads), path=path)
    assert [entry.name for group in menu.groups for entry in group.entries if entry.current] == [name]


def test_an_entry_without_a_page_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "asnportal.home.menu.address", lambda name, urlconf: "/bantuan/" if name == "help" else ""
    )
    assert names(menu_for(person("bkpsdm")).groups) == ["help"]


def test_addresses_are_those_of_the_pages() -> None:
    assert (address("set_theme", None), address("no_such_page", None)) == ("/tampilan/", "")


def test_what_waits_is_counted_for_this_person() -> None:
    menu = menu_for(person(leads=True), waiting=Waiting(approvals=3))
    assert [entry.count for entry in menu.groups[0].entries] == [3, 0]


def test_the_menu_costs_the_same_for_many_people(django_assert_num_queries) -> None:
    user = person(leads=True)
    EmployeeFactory.create_batch(3, supervisor=user.employee_or_none)
    user = User.objects.get(pk=user.pk)
    with django_assert_num_queries(4):  # employee, roles, whether somebody's requests come here, how many
        menu_for(user)


def test_initials_leave_degrees_out() -> None:
    assert [initials(name) for name in ("Rahmawati Noor, S.Sos.", "Ng", "", "dr. H. Budi")] == [
        "RN",
        "N",
        "",
        "DH",
    ]


def test_the_page_of_the_rest_lists_every_entry(client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(person("bkpsdm"))
    page = client.get("/lainnya/")
    assert page.status_code == 200
    for name in [*names(BKPSDM), "ledger"]:
        assert f'href="/{name}/"' in page.text


@pytest.mark.parametrize(
    ("roles", "leads"),
    [((), False), ((), True), (("bkpsdm",), False), (("bkpsdm",), True), (("auditor",), False)],
)
def test_a_page_around_its_content_costs_three_statements(
    client, django_assert_num_queries, roles, leads
) -> None:
    """The session's key, the person with roles and team, and all counts of bell, menu and late mails."""
    client.force_login(person(*roles, leads=leads))
    client.get("/lainnya/")
    with django_assert_num_queries(3):
        client.get("/lainnya/")


def counts(user: User) -> dict[str, int]:
    groups = menu_for(User.objects.get(pk=user.pk)).groups
    return {entry.name: entry.count for group in groups for entry in group.entries if entry.waiting}


def a_proposal_is_sent() -> None:
    member = make_partner_member()
    Proposal.objects.create(
        partner=Partner.objects.get(members__user=member),
        status=ProposalStatus.SUBMITTED,
        title="Seminar Sungai",
        form=LearningFormFactory(),
        day=date(2026, 12, 1),
        last_day=date(2026, 12, 1),
        starts=time(8),
        ends=time(12),
        quota=30,
        created_by=member,
    )


def test_the_menu_counts_what_the_pages_list(client, forms: None) -> None:
    """Perlu tindak lanjut, Usulan mitra and Persetujuan: the figures of the home pages, for 0 and for more."""
    supervisor, (first, second) = make_team(2)
    officer = make_officer()
    assert (counts(supervisor.user), counts(officer)) == (
        {"approval_list": 0},
        {"todo": 0, "proposal_list": 0},
    )
    at = {"status": EnrolmentStatus.REQUESTED, "step_since": timezone.now()}
    EnrolmentFactory(employee=first, step=Enrolment.Step.SUPERVISOR, approver=supervisor, **at)
    for one in (first, second):
        EnrolmentFactory(employee=one, step=Enrolment.Step.BKPSDM, **at)
    a_proposal_is_sent()
    assert counts(supervisor.user) == {"approval_list": 1}
    assert counts(officer) == {"todo": 2, "proposal_list": 1}
    assert counts(officer)["todo"] == next(
        t.count for t in todos(today=timezone.localdate()) if t.url_name == "todo"
    )
    home = team_of(supervisor, today=timezone.localdate())
    assert home is not None
    assert (home.waiting, home.plans, home.reviews) == (1, 0, 0)


def test_the_first_screen_of_a_supervisor_counts_plans_and_assessments_that_wait(client) -> None:
    supervisor, (first, second) = make_team(2)
    for one, status in ((first, "submitted"), (second, "draft")):
        Plan.objects.create(employee=one, year=2026, status=status)
    Review.objects.create(employee=second, competency=CompetencyFactory(), cause="request", reason="Sudah.")
    home = team_of(supervisor, today=timezone.localdate())
    assert home is not None
    assert (home.waiting, home.plans, home.reviews) == (0, 1, 1)


def test_somebody_whose_supervisor_changed_is_counted_at_the_new_one() -> None:
    old, (person_moved,) = make_team(1)
    new, _staff = make_team(1)
    step = {"step": Enrolment.Step.SUPERVISOR, "approver": old, "step_since": timezone.now()}
    EnrolmentFactory(employee=person_moved, status=EnrolmentStatus.REQUESTED, **step)
    EmployeeFactory(supervisor=old)
    Employee.objects.filter(pk=person_moved.pk).update(supervisor=new)
    assert (counts(old.user)["approval_list"], counts(new.user)["approval_list"]) == (0, 1)
