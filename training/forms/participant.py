"""BKPSDM's forms about the people of a session."""

import secrets
from typing import Any

from django import forms

from asnportal.common.forms import Form
from training.forms.enrolment import reason_field
from training.queries.participant import LONGEST_SEARCH, STATES

NUMBER = r"[0-9a-f]{16}"
OPEN_STATES = ("terdaftar", "verifikasi", "atasan", "tunggu")
SEARCH = {"max_length": f"Kata pencarian paling panjang {LONGEST_SEARCH} karakter."}


class ParticipantListForm(Form):
    """The filter; a value that is none is left out and said so (TRUST B47, B48)."""

    q = forms.CharField(
        label="Cari peserta", required=False, max_length=LONGEST_SEARCH, error_messages=SEARCH
    )
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[("", "Semua keadaan"), *((name, words) for name, (words, _) in STATES.items())],
        error_messages={"invalid_choice": "Saringan tidak valid dan diabaikan."},
    )
    urut = forms.CharField(required=False, max_length=20)

    def wish(self) -> dict[str, str]:
        """The arguments of queries.participant.participants."""
        self.is_valid()
        clean = self.cleaned_data
        return {
            "words": clean.get("q", ""),
            "state": clean.get("keadaan", ""),
            "order": clean.get("urut") or "nomor",
        }


class MessageForm(Form):
    """A message to the people of a session, by their state."""

    to = forms.MultipleChoiceField(
        label="Kepada",
        choices=[(name, STATES[name][0]) for name in OPEN_STATES],
        widget=forms.CheckboxSelectMultiple,
        initial=["terdaftar"],
        error_messages={"required": "Pilih kepada siapa pesan ini."},
    )
    subject = forms.CharField(
        label="Judul pesan", max_length=120, error_messages={"required": "Tulis judul pesan."}
    )
    text = forms.CharField(
        label="Isi pesan",
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": "Tulis isi pesan."},
    )
    number = forms.RegexField(NUMBER, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["number"].initial = secrets.token_hex(8)


class EnrolForm(Form):
    """Somebody who is enrolled by an officer, with the reason that stays in the record."""

    reason = reason_field(
        "Alasan", error_messages={"required": "Tulis alasannya, misalnya nomor surat usulan."}
    )
