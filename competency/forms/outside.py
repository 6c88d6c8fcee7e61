"""A training outside the portal, as its certificate says."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from asnportal.common import evidence
from asnportal.common.forms import DayField, Form
from asnportal.common.invalid import Invalid
from competency.models import LearningForm
from competency.services.outside import Claim

ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"


class OutsideForm(Form):
    bukti = forms.FileField(
        label="Foto atau PDF sertifikat",
        help_text="Potret seluruh lembar dengan cahaya cukup. JPG, PNG, WebP, atau PDF, paling besar 10 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Lampirkan foto atau PDF sertifikatnya."},
    )
    title = forms.CharField(label="Nama pelatihan", max_length=250)
    organizer = forms.CharField(label="Penyelenggara", max_length=200)
    form = forms.ModelChoiceField(
        label="Bentuk",
        queryset=LearningForm.objects.filter(is_active=True).exclude(path=LearningForm.Path.EDUCATION),
        help_text="Seperti tertulis di sertifikat. JP yang diakui mengikuti bentuknya.",
        empty_label="Pilih bentuk",
    )
    start = DayField(label="Mulai")
    end = DayField(label="Selesai")
    jp = forms.DecimalField(
        label="JP di sertifikat",
        min_value=0,
        max_value=2000,
        max_digits=7,
        decimal_places=2,
        localize=True,
        help_text="Satu JP 45 menit. Bila hanya jam yang tertulis, bagi menitnya dengan 45.",
    )
    number = forms.CharField(label="Nomor sertifikat", max_length=120, required=False)
    abroad = forms.BooleanField(label="Diselenggarakan di luar negeri", required=False)

    def clean_bukti(self) -> evidence.Evidence:
        try:
            return evidence.read(self.cleaned_data["bukti"])
        except Invalid as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", "Tanggal selesai tidak boleh sebelum tanggal mulai.")
        if cleaned.get("jp") == 0:
            self.add_error("jp", "JP harus lebih dari 0.")
        return cleaned

    def claim(self) -> Claim:
        data = {name: value for name, value in self.cleaned_data.items() if name != "bukti"}
        return Claim(**data)

    def evidence(self) -> evidence.Evidence:
        kept: evidence.Evidence = self.cleaned_data["bukti"]
        return kept
