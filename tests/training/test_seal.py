"""The seal: valid for other programs, noticing every change, changing nothing of the document."""

import base64
import io
import shutil
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pypdf import PdfReader, PdfWriter
from pypdf.generic import PdfObject
from pytest_django import Settings

from asnportal.common.errors import Refusal
from tests.factories import printed_facts
from tests.services import SERVICES
from training.services import seal
from training.services.certificate_pdf import render
from training.services.seal import DEMO_NAME, Pkcs12Sealer, SealStatus, demo_key, inspect, sealer

REASON = "Sertifikat pelatihan 800.2.3/04821/09/2026"


@pytest.fixture(scope="module")
def plain() -> bytes:
    return render(printed_facts(), verify_url="https://belajar.contoh.test/verifikasi/abc/")


@pytest.fixture(scope="module")
def sealed(plain: bytes) -> bytes:
    return sealer().seal(plain, reason=REASON)


def key_file(name: str = "Segel Contoh", password: str = "rahasia") -> bytes:
    """Another organisation's PKCS#12 file, valid for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"segel", key, certificate, None, BestAvailableEncryption(password.encode())
    )


def root_of(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def written(value: PdfObject) -> bytes:
    """As it stands in the file."""
    stream = io.BytesIO()
    value.write_to_stream(stream)
    return stream.getvalue()


# --- what the seal leaves alone ----------------------------------------------------------------------


def test_the_seal_is_appended_and_the_document_before_it_is_untouched(plain: bytes, sealed: bytes) -> None:
    assert sealed.startswith(plain)
    assert len(sealed) - len(plain) < 16_000


def test_version_and_extensions_stay_those_of_pdf_1_7(sealed: bytes) -> None:
    root = root_of(sealed).root_object
    assert sealed.startswith(b"%PDF-1.7")
    assert "/Version" not in root
    assert "/Extensions" not in root


def test_metadata_and_info_are_the_same_as_before(plain: bytes, sealed: bytes) -> None:
    """Guards a private hook of pyHanko: an update of it that writes metadata again fails here."""
    before, after = root_of(plain), root_of(sealed)
    assert written(after.root_object.raw_get("/Metadata")) == written(before.root_object.raw_get("/Metadata"))
    assert after.root_object["/Metadata"].get_object().get_data() == (
        before.root_object["/Metadata"].get_object().get_data()
    )
    assert after.metadata == before.metadata


def test_what_the_standards_ask_for_is_still_there(plain: bytes, sealed: bytes) -> None:
    before, after = root_of(plain).root_object, root_of(sealed).root_object
    for name in (
        "/MarkInfo",
        "/Lang",
        "/StructTreeRoot",
        "/OutputIntents",
        "/ViewerPreferences",
        "/Outlines",
    ):
        assert written(after.raw_get(name)) == written(before.raw_get(name))
    assert set(after) - set(before) == {"/AcroForm"}


def test_the_field_is_invisible_and_has_a_name_for_readers(sealed: bytes) -> None:
    (field,) = root_of(sealed).root_object["/AcroForm"]["/Fields"]
    widget = field.get_object()
    assert [float(side) for side in widget["/Rect"]] == [0, 0, 0, 0]
    assert widget["/TU"] == "Tanda tangan elektronik BKPSDM"
    assert widget["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"
    assert widget["/V"]["/Reason"] == REASON


# --- what the seal tells -----------------------------------------------------------------------------


def test_a_sealed_file_is_intact_whole_and_ours(plain: bytes) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    status = inspect(sealer().seal(plain, reason=REASON))
    assert status.signed_at is not None
    assert before <= status.signed_at <= datetime.now(UTC)
    assert status == SealStatus(
        sealed=True,
        intact=True,
        covers_whole_file=True,
        own_key=True,
        signer=DEMO_NAME,
        signed_at=status.signed_at,
    )


@pytest.mark.parametrize("part", range(40))
def test_T10_one_flipped_byte_anywhere_is_found(sealed: bytes, part: int) -> None:
    """Forty places over the file, the envelope of the signature and the room behind it included."""
    start = sealed.index(b"/Contents <")
    places = [
        len(sealed) * part // 40,
        start + 11 + (sealed.index(b">", start) - start - 11) * part // 40,
        len(sealed) - 1 - part,
    ]
    for place in places:
        changed = bytearray(sealed)
        changed[place] ^= 1
        status = inspect(bytes(changed))
        assert not (status.intact and status.covers_whole_file), place


def test_T10_something_appended_is_found(sealed: bytes) -> None:
    writer = PdfWriter(io.BytesIO(sealed), incremental=True)
    writer.pages[0].rotate(180)
    changed = io.BytesIO()
    writer.write(changed)
    assert changed.getvalue().startswith(sealed)
    assert not inspect(changed.getvalue()).covers_whole_file


def test_T10_a_forger_with_a_key_of_the_same_name_is_not_us(plain: bytes) -> None:
    forged = Pkcs12Sealer(key_file(DEMO_NAME), "rahasia").seal(plain, reason=REASON)
    status = inspect(forged)
    assert (status.intact, status.signer, status.own_key) == (True, DEMO_NAME, False)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"not a pdf", b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF", bytes(900)]
)
def test_what_is_no_sealed_pdf_is_not_intact_and_breaks_nothing(data: bytes) -> None:
    assert not inspect(data).intact


def test_an_unsealed_pdf_says_so(plain: bytes) -> None:
    assert inspect(plain) == SealStatus(sealed=False)


def test_a_second_program_finds_the_seal_valid_and_a_flipped_byte_invalid(
    sealed: bytes, tmp_path: Path
) -> None:
    if not shutil.which("pdfsig"):
        assert not SERVICES, "make test-services needs poppler-utils"
        pytest.skip("pdfsig is not installed")

    def ask(data: bytes) -> str:
        (tmp_path / "s.pdf").write_bytes(data)
        answer = subprocess.run(
            ["pdfsig", "-nocert", tmp_path / "s.pdf"], capture_output=True, text=True, check=False
        )
        return answer.stdout

    changed = bytearray(sealed)
    changed[20_000] ^= 1
    assert "Signature is Valid" in ask(sealed)
    assert "Total document signed" in ask(sealed)
    assert "Signature is Valid" not in ask(bytes(changed))


def test_qpdf_finds_nothing_wrong_after_the_seal(sealed: bytes, tmp_path: Path) -> None:
    if not shutil.which("qpdf"):
        assert not SERVICES, "make test-services needs qpdf"
        pytest.skip("qpdf is not installed")
    (tmp_path / "s.pdf").write_bytes(sealed)
    subprocess.run(["qpdf", "--check", tmp_path / "s.pdf"], check=True, capture_output=True)


# --- whose key ---------------------------------------------------------------------------------------


def test_without_configuration_the_demo_key_seals_and_says_that_it_is_one() -> None:
    assert sealer().is_demo
    assert sealer().describe() == "Disegel secara elektronik dengan kunci peraga, tanpa kekuatan hukum"
    assert sealer() is sealer()


@pytest.mark.parametrize("by_path", [True, False])
def test_the_configured_key_seals(settings: Settings, tmp_path: Path, plain: bytes, *, by_path: bool) -> None:
    data = key_file("BKPSDM Contoh")
    (tmp_path / "segel.p12").write_bytes(data)
    settings.CERTIFICATE_PKCS12 = str(tmp_path / "segel.p12") if by_path else base64.b64encode(data).decode()
    settings.CERTIFICATE_PKCS12_PASSWORD = "rahasia"
    assert not sealer().is_demo
    assert sealer().describe() == "Disegel secara elektronik oleh BKPSDM Contoh"
    status = inspect(sealer().seal(plain, reason=REASON))
    assert (status.intact, status.own_key, status.signer) == (True, True, "BKPSDM Contoh")


def test_production_without_a_key_refuses_to_seal_but_still_reads(settings: Settings, sealed: bytes) -> None:
    settings.PROFILE = "production"
    with pytest.raises(Refusal, match="Kunci segel belum dipasang") as refusal:
        sealer()
    assert refusal.value.code == "seal_missing"
    assert (inspect(sealed).intact, inspect(sealed).own_key) == (True, False)


@pytest.mark.parametrize("source", ["", "keliru"])
def test_a_key_that_cannot_be_opened_is_a_sentence(settings: Settings, tmp_path: Path, source: str) -> None:
    if source:
        (tmp_path / "segel.p12").write_bytes(key_file())
    settings.CERTIFICATE_PKCS12 = str(tmp_path / "segel.p12")
    settings.CERTIFICATE_PKCS12_PASSWORD = source
    with pytest.raises(Refusal, match="tidak dapat dibuka") as refusal:
        sealer()
    assert refusal.value.code == "seal_key"


def test_an_expired_key_does_not_seal(plain: bytes) -> None:
    ours = Pkcs12Sealer(key_file(), "rahasia")
    with (
        time_machine.travel(datetime.now(UTC) + timedelta(days=2)),
        pytest.raises(Refusal, match="Masa berlaku") as refusal,
    ):
        ours.seal(plain, reason=REASON)
    assert refusal.value.code == "seal_expired"


def test_a_seal_stays_intact_after_its_key_has_expired(plain: bytes) -> None:
    made = Pkcs12Sealer(key_file(), "rahasia").seal(plain, reason=REASON)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=400)):
        assert inspect(made).intact


def test_the_demo_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = demo_key(tmp_path / "segel")
    made = first.read_bytes()
    assert demo_key(tmp_path / "segel").read_bytes() == made
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "segel").iterdir()] == ["kunci-peraga.p12"]


def test_workers_that_start_together_share_one_demo_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(demo_key, [tmp_path / "segel"] * 8))
    assert len(set(paths)) == 1
    assert len(list((tmp_path / "segel").iterdir())) == 1
    assert seal.Pkcs12Sealer(paths[0].read_bytes(), seal.DEMO_PASSWORD, is_demo=True).is_demo
