"""The manners of every form: clean text in, sentences people understand out (DESIGN.md 9.3, TRUST.md 5)."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from asnportal.common import dates, text
from asnportal.common.invalid import Invalid
from asnportal.common.money import parse_cost

Parsed = TypeVar("Parsed")

GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ROW_ID = re.compile(r"[0-9]{1,18}")
MOST_RUPIAH = 10**13
DECIMAL = re.compile(r"-?\d+[.,]\d+")


class Manners:
    """Added in front of Django's own form classes; use `Form` and `ModelForm` below."""

    use_required_attribute = False  # the server's sentence is better than the browser's bubble
    fields: dict[str, forms.Field]
    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _speak(field)
            if _is_text(field):
                field.validators = [*field.validators, _storable]
        if self.is_bound:  # type: ignore[attr-defined]
            self.data = self._tidied()

    def _tidied(self) -> Any:
        """The data as sent, its text as imports would read it: NFC, single spaces, nothing invisible."""
        data = self.data.copy()
        for name, field in self.fields.items():
            key = self.add_prefix(name)  # type: ignore[attr-defined]
            if not _is_text(field) or isinstance(field, NameField) or key not in data:
                continue
            clean = text.clean_text if isinstance(field.widget, forms.Textarea) else text.clean_line
            if isinstance(data, QueryDict):
                data.setlist(key, [_tidy(value, clean) for value in data.getlist(key)])
            else:
                data[key] = _tidy(data[key], clean)
        return data


class Form(Manners, forms.Form):
    """Every form of ours that belongs to no single model."""


class ModelForm(Manners, forms.ModelForm):  # type: ignore[type-arg]
    """Every form of ours for a model; it cleans, a service saves."""


class NameField(forms.CharField):
    """A person's name, at most 150 characters (TRUST B25-B34)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": text.NAME_LENGTH, **kwargs})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return _parsed(text.clean_name, typed) if self.required or not text.is_blank(typed) else ""


class DayInput(forms.DateInput):
    """The browser's calendar; a plain line where what was typed is no day, so that it is kept to be mended."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        typed = context["widget"]["value"]
        context["widget"]["type"] = "date" if not typed or ISO_DAY.fullmatch(typed) else "text"
        return context


class DayField(forms.DateField):
    """A day, typed as offices write it or picked in the browser's calendar (TRUST B11-B14)."""

    widget = DayInput

    def __init__(self, *, span: dates.Span | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.span = span

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        return _parsed(lambda typed: dates.parse_date(typed, today=localdate(), span=self.span), value)


class LinkField(forms.URLField):
    """An address on the public web, https only (TRUST B37). Nothing is fetched from it, ever (T53)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", "required": False, "max_length": 200, **kwargs})

    def clean(self, value: Any) -> Any:
        typed = value.strip() if isinstance(value, str) else value
        if typed and not typed.startswith("https://"):
            raise ValidationError(
                _("Alamat tautan harus diawali https:// dan dapat diakses publik."), code="scheme"
            )
        return super().clean(typed)


class CostField(forms.CharField):
    """What it costs: a figure in rupiah or some words; empty where it costs nothing (TRUST B38)."""

    def __init__(self, **kwargs: Any) -> None:
        usual = {"label": "Biaya", "required": False, "max_length": 120}
        super().__init__(**{**usual, "help_text": "Kosongkan bila tanpa biaya.", **kwargs})

    def clean(self, value: Any) -> Any:
        return _parsed(parse_cost, super().clean(value))


class TickedField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Rows ticked in a list. What can be no row's id is no choice, also where the database fails on it (SQLite)."""

    def clean(self, value: Any) -> Any:
        if not all(ROW_ID.fullmatch(str(one)) for one in value or ()):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class WholeNumberField(forms.IntegerField):
    """A whole number as Indonesians write it: "10.000" is ten thousand (Django's own field reads 10)."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        typed = str(value).strip() if value is not None else ""
        if GROUPED.fullmatch(typed):
            typed = typed.replace(".", "")
        elif DECIMAL.fullmatch(typed):
            raise ValidationError(_("%s harus bilangan bulat.") % _label(self), code="decimal")
        return super().to_python(typed)


class RupiahField(WholeNumberField):
    """Whole rupiah, "Rp" and dots as people write them (TRUST B38)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": MOST_RUPIAH, "required": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        typed = str(value).strip() if value is not None else ""
        amount = typed.removesuffix(",-").removesuffix(",00")
        if amount[:2].lower() == "rp":
            amount = amount[2:].lstrip(". ")
        return super().to_python(amount.replace(" ", ""))


def _parsed(parse: Callable[[object], Parsed], value: Any) -> Parsed:
    """What the parser of imports makes of it; its sentence becomes the field's error."""
    try:
        return parse(value)
    except Invalid as invalid:
        raise ValidationError(invalid.message, code=invalid.code) from invalid


def _is_text(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)


def _label(field: forms.Field) -> str:
    return str(capfirst(field.label or _("Isian")))


def _tidy(value: Any, clean: Callable[..., str]) -> Any:
    """The text without what cannot be seen; what may not be stored stays, for the validator to refuse."""
    try:
        return clean(value, length=len(value) + 1) if isinstance(value, str) else value
    except Invalid:
        return value


def _storable(value: Any) -> None:
    """Refuses null bytes, control characters and halves of characters (TRUST B29)."""
    _parsed(lambda typed: text.clean_text(typed, length=len(str(typed)) + 1), value)


def _speak(field: forms.Field) -> None:
    """Indonesian sentences that name the field, wherever the form itself gave none."""
    usual = _class_messages(type(field))
    for code, sentence in _sentences(field).items():
        if field.error_messages.get(code) == usual.get(code):
            field.error_messages[code] = sentence


def _class_messages(kind: type) -> dict[str, Any]:
    """What the classes of a field say when nobody says otherwise."""
    messages: dict[str, Any] = {}
    for parent in reversed(kind.__mro__):
        messages.update(getattr(parent, "default_error_messages", {}))
    return messages


def _sentences(field: forms.Field) -> dict[str, str]:
    label = _label(field).replace("%", "%%")
    said = {
        "required": _("%s wajib diisi.") % _label(field),
        "max_length": _("%s paling panjang %%(limit_value)d karakter.") % label,
        "min_length": _("%s paling pendek %%(limit_value)d karakter.") % label,
        "null_characters_not_allowed": _("Isian berisi karakter yang tidak diizinkan."),
    }
    match field:
        case forms.FileField():
            said |= {"required": _("Pilih berkasnya."), "empty": _("Berkas kosong.")}
            said |= {"missing": _("Pilih berkasnya."), "invalid": _("Pilih berkasnya.")}
        case forms.ChoiceField() | forms.ModelChoiceField():
            gone = _("Pilihan tidak tersedia.")
            said |= {"required": _("%s wajib dipilih.") % _label(field), "invalid_choice": gone}
            said |= {"invalid_list": gone, "invalid_pk_value": gone}
        case forms.BooleanField():
            said["required"] = _("%s wajib dicentang.") % _label(field)
        case forms.IntegerField():
            said |= _number_sentences(field, label)
        case forms.EmailField():
            said["invalid"] = _("Alamat email tidak valid.")
        case forms.TimeField():
            said["invalid"] = _("Jam tidak valid.")
    return said


def _number_sentences(field: forms.IntegerField, label: str) -> dict[str, str]:
    """One sentence for everything outside the range, so that people read the range once (TRUST B21)."""
    low, high = field.min_value, field.max_value
    if low is None or high is None:
        return {"invalid": _("%s harus angka.") % label}
    both = {"low": f"{low:,}".replace(",", "."), "high": f"{high:,}".replace(",", ".")}
    sentence = label + " " + _("harus angka %(low)s sampai %(high)s.") % both
    return {"invalid": sentence, "min_value": sentence, "max_value": sentence}
