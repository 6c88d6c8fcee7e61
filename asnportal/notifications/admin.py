"""The outbox in Django's admin: read only; what failed is sent again in the mailbox page."""

from asnportal.audit.admin import Readable, site
from asnportal.notifications.models import Message

# Text and link may hold a code or a way in; they are the receiver's.
site.register(
    Message,
    Readable,
    list_display=("purpose", "subject", "status"),
    list_filter=("status",),
    exclude=("key", "text", "link", "calendar"),
)
