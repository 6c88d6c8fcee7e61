"""A unit's page, and who heads it."""

from typing import Any

from django import forms

from asnportal.common.forms import DayField, Form, ModelForm
from asnportal.common.invalid import Invalid
from asnportal.common.text import clean_line
from asnportal.people.forms.employee import indented
from asnportal.people.forms.field import EmployeeField, LineField
from asnportal.people.models import Unit, UnitHead
from asnportal.people.services.unit import Term


class UnitForm(ModelForm):
    name = LineField(label="Nama", max_length=200)
    short_name = LineField(label="Singkatan", max_length=60, required=False)
    kind = LineField(label="Jenis", max_length=60, required=False, help_text="Misalnya Dinas, Bidang, UPTD.")
    aliases = forms.CharField(
        label="Ejaan lain",
        required=False,
        help_text="Satu baris satu ejaan, seperti yang muncul di berkas pegawai.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    contact_name = LineField(label="Nama admin unit", max_length=150, required=False)
    contact_phone = LineField(
        label="Telepon admin unit",
        max_length=30,
        required=False,
        help_text="Tampil di halaman Bantuan pegawai unit ini.",
    )

    class Meta:
        model = Unit
        fields = [
            "name",
            "short_name",
            "kind",
            "parent",
            "aliases",
            "contact_name",
            "contact_phone",
            "is_active",
        ]
        labels = {"parent": "Unit di atasnya", "is_active": "Unit masih aktif"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].empty_label = "Tidak ada, ini puncaknya"  # type: ignore[attr-defined]
        self.fields["parent"].queryset = Unit.objects.filter(is_active=True).order_by("path")  # type: ignore[attr-defined]
        self.fields["parent"].label_from_instance = indented  # type: ignore[attr-defined]
        self.initial["aliases"] = "\n".join(self.instance.aliases)

    def clean_aliases(self) -> list[str]:
        try:
            lines = [clean_line(line) for line in self.cleaned_data["aliases"].splitlines()]
        except Invalid as invalid:
            raise forms.ValidationError(invalid.message, code=invalid.code) from invalid
        return [line for line in lines if line]

    def clean_contact_phone(self) -> str:
        """Offices have numbers with area codes and extensions: digits enough to be dialled, no letters."""
        typed: str = self.cleaned_data["contact_phone"]
        digits = [char for char in typed if char.isdigit()]
        if typed and (len(digits) < 6 or any(char not in "0123456789 +-()./" for char in typed)):
            raise forms.ValidationError("Nomor telepon tidak valid. Contoh: (0541) 123-4567.", code="phone")
        return typed

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NewUnitForm(UnitForm):
    code = forms.CharField(
        label="Kode", max_length=30, help_text="Seperti di susunan organisasi, misalnya 03.02."
    )

    class Meta(UnitForm.Meta):
        fields = ["code", *UnitForm.Meta.fields]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not all(char.isascii() and (char.isalnum() or char in ".-_") for char in code):
            raise forms.ValidationError(
                "Kode hanya boleh berisi huruf, angka, titik, dan tanda hubung.", code="code"
            )
        return code


class HeadForm(Form):
    employee = EmployeeField(label="NIP kepala")
    kind = forms.ChoiceField(label="Sebagai", choices=UnitHead.Kind.choices)
    since = DayField(label="Sejak")
    until = DayField(label="Sampai", required=False, help_text="Kosongkan bila belum ditentukan.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Tanggal selesai harus sama dengan atau setelah tanggal mulai.")
        if cleaned.get("kind") in (UnitHead.Kind.PLT, UnitHead.Kind.PLH) and since and not until:
            self.add_error("until", "Tulis sampai kapan: Plt. dan Plh. selalu berbatas waktu.")
        return cleaned

    def term(self) -> Term:
        return Term(self.cleaned_data["kind"], self.cleaned_data["since"], self.cleaned_data["until"])
