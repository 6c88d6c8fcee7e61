"""Who may do which verb about competencies, the ledger and imported trainings. Asked by ``rules.has_perm``."""

import rules

from asnportal.people.models import Employee, Unit, User
from asnportal.people.permissions import heads_a_unit
from competency.models import Plan


@rules.predicate
def verifies(user: User) -> bool:
    """BKPSDM alone (P44)."""
    return user.has_role("bkpsdm")


@rules.predicate
def reads_all(user: User) -> bool:
    """Who may open BKPSDM's lists, auditor and technical admin to read only."""
    return user.has_role("bkpsdm", "admin", "auditor")


@rules.predicate
def reads_figures(user: User) -> bool:
    """Reports hold figures of groups and no name, so the leaders of the city read them too."""
    return user.has_role("bkpsdm", "admin", "auditor", "pimpinan")


rules.add_perm("competency.view_reports", reads_figures)
rules.add_perm("competency.view_records", reads_all)
rules.add_perm("competency.view_standards", reads_all)
rules.add_perm("competency.keep_standard", verifies)
rules.add_perm("competency.export_tables", verifies)
rules.add_perm("competency.verify_record", verifies)
rules.add_perm("competency.reverse_line", verifies)


@rules.predicate
def has_record(user: User) -> bool:
    """Somebody with a record in the staff data has a profile of his own (P41)."""
    return user.employee_or_none is not None


@rules.predicate
def reads_others(user: User) -> bool:
    """Supervisors, unit officers and who reads all; whose profile it may be says ``visible_to`` (P41)."""
    return user.has_role("bkpsdm", "admin", "auditor", "opd") or user.leads_people


@rules.predicate
def may_assess(user: User, employee: Employee | None) -> bool:
    """The supervisor of today, or BKPSDM; never oneself, which the service refuses too (P42)."""
    if employee is None:
        return user.has_role("bkpsdm") or user.leads_people
    own = user.employee_or_none
    return user.has_role("bkpsdm") or (own is not None and employee.supervisor_id == own.pk)


@rules.predicate
def leads_people(user: User) -> bool:
    """Somebody whose staff there is."""
    return user.leads_people


rules.add_perm("competency.view_team", leads_people)
rules.add_perm("competency.view_own_profile", has_record)
rules.add_perm("competency.view_profile", reads_others)
rules.add_perm("competency.assess_employee", may_assess)
rules.add_perm("competency.hand_in", has_record)


@rules.predicate
def may_decide_plan(user: User, plan: Plan | None) -> bool:
    """The supervisor of today; never oneself, which the service refuses too."""
    if plan is None:
        return user.leads_people
    own = user.employee_or_none
    return own is not None and bool(plan.employee.supervisor_id == own.pk)


@rules.predicate
def may_talk_about_plan(user: User, plan: Plan | None) -> bool:
    """The two who hold the dialogue."""
    if plan is None:
        return user.employee_or_none is not None
    own = user.employee_or_none
    return own is not None and own.pk in (plan.employee_id, plan.employee.supervisor_id)


rules.add_perm("competency.keep_plan", has_record)
rules.add_perm("competency.decide_plan", may_decide_plan)
rules.add_perm("competency.talk_about_plan", may_talk_about_plan)


def keeps_office(user: User, office: Unit) -> bool:
    """Whether this is the officer of the whole office; an officer of a part of it only reads."""
    return any(
        office.path == own.path or office.path.startswith(f"{own.path}/") for own in user.officer_units
    )


@rules.predicate
def may_keep_need(user: User, office: Unit | None) -> bool:
    return user.has_role("opd") and (office is None or keeps_office(user, office))


rules.add_perm("competency.keep_need", may_keep_need)
rules.add_perm("competency.view_needs", reads_all)
rules.add_perm("competency.decide_need", verifies)


@rules.predicate
def keeps_a_unit(user: User) -> bool:
    return user.has_role("opd")


# Whose figures and whose names they are says the query (P41); a file with names is for officers.
rules.add_perm("competency.view_heat", reads_all | keeps_a_unit | heads_a_unit)
rules.add_perm("competency.export_heat", reads_all | keeps_a_unit)


@rules.predicate
def reads_reports(user: User) -> bool:
    """The lists of the assessment centre: BKPSDM and the auditor. Not the supervisor (DOMAIN.md 8)."""
    return user.has_role("bkpsdm", "auditor")


rules.add_perm("competency.view_centre_reports", reads_reports)
rules.add_perm("competency.view_centre_report", reads_reports | has_record)
rules.add_perm("competency.load_centre", verifies)
