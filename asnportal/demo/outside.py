"""Trainings outside the portal in the demo city: some wait with a photo, one was accepted, one was not."""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from asnportal.common import evidence
from asnportal.common.dates import format_date
from asnportal.people.models import Employee, User
from competency.models import LearningForm
from competency.services import outside, record
from competency.services.outside import Claim

PAPER, INK, GREEN = "#fdfbf4", "#1d2a26", "#0f5c55"
UNCLEAR = "Nama penyelenggara tidak terbaca di foto. Potret ulang seluruh lembar, lalu kirim lagi."


class Cast(Protocol):
    def __getitem__(self, name: str) -> User: ...
    def employee(self, name: str) -> Employee: ...


def hand_in_outside(people: Sequence[Employee], cast: Cast, today: date) -> None:
    """``asn`` sent three, of which one waits; two colleagues brought theirs to BKPSDM."""
    officer, asn, forms = (
        cast["bkpsdm2"],
        cast.employee("asn"),
        {f.code: f for f in LearningForm.objects.all()},
    )
    others = [one for one in people if one.user_id is None][:2]
    stories = (
        (asn, "Webinar Satu Data Indonesia", "B6", "4", 9),
        (asn, "Kursus Visualisasi Data Dasar", "B8", "12", 40),
        (asn, "Seminar Smart City", "B6", "4", 60),
        *((one, "Bimtek Pengelolaan Aset Daerah", "B10", "16", 15) for one in others),
    )
    kept = []
    for number, (person, title, code, jp, ago) in enumerate(stories):
        day = max(today - timedelta(days=ago), today.replace(month=1, day=1))  # of last year only for a month
        claim = Claim(
            title,
            "Lembaga Pelatihan Contoh",
            forms[code],
            day,
            day,
            Decimal(jp),
            f"LPC/{number + 17:04}/{day.year}",
        )
        sent = evidence.read(photo(person, claim))
        if person == asn:
            kept.append(outside.hand_in(person, claim, sent, by=cast["asn"]))
        else:
            outside.enter(person, claim, sent, by=officer)
    record.verify(kept[1], by=officer)
    record.reject_many([kept[2]], by=officer, reason=UNCLEAR)


def photo(person: Employee, claim: Claim) -> SimpleUploadedFile:
    """A sheet of paper as a phone would show it."""
    sheet = Image.new("RGB", (1200, 850), PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((30, 30, 1170, 820), outline=GREEN, width=6)
    lines = (
        (110, 54, GREEN, "SERTIFIKAT"),
        (200, 26, INK, f"Nomor {claim.number}"),
        (300, 26, INK, "diberikan kepada"),
        (350, 44, INK, person.name),
        (450, 26, INK, "sebagai peserta"),
        (500, 38, GREEN, claim.title),
        (590, 26, INK, f"{format_date(claim.end)}, {claim.jp} JP"),
        (720, 26, INK, claim.organizer),
    )
    for top, size, colour, words in lines:
        draw.text((600, top), words, fill=colour, font=ImageFont.load_default(size), anchor="mt")
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=80)
    return SimpleUploadedFile(f"sertifikat-{claim.end:%d-%m-%Y}.jpg", out.getvalue(), "image/jpeg")
