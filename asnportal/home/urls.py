"""Addresses that belong to the house as a whole."""

from django.conf import settings
from django.urls import path

from asnportal.home.views import gallery, health, more, preference

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("bahasa/", preference.set_language, name="set_language"),
    path("tampilan/", preference.set_theme, name="set_theme"),
    path("lainnya/", more.more, name="more"),
]
if settings.DEBUG or settings.PROFILE == "test":
    urlpatterns.append(path("komponen/", gallery.components, name="components"))
