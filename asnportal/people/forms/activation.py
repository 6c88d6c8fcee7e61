"""First sign-in in two steps, and which people a sheet of codes is for."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet

from asnportal.common.forms import Form, TickedField
from asnportal.people.forms.field import MailField, NipField, PhoneField
from asnportal.people.models import Employee, Unit, User


class CodeForm(Form):
    """A number that cannot be one is told so; the service says the same about an unknown one and a wrong code."""

    nip = NipField(
        label="NIP atau NI PPPK",
        help_text="18 angka. Spasi boleh ditulis, kami rapikan.",
        error_messages={"required": "Tulis NIP Anda."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username"}),
    )
    kode = forms.CharField(
        label="Kode aktivasi",
        max_length=40,
        help_text="8 huruf dan angka di lembar Anda. Besar kecil huruf tidak berpengaruh.",
        error_messages={"required": "Tulis kode di lembar Anda."},
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class FirstPasswordForm(Form):
    password = forms.CharField(
        label="Kata sandi baru",
        max_length=1000,
        strip=False,
        help_text="Paling sedikit 10 huruf. Kalimat pendek mudah diingat, misalnya tiga kata acak.",
        error_messages={"required": "Tulis kata sandi baru."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    # Only where the page cannot show what is typed (no JavaScript) it is asked twice.
    password2 = forms.CharField(
        label="Ulangi kata sandi baru",
        max_length=1000,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    email = MailField(
        required=False,
        help_text="Untuk pengingat jadwal dan lupa kata sandi. Bisa ditambahkan nanti di Profil.",
    )
    phone = PhoneField(label="Nomor ponsel", required=False)

    def __init__(self, *args: Any, employee: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employee = employee

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(username=self.employee.nip, name=self.employee.name))
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            "password2" in self.data
            and cleaned.get("password")
            and cleaned["password"] != cleaned["password2"]
        ):
            self.add_error("password2", "Kedua kata sandi belum sama.")
        return cleaned


class SheetForm(Form):
    """``orang`` are the people ticked; only those without a password, in the officer's units."""

    orang = TickedField(
        queryset=Employee.objects.none(), error_messages={"required": "Pilih paling sedikit satu orang."}
    )
    kirim = forms.BooleanField(label="Kirim juga lewat email", required=False)

    def __init__(self, *args: Any, people: QuerySet[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["orang"].queryset = people  # type: ignore[attr-defined]


class UnitChoice(forms.Form):
    """Whose sheet: one of the officer's units."""

    unit = forms.ModelChoiceField(
        label="Unit", queryset=Unit.objects.none(), required=False, empty_label=None
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
