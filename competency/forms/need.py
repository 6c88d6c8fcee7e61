"""A need of an office, what the office has for it, and BKPSDM's reason."""

from typing import Any

from django import forms

from asnportal.common.dates import MONTHS
from asnportal.common.forms import Form, RupiahField, WholeNumberField
from competency.models import Competency, LearningForm, NeedLine, UnitNeed
from competency.services.need import Want

MONTH_CHOICES = list(enumerate(MONTHS["id"], 1))


def cost_field() -> RupiahField:
    return RupiahField(
        label="Biaya per orang", help_text="Perkiraan dalam rupiah: penyelenggaraan, perjalanan, uang harian."
    )


class NeedWordsForm(Form):
    """What an office may say about a line that comes from plans; the figures follow the plans."""

    title = forms.CharField(label="Kebutuhan", max_length=250)
    cost = cost_field()
    reason = forms.CharField(
        label="Alasan", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def want(self, line: NeedLine) -> Want:
        return Want(people=line.people, month=line.month, **self.cleaned_data)


class NeedLineForm(Form):
    """A need that stands in no plan."""

    title = forms.CharField(label="Kebutuhan", max_length=250, help_text="Apa yang perlu dikuasai.")
    competency = forms.ModelChoiceField(
        label="Kompetensi",
        queryset=Competency.objects.all(),
        required=False,
        empty_label="Tidak ada yang khusus",
    )
    form = forms.ModelChoiceField(
        label="Bentuk",
        queryset=LearningForm.objects.filter(is_active=True),
        required=False,
        empty_label="Diserahkan kepada BKPSDM",
    )
    people = WholeNumberField(label="Jumlah orang", min_value=1, max_value=10_000)
    month = forms.TypedChoiceField(label="Bulan sasaran", choices=MONTH_CHOICES, coerce=int, initial=12)
    jp = forms.DecimalField(
        label="JP per orang",
        min_value=0,
        max_value=2000,
        max_digits=6,
        decimal_places=2,
        localize=True,
        required=False,
    )
    cost = cost_field()
    reason = forms.CharField(
        label="Alasan",
        max_length=1000,
        help_text="Mengapa unit memerlukannya, misalnya tugas baru atau temuan.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def want(self, line: NeedLine | None = None) -> Want:
        data: dict[str, Any] = {**self.cleaned_data}
        data["jp"] = data["jp"] or 0
        return Want(**data)


class NeedScopeForm(Form):
    """Which plans are compiled."""

    scope = forms.ChoiceField(
        label="Rencana yang dihitung", choices=UnitNeed.Scope.choices, widget=forms.RadioSelect
    )


class NeedBudgetForm(Form):
    budget = RupiahField(label="Anggaran unit", help_text="Kosongkan bila belum diketahui.")
