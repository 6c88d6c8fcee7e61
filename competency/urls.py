"""Addresses of imports, imported trainings and assessments. The ledger is a page of training: it has certificates."""

from django.urls import URLPattern, path, re_path

from competency.views import (
    assessment,
    centre,
    heat,
    intake,
    intake_step,
    need,
    need_check,
    outside,
    record,
    report,
    standard,
)

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
    path("riwayat/tambah/", outside.outside_new, name="outside_new"),
    path("riwayat/bukti/<uuid:public_id>/", outside.evidence_file, name="evidence_file"),
    path("riwayat/bukti/<uuid:public_id>/tarik/", outside.outside_withdraw, name="outside_withdraw"),
    path("kelola/riwayat/pegawai/<uuid:public_id>/tambah/", outside.outside_enter, name="outside_enter"),
    path("kelola/riwayat/periksa/", record.record_next, name="record_next"),
    path("kelola/riwayat/periksa/<uuid:public_id>/", record.record_check, name="record_check"),
    path("kelola/standar/", standard.standard_list, name="standard_list"),
    path("kelola/standar/<int:pk>/", standard.standard_detail, name="standard_detail"),
    path("kelola/standar/<int:pk>/versi-baru/", standard.standard_new, name="standard_new"),
    path("kelola/standar/kamus/", standard.dictionary, name="dictionary"),
    path("kelola/standar/kamus/<int:pk>/", standard.dictionary_edit, name="dictionary_edit"),
    path("kelola/standar/berkas/", standard.table_load, name="table_load"),
    re_path(
        r"^kelola/standar/unduh/(?P<kind>kompetensi|standar|penilaian|kinerja|disiplin|indeks)\.csv$",
        standard.table_file,
        name="table_file",
    ),
    path("kelola/pusat-penilaian/", centre.centre_list, name="centre_list"),
    path("kelola/pusat-penilaian/muat/", centre.centre_load, name="centre_load"),
    path("kelola/pusat-penilaian/muat/<uuid:public_id>/", centre.centre_check, name="centre_check"),
    path("kelola/pusat-penilaian/laporan.csv", centre.centre_file, name="centre_file"),
    path("kelola/pusat-penilaian/templat.xlsx", centre.centre_template, name="centre_template"),
    path("kompetensi/pusat-penilaian/", centre.own_centre, name="own_centre"),
    path("kompetensi/pusat-penilaian/<uuid:public_id>/", centre.centre_report, name="centre_report"),
    path("kompetensi/mandiri/", assessment.self_assessment, name="self_assessment"),
    path("kompetensi/<int:pk>/", assessment.competency_detail, name="competency_detail"),
    path("kompetensi/<int:pk>/minta-penilaian/", assessment.review_request, name="review_request"),
    path(
        "kompetensi/pegawai/<uuid:public_id>/<int:pk>/nilai/",
        assessment.assess_employee,
        name="assess_employee",
    ),
    path("kompetensi/permintaan/<uuid:public_id>/tolak/", assessment.review_decline, name="review_decline"),
]

urlpatterns += [  # needs of the offices, and what they come from
    path("unit/peta-kompetensi/", heat.heat_map, name="heat_map"),
    path("unit/peta-kompetensi/unduh/", heat.heat_export, name="heat_export"),
    path("unit/kebutuhan/", need.unit_need, name="unit_need"),
    path("unit/kebutuhan/susun/", need.need_compile, name="need_compile"),
    path("unit/kebutuhan/butir/baru/", need.need_line_new, name="need_line_new"),
    path("unit/kebutuhan/butir/<int:pk>/", need.need_line_edit, name="need_line_edit"),
    path("unit/kebutuhan/butir/<int:pk>/hapus/", need.need_line_drop, name="need_line_drop"),
    path("unit/kebutuhan/butir/<int:pk>/geser/", need.need_line_move, name="need_line_move"),
    path("unit/kebutuhan/<int:pk>/anggaran/", need.need_budget, name="need_budget"),
    path("unit/kebutuhan/<int:pk>/kirim/", need.need_send, name="need_send"),
    path("unit/kebutuhan/<int:pk>/tarik/", need.need_take_back, name="need_take_back"),
    path("kelola/rencana/kebutuhan/", need_check.need_list, name="need_list"),
    path("kelola/rencana/kebutuhan/<int:pk>/", need_check.need_detail, name="need_detail"),
    path("kelola/rencana/kebutuhan/<int:pk>/verifikasi/", need_check.need_verify, name="need_verify"),
    path("kelola/rencana/kebutuhan/<int:pk>/kembalikan/", need_check.need_send_back, name="need_send_back"),
]

urlpatterns += [  # reports: figures of groups
    path("laporan/", report.report, name="report"),
    path("laporan/unduh/", report.report_export, name="report_export"),
]
