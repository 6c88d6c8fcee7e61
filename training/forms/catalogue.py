"""What somebody looks for in the catalogue, from the address line. Wrong values are named and left out."""

import re

from django import forms

from asnportal.common.forms import Form
from training.queries.catalogue import Facets, Wish

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905
JP_CHOICES = [
    ("", "Berapa saja"),
    ("1-4", "1–4 JP"),
    ("5-10", "5–10 JP"),
    ("11-20", "11–20 JP"),
    ("21-", "21 JP ke atas"),
]
JP_RANGES = {"1-4": (1, 4), "5-10": (5, 10), "11-20": (11, 20), "21-": (21, None)}


class CatalogueForm(Form):
    q = forms.CharField(
        label="Cari pelatihan",
        required=False,
        max_length=100,
        error_messages={"max_length": "Kata pencarian paling panjang 100 karakter."},
    )
    topik = forms.ChoiceField(label="Topik", required=False)
    bentuk = forms.ChoiceField(label="Bentuk", required=False)
    cara = forms.ChoiceField(label="Cara belajar", required=False)
    penyelenggara = forms.ChoiceField(label="Penyelenggara", required=False)
    kompetensi = forms.ChoiceField(label="Kompetensi", required=False)
    bulan = forms.ChoiceField(label="Mulai", required=False)
    jp = forms.ChoiceField(
        label="Jumlah JP",
        required=False,
        choices=[
            ("", "Berapa saja"),
            ("1-4", "1–4 JP"),
            ("5-10", "5–10 JP"),
            ("11-20", "11–20 JP"),
            ("21-", "21 JP ke atas"),
        ],
    )
    buka = forms.BooleanField(label="Pendaftaran sedang dibuka", required=False)

    def __init__(self, data: object, *, facets: Facets, months: list[tuple[int, int]]) -> None:
        super().__init__(data)
        fill = {
            "topik": ("Semua topik", facets.topics),
            "bentuk": ("Semua bentuk", facets.forms),
            "cara": ("Semua cara", facets.modes),
            "penyelenggara": ("Semua penyelenggara", facets.providers),
            "kompetensi": ("Semua kompetensi", facets.competencies),
            "bulan": ("Kapan saja", [(f"{y}-{m:02}", f"{MONTHS[m - 1]} {y}") for y, m in months]),
        }
        for name, (anything, choices) in fill.items():
            self.fields[name].choices = [("", anything), *choices]  # type: ignore[attr-defined]

    def wish(self) -> Wish:
        """What was understood; call is_valid() first. Fields with errors count as empty."""
        clean = self.cleaned_data
        least, most = JP_RANGES.get(clean.get("jp", ""), (None, None))
        month = re.fullmatch(r"(\d{4})-(\d{2})", clean.get("bulan", ""))
        return Wish(
            words=clean.get("q", ""),
            topic=clean.get("topik", ""),
            form=clean.get("bentuk", ""),
            mode=clean.get("cara", ""),
            provider=clean.get("penyelenggara", ""),
            competency=clean.get("kompetensi", ""),
            jp_least=least,
            jp_most=most,
            month=(int(month[1]), int(month[2])) if month else None,
            only_open=bool(clean.get("buka")),
        )

    def chosen(self) -> list[tuple[str, str]]:
        """(field, words) of every active filter, for the chips."""
        found = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value and isinstance(field, forms.ChoiceField):
                found.append((name, str(dict(field.choices)[value])))  # type: ignore[arg-type]
            elif value:
                found.append((name, f"“{value}”" if name == "q" else str(field.label)))
        return found
