"""A line of the city's annual plan, its check, and what fixes and opens the plan."""

from typing import Any

from django import forms
from django.utils import timezone

from asnportal.common.dates import MONTHS
from asnportal.common.forms import DayField, Form, ModelForm, RupiahField, WholeNumberField
from competency.models import LearningForm
from training.forms.programme import ProviderField
from training.models import CityPlanLine, Programme, Provider

MONTH_CHOICES = list(enumerate(MONTHS["id"], 1))


def month_field(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=MONTH_CHOICES, coerce=int)


class CityLineForm(ModelForm):
    programme = forms.ModelChoiceField(
        label="Pelatihan di katalog",
        queryset=Programme.objects.all(),
        required=False,
        empty_label="Belum ada di katalog",
        help_text="Bila belum ada, pelatihannya dibuat dari baris ini saat jadwal pertama dibuat.",
    )
    form = forms.ModelChoiceField(
        label="Bentuk",
        queryset=LearningForm.objects.filter(is_active=True),
        required=False,
        empty_label="Belum dipilih",
    )
    provider = ProviderField(
        label="Penyelenggara",
        queryset=Provider.objects.order_by("name"),
        required=False,
        empty_label="Belum dipilih",
    )
    sessions_planned = WholeNumberField(label="Jumlah jadwal", min_value=1, max_value=100, initial=1)
    quota = WholeNumberField(label="Kuota per jadwal", min_value=1, max_value=10_000, initial=30)
    jp = WholeNumberField(label="JP materi", min_value=0, max_value=2000, initial=0)
    cost = RupiahField(label="Biaya per orang", help_text="Dalam rupiah. Tulis 0 bila tanpa biaya.")
    first_month = month_field("Dari bulan")
    last_month = month_field("Sampai bulan")

    class Meta:
        model = CityPlanLine
        fields = [
            "title",
            "competency",
            "programme",
            "form",
            "provider",
            "audience",
            "sessions_planned",
            "quota",
            "jp",
            "cost",
            "first_month",
            "last_month",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"audience": "Untuk siapa, misalnya petugas loket kecamatan."}
        error_messages = {"title": {"required": "Tulis judul barisnya."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["competency"].empty_label = "Tidak ada yang khusus"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        clean: dict[str, Any] = super().clean() or {}
        first, last = clean.get("first_month"), clean.get("last_month")
        if first and last and last < first:
            self.add_error("last_month", "Bulan akhir tidak boleh sebelum bulan awal.")
        return clean

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class CityCheckForm(Form):
    """BKPSDM says that each of the four was looked at (DOMAIN.md 1.4)."""

    relevance = forms.BooleanField(label="Relevan bagi jabatan dan unit yang memerlukan")
    shape = forms.BooleanField(label="Bentuk dan JP tepat")
    price = forms.BooleanField(label="Biaya wajar")
    seats = forms.BooleanField(label="Kuota dan jumlah jadwal cukup")


class CeilingForm(Form):
    ceiling = RupiahField(label="Pagu anggaran", help_text="Kosongkan bila belum diketahui.")


class ActualCostForm(Form):
    cost = RupiahField(label="Biaya yang terpakai", help_text="Dalam rupiah, untuk semua jadwal baris ini.")


class FixForm(Form):
    decree_number = forms.CharField(label="Nomor keputusan", max_length=120)
    decree_date = DayField(label="Tanggal keputusan")

    def clean_decree_date(self) -> Any:
        day = self.cleaned_data["decree_date"]
        if day > timezone.localdate():
            raise forms.ValidationError("Tanggal keputusan tidak boleh sesudah hari ini.")
        return day


class ReviseForm(Form):
    name = forms.CharField(
        label="Nama perubahan", max_length=120, help_text="Misalnya Perubahan pertama (APBD-P)."
    )
    reason = forms.CharField(
        label="Alasan perubahan", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
