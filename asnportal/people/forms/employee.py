"""The staff record on a page; how the list of people is narrowed; leaving."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate

from asnportal.common.dates import birth_span, career_span
from asnportal.common.forms import DayField, Form, ModelForm, NameField, TickedField
from asnportal.common.nip import nip_doubts, parse_nip
from asnportal.people.forms.field import EmployeeField, LineField, MailField, NipField, PhoneField
from asnportal.people.models import Employee, Unit
from asnportal.people.services.employee import DOUBLE


class EmployeeForm(ModelForm):
    nip = NipField(help_text="18 angka. Spasi boleh ditulis, kami rapikan.")
    name = NameField(label="Nama tanpa gelar")
    title_before = NameField(label="Gelar depan", max_length=60, required=False)
    title_after = NameField(label="Gelar belakang", max_length=90, required=False)
    birth_date = DayField(label="Tanggal lahir", required=False)
    rank_since = DayField(label="TMT golongan", required=False)
    position_since = DayField(label="TMT jabatan", required=False)
    appointed_on = DayField(label="TMT CPNS atau PPPK", required=False)
    contract_start = DayField(label="Awal kontrak", required=False)
    contract_end = DayField(label="Akhir kontrak", required=False)
    education = LineField(label="Pendidikan", max_length=60, required=False)
    legal_status = LineField(label="Kedudukan hukum", max_length=40, required=False)
    email = MailField(required=False, help_text="Yang tercatat di kantor, untuk mengirim kode aktivasi.")
    phone = PhoneField(required=False)
    supervisor_set = EmployeeField(
        label="NIP atasan yang ditetapkan khusus",
        required=False,
        help_text="Kosongkan supaya atasan mengikuti susunan unit.",
    )

    class Meta:
        model = Employee
        fields = [
            "nip",
            "name",
            "title_before",
            "title_after",
            "sex",
            "birth_date",
            "kind",
            "rank",
            "rank_since",
            "position",
            "position_since",
            "unit",
            "appointed_on",
            "contract_start",
            "contract_end",
            "education",
            "legal_status",
            "email",
            "phone",
            "supervisor_set",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = localdate()
        self.fields["birth_date"].span = birth_span(today)  # type: ignore[attr-defined]
        for name in ("rank_since", "position_since", "appointed_on", "contract_start"):
            self.fields[name].span = career_span(today)  # type: ignore[attr-defined]
        for name in ("rank", "position"):
            self.fields[name].empty_label = "Belum tercatat"  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = "Pilih unit"  # type: ignore[attr-defined]
        self.fields["sex"].choices = [("", "Belum tercatat"), *Employee.Sex.choices]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(is_active=True).order_by("path")  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = indented  # type: ignore[attr-defined]

    def clean_nip(self) -> str:
        number: str = self.cleaned_data["nip"]
        if Employee.objects.filter(nip=number).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(DOUBLE, code="double")
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._agree_with_number(cleaned)
        start, end = cleaned.get("contract_start"), cleaned.get("contract_end")
        if start and end and end < start:
            self.add_error("contract_end", "Akhir kontrak harus sama dengan atau setelah awal kontrak.")
        rank, kind = cleaned.get("rank"), cleaned.get("kind") or ""
        if rank and (rank.scale == "pppk") != kind.startswith("PPPK"):
            self.add_error("rank", f"Golongan {rank.code} bukan untuk {Employee.Kind(kind).label}.")
        by_hand = cleaned.get("supervisor_set")
        if by_hand is not None and by_hand.pk == self.instance.pk:
            self.add_error("supervisor_set", "Atasan tidak boleh orang yang sama.")
        return cleaned

    def _agree_with_number(self, cleaned: dict[str, Any]) -> None:
        """Where the number tells another birth date, sex or status than the fields (TRUST B10)."""
        if not cleaned.get("nip"):
            return
        nip = parse_nip(cleaned["nip"], status=cleaned.get("kind"), today=localdate())
        doubts = nip_doubts(nip, birth_date=cleaned.get("birth_date"), sex=cleaned.get("sex"))
        places = {"birth_date_differs": "birth_date", "sex_differs": "sex", "status_differs": "kind"}
        for doubt in (*nip.doubts, *doubts):
            self.add_error(places.get(doubt.code, "nip"), doubt.message)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ContactForm(Form):
    email = MailField(required=False)
    phone = PhoneField(required=False)


class LeaveForm(Form):
    """``on`` is a WITA day."""

    REASONS = (
        "Pensiun",
        "Pindah instansi",
        "Meninggal dunia",
        "Diberhentikan",
        "Kontrak berakhir",
        "Salah catat",
    )
    on = DayField(label="Tidak aktif sejak")
    reason = forms.ChoiceField(label="Sebab", choices=[(reason, reason) for reason in REASONS])


class LeaversForm(LeaveForm):
    """``orang`` are the people ticked, among those whom the list still holds."""

    orang = TickedField(
        queryset=Employee.objects.none(),
        error_messages={
            "required": "Pilih paling sedikit satu orang.",
            "invalid_choice": "Daftarnya sudah berubah. Lihat lagi, lalu pilih.",
        },
    )

    def __init__(self, *args: Any, people: QuerySet[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["orang"].queryset = people  # type: ignore[attr-defined]


class PeopleFilter(forms.Form):
    """What narrows the list; read leniently: what is no choice is left out and said so (TRUST B47, B48)."""

    STATES = (
        ("", "Aktif"),
        ("tanpa-akun", "Belum punya akun"),
        ("tidak-aktif", "Tidak aktif"),
        ("semua", "Semua"),
    )
    q = forms.CharField(label="Cari pegawai", max_length=100, required=False)
    unit = forms.ModelChoiceField(
        label="Unit", queryset=Unit.objects.none(), required=False, empty_label="Semua unit"
    )
    jenis = forms.ChoiceField(
        label="Status kepegawaian", choices=[("", "Semua status"), *Employee.Kind.choices], required=False
    )
    keadaan = forms.ChoiceField(label="Keadaan", choices=STATES, required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = lambda unit: unit.short_name or unit.name  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What can be used of what was sent."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


def indented(unit: Unit) -> str:
    """A unit in a list of choices, set in by its level."""
    return "\u2003" * unit.level + (unit.short_name or unit.name)
