"""Giving a role, and how the list of accounts is narrowed."""

from typing import Any

from django import forms

from asnportal.common.forms import Form
from asnportal.people.forms.employee import indented
from asnportal.people.forms.field import LineField
from asnportal.people.models import RoleGrant, Unit


class GrantForm(Form):
    role = forms.ChoiceField(label="Peran")
    unit = forms.ModelChoiceField(
        label="Unit",
        queryset=Unit.objects.filter(is_active=True).order_by("path"),
        required=False,
        empty_label="Tanpa unit",
        help_text="Hanya untuk Admin unit.",
    )

    def __init__(self, *args: Any, roles: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, RoleGrant.Role(role).label) for role in roles]  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = indented  # type: ignore[attr-defined]


class ReasonForm(Form):
    reason = LineField(label="Alasan", max_length=200)


class AccountFilter(forms.Form):
    q = forms.CharField(label="Cari akun", max_length=100, required=False)
    peran = forms.ChoiceField(
        label="Peran",
        choices=[("", "Semua akun"), ("ada", "Yang punya peran"), *RoleGrant.Role.choices],
        required=False,
    )
    keadaan = forms.ChoiceField(
        label="Keadaan",
        choices=[("", "Semua keadaan"), ("aktif", "Aktif"), ("ditutup", "Ditutup")],
        required=False,
    )

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
