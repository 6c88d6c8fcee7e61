"""Partners in Django's admin: read only."""

from asnportal.audit.admin import Readable, site
from partners.models import Partner, Proposal

site.register(Partner, Readable, list_display=("provider",), list_select_related=("provider",))
site.register(
    Proposal,
    Readable,
    list_display=("title", "partner", "status"),
    list_filter=("status",),
    list_select_related=("partner__provider",),
)
