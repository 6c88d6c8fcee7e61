"""Reference data of learning in Django's admin: forms, dated JP rules and targets are kept here."""

from asnportal.audit.admin import Dated, Readable, site
from competency.models import Competency, JpRule, JpTarget, LearningForm, LedgerLine

site.register(LearningForm, Dated, list_display=("code", "name", "path", "usual_max_jp", "is_active"))
site.register(
    JpRule,
    Dated,
    list_display=("form", "abroad", "basis", "figure", "valid_from", "valid_until", "legal_basis"),
    list_select_related=("form",),
)
site.register(
    JpTarget, Dated, list_display=("kind", "sense", "jp", "valid_from", "valid_until", "legal_basis")
)
site.register(Competency, Readable, list_display=("code", "name", "family"), search_fields=("code", "name"))
site.register(
    LedgerLine,
    Readable,
    list_display=("employee", "day", "title", "jp", "source"),
    list_select_related=("employee",),
)
