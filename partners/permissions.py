"""Who may propose and who may answer (TRUST P07–P09)."""

import rules

from asnportal.people.models import User
from partners.models import Proposal


@rules.predicate
def is_partner_member(user: User) -> bool:
    return user.has_role("mitra") and hasattr(user, "partner_member")


@rules.predicate
def reviews_proposals(user: User) -> bool:
    return user.has_role("bkpsdm", "admin")


@rules.predicate
def reads_proposals(user: User) -> bool:
    return user.has_role("bkpsdm", "admin", "auditor")


@rules.predicate
def is_not_own(user: User, proposal: Proposal | None) -> bool:
    """Nobody decides on what he wrote himself, in any role."""
    return proposal is None or proposal.created_by_id != user.pk


rules.add_perm("partners.propose", is_partner_member)
rules.add_perm("partners.read_proposals", reads_proposals)
rules.add_perm("partners.answer_proposal", reviews_proposals & is_not_own)
