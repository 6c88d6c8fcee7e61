"""All components on one page, for those who build pages; not reachable in production."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from asnportal.common.forms import DayField, Form


class SampleForm(Form):
    name = forms.CharField(
        label="Nama pelatihan", max_length=150, help_text="Tulis seperti di surat undangan."
    )
    mode = forms.ChoiceField(
        label="Cara belajar", choices=[("tatap_muka", "Tatap muka"), ("daring", "Daring mandiri")]
    )
    end = DayField(label="Tanggal selesai")
    note = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    remind = forms.ChoiceField(
        label="Ingatkan saya lewat",
        widget=forms.RadioSelect,
        choices=[("mail", "Email dan pemberitahuan"), ("portal", "Pemberitahuan saja")],
    )
    invite = forms.BooleanField(
        label="Kirim undangan kalender", required=False, help_text="Paling banyak satu untuk satu jadwal."
    )


@dataclass(frozen=True)
class Attendee:
    id: int
    name: str
    unit: str
    state: str


@login_not_required
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component once, each with a usual and an unusual content; ``?layout=app`` for signed-in people."""
    people = [Attendee(n, f"Pegawai Contoh {n}", "BPKAD", "hadir" if n % 2 else "izin") for n in range(1, 45)]
    context: dict[str, Any] = {
        "layout": "layouts/app.html" if request.user.is_authenticated else "layouts/public.html",
        "empty_form": SampleForm(),
        "wrong_form": SampleForm({"name": "", "end": "31/02/2026", "remind": "merpati"}, auto_id="salah_%s"),
        "page": Paginator(people, 5).get_page(request.GET.get("page")),
        "day": date(2026, 10, 20),
        "marks": [
            ("hadir", "Hadir", ""),
            ("izin", "Izin", "w"),
            ("sakit", "Sakit", "w"),
            ("absen", "Tidak hadir", "b"),
        ],
    }
    template = "components.html"
    if request.GET.get("konfirmasi"):
        template = "_confirm.html" if getattr(request, "htmx", False) else "confirm.html"
    return render(request, f"home/gallery/{template}", context)
