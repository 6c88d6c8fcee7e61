"""What officers write when they correct the ledger."""

from django import forms
from django.utils.translation import gettext_lazy as _

from asnportal.common.forms import Form


class ReverseForm(Form):
    reason = forms.CharField(label=_("Alasan"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
