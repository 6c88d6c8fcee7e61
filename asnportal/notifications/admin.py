"""The outbox in Django's admin: read only; what failed is sent again in the mailbox page."""

from asnportal.audit.admin import Readable, site
from asnportal.notifications.models import Message

site.register(Message, Readable, list_display=("key", "subject", "status"), list_filter=("status",))
