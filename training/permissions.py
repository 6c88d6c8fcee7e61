"""Who may do which verb. Asked by ``rules.has_perm``: Django's own lets a superuser pass everything."""

import rules

from asnportal.people.models import RoleGrant, User
from training.models import Enrolment


@rules.predicate
def keeps_catalogue(user: User) -> bool:
    """BKPSDM and the technical admin: programmes, sessions, meetings (P03–P06)."""
    return user.has_role("bkpsdm", "admin")


@rules.predicate
def sees_workspace(user: User) -> bool:
    """Who may open BKPSDM's lists, the auditor to read only."""
    return user.has_role("bkpsdm", "admin", "auditor")


rules.add_perm("training.view_workspace", sees_workspace)
rules.add_perm("training.keep_programme", keeps_catalogue)
rules.add_perm("training.keep_session", keeps_catalogue)


@rules.predicate
def is_employee(user: User) -> bool:
    """Somebody with a record in the staff data: seats are for employees (P11)."""
    return user.employee_or_none is not None


@rules.predicate
def is_officer(user: User) -> bool:
    """BKPSDM alone decides about people: the technical admin does not (P12, P18, P23)."""
    return user.has_role(RoleGrant.Role.BKPSDM)


@rules.predicate
def leads(user: User) -> bool:
    """Somebody whose approval others need."""
    own = user.employee_or_none
    return own is not None and own.staff.filter(is_active=True).exists()


@rules.predicate
def decides_step(user: User, enrolment: Enrolment | None) -> bool:
    """Whether the open step waits for this account: the supervisor of today, or any officer of BKPSDM (P16, P18)."""
    if enrolment is None:
        return False
    if enrolment.step == Enrolment.Step.SUPERVISOR:
        own = user.employee_or_none
        return own is not None and enrolment.employee.supervisor_id == own.pk
    return enrolment.step == Enrolment.Step.BKPSDM and user.has_role(RoleGrant.Role.BKPSDM)


@rules.predicate
def may_withdraw(user: User, enrolment: Enrolment | None) -> bool:
    """The person, the unit's officer and BKPSDM; a supervisor does not give up somebody's seat (P15)."""
    if enrolment is None:
        return is_employee(user) or user.has_role(RoleGrant.Role.OPD, RoleGrant.Role.BKPSDM)
    if enrolment.employee.user_id == user.pk or user.has_role(RoleGrant.Role.BKPSDM):
        return True
    unit = enrolment.employee.unit
    return any(unit.path == own.path or unit.path.startswith(f"{own.path}/") for own in user.officer_units)


rules.add_perm("training.request_enrolment", is_employee)
rules.add_perm("training.withdraw_enrolment", may_withdraw)
rules.add_perm("training.answer_requests", leads | is_officer)
rules.add_perm("training.approve_enrolment", decides_step)
rules.add_perm("training.see_own_approvals", leads)
rules.add_perm("training.manage_participants", is_officer)
rules.add_perm("training.export_participants", sees_workspace)


@rules.predicate
def reads_certificates(user: User) -> bool:
    """Everybody with an employee record, their officers, and who reads all; scope decides which (P33)."""
    return user.employee_or_none is not None or user.has_role("bkpsdm", "auditor", "admin", "opd")


rules.add_perm("training.mark_attendance", is_officer)
rules.add_perm("training.finish_session", is_officer)
rules.add_perm("training.issue_certificate", is_officer)
rules.add_perm("training.revoke_certificate", is_officer)
rules.add_perm("training.view_certificate", reads_certificates)
rules.add_perm("training.view_own_ledger", is_employee)
rules.add_perm("training.keep_recommendations", is_employee)
rules.add_perm("training.view_set_aside_counts", is_officer)


@rules.predicate
def reads_city_plan(user: User) -> bool:
    """The annual plan holds no names, so the leaders of the city read it too."""
    return user.has_role("bkpsdm", "admin", "auditor", "pimpinan")


rules.add_perm("training.view_city_plan", reads_city_plan)
rules.add_perm("training.keep_city_plan", is_officer)
