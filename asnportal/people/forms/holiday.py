"""Days on which the offices are closed: one, or a whole list pasted from the year's decree."""

import re
from datetime import date

from django import forms
from django.utils.timezone import localdate

from asnportal.common.dates import InvalidDate, Span, parse_date
from asnportal.common.forms import DayField, Form

SPAN = Span(date(2020, 1, 1), date(2099, 12, 31))
# "Sabtu, 26 Februari 2028; Idulfitri", "26-02-2028 Idulfitri", "2028-02-26, Idulfitri"
_LINE = re.compile(
    r"(?:[A-Za-z']+,?\s)?(\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]+)[-/. ]\d{4}|\d{4}-\d\d-\d\d)[\s;,:]+(.{1,120})"
)


class HolidayForm(Form):
    day = DayField(label="Tanggal", span=SPAN)
    name = forms.CharField(label="Nama hari libur", max_length=120)


class HolidayListForm(Form):
    """``cleaned_data["lines"]`` is the list of (day, name)."""

    lines = forms.CharField(
        label="Daftar hari libur",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Satu baris satu hari: tanggal; nama. Contoh: 10 Maret 2027; Idulfitri",
    )

    def clean_lines(self) -> list[tuple[date, str]]:
        lines = enumerate(self.cleaned_data["lines"].splitlines(), 1)
        return [_read(number, line) for number, line in lines if line.strip()]


def _read(number: int, line: str) -> tuple[date, str]:
    found = _LINE.fullmatch(line.strip())
    if found is None:
        raise forms.ValidationError(f"Baris {number}: tulis tanggal, titik koma, lalu nama hari liburnya.")
    try:
        return parse_date(found[1], today=localdate(), span=SPAN), found[2]
    except InvalidDate as error:
        raise forms.ValidationError(f"Baris {number}: {error.message}") from None
