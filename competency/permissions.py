"""Who may do which verb about the ledger and imported trainings. Asked by ``rules.has_perm``."""

import rules

from asnportal.people.models import User


@rules.predicate
def verifies(user: User) -> bool:
    """BKPSDM alone (P44)."""
    return user.has_role("bkpsdm")


@rules.predicate
def reads_all(user: User) -> bool:
    """Who may open BKPSDM's lists, auditor and technical admin to read only."""
    return user.has_role("bkpsdm", "admin", "auditor")


rules.add_perm("competency.view_records", reads_all)
rules.add_perm("competency.verify_record", verifies)
rules.add_perm("competency.reverse_line", verifies)
