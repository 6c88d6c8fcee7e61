"""The officer's search box."""

from django import forms

from asnportal.common.forms import Form

SHORT = "Tulis paling sedikit 2 huruf atau angka."


class SearchForm(Form):
    q = forms.CharField(
        label="Cari",
        required=False,
        min_length=2,
        max_length=100,
        error_messages={"min_length": SHORT, "max_length": "Kata pencarian paling panjang 100 karakter."},
    )
