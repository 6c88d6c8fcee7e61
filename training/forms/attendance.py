"""Marks of a page of people, and the reason for opening a closed list."""

import re
from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from asnportal.common.forms import Form
from training.models import Attendance

_FIELD = re.compile(r"k(\d{1,18})")


def read_marks(data: Mapping[str, str]) -> dict[int, str]:
    """Marks by enrolment id from the fields ``k<id>``; anything else that was sent is not read."""
    found = ((_FIELD.fullmatch(name), value) for name, value in data.items())
    return {int(field[1]): value for field, value in found if field and value in Attendance.Mark.values}


class ReopenForm(Form):
    reason = forms.CharField(
        label=_("Alasan membuka kembali"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
