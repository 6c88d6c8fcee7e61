"""How the heat map is narrowed."""

from typing import Any

from django import forms

from asnportal.people.models import Employee
from competency.models import Competency
from competency.queries.heat import Heat
from competency.queries.heat_table import choices


class HeatFilter(forms.Form):
    """Read leniently: what is no choice is left out (TRUST B47, B48). ``kompetensi`` is one competency alone."""

    bidang = forms.ChoiceField(label="Bidang", required=False)
    jenis = forms.ChoiceField(
        label="Status kepegawaian", choices=[("", "Semua status"), *Employee.Kind.choices], required=False
    )
    kelompok = forms.ChoiceField(label="Kompetensi", required=False)
    kurang = forms.BooleanField(label="Hanya yang kurang", required=False)
    kompetensi = forms.IntegerField(required=False, min_value=1, max_value=10**9, widget=forms.HiddenInput)

    def __init__(self, *args: Any, heat: Heat, narrows_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heat = heat
        parts = [("", "Semua bidang"), *((part.code, part.name) for part in heat.parts)]
        self.fields["bidang"].choices = parts  # type: ignore[attr-defined]
        self.fields["kelompok"].choices = choices(heat)  # type: ignore[attr-defined]
        if not narrows_people:  # two figures of slightly different groups would tell of the few between them
            del self.fields["bidang"], self.fields["jenis"]
        elif len(heat.parts) < 2:
            del self.fields["bidang"]

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None, False)}

    def only(self) -> Competency | None:
        """The one competency that is asked for, where somebody's post asks it."""
        self.is_valid()
        one = self.heat.competencies.get(str(self.cleaned_data.get("kompetensi")))
        return one if one in self.heat.asked else None
