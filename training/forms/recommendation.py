"""Why an advice is not for somebody."""

from typing import Any

from django import forms

from asnportal.common.forms import Form
from training.models import SetAside


class SetAsideForm(Form):
    reason = forms.ChoiceField(
        label="Mengapa bukan untuk Anda?",
        choices=SetAside.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Pilih satu alasan.",
            "invalid_choice": "Pilih satu alasan dari daftar.",
        },
    )
    words = forms.CharField(
        label="Dengan kata Anda sendiri",
        max_length=200,
        required=False,
        help_text="Hanya Anda yang membacanya.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") == SetAside.Reason.OTHER and not cleaned.get("words"):
            self.add_error("words", "Tulis alasannya dengan kata Anda sendiri.")
        return cleaned
