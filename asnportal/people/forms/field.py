"""Fields that several forms of people share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from asnportal.common.invalid import Invalid
from asnportal.common.nip import format_nip, parse_nip
from asnportal.common.phone import parse_phone
from asnportal.common.text import clean_line
from asnportal.people.models import Employee


class LineField(forms.CharField):
    """One line of free text: single spaces, no line break."""

    def clean(self, value: Any) -> str:
        try:
            return clean_line(super().clean(value))
        except Invalid as invalid:
            raise ValidationError(invalid.message, code=invalid.code) from invalid


class NipField(forms.CharField):
    """The 18 digits, however they were typed (TRUST B01-B08)."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**{"max_length": 60, "label": "NIP", "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return parse_nip(typed, status=None, today=localdate()).number
        except Invalid as invalid:
            raise ValidationError(invalid.message, code=invalid.code) from invalid

    def prepare_value(self, value: Any) -> Any:
        return format_nip(value) if isinstance(value, str) else value


class EmployeeField(NipField):
    """Somebody named by the NIP; cleans to the employee, or None where it may be left empty."""

    def clean(self, value: Any) -> Employee | None:  # type: ignore[override]
        number = super().clean(value)
        if not number:
            return None
        found = Employee.objects.active().select_related("user", "unit").filter(nip=number).first()
        if found is None:
            raise ValidationError("Tidak ada pegawai aktif dengan NIP ini.", code="unknown")
        return found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Employee.objects.filter(pk=value).values_list("nip", flat=True).first() or ""
        return super().prepare_value(value)


class PhoneField(forms.CharField):
    """Kept as +62… (TRUST B36)."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
        super().__init__(**{"max_length": 40, "label": "Nomor telepon", "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        try:
            return parse_phone(super().clean(value))
        except Invalid as invalid:
            raise ValidationError(invalid.message, code=invalid.code) from invalid


class MailField(forms.EmailField):
    """An address in plain letters (TRUST B35): Django's own pattern lets a dotless i pass."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "email"})
        super().__init__(**{"max_length": 254, "label": "Email", "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value)).lower()
        if not typed.isascii():
            raise ValidationError("Alamat email tidak valid.", code="invalid")
        return typed
