"""An issued certificate in the hands of others: programs that are not ours check it, read its code, open its address.

pdfsig and pdftoppm (poppler-utils) and qpdf are needed here: without them this run fails, it never skips.
"""

import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from tests.factories import make_finished_session, make_officer
from training.models import Certificate
from training.services import certificate as service
from training.services import certificate_file as files
from training.services import certificate_issue as worker
from training.services.certificate_check import check

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("forms", "db")]


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def issued() -> Certificate:
    session = make_finished_session(1)
    service.request_batch(session, by=make_officer())
    worker.issue_due()
    return session.certificates.get()


def stored(certificate: Certificate) -> Path:
    return files.path_of(certificate.file)


def said_by(program: str, *arguments: object) -> str:
    """Standard output of another program; raises FileNotFoundError where it is missing."""
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False).stdout


def code_on(page: int, pdf: Path, folder: Path) -> str:
    """The QR code of a page as poppler draws it and zxing reads it."""
    drawn = folder / f"page-{page}"
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", "-f", str(page), "-l", str(page), pdf, drawn],
        check=True,
    )
    with Image.open(drawn.with_suffix(".png")) as picture:
        (found,) = zxingcpp.read_barcodes(picture)
    return found.text


def test_T10_pdfsig_finds_the_seal_valid_and_over_the_whole_document(issued: Certificate) -> None:
    told = said_by("pdfsig", "-nocert", stored(issued))
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told


@pytest.mark.parametrize("part", range(8))
def test_T10_pdfsig_and_the_register_find_one_flipped_byte(
    issued: Certificate, part: int, tmp_path: Path
) -> None:
    data = bytearray(stored(issued).read_bytes())
    data[len(data) * part // 10 + 1000] ^= (
        1  # over pages, fonts and structure, before the envelope of the seal
    )
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)
    assert "Signature is Valid" not in said_by("pdfsig", "-nocert", changed)
    assert not check(bytes(data)).valid
    assert check(stored(issued).read_bytes()).valid


def test_qpdf_finds_nothing_wrong_in_the_stored_file(issued: Certificate) -> None:
    subprocess.run(["qpdf", "--check", stored(issued)], check=True, capture_output=True)


@pytest.mark.parametrize("page", [1, 2])
def test_the_code_on_the_printed_page_leads_to_the_page_that_confirms_it(
    issued: Certificate, page: int, client: Client, tmp_path: Path
) -> None:
    address = code_on(page, stored(issued), tmp_path)
    answer = client.get(urlsplit(address).path)
    assert answer.status_code == 200
    for words in ("Sertifikat ini asli", issued.number, issued.facts["name"], issued.sha256):
        assert words in answer.text


def test_the_code_of_a_corrected_print_leads_to_the_new_one_and_the_old_one_says_so(
    issued: Certificate, client: Client, tmp_path: Path
) -> None:
    old = code_on(1, stored(issued), tmp_path)
    fresh = service.correct(issued, by=make_officer(), reason="Gelar keliru")
    worker.issue_due()
    fresh.refresh_from_db()
    new = code_on(1, stored(fresh), tmp_path)
    assert old != new
    assert "Sertifikat ini asli" in client.get(urlsplit(new).path).text
    assert "Sertifikat ini asli" not in client.get(urlsplit(old).path).text
