"""Who may do which verb with people, units and accounts (TRUST.md P38–P56, P74). Asked by ``rules.has_perm``."""

import rules

from asnportal.people.models import Employee, RoleGrant, User
from asnportal.people.queries.headship import units_headed_by

Role = RoleGrant.Role

# Who may give which role (P55, P56): rights over officers are the technical admin's.
GRANTS = {
    Role.BKPSDM: (Role.OPD, Role.MITRA),
    Role.ADMIN: tuple(Role),
}


def roles_granted_by(user: User) -> tuple[str, ...]:
    """The roles that this account may give and take, in the order of the model."""
    mine = {role for holder, roles in GRANTS.items() if user.has_role(holder) for role in roles}
    return tuple(role for role in Role if role in mine)


@rules.predicate
def keeps_people(user: User) -> bool:
    """Edits the staff record, units, heads (P40, P53, P54)."""
    return user.has_role("bkpsdm", "admin")


@rules.predicate
def sees_people(user: User) -> bool:
    """Opens the lists of all people and units; the auditor with masked numbers (P46)."""
    return user.has_role("bkpsdm", "admin", "auditor")


@rules.predicate
def is_unit_officer(user: User) -> bool:
    return user.has_role("opd")


@rules.predicate
def heads_a_unit(user: User) -> bool:
    """Today, also as Plt. or Plh.: sees the figures of the unit, changes nothing there (P60)."""
    employee = user.employee_or_none
    return employee is not None and user.leads_people and bool(units_headed_by(employee))


@rules.predicate
def reads_the_trail(user: User) -> bool:
    """The audit trail (P57): auditor and technical admin, BKPSDM too; nobody changes it."""
    return user.has_role("auditor", "admin", "bkpsdm")


@rules.predicate
def is_employee(user: User) -> bool:
    return user.employee_or_none is not None


@rules.predicate
def is_not_oneself(user: User, thing: User | Employee | None) -> bool:
    """Four eyes: no officer makes a code for himself or changes his own account."""
    if isinstance(thing, Employee):
        return thing.user_id != user.pk
    return thing is None or thing.pk != user.pk


@rules.predicate
def holds_no_higher_office(user: User, thing: User | Employee | None) -> bool:
    """Whoever may not give a role may not take its holder over either: by a code, or by ending his account."""
    account = thing.user if isinstance(thing, Employee) else thing
    return account is None or account.roles <= set(roles_granted_by(user))


@rules.predicate
def may_grant_something(user: User) -> bool:
    return bool(roles_granted_by(user))


rules.add_perm("people.import_data", keeps_people | is_unit_officer)
rules.add_perm("people.view_imports", sees_people | is_unit_officer)
rules.add_perm("people.view_people", sees_people)
rules.add_perm("people.view_unit_people", is_unit_officer)
rules.add_perm("people.search", sees_people | is_unit_officer)
rules.add_perm("people.keep_employee", keeps_people)
rules.add_perm("people.keep_unit", keeps_people)
rules.add_perm("people.keep_contact", keeps_people | is_unit_officer)
rules.add_perm("people.make_codes", keeps_people | is_unit_officer)
rules.add_perm(
    "people.renew_code", (keeps_people | is_unit_officer) & is_not_oneself & holds_no_higher_office
)
rules.add_perm("people.export_people", sees_people | is_unit_officer)
rules.add_perm("people.keep_accounts", may_grant_something)
rules.add_perm("people.change_account", may_grant_something & is_not_oneself & holds_no_higher_office)
rules.add_perm("people.keep_holidays", keeps_people)
rules.add_perm("people.have_profile", is_employee)
rules.add_perm("people.view_trail", reads_the_trail)
rules.add_perm("people.view_unit_figures", is_unit_officer | heads_a_unit)
