"""Reports of the assessment centre in the demo city: loaded from a file, as BKPSDM would."""

import csv
import io
import random
from datetime import date, timedelta
from decimal import Decimal

from asnportal.people.models import User
from competency.models import Assessment, Method
from competency.services import centre as service
from competency.services.jpm import match

MOST_REPORTS = 60
SOON = 40  # days from today on which the first few end
STRENGTHS = (
    "Tenang menghadapi keluhan warga dan menjaga janji layanan.",
    "Bekerja rapi, mencatat keputusan, dan mengajak rekan menyelesaikan pekerjaan bersama.",
    "Cepat menangkap perubahan aturan dan menjelaskannya kepada tim.",
)
WEAKNESSES = (
    "Masih menunggu arahan ketika pilihan harus diambil segera.",
    "Belum membagi pekerjaan dengan jelas kepada anggota tim.",
    "Data belum selalu dipakai sebagai dasar usulan.",
)
ADVICE = (
    "Dampingi rapat lintas bidang dan pimpin satu di antaranya.",
    "Ikuti pelatihan pengambilan keputusan, lalu terapkan pada satu layanan.",
    "Susun satu analisis sederhana setiap bulan bersama atasan.",
)


def report(by: User, chance: random.Random, today: date) -> None:
    """One report for each of the first people whose levels the centre found. The first three end soon."""
    levels: dict[tuple[str, date], list[Assessment]] = {}
    found = Assessment.objects.filter(method=Method.CENTRE).select_related("employee", "competency")
    for one in found.order_by("employee__pk", "competency__code"):
        levels.setdefault((one.employee.nip, one.day), []).append(one)
    chosen = list(levels.items())[:MOST_REPORTS]
    codes = sorted({one.competency.code for _key, own in chosen for one in own})
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(service.headings(codes))
    for number, ((nip, day), own) in enumerate(chosen):
        until = (today + timedelta(days=SOON + number)).isoformat() if number < 3 else ""
        result = match((one.level, one.required) for one in own if one.required)
        stated = chance.choice((result.uncut, None)) if result and result.uncut <= 100 else None
        held = {one.competency.code: one.level for one in own}
        writer.writerow(
            [
                nip,
                day.isoformat(),
                until,
                chance.choice(("Seleksi/Promosi", "Pemetaan", "Pemetaan")),
                "Pusat Penilaian Contoh",
                printed(stated),
                *(chance.choice(texts) for texts in (STRENGTHS, WEAKNESSES, ADVICE)),
                *(held.get(code, "") for code in codes),
            ]
        )
    if chosen:
        service.write(service.receive("hasil-pusat-penilaian.csv", out.getvalue().encode(), by=by), by=by)


def printed(figure: Decimal | None) -> str:
    return "" if figure is None else str(figure).replace(".", ",")
