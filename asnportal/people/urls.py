"""Addresses of sign-in, one's own account, people and units. allauth's names are kept: it looks them up."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as devices
from django.urls import URLPattern, path, re_path

from asnportal.people.views import holiday, signin

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
    path("kelola/hari-libur/<int:pk>/hapus/", holiday.holiday_remove, name="holiday_remove"),
]

urlpatterns: list[URLPattern] = [*SIGN_IN, *SECOND_FACTOR, *DEVICES, *HOLIDAYS]
