"""Levels found by a person: one's own view, and the supervisor's."""

from typing import Any

from django import forms
from django.utils import timezone

from asnportal.common.forms import DayField, Form
from competency.models import Competency, Method
from competency.queries.profile import Line, Profile
from competency.services.assessment import Found

LEVELS = [(str(level), str(level)) for level in range(6)]


class AssessForm(Form):
    """The supervisor's level of one competency, 0 (not mastered) to 5."""

    level = forms.TypedChoiceField(
        label="Level",
        choices=LEVELS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih satu level, 0 sampai 5."},
    )
    day = DayField(label="Tanggal penilaian")
    note = forms.CharField(
        label="Catatan untuk yang bersangkutan",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Apa yang sudah terlihat dan apa yang masih perlu, dengan contoh.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"day": timezone.localdate()})
        super().__init__(*args, **kwargs)

    def found(self, competency: Competency) -> Found:
        data = self.cleaned_data
        return Found(competency, data["level"], data["day"], Method.SUPERVISOR, note=data["note"])


class SelfForm(Form):
    """One's own view of every competency that the post asks for; what is left out stays as it was."""

    def __init__(self, data: Any = None, *, profile: Profile) -> None:
        super().__init__(data)
        self.lines = [line for line in profile.lines if line.required is not None]
        for line in self.lines:
            self.fields[_name(line)] = forms.TypedChoiceField(
                choices=LEVELS,
                coerce=int,
                required=False,
                empty_value=None,
                widget=forms.RadioSelect,
                initial=line.own_view,
                error_messages={"invalid_choice": "Pilih satu level, 0 sampai 5."},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.found():
            raise forms.ValidationError("Pilih level untuk paling sedikit satu kompetensi.", code="nothing")
        return cleaned

    def rows(self) -> list[tuple[Line, forms.BoundField]]:
        """Each competency with its field, in the order of the page."""
        return [(line, self[_name(line)]) for line in self.lines]

    def found(self) -> list[Found]:
        """What was chosen, as of today (WITA)."""
        today = timezone.localdate()
        chosen = [(line.competency, self.cleaned_data.get(_name(line))) for line in self.lines]
        return [Found(one, level, today, Method.SELF) for one, level in chosen if level is not None]


def _name(line: Line) -> str:
    return f"c{line.competency.pk}"


class ReviewForm(Form):
    reason = forms.CharField(
        label="Apa yang baru?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Sebutkan pekerjaan, pelatihan, atau hasil yang menunjukkan level Anda sekarang.",
    )


class DeclineForm(Form):
    reason = forms.CharField(
        label="Mengapa belum perlu dinilai ulang?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Terlihat oleh yang bersangkutan. Sebutkan apa yang masih perlu ditunjukkan.",
    )
