"""Looking a certificate up by what is printed on it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from asnportal.common.forms import Form

TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class VerifyForm(Form):
    number = forms.CharField(
        label=_("Nomor sertifikat"),
        max_length=80,
        help_text=_("Lengkap dengan titik dan garis miring."),
        widget=forms.TextInput(attrs=TYPED),
    )
    code = forms.CharField(
        label=_("Kode cek"),
        max_length=16,
        help_text=_("Delapan huruf dan angka di bawah nomor."),
        widget=forms.TextInput(attrs=TYPED),
    )
