"""Photos and PDF files that people hand in (TRUST.md B69 to B75)."""

import io

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from asnportal.common import evidence, files
from asnportal.common.invalid import Invalid


def picture(kind="JPEG", size=(60, 40), **extra):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **extra)
    return out.getvalue()


def pdf(change=None, pages=1):
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if change:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_script(writer):
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    writer._root_object[NameObject("/OpenAction")] = action


def with_launch(writer):
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("a.exe")}
    )
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})


def read(name, content):
    return evidence.read(SimpleUploadedFile(name, content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_as_jpeg(kind):
    found = read("sertifikat.bin", picture(kind))
    assert (found.suffix, Image.open(io.BytesIO(found.content)).size) == (".jpg", (60, 40))


def test_B72_where_it_was_taken_is_gone_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x8825] = {1: "N", 2: (0.0, 30.0, 0.0)}
    found = Image.open(io.BytesIO(read("foto.jpg", picture(exif=exif)).content))
    assert dict(found.getexif()) == {}
    assert found.size == (40, 60)


def test_B71_a_large_photo_is_shrunk_and_a_giant_one_refused(monkeypatch):
    assert Image.open(io.BytesIO(read("a.jpg", picture(size=(3000, 1500))).content)).size == (2400, 1200)
    monkeypatch.setattr(evidence, "PIXELS", 1000)
    with pytest.raises(Invalid, match="paling besar 100 megapiksel"):
        read("a.jpg", picture())


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("gambar.svg", b"<svg onload=alert(1)>", evidence.OTHER_KIND),
        ("foto.jpg", b"<html><script>alert(1)</script>", evidence.NO_PICTURE),
        ("foto.php.jpg", b"<?php echo 1;", evidence.NO_PICTURE),
        ("gerak.gif", picture("GIF"), evidence.OTHER_KIND),
        ("potong.jpg", picture()[:200], evidence.NO_PICTURE),
        ("catatan.docx", b"PK\x03\x04", evidence.OTHER_KIND),
    ],
)
def test_B69_B70_what_is_no_picture_is_refused_with_a_sentence(name, content, sentence):
    with pytest.raises(Invalid) as refusal:
        read(name, content)
    assert refusal.value.message == sentence


def test_a_plain_pdf_is_kept_as_it_is():
    found = read("sertifikat.pdf", pdf())
    assert (found.suffix, found.content) == (".pdf", pdf())


@pytest.mark.parametrize("change", [with_script, with_launch, lambda w: w.add_attachment("a.exe", b"MZ")])
def test_B73_a_pdf_with_scripts_or_attachments_is_refused(change):
    with pytest.raises(Invalid, match="skrip atau lampiran"):
        read("a.pdf", pdf(change))


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7 rusak", pdf(lambda writer: writer.encrypt("rahasia")), pdf(pages=0)],
    ids=["broken", "encrypted", "empty"],
)
def test_B74_a_pdf_that_nobody_can_read_is_refused(content):
    with pytest.raises(Invalid, match="tidak dapat dibaca"):
        read("a.pdf", content)


def test_B74_more_than_10_mb_is_refused():
    with pytest.raises(Invalid, match="paling besar 10 MB"):
        read("a.pdf", b"%PDF-" + bytes(evidence.LARGEST))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/x.pdf", "x.pdf"),
        ("C:\\fakepath\\x.pdf", "x.pdf"),
        ("x\r\n.pdf", "x .pdf"),
        ("", "bukti"),
        ("a" * 300 + ".pdf", "a" * 120),
    ],
)
def test_B75_the_name_is_only_shown_and_is_cleaned(name, shown):
    assert evidence.shown_name(name) == shown


def test_it_is_kept_by_a_random_name_of_ours(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    name = read("../../x.jpg", picture()).keep("bukti")
    assert name.startswith("bukti/")
    assert name.endswith(".jpg")
    assert files.path_of(name).exists()
