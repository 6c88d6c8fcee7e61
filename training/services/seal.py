"""The electronic seal on a certificate's PDF: who seals is configuration, that it is sealed is not.

One sealer exists, with the organisation's key from a PKCS#12 file (PAdES B-B). A signing service
of somebody else becomes a second class with the same two methods.
"""

import base64
import binascii
import io
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from asnportal.common.errors import Refusal
from training.services.seal_envelope import PreparedSigner

FIELD = "Tanda"
DEMO_NAME = "Kunci peraga Tepian Belajar, tanpa kekuatan hukum"
DEMO_PASSWORD = "peraga"  # noqa: S105 - guards nothing: the demo's key proves nothing


class Sealer(Protocol):
    """``is_demo`` tells pages that the key was made by the demo and proves nothing."""

    is_demo: bool

    def seal(self, pdf: bytes, *, reason: str) -> bytes:
        """The same document with the seal appended. Raises Refusal when the key cannot be used now."""

    def describe(self) -> str:
        """The line beside the signature, as it is printed."""


@dataclass(frozen=True, slots=True)
class SealStatus:
    """What the seal of a file tells. ``signed_at`` is the sealer's own clock (UTC), not a time stamp.

    A file is as we issued it when it is intact, covers_whole_file and own_key; the register has
    the last word by the hash of the bytes.
    """

    sealed: bool
    intact: bool = False
    covers_whole_file: bool = False
    own_key: bool = False
    signer: str = ""
    signed_at: datetime | None = None


class _Signer(PdfSigner):
    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """Stay PDF 1.7: no /Version and no /Extensions, which PDF/A-2 does not know."""


class _Writer(IncrementalPdfFileWriter):
    def _update_meta(self) -> None:
        """Leave XMP and Info as they were written, so that the declared standards stay declared."""


class Pkcs12Sealer:
    """PAdES B-B with the key of a PKCS#12 file; an invisible field, the pages stay as they are."""

    def __init__(self, data: bytes, password: str, *, is_demo: bool = False) -> None:
        """Raises Refusal (seal_key) when the file cannot be opened with the password."""
        self.is_demo = is_demo
        try:
            self._signer = PreparedSigner.opened(data, password)
        except ValueError as error:
            raise Refusal(
                "Kunci segel tidak dapat dibuka. Periksa CERTIFICATE_PKCS12 dan kata sandinya.",
                code="seal_key",
            ) from error
        chain = [self.certificate, *self._signer.cert_registry]
        # Room for the signature, known beforehand: otherwise every document is signed twice to find out.
        self._reserved = 4096 + 2 * sum(len(one.dump()) for one in chain)

    @property
    def certificate(self) -> Any:
        """The certificate of the key (asn1crypto)."""
        return self._signer.signing_cert

    def describe(self) -> str:
        if self.is_demo:
            return "Disegel secara elektronik dengan kunci peraga, tanpa kekuatan hukum"
        return f"Disegel secara elektronik oleh {_common_name(self.certificate)}"

    def seal(self, pdf: bytes, *, reason: str) -> bytes:
        """Raises Refusal (seal_expired) outside the validity of the key's certificate."""
        now = datetime.now(UTC)
        if not self.certificate.not_valid_before <= now <= self.certificate.not_valid_after:
            raise Refusal(
                "Masa berlaku kunci segel sudah lewat atau belum mulai. Pasang kunci yang baru.",
                code="seal_expired",
            )
        signer = _Signer(
            PdfSignatureMetadata(
                field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason
            ),
            signer=self._signer,
            new_field_spec=SigFieldSpec(FIELD, readable_field_name="Tanda tangan elektronik BKPSDM"),
        )
        sealed = io.BytesIO()
        signer.sign_pdf(_Writer(io.BytesIO(pdf)), output=sealed, bytes_reserved=self._reserved)
        return sealed.getvalue()


def sealer() -> Pkcs12Sealer:
    """The configured sealer; outside production, without configuration, one with the demo's own key.

    Raises Refusal: seal_missing in production without a key, seal_key when it cannot be opened.
    """
    source = settings.CERTIFICATE_PKCS12
    if source:
        return _opened(source, settings.CERTIFICATE_PKCS12_PASSWORD)
    if settings.PROFILE == "production":
        raise Refusal("Kunci segel belum dipasang. Isi CERTIFICATE_PKCS12 dahulu.", code="seal_missing")
    return _demo(settings.DATA_DIR / "segel")


def demo_key(directory: Path) -> Path:
    """The demo's PKCS#12 file with a self-signed P-256 certificate, made once; others may be making it too."""
    path = directory / "kunci-peraga.p12"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        fresh = directory / f".{secrets.token_hex(8)}"
        fresh.touch(mode=0o600)
        fresh.write_bytes(_make_demo_key())
        try:
            os.link(fresh, path)  # fails when another process was first: its key stays
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path


def inspect(pdf: bytes) -> SealStatus:
    """What the last seal of a file says; a file that cannot be read has none that is intact."""
    try:
        return _inspect(pdf)
    except Exception:  # a damaged file may break the readers anywhere; for us it is simply not intact
        return SealStatus(sealed=b"/ByteRange" in pdf)


def _inspect(pdf: bytes) -> SealStatus:
    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if not signatures:
        return SealStatus(sealed=False)
    last = signatures[-1]
    # Trust is not asked of an authority here: the key is ours or it is not, and the register knows the bytes.
    context = ValidationContext(
        trust_roots=[last.signer_cert], moment=last.self_reported_timestamp, allow_fetching=False
    )
    found = validate_pdf_signature(last, signer_validation_context=context)
    return SealStatus(
        sealed=True,
        intact=bool(found.intact and found.valid and _is_tidy(pdf, last)),
        covers_whole_file=found.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        own_key=_is_own(found.signing_cert),
        signer=_common_name(found.signing_cert),
        signed_at=found.signer_reported_dt,
    )


@lru_cache(maxsize=4)
def _opened(source: str, password: str) -> Pkcs12Sealer:
    """``source`` is a path, or the file itself in base64."""
    try:
        data = Path(source).read_bytes()
    except OSError:
        try:
            data = base64.b64decode(source, validate=True)
        except binascii.Error as error:
            raise _unusable() from error
    return Pkcs12Sealer(data, password)


@lru_cache(maxsize=4)
def _demo(directory: Path) -> Pkcs12Sealer:
    return Pkcs12Sealer(demo_key(directory).read_bytes(), DEMO_PASSWORD, is_demo=True)


def _unusable() -> Refusal:
    return Refusal(
        "Kunci segel tidak dapat dibuka. Periksa CERTIFICATE_PKCS12 dan kata sandinya.", code="seal_key"
    )


def _is_tidy(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Nothing was changed where a signature does not look: its own envelope and the zeros that fill its room."""
    start, end = signature.byte_range[1], signature.byte_range[2]
    written = signature.pkcs7_content.hex().encode().join((b"<", b">"))
    if pdf[start:end] not in (written.lower(), written.upper()):
        return False
    envelope, signer = signature.signed_data, signature.signer_info
    content = signature.pkcs7_content
    length = 4 + int.from_bytes(content[2:4])  # DER: tag, 0x82, two bytes of length
    return (
        content[1] == 0x82
        and not any(content[length:])
        and envelope["version"].native == signer["version"].native == "v1"
        and [one.native for one in envelope["digest_algorithms"]] == [signer["digest_algorithm"].native]
    )


def _is_own(certificate: Any) -> bool:
    try:
        return bool(certificate.dump() == sealer().certificate.dump())
    except Refusal:  # no key here now: a file can be read all the same
        return False


def _common_name(certificate: Any) -> str:
    names = certificate.subject.native
    return str(names.get("common_name") or certificate.subject.human_friendly)


def _make_demo_key() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, DEMO_NAME)])
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"segel", key, certificate, None, BestAvailableEncryption(DEMO_PASSWORD.encode())
    )
