"""A photo or PDF that somebody hands in: taken by its content, never by its name, made harmless, kept privately.

Pictures are drawn anew (no EXIF, no place where they were taken, at most 2,400 pixels a side); PDF files are read
through and refused with scripts, attachments or a password (TRUST.md B69 to B75).
"""

import hashlib
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject
from pyhanko.pdf_utils.reader import PdfFileReader

from asnportal.common import files
from asnportal.common.invalid import Invalid
from asnportal.common.text import clean_line

LARGEST = 10 * 1024 * 1024  # bytes
SIDE = 2400  # pixels of a kept picture, the longer side
PIXELS = 100_000_000
OBJECTS = 50_000  # of a PDF that are looked at; a certificate has some hundreds
PICTURES = {"JPEG", "PNG", "WEBP"}
FORBIDDEN = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA"}
NAME_LENGTH = 120

TOO_LARGE = "Ukuran berkas paling besar 10 MB."
OTHER_KIND = "Jenis berkas tidak diizinkan. Gunakan JPG, PNG, WebP, atau PDF."
NO_PICTURE = "Isi berkas bukan gambar."
TOO_MANY_PIXELS = "Gambar terlalu besar. Potret ulang dengan resolusi biasa, paling besar 100 megapiksel."
NO_PDF = "Berkas PDF tidak dapat dibaca. Simpan ulang sebagai PDF tanpa kata sandi, atau kirim fotonya."
ACTIVE_PDF = (
    "Berkas PDF berisi skrip atau lampiran yang tidak diizinkan. Cetak ulang sebagai PDF, atau kirim fotonya."
)


@dataclass(frozen=True)
class Evidence:
    """``sha256`` is of the file as handed in, so that the same file is recognised; ``content`` is what is kept."""

    content: bytes
    suffix: str
    name: str
    sha256: str

    def keep(self, folder: str) -> str:
        """Write it and give the name for the database."""
        return files.keep([self.content], folder=folder, suffix=self.suffix)


def read(upload: "UploadedFile[Any]") -> Evidence:
    """The file made harmless. Raises Invalid with the sentence for people."""
    if (upload.size or 0) > LARGEST:
        raise Invalid("too_large", TOO_LARGE)
    raw = upload.read()
    name = shown_name(upload.name or "")
    digest = hashlib.sha256(raw).hexdigest()
    if raw.startswith(b"%PDF-"):
        _check_pdf(raw)
        return Evidence(raw, ".pdf", name, digest)
    return Evidence(_picture(raw, name), ".jpg", name, digest)


def shown_name(name: str) -> str:
    """A file's name without folders and what cannot be seen, at most 120 characters."""
    last = re.split(r"[/\\]", name.replace("\0", ""))[-1]
    return clean_line(last[:NAME_LENGTH]) or "bukti"


def _picture(raw: bytes, name: str) -> bytes:
    """Drawn anew as JPEG, upright, without anything but its pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(raw))
        if picture.format not in PICTURES:
            raise Invalid("kind", OTHER_KIND)
        if picture.width * picture.height > PIXELS:
            raise Invalid("pixels", TOO_MANY_PIXELS)
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((SIDE, SIDE))
        out = io.BytesIO()
        upright.convert("RGB").save(out, "JPEG", quality=85, optimize=True)
    except UnidentifiedImageError:
        claims = name.lower().endswith((".jpg", ".jpeg", ".png", ".webp"))
        raise Invalid("kind", NO_PICTURE if claims else OTHER_KIND) from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        if isinstance(error, Invalid):
            raise
        raise Invalid("broken", NO_PICTURE) from None
    return out.getvalue()


def _check_pdf(raw: bytes) -> None:
    try:
        reader = PdfFileReader(io.BytesIO(raw), strict=False)
        if reader.encrypted or not int(reader.root["/Pages"]["/Count"]):
            raise Invalid("pdf", NO_PDF)
        for key, value in _entries(reader.root):
            if key in FORBIDDEN or (key == "/S" and value in ("/JavaScript", "/Launch")):
                raise Invalid("active", ACTIVE_PDF)
    except Invalid:
        raise
    except Exception:  # a broken file may fail anywhere inside the reader
        raise Invalid("pdf", NO_PDF) from None


def _entries(root: DictionaryObject) -> Iterator[tuple[str, Any]]:
    """Every entry of every dictionary that hangs on the root, each object once."""
    seen: set[int] = set()
    waiting: list[Any] = [root]
    while waiting and len(seen) < OBJECTS:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            thing = thing.get_object()  # type: ignore[no-untyped-call]
        if isinstance(thing, DictionaryObject):
            for key, value in thing.items():
                yield str(key), str(value) if not isinstance(value, IndirectObject) else ""
                waiting.append(thing.raw_get(key))
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing.raw_get(n) for n in range(len(thing)))
