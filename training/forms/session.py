"""The page on which a session (jadwal) is made or changed."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from asnportal.common.forms import CostField, DayField, Form, LinkField, ModelForm, WholeNumberField
from training.models import Mode, Session
from training.services.schedule import WITA, Pattern

WEEKDAYS = [(0, "Senin"), (1, "Selasa"), (2, "Rabu"), (3, "Kamis"), (4, "Jumat"), (5, "Sabtu"), (6, "Minggu")]
PERCENT_SENTENCE = "Kehadiran minimal harus antara 0 dan 100."
QUOTA_SENTENCE = "Kuota harus angka 1 sampai 10.000."


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def date_field(label: str, **extra: Any) -> DayField:
    return DayField(label=label, error_messages={"required": f"Isi {label.lower()}."}, **extra)


def quota_field() -> WholeNumberField:
    return WholeNumberField(
        label="Kuota",
        min_value=1,
        max_value=10_000,
        error_messages={
            "min_value": QUOTA_SENTENCE,
            "max_value": QUOTA_SENTENCE,
            "invalid": "Kuota harus bilangan bulat 1 sampai 10.000.",
            "required": QUOTA_SENTENCE,
        },
    )


def moment_field(label: str, **extra: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=MomentInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H.%M"],
        error_messages={"invalid": "Tulis tanggal dan jam, contoh 13/02/2026 16:00."},
        **extra,
    )


class RulesForm(ModelForm):
    """Dates, place, window, approval and rule of one session. The quota is its own act (seats are promoted)."""

    start = date_field("Tanggal mulai")
    end = date_field("Tanggal selesai")
    registration_opens = moment_field("Pendaftaran dibuka", required=False)
    registration_closes = moment_field("Pendaftaran ditutup")
    link = LinkField(label="Tautan pertemuan")
    min_attendance_pct = WholeNumberField(
        label="Kehadiran minimal (%)",
        min_value=0,
        max_value=100,
        initial=80,
        error_messages={
            "min_value": PERCENT_SENTENCE,
            "max_value": PERCENT_SENTENCE,
            "invalid": PERCENT_SENTENCE,
            "required": PERCENT_SENTENCE,
        },
    )
    cost = CostField()

    class Meta:
        model = Session
        fields = [
            "start",
            "end",
            "mode",
            "place",
            "link",
            "registration_opens",
            "registration_closes",
            "approval",
            "min_attendance_pct",
            "contact_name",
            "contact_phone",
            "cost",
            "notes",
            "signatory_name",
            "signatory_title",
            "second_signatory_name",
            "second_signatory_title",
        ]
        widgets = {"notes": forms.Textarea(attrs={"rows": 3}), "approval": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        clean: dict[str, Any] = super().clean() or {}
        start, end, closes = clean.get("start"), clean.get("end"), clean.get("registration_closes")
        if start and end and end < start:
            self.add_error("end", "Tanggal selesai tidak boleh sebelum tanggal mulai.")
        if start and closes and closes.astimezone(WITA).date() > start:
            self.add_error("registration_closes", "Batas pendaftaran harus sebelum tanggal mulai.")
        opens = clean.get("registration_opens")
        if opens and closes and opens >= closes:
            self.add_error("registration_opens", "Pendaftaran harus dibuka sebelum ditutup.")
        return clean


class NewSessionForm(RulesForm):
    """A new session: its meetings come from a range of days; start and end follow from them."""

    quota = quota_field()
    weekdays = forms.TypedMultipleChoiceField(
        label="Hari",
        choices=WEEKDAYS,
        coerce=int,
        initial=[0, 1, 2, 3, 4],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih paling sedikit satu hari."},
    )
    starts = forms.TimeField(
        label="Mulai (WITA)",
        widget=TimeInput(),
        initial=time(8),
        error_messages={"invalid": "Jam tidak valid."},
    )
    ends = forms.TimeField(
        label="Selesai (WITA)",
        widget=TimeInput(),
        initial=time(16),
        error_messages={"invalid": "Jam tidak valid."},
    )

    def clean_start(self) -> Any:
        start = self.cleaned_data["start"]
        if start < timezone.localdate():
            raise forms.ValidationError("Tanggal mulai sudah lewat.")
        return start

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        starts, ends = clean.get("starts"), clean.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "Jam selesai harus setelah jam mulai.")
        return clean

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "quota")}

    def pattern(self) -> Pattern:
        clean = self.cleaned_data
        return Pattern(
            first=clean["start"],
            last=clean["end"],
            weekdays=frozenset(clean["weekdays"]),
            starts=clean["starts"],
            ends=clean["ends"],
            place=clean["place"],
            link=clean["link"],
        )


class MeetingForm(Form):
    """One meeting, changed or added by itself."""

    day = date_field("Tanggal")
    starts = forms.TimeField(
        label="Mulai (WITA)", widget=TimeInput(), error_messages={"invalid": "Jam tidak valid."}
    )
    ends = forms.TimeField(
        label="Selesai (WITA)", widget=TimeInput(), error_messages={"invalid": "Jam tidak valid."}
    )
    place = forms.CharField(label="Tempat", max_length=200, required=False)
    link = LinkField(label="Tautan")
    topic = forms.CharField(label="Pokok bahasan", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        clean: dict[str, Any] = super().clean() or {}
        if clean.get("starts") and clean.get("ends") and clean["ends"] <= clean["starts"]:
            self.add_error("ends", "Jam selesai harus setelah jam mulai.")
        return clean

    def values(self) -> dict[str, Any]:
        clean = self.cleaned_data
        moments = {
            f"{name}_at": datetime.combine(clean["day"], clean[name], WITA) for name in ("starts", "ends")
        }
        return moments | {name: clean[name] for name in ("place", "link", "topic")}


class CloneForm(Form):
    start = date_field("Tanggal mulai yang baru")

    def clean_start(self) -> Any:
        start = self.cleaned_data["start"]
        if start < timezone.localdate():
            raise forms.ValidationError("Tanggal mulai sudah lewat.")
        return start


class QuotaForm(Form):
    quota = quota_field()


class CancelForm(Form):
    reason = forms.CharField(
        label="Alasan pembatalan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasan pembatalan. Semua peserta membacanya."},
    )


class SessionListForm(Form):
    """The filter of BKPSDM's list of sessions."""

    q = forms.CharField(label="Cari jadwal", required=False, max_length=100)
    keadaan = forms.ChoiceField(label="Keadaan", required=False)
    cara = forms.ChoiceField(label="Cara", required=False, choices=[("", "Semua cara"), *Mode.choices])

    def __init__(self, data: object) -> None:
        super().__init__(data)
        self.fields["keadaan"].choices = [  # type: ignore[attr-defined]
            ("", "Semua keadaan"),
            ("draft", "Draf"),
            ("coming", "Akan datang"),
            ("running", "Berjalan"),
            ("unclosed", "Kehadiran belum ditutup"),
            ("ended", "Sudah lewat, belum ditutup"),
            ("finished", "Selesai"),
            ("uncertified", "Sertifikat belum terbit"),
            ("cancelled", "Dibatalkan"),
        ]
