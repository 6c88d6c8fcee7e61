"""Finding reports of the assessment centre, and giving their file."""

from django import forms

from asnportal.common.forms import Form
from competency.models import CentreReport

VALIDITY = [("", "Semua"), ("segera", "Habis dalam 90 hari"), ("lewat", "Sudah tidak berlaku")]


class CentreListForm(Form):
    q = forms.CharField(label="Cari laporan", max_length=100, required=False)
    tujuan = forms.ChoiceField(
        label="Tujuan", choices=[("", "Semua"), *CentreReport.Purpose.choices], required=False
    )
    berlaku = forms.ChoiceField(label="Masa berlaku", choices=VALIDITY, required=False)


class CentreFileForm(Form):
    berkas = forms.FileField(
        label="Berkas hasil",
        help_text="Satu orang satu baris, satu kolom untuk setiap kode kompetensi. xlsx atau csv, paling besar 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xls"}),
        error_messages={"required": "Pilih berkasnya.", "empty": "Berkas kosong."},
    )
