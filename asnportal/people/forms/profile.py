"""What a person may change about the own account."""

from django import forms

from asnportal.common.forms import Form
from asnportal.people.forms.field import PhoneField


class ProfileForm(Form):
    phone = PhoneField(required=False)
    wants_motivation = forms.BooleanField(
        label="Kirim pengingat yang memotivasi",
        required=False,
        help_text="Paling banyak satu sepekan. Kabar tentang pendaftaran dan jadwal Anda selalu dikirim.",
    )
