"""What narrows a report; read leniently: what is no choice falls back to the first (TRUST B47, B48)."""

from collections.abc import Sequence
from typing import Any

from django import forms

KINDS = (("pns", "PNS dan CPNS"), ("pppk", "PPPK dan PPPK paruh waktu"))


class ReportFilter(forms.Form):
    tahun = forms.TypedChoiceField(label="Tahun", coerce=int)
    kelompok = forms.ChoiceField(label="Status kepegawaian", choices=KINDS)
    unit = forms.ChoiceField(label="Unit", required=False)

    def __init__(
        self, data: Any, *, years: Sequence[int], units: Sequence[tuple[str, str]], everything: str
    ) -> None:
        """``units`` are pairs of code and name, ``everything`` the words for all of them."""
        first = {"tahun": str(years[0]), "kelompok": "pns", "unit": ""}
        super().__init__({name: data.get(name) or first[name] for name in first})
        self.fields["tahun"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", everything), *units]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        first = {"tahun": int(self.fields["tahun"].choices[0][0]), "kelompok": "pns", "unit": ""}  # type: ignore[attr-defined]
        return {name: self.cleaned_data.get(name) or value for name, value in first.items()}
