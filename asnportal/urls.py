"""Every address of the portal. Indonesian and short for people, English names in code."""

from django.urls import URLPattern, URLResolver, include, path

from asnportal.audit.admin import site

handler400 = "asnportal.home.views.error.bad_request"
handler403 = "asnportal.home.views.error.permission_denied"
handler404 = "asnportal.home.views.error.page_not_found"
handler500 = "asnportal.home.views.error.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("asnportal.home.urls")),
    path("", include("asnportal.people.urls")),
    path("", include("asnportal.notifications.urls")),
    path("", include("competency.urls")),
    path("", include("training.urls")),
    path("", include("partners.urls")),
    path("admin/", site.urls),
]
