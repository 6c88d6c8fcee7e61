"""Addresses of sign-in, one's own account, people and units. allauth's names are kept: it looks them up."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as devices
from django.urls import URLPattern, path, re_path

from asnportal.people.views import account as office
from asnportal.people.views import activation, employee, holiday, profile, signin, unit

SIGN_IN = [
    path("masuk/", signin.sign_in, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("akun/tidak-aktif/", account.account_inactive, name="account_inactive"),
    path("akun/baru/", account.signup, name="account_signup"),  # closed by the adapter
    path("akun/masuk-ulang/", account.reauthenticate, name="account_reauthenticate"),
    path("akun/email/", account.email, name="account_email"),
    path("akun/email/terkirim/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^akun/email/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("akun/kata-sandi/", account.password_change, name="account_change_password"),
    path("akun/kata-sandi/buat/", account.password_set, name="account_set_password"),
    path("akun/lupa/", account.password_reset, name="account_reset_password"),
    path("akun/lupa/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "akun/lupa/selesai/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^akun/lupa/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

SECOND_FACTOR = [
    path("akun/langkah-kedua/", second_factor.index, name="mfa_index"),
    path("akun/langkah-kedua/masuk/", second_factor.authenticate, name="mfa_authenticate"),
    path("akun/langkah-kedua/ulang/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("akun/langkah-kedua/aplikasi/pasang/", totp.activate_totp, name="mfa_activate_totp"),
    path("akun/langkah-kedua/aplikasi/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/langkah-kedua/kode/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "akun/langkah-kedua/kode/buat/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "akun/langkah-kedua/kode/unduh/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
]

DEVICES = [path("akun/perangkat/", devices.list_usersessions, name="usersessions_list")]

HOLIDAYS = [
    path("kelola/hari-libur/", holiday.holiday_list, name="holiday_list"),
    path("kelola/hari-libur/daftar/", holiday.holiday_paste, name="holiday_paste"),
    path("kelola/hari-libur/<int:pk>/hapus/", holiday.holiday_remove, name="holiday_remove"),
]

OWN = [
    path("aktivasi/", activation.activate, name="activate"),
    path("aktivasi/kata-sandi/", activation.activate_password, name="activate_password"),
    path("profil/", profile.profile, name="profile"),
    path("profil/keamanan/", profile.security, name="security"),
]

PEOPLE = [
    path("unit/pegawai/", employee.unit_people, name="unit_people"),
    path("kelola/pegawai/", employee.employee_list, name="employee_list"),
    path("kelola/pegawai/baru/", employee.employee_new, name="employee_new"),
    path("kelola/pegawai/unduh/", employee.employee_export, name="employee_export"),
    path("kelola/pegawai/tanpa-atasan/", employee.employee_without_supervisor, name="without_supervisor"),
    path("pegawai/<uuid:public_id>/", employee.employee_detail, name="employee_detail"),
    path("pegawai/<uuid:public_id>/ubah/", employee.employee_edit, name="employee_edit"),
    path("pegawai/<uuid:public_id>/kontak/", employee.employee_contact, name="employee_contact"),
    path("pegawai/<uuid:public_id>/kode-baru/", employee.employee_code, name="employee_code"),
    path("pegawai/<uuid:public_id>/akun/", office.account_for, name="account_for"),
]

UNITS = [
    path("kelola/unit/", unit.unit_list, name="unit_list"),
    path("kelola/unit/baru/", unit.unit_new, name="unit_new"),
    path("kelola/unit/<int:pk>/", unit.unit_edit, name="unit_edit"),
    path("kelola/unit/<int:pk>/kepala/", unit.unit_head_add, name="unit_head_add"),
    path("kelola/unit/<int:pk>/kepala/<int:head_pk>/akhiri/", unit.unit_head_end, name="unit_head_end"),
]

ACCOUNTS = [
    path("kelola/akun/", office.account_list, name="account_list"),
    path("kelola/akun/<int:pk>/", office.account_detail, name="account_detail"),
    path("kelola/akun/<int:pk>/peran/", office.account_grant, name="account_grant"),
    path("kelola/akun/<int:pk>/peran/<int:grant_pk>/cabut/", office.account_revoke, name="account_revoke"),
    path("kelola/akun/<int:pk>/akhiri-sesi/", office.account_end_sessions, name="account_end_sessions"),
    path("kelola/akun/<int:pk>/tutup/", office.account_deactivate, name="account_deactivate"),
    path("kelola/akun/<int:pk>/buka/", office.account_reactivate, name="account_reactivate"),
]

urlpatterns: list[URLPattern] = [
    *SIGN_IN,
    *SECOND_FACTOR,
    *DEVICES,
    *OWN,
    *PEOPLE,
    *UNITS,
    *ACCOUNTS,
    *HOLIDAYS,
]
