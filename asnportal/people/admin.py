"""People, units and accounts in Django's admin: read only."""

from django.contrib import admin

from asnportal.audit.admin import Readable, site
from asnportal.people.models import Employee, Position, Rank, RoleGrant, Unit, User


@admin.register(Unit, site=site)
class Units(Readable):
    list_display = ("code", "name", "parent", "is_active")
    search_fields = ("code", "name", "short_name")
    list_select_related = ("parent",)


@admin.register(Employee, site=site)
class Employees(Readable):
    list_display = ("name", "kind", "unit", "supervisor", "is_active")
    search_fields = ("name", "nip")
    list_select_related = ("unit", "supervisor")


@admin.register(User, site=site)
class Accounts(Readable):
    list_display = ("name", "is_active", "last_login")
    search_fields = ("name", "email")
    exclude = ("password",)


@admin.register(RoleGrant, site=site)
class Roles(Readable):
    list_display = ("user", "role", "unit")
    list_filter = ("role",)
    list_select_related = ("user", "unit")


site.register(
    Position, Readable, list_display=("code", "name", "kind", "level"), search_fields=("code", "name")
)
site.register(Rank, Readable, list_display=("code", "scale", "order", "title"))
