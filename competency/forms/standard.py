"""A new version of a post's standard; and the description of one level of a competency."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from asnportal.common.forms import DayField, Form
from competency.models import Competency, StandardItem

LEVELS = [("", "Tidak diminta"), *((str(n), str(n)) for n in range(1, 6))]


class StandardForm(Form):
    """Every competency of the dictionary with the level it asks, 1 to 5, or nothing."""

    since = DayField(label="Berlaku sejak")
    legal_basis = forms.CharField(
        label="Dasar hukum",
        max_length=200,
        required=False,
        help_text="Nomor dan tanggal keputusan penetapannya.",
    )

    def __init__(self, data: Any = None, *, kept: dict[int, StandardItem]) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"since": today})
        self.competencies = list(Competency.objects.order_by("code"))
        self.importance = {pk: item.importance for pk, item in kept.items()}
        for one in self.competencies:
            asked = kept.get(one.pk)
            self.fields[f"c{one.pk}"] = forms.TypedChoiceField(
                label=one.name,
                choices=LEVELS,
                coerce=int,
                empty_value=None,
                required=False,
                initial=str(asked.level) if asked else "",
                error_messages={"invalid_choice": "Level standar harus 1 sampai 5."},
            )

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The level fields by family, in the order of the dictionary."""
        for family, words in Competency.Family.choices:
            yield str(words), [self[f"c{one.pk}"] for one in self.competencies if one.family == family]

    def version(self) -> tuple[dict[int, tuple[int, str]], date, str]:
        """Levels by competency id, the first day (WITA) and the legal basis."""
        levels = {
            one.pk: (self.cleaned_data[f"c{one.pk}"], self.importance.get(one.pk, ""))
            for one in self.competencies
            if self.cleaned_data.get(f"c{one.pk}")
        }
        return levels, self.cleaned_data["since"], self.cleaned_data["legal_basis"]


class DescriptionForm(Form):
    """The five descriptions of one competency; a changed one holds from today on."""

    name = forms.CharField(label="Nama", max_length=150)
    definition = forms.CharField(label="Definisi", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    level_1 = forms.CharField(label="Level 1", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    level_2 = forms.CharField(label="Level 2", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    level_3 = forms.CharField(label="Level 3", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    level_4 = forms.CharField(label="Level 4", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    level_5 = forms.CharField(label="Level 5", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class TableForm(Form):
    """One of the csv tables, in the layout of its export."""

    KINDS = (
        ("kompetensi", "Kamus kompetensi"),
        ("standar", "Standar jabatan"),
        ("penilaian", "Hasil penilaian"),
        ("kinerja", "Predikat kinerja"),
        ("disiplin", "Hukuman disiplin"),
        ("indeks", "IP ASN resmi dari SIASN"),
    )

    isi = forms.ChoiceField(label="Isi berkas", choices=KINDS, widget=forms.RadioSelect)
    berkas = forms.FileField(
        label="Berkas csv",
        help_text="Susunan kolomnya seperti berkas unduhan di halaman ini. Paling besar 25 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv"}),
        error_messages={"required": "Pilih berkasnya."},
    )
