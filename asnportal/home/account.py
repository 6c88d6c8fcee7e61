"""What allauth asks us: who may sign up, where mails go, how the second factor is drawn."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from asnportal.notifications.notices import Notice, Urgency
from asnportal.notifications.services import outbox
from asnportal.people.models import User

RESET_HOURS, CONFIRM_DAYS = 24, 3


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": _("Alamat email ini sudah tercatat pada akun Anda."),
        "email_taken": _("Alamat email ini tidak dapat dipakai. Pakai alamat lain."),
        "enter_current_password": _("Kata sandi sekarang belum cocok."),
        "incorrect_password": _("Kata sandi belum cocok."),
        "invalid_password_reset": _("Tautan ini sudah tidak berlaku."),
        "same_as_current": _("Tulis yang berbeda dari yang sekarang."),
        "rate_limited": _("Terlalu sering. Coba lagi sebentar."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from the staff data; partners are invited."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """The limits are the sign-in form's (people/forms/signin.py); asking a password again has its own."""

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """An address that another account already uses is not confirmed; nobody is told whose it is."""
        taken = User.objects.filter(email__iexact=email_address.email).exclude(pk=email_address.user_id)
        if taken.exists():
            messages.error(request, "Alamat email ini tidak dapat dipakai. Pakai alamat lain.")
            return False
        return bool(super().confirm_email(request, email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth's mails go through our outbox, in our words; one without words of ours is not sent."""
        kind = template_prefix.rpartition("/")[2]
        if kind in WORDS:
            outbox.post(WORDS[kind](email, context))


def _reset(email: str, context: dict[str, Any]) -> Notice:
    return Notice(
        key=_once("password_reset"),
        to=email,
        subject="Buat kata sandi baru",
        text=(
            "Ada permintaan kata sandi baru untuk akun Anda. Tautan ini berlaku 24 jam dan hanya sekali.",
            "Bukan Anda yang meminta? Abaikan pesan ini, kata sandi Anda tidak berubah.",
        ),
        why="Anda menerima email ini karena seseorang mengisi alamat ini di halaman Lupa kata sandi.",
        link=_path(context["password_reset_url"]),
        link_label="Buat kata sandi baru",
        urgency=Urgency.NOW,
        expires_at=timezone.now() + timedelta(hours=RESET_HOURS),
    )


def _confirm(email: str, context: dict[str, Any]) -> Notice:
    return Notice(
        key=_once("email_confirmation"),
        to=email,
        subject="Konfirmasi alamat email Anda",
        text=(
            "Setelah dikonfirmasi, alamat ini dipakai untuk pengingat jadwal dan lupa kata sandi.",
            "Tidak merasa mendaftarkan alamat ini? Abaikan saja.",
        ),
        why="Anda menerima email ini karena alamat ini ditulis di sebuah akun.",
        link=_path(context["activate_url"]),
        link_label="Konfirmasi alamat",
        urgency=Urgency.NOW,
        expires_at=timezone.now() + timedelta(days=CONFIRM_DAYS),
    )


def _told(subject: str, sentence: str) -> Callable[[str, dict[str, Any]], Notice]:
    """News about the account's safety, to the address it had before the change."""

    def notice(email: str, context: dict[str, Any]) -> Notice:
        return Notice(
            key=_once("account_changed"),
            to=email,
            subject=subject,
            text=(sentence, "Bukan Anda? Segera hubungi admin unit Anda atau petugas BKPSDM."),
            why="Kabar tentang keamanan akun selalu dikirim.",
            urgency=Urgency.NOW,
        )

    return notice


WORDS: dict[str, Callable[[str, dict[str, Any]], Notice]] = {
    "password_reset_key": _reset,
    "email_confirmation": _confirm,
    "email_confirmation_signup": _confirm,
    "email_changed": _told("Alamat email akun Anda berganti", "Alamat email akun Anda baru saja diganti."),
    "password_changed": _told("Kata sandi Anda berganti", "Kata sandi akun Anda baru saja diganti."),
    "password_set": _told("Kata sandi Anda dibuat", "Kata sandi akun Anda baru saja dibuat."),
    "password_reset": _told("Kata sandi Anda berganti", "Kata sandi akun Anda baru saja dibuat ulang."),
    "totp_activated": _told("Langkah kedua aktif", "Masuk dengan dua langkah baru saja diaktifkan."),
    "totp_deactivated": _told("Langkah kedua dilepas", "Masuk dengan dua langkah baru saja dilepas."),
    "recovery_codes_generated": _told("Kode cadangan baru", "Kode cadangan akun Anda baru saja dibuat."),
}


def _once(purpose: str) -> str:
    return f"{purpose}:{secrets.token_hex(8)}"


def _path(url: str) -> str:
    """The mail itself names the configured site, whatever host the request claimed (T37)."""
    return f"/{url.partition('://')[2].partition('/')[2]}"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Alamat email tidak dapat diubah selama verifikasi dua langkah aktif."),
        "cannot_delete_authenticator": _("Verifikasi dua langkah pada akun ini tidak dapat dimatikan."),
        "cannot_generate_recovery_codes": _("Aktifkan aplikasi autentikator lebih dahulu."),
        "incorrect_code": _("Kode belum cocok. Tulis kode yang sedang tampil di aplikasi."),
        "unverified_email": _("Pastikan alamat email Anda lebih dahulu."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The page draws the code itself: a data: address would need a hole in the CSP."""
        return ""

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """What the app on the phone shows: a name, not the NIP."""
        return str(user)
