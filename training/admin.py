"""Trainings in Django's admin: read only, but for the topics of the catalogue."""

from asnportal.audit.admin import Dated, Readable, site
from training.models import Certificate, Enrolment, Programme, Session, Topic

site.register(Topic, Dated, list_display=("name", "slug"), prepopulated_fields={"slug": ("name",)})
site.register(
    Programme,
    Readable,
    list_display=("code", "title", "form", "jp", "is_active"),
    search_fields=("code", "title"),
    list_select_related=("form",),
)
site.register(
    Session,
    Readable,
    list_display=("programme", "batch", "start", "end", "status", "quota", "confirmed_count"),
    list_filter=("status",),
    list_select_related=("programme",),
)
site.register(
    Enrolment,
    Readable,
    list_display=("employee", "session", "number", "status", "step"),
    list_filter=("status",),
    list_select_related=("employee", "session__programme"),
)
site.register(
    Certificate,
    Readable,
    list_display=("number", "version", "employee", "status"),
    list_filter=("status",),
    list_select_related=("employee",),
)
