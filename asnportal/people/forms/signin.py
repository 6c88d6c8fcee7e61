"""The sign-in form: NIP or email, password, and whether this device is one's own."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import LoginMethod
from allauth.account.forms import LoginForm
from allauth.account.models import Login
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asnportal.common.dates import format_time
from asnportal.common.forms import Manners
from asnportal.common.limits import standing, take
from asnportal.common.session import SessionStore
from asnportal.people.models import User
from asnportal.people.services.signin import WRONG_FOR_NAME, WRONG_FROM_ADDRESS, clean_login


class SignInForm(Manners, LoginForm):  # type: ignore[misc]
    """allauth's form with our limits and sentences; ``locked`` says that no try is left."""

    login_field = forms.CharField(
        label=gettext_lazy("NIP atau email"),
        max_length=150,
        error_messages={"required": gettext_lazy("Tulis NIP atau email Anda.")},
        help_text=gettext_lazy("18 angka. Spasi boleh ditulis. Mitra memakai alamat email."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    locked = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": self.fields.pop("login_field"),
            "password": forms.CharField(
                label=_("Kata sandi"),
                max_length=1000,
                strip=False,
                error_messages={"required": _("Tulis kata sandi Anda.")},
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            ),
            "remember": forms.BooleanField(
                label=_("Ingat saya di perangkat ini"),
                required=False,
                help_text=_(
                    "Berlaku 30 hari, tidak untuk akun petugas. Jangan dicentang bila memakai komputer bersama."
                ),
            ),
        }

    def clean_login(self) -> str:
        return clean_login(self.cleaned_data["login"])

    def user_credentials(self) -> dict[str, Any]:
        return {
            LoginMethod.USERNAME.value: self.cleaned_data["login"],
            "password": self.cleaned_data["password"],
        }

    def _clean_with_password(self, credentials: dict[str, Any]) -> dict[str, Any]:
        name = credentials["username"]
        tries = [take(self.request, WRONG_FROM_ADDRESS), take(self.request, WRONG_FOR_NAME, name)]
        if not all(tries):
            self.locked = True
            raise ValidationError(self._locked_sentence(), code="locked")
        user = get_adapter(self.request).authenticate(self.request, **credentials)
        if user is None:
            raise ValidationError({"password": self._wrong_sentence(name)})
        for one in tries:
            if one:
                one.give_back()
        self.user = user
        self._login = Login(user=user)
        return dict(self.cleaned_data)

    def _wrong_sentence(self, name: str) -> str:
        """The same words whether the NIP exists or not (DESIGN.md 9.3)."""
        left = standing(self.request, WRONG_FOR_NAME, name).left
        if not left:
            return self._locked_sentence()
        return _("NIP atau kata sandi belum cocok. Anda masih punya %d kali percobaan.") % left

    def _locked_sentence(self) -> str:
        until = standing(self.request, WRONG_FOR_NAME, self.cleaned_data["login"]).locked_until
        if until is None:
            return _("Terlalu banyak percobaan dari jaringan ini. Coba lagi dalam satu menit.")
        return _(
            "Akun dikunci sampai pukul %s demi keamanan. Perlu cepat? Hubungi petugas BKPSDM."
        ) % format_time(until)

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        if self.cleaned_data["remember"] and may_be_remembered(self.user):
            cast(SessionStore, request.session).remember()
        else:
            request.session.set_expiry(0)
        return response


def may_be_remembered(user: User) -> bool:
    """Only accounts without an office: 30 days are too long for whoever decides about others (T43)."""
    return not user.roles
