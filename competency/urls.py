"""Addresses of imports and of imported trainings. The ledger is on a page of training, for the certificates."""

from django.urls import URLPattern, path

from competency.views import intake, intake_step, record

urlpatterns: list[URLPattern] = [
    path("kelola/impor/", intake.import_list, name="import_list"),
    path("kelola/impor/baru/", intake.import_new, name="import_new"),
    path("kelola/impor/templat/<slug:slug>.xlsx", intake.import_template, name="import_template"),
    path("kelola/impor/<uuid:public_id>/", intake.import_job, name="import_job"),
    path("kelola/impor/<uuid:public_id>/hasil.xlsx", intake.import_result, name="import_result"),
    path("kelola/impor/<uuid:public_id>/kolom/", intake_step.import_columns, name="import_columns"),
    path("kelola/impor/<uuid:public_id>/periksa/", intake_step.import_check, name="import_check"),
    path("kelola/impor/<uuid:public_id>/batal/", intake_step.import_cancel, name="import_cancel"),
    path("kelola/riwayat/", record.record_list, name="record_list"),
    path("kelola/riwayat/putuskan/", record.record_decide, name="record_decide"),
]
