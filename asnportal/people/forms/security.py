"""allauth's forms about one's own password, email and second step, in our words and with our manners."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from asnportal.common.forms import Manners

Words = Mapping[str, str | Promise]
NEW: Words = {"password1": _("Kata sandi baru"), "password2": _("Ulangi kata sandi baru")}
ADVICE: Words = {
    "password1": _("Paling sedikit 10 huruf atau angka, bukan kata yang umum dan bukan hanya angka."),
    "password2": "",
}
CODE: Words = {"code": _("Kode verifikasi")}
CODE_ADVICE: Words = {"code": _("6 angka dari aplikasi autentikator, atau satu kode cadangan.")}


class Worded:
    """Labels and hints by field name, set before `Manners` makes its sentences of them."""

    labels: ClassVar[Words] = {}
    hints: ClassVar[Words] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class ChangePasswordForm(Manners, Worded, account.ChangePasswordForm):  # type: ignore[misc]
    labels: ClassVar[Words] = {"oldpassword": _("Kata sandi sekarang"), **NEW}
    hints = ADVICE


class SetPasswordForm(Manners, Worded, account.SetPasswordForm):  # type: ignore[misc]
    labels = NEW
    hints = ADVICE


class ResetPasswordForm(Manners, Worded, account.ResetPasswordForm):  # type: ignore[misc]
    labels: ClassVar[Words] = {"email": _("Email")}


class ResetPasswordKeyForm(Manners, Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]
    labels = NEW
    hints = ADVICE


class ChangeEmailForm(Manners, Worded, account.AddEmailForm):  # type: ignore[misc]
    labels: ClassVar[Words] = {"email": _("Alamat email baru")}


class ReauthenticateForm(Manners, Worded, account.ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar[Words] = {"password": _("Kata sandi")}


class SecondStepForm(Manners, Worded, second_step.AuthenticateForm):  # type: ignore[misc]
    labels = CODE
    hints = CODE_ADVICE


class SecondStepAgainForm(Manners, Worded, second_step.ReauthenticateForm):  # type: ignore[misc]
    labels = CODE
    hints = CODE_ADVICE


class ActivateAppForm(Manners, Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    labels = CODE
