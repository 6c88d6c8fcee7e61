"""Django's admin, for the technical admin only: everything can be read, only dated reference data is changed.

Signing in is the portal's own (second factor, limits); there is no second way in (TRUST T55, P70).
"""

from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from asnportal.audit.models import AuditLine, Job, record


class Site(admin.AdminSite):
    site_header = "Admin teknis"
    site_title = "Tepian Belajar"
    index_title = "Data portal: dibaca di sini, diubah di halaman portal"

    final_catch_all_view = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        super().register(model_or_iterable, admin_class, **options)
        registered: list[Any] = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        )
        for model in registered:
            model._meta.verbose_name_plural = model._meta.verbose_name  # no "s": people read Indonesian

    def get_urls(self) -> list[Any]:
        urls: list[Any] = super().get_urls()
        for view in [url.callback for url in urls if hasattr(url.callback, "login_url")]:
            view.login_url = None  # whoever is not signed in goes straight to the portal's page
        return urls

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_active and user.is_authenticated and user.has_role("admin"))

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """No page of its own: whoever is not signed in goes to the portal's."""
        self._refuse_strangers(request)
        index = reverse("admin:index")
        return redirect(index) if request.user.is_authenticated else redirect_to_login(index)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            self._refuse_strangers(request)
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, view)

    def _refuse_strangers(self, request: HttpRequest) -> None:
        """Somebody signed in without the role is refused, not sent to the sign-in page in circles."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied


site = Site(name="admin")


class Readable(admin.ModelAdmin):  # type: ignore[type-arg]
    """Read only: what people do goes through the portal's own pages, where its rules are."""

    show_full_result_count = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Dated(Readable):
    """Reference data that a new rule changes: a row is added or ended, never deleted; each change leaves a line."""

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        return site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        verb = "reference.change" if change else "reference.add"
        record(verb, obj, by=request.user, changed=form.changed_data)


@admin.register(AuditLine, site=site)
class AuditLines(Readable):
    list_display = ("at", "actor_name", "verb", "label", "before", "after")
    list_filter = ("verb",)
    search_fields = ("actor_name", "label", "request_id")


@admin.register(Job, site=site)
class Jobs(Readable):
    list_display = ("__str__", "status")
    list_filter = ("status",)
