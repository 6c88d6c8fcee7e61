"""Addresses of the catalogue, sessions, enrolments, attendance and certificates."""

from django.urls import URLPattern, path, re_path

from training.views import (
    approval,
    attendance,
    catalogue,
    certificate,
    certificate_issue,
    certificate_register,
    completion,
    enrolment,
    index,
    ledger,
    meeting,
    my_training,
    participant,
    profile,
    programme,
    session,
    session_page,
    team,
    todo,
    verification,
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
    path("pendaftaran/<uuid:public_id>/beri-kursi/", enrolment.enrolment_promote, name="enrolment_promote"),
    path("pendaftaran/<uuid:public_id>/batalkan/", enrolment.enrolment_cancel, name="enrolment_cancel"),
    path("kelola/tindak-lanjut/", todo.todo, name="todo"),
    path("kelola/tindak-lanjut/putuskan/", todo.todo_decide, name="todo_decide"),
    path("kelola/jadwal/<int:pk>/peserta/", participant.session_participants, name="session_participants"),
    re_path(
        r"^kelola/jadwal/(?P<pk>[0-9]{1,10})/peserta/unduh\.(?P<kind>xlsx|csv)$",
        participant.participants_file,
        name="participants_file",
    ),
    path("kelola/jadwal/<int:pk>/peserta/pesan/", participant.session_message, name="session_message"),
    path("kelola/jadwal/<int:pk>/peserta/tambah/", participant.participant_add, name="participant_add"),
]

urlpatterns += [  # attendance and the end of a session
    path("kelola/jadwal/<int:pk>/kehadiran/", attendance.session_attendance, name="session_attendance"),
    path("kelola/jadwal/<int:pk>/kehadiran/cetak/", attendance.attendance_sheet, name="attendance_sheet"),
    path(
        "kelola/jadwal/<int:pk>/kehadiran/<int:meeting_pk>/",
        attendance.attendance_mark,
        name="attendance_mark",
    ),
    path(
        "kelola/jadwal/<int:pk>/kehadiran/<int:meeting_pk>/sisanya/",
        attendance.attendance_rest,
        name="attendance_rest",
    ),
    path(
        "kelola/jadwal/<int:pk>/kehadiran/<int:meeting_pk>/buka/",
        attendance.meeting_reopen,
        name="meeting_reopen",
    ),
    path("kelola/jadwal/<int:pk>/selesai/", completion.session_finish, name="session_finish"),
]

urlpatterns += [  # competencies, with what closes the gaps
    path("kompetensi/", profile.competency_profile, name="competency_profile"),
    path("kompetensi/ip-asn/", index.own_index, name="own_index"),
    path("tim/", team.team, name="team"),
    path("kompetensi/pegawai/<uuid:public_id>/", profile.employee_profile, name="employee_profile"),
]

urlpatterns += [  # certificates and the ledger
    path("riwayat/", ledger.ledger, name="ledger"),
    path("kelola/riwayat/pegawai/<uuid:public_id>/", ledger.employee_ledger, name="employee_ledger"),
    path("kelola/riwayat/baris/<int:pk>/batalkan/", ledger.ledger_reverse, name="ledger_reverse"),
    path(
        "kelola/jadwal/<int:pk>/sertifikat/",
        certificate_issue.session_certificates,
        name="session_certificates",
    ),
    path(
        "kelola/jadwal/<int:pk>/sertifikat/terbitkan/",
        certificate_issue.certificate_request,
        name="certificate_request",
    ),
    path(
        "kelola/jadwal/<int:pk>/sertifikat/tamu/",
        certificate_issue.certificate_guest,
        name="certificate_guest",
    ),
    path(
        "kelola/jadwal/<int:pk>/sertifikat/<int:enrolment_pk>/",
        certificate_issue.certificate_request_one,
        name="certificate_request_one",
    ),
    path("kelola/sertifikat/", certificate_register.certificate_list, name="certificate_list"),
    path(
        "kelola/sertifikat/<uuid:public_id>/cabut/",
        certificate_register.certificate_revoke,
        name="certificate_revoke",
    ),
    path(
        "kelola/sertifikat/<uuid:public_id>/perbaiki/",
        certificate_register.certificate_correct,
        name="certificate_correct",
    ),
    path(
        "kelola/sertifikat/<uuid:public_id>/ulangi/",
        certificate_register.certificate_retry,
        name="certificate_retry",
    ),
    path("sertifikat/<uuid:public_id>/", certificate.certificate, name="certificate"),
    path("sertifikat/<uuid:public_id>/unduh/", certificate.certificate_download, name="certificate_download"),
    path("verifikasi/", verification.verify, name="verify"),
    path("verifikasi/<str:token>/", verification.verify_token, name="verify_token"),
]
