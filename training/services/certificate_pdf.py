"""The picture of a certificate: printed facts in, PDF/A-2a and PDF/UA-1 out (declared, structurally checked).

Set by typst from training/reference/certificate/, with our own fonts only, so that a letter that the
fonts lack stops the row instead of silently taking another font. The same facts give the same bytes.
"""

import base64
import io
import json
import os
import threading
import unicodedata
from datetime import datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import typst
from PIL import Image

from asnportal.common.dates import WITA, format_date
from asnportal.common.errors import Refusal
from asnportal.common.qr import qr_code
from training.services.certificate_facts import (
    CertificateFacts,
    Signatory,
    Subject,
    format_period,
    spell_number,
)

__all__ = [
    "CertificateFacts",
    "Signatory",
    "Subject",
    "check",
    "printed",
    "render",
    "spell_number",
    "unprintable",
]

REFERENCE = Path(__file__).resolve().parent.parent / "reference" / "certificate"
GROUND = "#fffdf8"
TOO_LONG = "does-not-fit"
TWO_PAGES = b"/Type/Pages/Count 2/"  # typst writes the page tree as the first object
_one_at_a_time = threading.Lock()


def render(facts: CertificateFacts, *, verify_url: str, partner_logo: bytes = b"") -> bytes:
    """The two pages as PDF, not yet sealed. ``partner_logo`` is PNG or JPEG.

    Raises Refusal: jp_mismatch (back and front differ), signatories, unprintable (letters that the
    fonts lack), too_long (does not fit on two pages in readable size), logo (not a picture).
    """
    check(facts)
    data = json.dumps(printed(facts, verify_url) | {"partner_logo": _logo(partner_logo)})
    moment = datetime.combine(facts.issued_on, time(), WITA)
    for fit in ("first", "measure"):
        pdf = _compile({"facts": data, "fit": fit}, moment)
        if TWO_PAGES in pdf[:200]:
            return pdf
    raise _too_long()


def _compile(inputs: dict[str, str], moment: datetime) -> bytes:
    with _one_at_a_time:
        try:
            pdf = _compiler().compile(
                sys_inputs=inputs,
                format="pdf",
                pdf_standards=["a-2a", "ua-1"],
                timestamp=int(moment.timestamp()),
            )
        except typst.TypstError as error:
            if TOO_LONG in str(error):
                raise _too_long() from error
            raise
    if not isinstance(pdf, bytes):
        raise TypeError(type(pdf))
    return pdf


def _too_long() -> Refusal:
    return Refusal(
        "Isi sertifikat tidak muat di dua halaman. Pendekkan judul atau gabungkan sebagian materi.",
        code="too_long",
    )


def check(facts: CertificateFacts) -> None:
    """Raise Refusal for what would be seen only on paper; the dry run of a batch asks this too."""
    back = sum(subject.jp for subject in facts.subjects)
    if back != facts.jp:
        raise Refusal(
            f"JP di daftar materi berjumlah {back}, di halaman depan {facts.jp}. Samakan dahulu.",
            code="jp_mismatch",
        )
    if not 1 <= len(facts.signatories) <= 2:
        raise Refusal("Sertifikat ditandatangani satu atau dua orang.", code="signatories")
    for text in facts.texts():
        if missing := unprintable(text):
            shown = " ".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in sorted(missing))
            raise Refusal(
                f"Huruf {shown} dalam “{text}” tidak dapat dicetak. Perbaiki tulisannya.", code="unprintable"
            )


def unprintable(text: str) -> set[str]:
    """The letters that the fonts of the certificate lack (also line breaks and invisible characters)."""
    return {letter for letter in unicodedata.normalize("NFC", text) if ord(letter) not in _letters()}


def _hours(jp: Decimal) -> str:
    """4 (empat) JP; 38,4 JP."""
    if jp == int(jp):
        return f"{int(jp)} ({spell_number(int(jp))})\u00a0JP"
    return f"{jp.normalize():f}\u00a0JP".replace(".", ",")


def printed(facts: CertificateFacts, verify_url: str) -> dict[str, Any]:
    """What the template prints, sentences made; all text composed (NFC), as the fonts have it."""
    code, address = qr_code(verify_url), urlsplit(verify_url)
    host = address.netloc
    printed = facts.to_json() | {
        "document_title": f"{facts.heading} {facts.name}: {facts.title}",
        "description": f"Nomor {facts.number}",
        "given": "diberikan kepada",
        "identity": "\u00a0· ".join(
            filter(None, (_nip(facts.nip_label, facts.nip), facts.rank, facts.post, facts.unit))
        ),
        "organised": f"yang diselenggarakan {facts.organiser.removesuffix('.')}.",
        "figures": _figures(facts),
        "issued": f"{facts.issued_at}, {format_date(facts.issued_on)}",
        "back_heading": "Daftar materi",
        "total": facts.jp,
        "definition": _definition(facts),
        "validity": (
            "Dokumen ini sah tanpa tanda tangan basah. Isinya dapat dicocokkan kapan saja lewat kode QR. "
            f"Alamat pemeriksaan yang sah hanya {host}. Bila berbeda, laporkan kepada {facts.issuer_short}."
        ),
        "verify_url": verify_url,
        "verify_place": f"{host}/{address.path.split('/')[1]}",
        "qr": code.svg(border=0),
        "qr_modules": code.modules,
        "too_long": TOO_LONG,
        "front_load": _front_lines(facts),
        "back_load": _back_lines(facts),
        "signatories": [
            {
                "post": one.post,
                "name": one.name,
                "mark": one.mark,
                "details": [*filter(None, (one.rank, _nip("NIP", one.nip)))],
            }
            for one in facts.signatories
        ],
    }
    composed: dict[str, Any] = json.loads(
        unicodedata.normalize("NFC", json.dumps(printed, ensure_ascii=False))
    )
    return composed


def _front_lines(facts: CertificateFacts) -> int:
    """About how many lines the front has beside its fixed parts: a first guess, the template has the word."""
    who = " · ".join(filter(None, (facts.nip, facts.rank, facts.post, facts.unit)))
    room = 40 if len(facts.signatories) == 1 else 31
    signing = max(
        _lines(one.post, room) + _lines(one.name, room) + bool(one.rank) for one in facts.signatories
    )
    lines = _lines(who, 110) + _lines(facts.title, 78) + _lines(facts.organiser, 80) + signing - 2
    return lines + (len(facts.name) > 52) + bool(facts.legal_basis) + 2 * (len(facts.venue) > 30)


def _back_lines(facts: CertificateFacts) -> int:
    """About how many lines the table of subjects has, in the same sense."""
    extras = any(one.competency for one in facts.subjects) + any(one.speaker for one in facts.subjects)
    lines = 0
    # Smaller type holds more letters in a line: for each size the fewest and the most lines it is used for.
    for size, least, most in ((1.0, 1, 11), (0.87, 12, 19), (0.7, 20, 99)):
        room, mid, narrow = int((105, 72, 52)[extras] / size), int(28 / size), int(25 / size)
        rows = sum(
            max(_lines(one.title, room), _lines(one.competency, mid), _lines(one.speaker, narrow))
            for one in facts.subjects
        )
        lines = max(least, rows)
        if lines <= most:
            break
    return lines


def _lines(text: str, room: int) -> int:
    return max(1, -(-len(text) // room))


def _nip(label: str, number: str) -> str:
    return f"{label} {number}".replace(" ", "\u00a0") if number else ""


def _figures(facts: CertificateFacts) -> list[dict[str, str]]:
    recognised = facts.jp_recognised
    differs = recognised is not None and recognised != facts.jp
    rows = [("Tanggal", format_period(facts.start, facts.end), "")]
    rows.append(("JP materi" if differs else "Jumlah JP", _hours(Decimal(facts.jp)), ""))
    if recognised is not None and differs:
        basis = f"Dasar hukum: {facts.legal_basis}" if facts.legal_basis else ""
        rows.append(("JP diakui", _hours(recognised), basis))
    rows += [
        (label, value, "") for label, value in (("Hasil", facts.result), ("Tempat", facts.venue)) if value
    ]
    return [{"label": label, "value": value, "note": note} for label, value, note in rows]


def _definition(facts: CertificateFacts) -> str:
    sentences = ["1 JP (jam pelajaran) setara 45 menit."]
    if facts.jp_recognised is not None and facts.jp_recognised != facts.jp:
        sentences.append("Yang dihitung dalam riwayat pegawai adalah JP diakui.")
    return " ".join(filter(None, [*sentences, facts.record]))


@lru_cache(maxsize=8)
def _logo(picture: bytes) -> str:
    """The partner's logo as an SVG text, flattened on the paper's colour and small enough for print."""
    if not picture:
        return ""
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as opened:
            drawn = opened.convert("RGBA")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refusal("Logo mitra tidak dapat dibaca. Unggah PNG atau JPG.", code="logo") from error
    drawn.thumbnail((800, 400))
    flat = Image.new("RGB", drawn.size, GROUND)
    flat.paste(drawn, mask=drawn)
    store = io.BytesIO()
    flat.save(store, "PNG")
    data = base64.b64encode(store.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {flat.width} {flat.height}">'
        f'<image width="{flat.width}" height="{flat.height}" href="data:image/png;base64,{data}"/></svg>'
    )


@cache
def _letters() -> frozenset[int]:
    ranges = (line.split("-") for line in (REFERENCE / "letters.txt").read_text().splitlines())
    return frozenset(code for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))


def _compiler() -> typst.Compiler:
    """One per process. A child forked after the first certificate would wait for ever for typst's threads."""
    process, compiler = _started()
    if process != os.getpid():
        raise RuntimeError("This process was forked from one that has already set a certificate.")
    return compiler


@cache
def _started() -> tuple[int, typst.Compiler]:
    own_fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[REFERENCE / "fonts"]
    )
    return os.getpid(), typst.Compiler(REFERENCE / "certificate.typ", root=REFERENCE, font_paths=own_fonts)
