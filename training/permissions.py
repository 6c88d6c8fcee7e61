"""Who may do which verb. Asked by ``rules.has_perm``: Django's own lets a superuser pass everything."""

import rules

from asnportal.people.models import User


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
