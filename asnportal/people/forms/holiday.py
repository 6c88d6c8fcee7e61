"""A day on which the offices are closed."""

from datetime import date

from django import forms

from asnportal.common.dates import Span
from asnportal.common.forms import DayField, Form


class HolidayForm(Form):
    day = DayField(label="Tanggal", span=Span(date(2020, 1, 1), date(2099, 12, 31)))
    name = forms.CharField(label="Nama hari libur", max_length=120)
