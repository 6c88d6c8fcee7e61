from partners.models.partner import Member, Partner
from partners.models.proposal import PROPOSAL, Proposal, ProposalStatus, ProposalSubject

__all__ = ["PROPOSAL", "Member", "Partner", "Proposal", "ProposalStatus", "ProposalSubject"]
