"""The first two forms of an import: the file, and what its columns mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from asnportal.common.forms import Form
from asnportal.common.sheets import Table, Vocabulary, refusals
from asnportal.common.text import cell_text
from asnportal.people.models import Unit, User

EMPLOYEES, HISTORY = "pegawai", "riwayat"
KINDS = [(EMPLOYEES, _l("Pegawai")), (HISTORY, _l("Riwayat pelatihan"))]
STATUSES = [
    ("waiting", _l("Menunggu verifikasi BKPSDM")),
    ("verified", _l("Sudah terverifikasi, langsung dihitung")),
]
SAMPLES = 3
WIDEST = 200  # columns offered for a choice; what lies beyond is never read


class UploadForm(Form):
    """A file, or rows pasted from a spreadsheet."""

    jenis = forms.ChoiceField(
        label=_l("Isi berkas"), choices=KINDS, initial=EMPLOYEES, widget=forms.RadioSelect
    )
    berkas = forms.FileField(
        label=_l("Berkas"),
        allow_empty_file=True,
        help_text=_l("xlsx, xls, csv, atau txt. Paling besar 25 MB dan 50.000 baris."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.html,.htm,.tsv"}),
        error_messages={"required": _l("Pilih berkasnya, atau tempel isinya.")},
    )
    tempel = forms.CharField(
        label=_l("Atau tempel dari Excel"),
        required=False,
        max_length=2_000_000,
        strip=False,
        help_text=_l("Salin baris bersama judul kolomnya."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    unit = forms.ModelChoiceField(
        label=_l("Berkas ini memuat semua pegawai unit"),
        queryset=Unit.objects.none(),
        required=False,
        to_field_name="code",
        empty_label=_l("Tidak, hanya sebagian"),
        help_text=_l(
            "Hanya untuk pegawai. Bila ya, pegawai unit itu yang tidak ada di berkas didaftar setelah impor. "
            "Tidak ada yang dinonaktifkan tanpa persetujuan."
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["berkas"].required = not (self.data.get("tempel") or "").strip()
        field: Any = self.fields["unit"]
        field.queryset = Unit.objects.visible_to(user).filter(is_active=True).order_by("name", "code")
        field.label_from_instance = unit_label

    def _tidied(self) -> Any:
        """What was pasted stays as it is: its tabs and line ends are the table."""
        data, pasted = super()._tidied(), self.data.get("tempel")
        if pasted is not None:
            data["tempel"] = pasted
        return data


def unit_label(unit: Unit) -> str:
    return f"{unit.name} ({unit.code})"


@dataclass(frozen=True)
class ColumnRow:
    """One column of the sheet with its choice; ``samples`` only of columns that are read."""

    index: int
    letter: str
    heading: str
    samples: tuple[str, ...]
    field: BoundField


class ColumnsForm(Form):
    """What each column means; which state rows without one get; whether to import the same file again."""

    def __init__(self, *args: Any, table: Table, vocabulary: Vocabulary, **kwargs: Any) -> None:
        self.may_verify = kwargs.pop("may_verify", False)
        self.again = kwargs.pop("again", False)
        self.table, self.vocabulary = table, vocabulary
        super().__init__(*args, **kwargs)
        choices = [("", _("Tidak dibaca")), *((field.name, field.label) for field in vocabulary.fields)]
        claimed = {column.index: clash.field for clash in table.clashes for column in clash.columns}
        for column in table.columns[:WIDEST]:
            self.fields[f"kolom-{column.index}"] = forms.ChoiceField(
                label=column.heading or column.letter,
                choices=choices,
                required=False,
                initial=claimed.get(column.index, column.field) or "",
                error_messages={"invalid_choice": _("Pilihan tidak tersedia.")},
            )
        if self.may_verify and not table.heading_of("status"):
            self.fields["status"] = forms.ChoiceField(
                label=_("Berkas ini tidak punya kolom status. Riwayatnya"),
                choices=STATUSES,
                initial="waiting",
                widget=forms.RadioSelect,
            )
        if self.again:
            self.fields["lagi"] = forms.BooleanField(
                label=_("Ya, impor berkas ini sekali lagi"),
                error_messages={"required": _("Centang bila berkas ini memang akan diimpor sekali lagi.")},
            )

    def columns(self) -> dict[int, str | None]:
        """The choice of every column; columns beyond WIDEST are not read."""
        chosen: dict[int, str | None] = {column.index: None for column in self.table.columns}
        for name, value in self.cleaned_data.items():
            if name.startswith("kolom-"):
                chosen[int(name.removeprefix("kolom-"))] = value or None
        return chosen

    def clean(self) -> dict[str, Any]:
        clean: dict[str, Any] = super().clean() or {}
        by_field: dict[str, list[str]] = {}
        for name, value in clean.items():
            if name.startswith("kolom-") and value:
                by_field.setdefault(value, []).append(name)
        for field, names in by_field.items():
            if len(names) > 1:
                told = _("Dua kolom dibaca sebagai %s. Sisakan satu.") % self.vocabulary.label(field)
                self.add_error(names[-1], told)
        missing = [self.vocabulary.label(name) for name in self.vocabulary.required if name not in by_field]
        if missing:
            self.add_error(None, refusals.missing_columns(missing).message)
        return clean

    def read_rows(self) -> list[ColumnRow]:
        return [row for row in self._rows() if row.field.value() or row.field.errors]

    def other_rows(self) -> list[ColumnRow]:
        return [row for row in self._rows() if not (row.field.value() or row.field.errors)]

    def _rows(self) -> Iterator[ColumnRow]:
        for column in self.table.columns[:WIDEST]:
            samples = _samples(self.table, column.field) if column.field else ()
            field = self[f"kolom-{column.index}"]
            yield ColumnRow(column.index, column.letter, column.heading, samples, field)


def _samples(table: Table, field: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in table.rows[:200]:
        value = row.values.get(field)
        if value is not None:
            found.setdefault(f"{value:%d/%m/%Y}" if isinstance(value, date) else _short(cell_text(value)))
        if len(found) == SAMPLES:
            break
    return tuple(found)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
