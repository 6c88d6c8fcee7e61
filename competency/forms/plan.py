"""One thing to learn, and the words of the dialogue."""

from typing import Any

from django import forms

from asnportal.common.forms import DayField, Form
from competency.models import Competency, LearningForm, PlanItem
from competency.services.plan import Wish


class PlanItemForm(Form):
    title = forms.CharField(label="Yang akan dipelajari", max_length=250)
    source = forms.ChoiceField(label="Asalnya", choices=PlanItem.Source.choices, widget=forms.RadioSelect)
    competency = forms.ModelChoiceField(
        label="Kompetensi",
        queryset=Competency.objects.all(),
        required=False,
        empty_label="Tidak ada yang khusus",
    )
    form = forms.ModelChoiceField(
        label="Bentuk",
        queryset=LearningForm.objects.filter(is_active=True),
        help_text="Tujuh dari sepuluh belajar terjadi di pekerjaan, dua bersama orang lain, satu di kelas.",
        empty_label="Pilih bentuk",
    )
    target = DayField(label="Sasaran selesai")
    jp = forms.DecimalField(
        label="JP diharapkan",
        min_value=0,
        max_value=2000,
        max_digits=7,
        decimal_places=2,
        localize=True,
        required=False,
    )
    reason = forms.CharField(
        label="Mengapa", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def wish(self) -> Wish:
        data: dict[str, Any] = {**self.cleaned_data}
        data["jp"] = data["jp"] or 0
        return Wish(**data)


class PlanNoteForm(Form):
    text = forms.CharField(
        max_length=1000,
        error_messages={
            "required": "Tulis catatannya dahulu.",
            "max_length": "Catatan paling panjang 1.000 karakter.",
        },
    )


class SendBackForm(Form):
    reason = forms.CharField(
        label="Apa yang perlu diubah?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
