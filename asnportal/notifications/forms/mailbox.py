"""The search above the mailbox: forgiving, a GET form that never refuses."""

from dataclasses import dataclass

from django import forms

from asnportal.common.forms import Form
from asnportal.notifications.queries.mailbox import LABELS


@dataclass(frozen=True)
class Wish:
    state: str = ""
    words: str = ""


class MailboxForm(Form):
    keadaan = forms.ChoiceField(choices=tuple(LABELS.items()), required=False)
    q = forms.CharField(max_length=100, required=False)

    def wish(self) -> Wish:
        """What was asked for; what cannot be understood counts as not asked."""
        self.is_valid()
        cleaned = self.cleaned_data
        return Wish(state=cleaned.get("keadaan", ""), words=cleaned.get("q", ""))
