"""Addresses that belong to the house as a whole."""

from django.conf import settings
from django.urls import path

from asnportal.home.views import gallery, guide, health, more, preference, start, trail
from asnportal.home.views import settings as settings_page

urlpatterns = [
    path("", start.landing, name="landing"),
    path("beranda/", start.home, name="home"),
    path("unit/", start.unit_home, name="unit_home"),
    path("bantuan/", guide.help_page, name="help"),
    path("bantuan/mulai-di-sini/", guide.start_here, name="start_here"),
    path("kelola/pengaturan/", settings_page.settings, name="settings"),
    path("jejak/", trail.audit_trail, name="audit_trail"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("bahasa/", preference.set_language, name="set_language"),
    path("tampilan/", preference.set_theme, name="set_theme"),
    path("lainnya/", more.more, name="more"),
]
if settings.DEBUG or settings.PROFILE == "test":
    urlpatterns.append(path("komponen/", gallery.components, name="components"))
