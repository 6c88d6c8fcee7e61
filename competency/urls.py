"""Addresses of imported trainings. The ledger's page is training's, because it shows certificates too."""

from django.urls import URLPattern, path

from competency.views import record

urlpatterns: list[URLPattern] = [
    path("kelola/riwayat/", record.record_list, name="record_list"),
    path("kelola/riwayat/putuskan/", record.record_decide, name="record_decide"),
]
