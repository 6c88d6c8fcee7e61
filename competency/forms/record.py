"""Finding and deciding imported trainings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from asnportal.common.forms import Form
from competency.models import TrainingRecord

STATES = [
    (TrainingRecord.Status.WAITING, _("Menunggu")),
    (TrainingRecord.Status.VERIFIED, _("Terverifikasi")),
    (TrainingRecord.Status.REJECTED, _("Ditolak")),
]


class RecordListForm(Form):
    q = forms.CharField(label=_("Cari riwayat"), max_length=100, required=False)
    keadaan = forms.ChoiceField(label=_("Keadaan"), choices=STATES, required=False)


class RejectForm(Form):
    reason = forms.CharField(
        label=_("Alasan penolakan"),
        max_length=250,
        help_text=_("Terbaca oleh pegawai yang bersangkutan."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
