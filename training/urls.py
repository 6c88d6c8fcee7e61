"""Addresses of the catalogue, sessions, enrolments, attendance and certificates."""

from django.urls import URLPattern, path

from training.views import (
    approval,
    catalogue,
    enrolment,
    meeting,
    my_training,
    programme,
    session,
    session_page,
)

urlpatterns: list[URLPattern] = [
    path("katalog/", catalogue.catalogue_list, name="catalogue"),
    path("katalog/<slug:slug>/", catalogue.programme, name="programme"),
    path("kelola/pelatihan/", programme.programme_list, name="programme_list"),
    path("kelola/pelatihan/baru/", programme.programme_new, name="programme_new"),
    path("kelola/pelatihan/<int:pk>/", programme.programme_edit, name="programme_edit"),
    path("kelola/pelatihan/<int:programme_pk>/jadwal-baru/", session.session_new, name="session_new"),
    path("kelola/jadwal/", session.session_list, name="session_list"),
    path("kelola/jadwal/<int:pk>/", session.session_manage, name="session_manage"),
    path("kelola/jadwal/<int:pk>/ubah/", session.session_edit, name="session_edit"),
    path("kelola/jadwal/<int:pk>/buka/", session.session_publish, name="session_publish"),
    path("kelola/jadwal/<int:pk>/kuota/", session.session_quota, name="session_quota"),
    path("kelola/jadwal/<int:pk>/batalkan/", session.session_cancel, name="session_cancel"),
    path("kelola/jadwal/<int:pk>/salin/", session.session_clone, name="session_clone"),
    path("kelola/jadwal/<int:pk>/pertemuan/baru/", meeting.meeting_new, name="meeting_new"),
    path("kelola/jadwal/<int:pk>/pertemuan/<int:meeting_pk>/", meeting.meeting_edit, name="meeting_edit"),
    path("jadwal/<int:pk>/", session_page.session, name="session"),
    path("jadwal/<int:pk>/kalender.ics", session_page.session_calendar, name="session_calendar"),
    path("jadwal/<int:pk>/daftar/", enrolment.enrolment_request, name="enrolment_request"),
    path("pendaftaran/<uuid:public_id>/", enrolment.enrolment, name="enrolment"),
    path("pendaftaran/<uuid:public_id>/undur/", enrolment.enrolment_withdraw, name="enrolment_withdraw"),
    path("pendaftaran/<uuid:public_id>/setujui/", approval.enrolment_approve, name="enrolment_approve"),
    path("pendaftaran/<uuid:public_id>/tolak/", approval.enrolment_decline, name="enrolment_decline"),
    path("persetujuan/", approval.approval_list, name="approval_list"),
    path("persetujuan/setujui/", approval.approval_approve, name="approval_approve"),
    path("persetujuan/tolak/", approval.approval_decline, name="approval_decline"),
    path("belajar/", my_training.my_training, name="my_training"),
]
