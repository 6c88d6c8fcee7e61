"""Addresses that belong to the house as a whole."""

from django.conf import settings
from django.urls import path

from asnportal.home.views import gallery, guide, health, leaver, more, preference, search, sheet, start, trail
from asnportal.home.views import settings as settings_page

urlpatterns = [
    path("", start.landing, name="landing"),
    path("beranda/", start.home, name="home"),
    path("unit/", start.unit_home, name="unit_home"),
    path("bantuan/", guide.help_page, name="help"),
    path("bantuan/mulai-di-sini/", guide.start_here, name="start_here"),
    path("kelola/cari/", search.search, name="search"),
    path("kelola/pengaturan/", settings_page.settings, name="settings"),
    path("jejak/", trail.audit_trail, name="audit_trail"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("bahasa/", preference.set_language, name="set_language"),
    path("tampilan/", preference.set_theme, name="set_theme"),
    path("lainnya/", more.more, name="more"),
    path("kelola/pegawai/lembar-aktivasi/", sheet.activation_sheet, name="activation_sheet"),
    path("unit/lembar-aktivasi/", sheet.unit_activation_sheet, name="unit_activation_sheet"),
    path("pegawai/<uuid:public_id>/nonaktifkan/", leaver.employee_leave, name="employee_leave"),
    path("kelola/impor/<uuid:public_id>/tidak-ada/", leaver.import_leavers, name="import_leavers"),
    path("pegawai/<uuid:public_id>/aktifkan/", leaver.employee_reactivate, name="employee_reactivate"),
]
if settings.DEBUG or settings.PROFILE == "test":
    urlpatterns.append(path("komponen/", gallery.components, name="components"))
