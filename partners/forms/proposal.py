"""The one page on which a partner proposes, and the answer of BKPSDM."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone

from asnportal.common.dates import format_day_date
from asnportal.common.forms import CostField, Form, LinkField, ModelForm, WholeNumberField
from competency.models import LearningForm
from partners.models import Proposal
from partners.services.proposal import SubjectDraft
from training.forms.session import TimeInput, date_field, quota_field

PROPOSABLE = ("B6", "B7", "B8", "B10", "B11", "C3")


class ProposalForm(ModelForm):
    day = date_field("Tanggal")
    last_day = date_field("Sampai tanggal", required=False, help_text="Kosongkan bila satu hari.")
    other_day = date_field("Tanggal lain yang mungkin", required=False)
    quota = quota_field()
    link = LinkField(label="Tautan")
    cost = CostField()

    class Meta:
        model = Proposal
        fields = [
            "form",
            "title",
            "summary",
            "description",
            "day",
            "last_day",
            "other_day",
            "starts",
            "ends",
            "mode",
            "place",
            "link",
            "quota",
            "competencies",
            "topics",
            "contact_name",
            "contact_phone",
            "cost",
            "signatory_name",
            "signatory_title",
        ]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "description": forms.Textarea(attrs={"rows": 5}),
            "starts": TimeInput(),
            "ends": TimeInput(),
            "competencies": forms.CheckboxSelectMultiple(),
            "topics": forms.CheckboxSelectMultiple(),
        }
        help_texts = {
            "title": "Tulis manfaatnya, bukan tema besarnya.",
            "summary": "Dua atau tiga kalimat. Tampil di katalog.",
            "competencies": "Pilih paling banyak tiga. Ini yang membuat kegiatan Anda ditemukan orang yang tepat.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = LearningForm.objects.filter(code__in=PROPOSABLE, is_active=True)
        field: Any = self.fields["form"]
        field.empty_label = "Pilih bentuk"
        field.queryset = usual if usual.exists() else LearningForm.objects.filter(is_active=True)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError("Tanggal mulai sudah lewat.")
        return day

    def clean_competencies(self) -> Any:
        chosen = self.cleaned_data["competencies"]
        if len(chosen) > 3:
            raise forms.ValidationError("Pilih paling banyak tiga kompetensi.")
        return chosen

    def clean(self) -> dict[str, Any]:
        clean: dict[str, Any] = super().clean() or {}
        day, last = clean.get("day"), clean.get("last_day")
        if day and not last:
            clean["last_day"] = day
        if day and last and last < day:
            self.add_error("last_day", "Tanggal selesai tidak boleh sebelum tanggal mulai.")
        starts, ends = clean.get("starts"), clean.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "Jam selesai harus setelah jam mulai.")
        if clean.get("mode") in ("in_person", "blended") and not clean.get("place"):
            self.add_error("place", "Tulis tempat kegiatan.")
        return clean


class SubjectForm(Form):
    title = forms.CharField(label="Materi", max_length=200)
    speaker = forms.CharField(label="Narasumber", max_length=200)
    minutes = WholeNumberField(
        label="Menit",
        min_value=1,
        max_value=10_000,
        help_text="Tanpa istirahat. 45 menit = 1 JP.",
    )


SubjectFormSet = formset_factory(SubjectForm, extra=3, max_num=30, absolute_max=30, can_delete=True)


class ProposalForms:
    """The proposal with its subjects, as one form."""

    def __init__(self, data: Any = None, *, proposal: Proposal | None = None) -> None:
        self.main = ProposalForm(data, instance=proposal)
        lines = (
            list(proposal.subjects.values("title", "speaker", "minutes")) if proposal and proposal.pk else []
        )
        self.subjects = SubjectFormSet(data, prefix="materi", initial=lines)

    def is_valid(self) -> bool:
        if not all([self.main.is_valid(), self.subjects.is_valid()]):
            return False
        if not self.lines():
            self.main.add_error(None, "Tulis paling sedikit satu materi dengan narasumber dan menitnya.")
        return not self.main.errors

    def values(self) -> dict[str, Any]:
        return {name: self.main.cleaned_data[name] for name in self.main.Meta.fields}

    def lines(self) -> list[SubjectDraft]:
        return [SubjectDraft(**line) for line in self._kept()]

    def _kept(self) -> Iterator[dict[str, Any]]:
        for form in self.subjects:
            clean = dict(form.cleaned_data)
            if clean and not clean.pop("DELETE", False):
                yield clean


class AnswerForm(Form):
    """The decision of BKPSDM: accept, return or decline, with words for the partner."""

    keputusan = forms.ChoiceField(
        label="Keputusan",
        choices=[
            ("accept", "Setujui dan buat jadwal"),
            ("give_back", "Minta dilengkapi"),
            ("decline", "Tolak"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih keputusan."},
    )
    tanggal = forms.ChoiceField(label="Tanggal kegiatan", required=False)
    pesan = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        label="Pesan untuk mitra",
        max_length=500,
        required=False,
        help_text="Wajib bila minta dilengkapi atau menolak.",
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [day for day in (proposal.day, proposal.other_day) if day]
        self.fields["tanggal"].choices = [(f"{d:%Y-%m-%d}", format_day_date(d)) for d in days]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        clean: dict[str, Any] = super().clean() or {}
        if clean.get("keputusan") in ("give_back", "decline") and not clean.get("pesan"):
            self.add_error("pesan", "Tulis pesan untuk mitra: apa yang kurang, atau alasan yang membantu.")
        return clean

    @property
    def day(self) -> date | None:
        chosen = self.cleaned_data.get("tanggal")
        return date.fromisoformat(chosen) if chosen else None
