"""The few words that go with a request, a withdrawal or a decision."""

from typing import Any

from django import forms

from asnportal.common.forms import Form

LENGTH = 300


def reason_field(label: str, **extra: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LENGTH, widget=forms.Textarea({"rows": 3}), **extra)


class RequestForm(Form):
    reason = reason_field("Alasan mengikuti", required=False)


class ReasonForm(Form):
    """A verb that needs a reason; ``missing`` is the sentence for an empty one."""

    reason = reason_field("Alasan")

    def __init__(self, *args: Any, missing: str, label: str = "Alasan", hint: str = "", **extra: Any) -> None:
        super().__init__(*args, **extra)
        field = self.fields["reason"]
        field.error_messages["required"] = missing
        field.label, field.help_text = label, hint
