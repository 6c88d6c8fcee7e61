from partners.models.partner import Member, Partner

__all__ = ["Member", "Partner"]
