"""Who may read everybody's messages and send a failed one again (TRUST.md P63)."""

import rules

from asnportal.people.models import User


@rules.predicate
def runs_portal(user: User) -> bool:
    return user.has_role("bkpsdm", "admin")


@rules.predicate
def audits(user: User) -> bool:
    return user.has_role("auditor")


rules.add_perm("notifications.view_mailbox", runs_portal | audits)
rules.add_perm("notifications.resend_message", runs_portal)
