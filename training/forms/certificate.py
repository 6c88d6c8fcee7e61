"""What officers write about a certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from asnportal.common.forms import Form, ModelForm, NameField
from training.models import Certificate, CertificateStatus, Guest

Role = Certificate.Role


class RevokeForm(Form):
    kind = forms.ChoiceField(
        label=_("Jenis alasan"),
        choices=Certificate.RevokedKind.choices,
        widget=forms.RadioSelect,
        help_text=_("Terbaca siapa saja yang memeriksa sertifikat ini."),
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Terbaca pemiliknya dan BKPSDM."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectForm(Form):
    reason = forms.CharField(
        label=_("Apa yang diperbaiki"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class GuestForm(ModelForm):
    name = NameField(label=_("Nama dengan gelar"))
    institution = forms.CharField(label=_("Lembaga"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices, initial=Role.SPEAKER)

    class Meta:
        model = Guest
        fields = ["name", "institution", "email"]

    def guest_values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "institution", "email")}


class RegisterForm(Form):
    q = forms.CharField(label=_("Cari sertifikat"), max_length=100, required=False)
    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        choices=[("", _("Semua keadaan")), *CertificateStatus.choices],
        required=False,
    )
