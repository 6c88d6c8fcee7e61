"""The page on which a programme is kept."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import formset_factory

from asnportal.common.forms import Form, ModelForm, TickedField
from asnportal.people.models import Employee, Position, Rank
from competency.models import Competency, LearningForm
from training.models import Programme, Provider, Topic
from training.services.programme import CompetencyLine, Contents, SubjectLine


class ProviderField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Whole names: abbreviations of far universities say nothing to who chooses."""

    def label_from_instance(self, obj: Provider) -> str:
        return obj.name


class ProgrammeForm(ModelForm):
    eligible_kinds = forms.MultipleChoiceField(
        label="Status kepegawaian yang boleh ikut",
        choices=Employee.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kosongkan bila semua boleh.",
    )
    eligible_groups = forms.MultipleChoiceField(
        label="Kelompok jabatan yang boleh ikut",
        choices=[(group.value, group.label.capitalize()) for group in Position.Group],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kosongkan bila semua boleh.",
    )
    min_rank = forms.ModelChoiceField(
        label="Golongan terendah PNS",
        queryset=Rank.objects.filter(scale=Rank.Scale.PNS),
        required=False,
        empty_label="Tanpa batas",
    )
    min_rank_pppk = forms.ModelChoiceField(
        label="Golongan terendah PPPK",
        queryset=Rank.objects.filter(scale=Rank.Scale.PPPK),
        required=False,
        empty_label="Tanpa batas",
        help_text="Golongan PPPK dan PNS tidak dapat dibandingkan, jadi batasnya sendiri-sendiri.",
    )
    form = forms.ModelChoiceField(
        label="Bentuk", queryset=LearningForm.objects.filter(is_active=True), empty_label="Pilih bentuk"
    )
    provider = ProviderField(
        label="Penyelenggara", queryset=Provider.objects.order_by("name"), empty_label="Pilih penyelenggara"
    )
    topics = TickedField(
        label="Topik", queryset=Topic.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Programme
        fields = [
            "title",
            "summary",
            "description",
            "form",
            "family",
            "jp",
            "duration_days",
            "mode",
            "abroad",
            "provider",
            "topics",
            "audience",
            "eligible_kinds",
            "eligible_groups",
            "min_rank",
            "min_rank_pppk",
            "usual_quota",
            "certificate_kind",
            "is_active",
        ]
        widgets = {"description": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "title": "Tulis manfaatnya, bukan tema besarnya.",
            "summary": "Satu kalimat yang tampil di kartu katalog.",
            "description": "Boleh memakai Markdown: daftar, **tebal**, tautan.",
            "jp": "JP materi: satu JP 45 menit, bilangan bulat.",
        }
        error_messages = {
            "title": {
                "required": "Tulis judul pelatihan.",
                "max_length": "Judul paling panjang 200 karakter.",
            },
            "jp": {"required": "Tulis jumlah JP.", "min_value": "Jumlah JP harus lebih dari 0."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].empty_label = "Pilih bentuk"  # type: ignore[attr-defined]
        self.fields["provider"].empty_label = "Pilih penyelenggara"  # type: ignore[attr-defined]

    def clean_jp(self) -> int:
        jp: int = self.cleaned_data["jp"]
        if jp < 1:
            raise forms.ValidationError("Jumlah JP harus lebih dari 0.")
        return jp


class SubjectForm(Form):
    title = forms.CharField(label="Mata pelatihan", max_length=200)
    minutes = forms.IntegerField(label="Menit", min_value=0, max_value=100_000, required=False)
    jp = forms.IntegerField(label="JP", min_value=0, max_value=1_500, required=False)
    speaker = forms.CharField(label="Narasumber", max_length=200, required=False)

    def line(self) -> SubjectLine:
        clean = self.cleaned_data
        minutes = clean["minutes"] or 0
        jp = clean["jp"] if clean["jp"] is not None else minutes // 45
        return SubjectLine(title=clean["title"], minutes=minutes, jp=jp, speaker=clean["speaker"])


class CompetencyForm(Form):
    competency = forms.ModelChoiceField(
        label="Kompetensi", queryset=Competency.objects.all(), empty_label="Pilih kompetensi"
    )
    level = forms.TypedChoiceField(
        label="Menuju level", choices=[(n, str(n)) for n in range(1, 6)], coerce=int, initial=1
    )

    def line(self) -> CompetencyLine:
        return CompetencyLine(self.cleaned_data["competency"], self.cleaned_data["level"])


SubjectFormSet = formset_factory(SubjectForm, extra=3, can_delete=True, max_num=60, absolute_max=60)
CompetencyFormSet = formset_factory(CompetencyForm, extra=2, can_delete=True, max_num=20, absolute_max=20)


class ProgrammeForms:
    """The programme with its two lists, as one form with one error summary."""

    def __init__(self, data: Any = None, *, programme: Programme | None = None) -> None:
        self.main = ProgrammeForm(data, instance=programme)
        subjects = list(programme.subjects.values("title", "minutes", "jp", "speaker")) if programme else []
        levels = list(programme.competencies.values("competency", "level")) if programme else []
        self.subjects = SubjectFormSet(data, prefix="mapel", initial=subjects)
        self.competencies = CompetencyFormSet(data, prefix="komp", initial=levels)

    def is_valid(self) -> bool:
        """What is wrong in a line is told above the form too, with the line's number."""
        sound = all([self.main.is_valid(), self.subjects.is_valid(), self.competencies.is_valid()])
        for title, lines in (("Mata pelatihan", self.subjects), ("Kompetensi", self.competencies)):
            for number, line in enumerate(lines, 1):
                for sentence in (error for errors in line.errors.values() for error in errors):
                    self.main.add_error(None, f"{title} baris {number}: {sentence}")
        return sound

    def add_error(self, field: str | None, error: str, /) -> None:
        self.main.add_error(field, error)

    def values(self) -> dict[str, Any]:
        return {name: self.main.cleaned_data[name] for name in self.main.Meta.fields}

    def contents(self) -> Contents:
        return Contents(
            subjects=tuple(form.line() for form in self._kept(self.subjects)),
            competencies=tuple(form.line() for form in self._kept(self.competencies)),
        )

    @staticmethod
    def _kept(formset: Any) -> Iterator[Any]:
        for form in formset:
            if form.cleaned_data and not form.cleaned_data.get("DELETE"):
                yield form
