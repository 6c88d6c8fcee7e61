"""The envelope that is copied from the first one: the same as pyHanko would make, every time."""

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pyhanko.sign.signers import SimpleSigner

from training.services.seal_envelope import PreparedSigner

KEYS = {
    "RSA": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "P-256": ec.generate_private_key(ec.SECP256R1()),
}


def key_file(key: CertificateIssuerPrivateKeyTypes, name: str = "Segel Contoh") -> bytes:
    """A PKCS#12 file with a chain of two: the envelope carries both."""
    now = datetime.now(UTC)

    def certificate(name: str, serial: int) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Induk Contoh")]))
            .public_key(key.public_key())
            .serial_number(serial)
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
            .sign(key, SHA256())
        )

    return pkcs12.serialize_key_and_certificates(
        b"segel",
        key,
        certificate(name, 2),
        [certificate("Induk Contoh", 1)],
        BestAvailableEncryption(b"rahasia"),
    )


def envelope(signer: SimpleSigner, document: bytes) -> bytes:
    digest = hashlib.sha256(document).digest()
    return asyncio.run(signer.async_sign(digest, "sha256", use_pades=True)).dump()


@pytest.fixture
def rsa_file() -> bytes:
    return key_file(KEYS["RSA"])


def test_with_a_key_that_always_signs_alike_the_bytes_are_those_of_pyhanko(rsa_file: bytes) -> None:
    theirs = SimpleSigner.load_pkcs12_data(rsa_file, other_certs=[], passphrase=b"rahasia")
    ours = PreparedSigner.opened(rsa_file, "rahasia")
    for document in (b"pertama", b"kedua", b"ketiga"):
        assert envelope(ours, document) == envelope(theirs, document)


@pytest.mark.parametrize("kind", KEYS)
def test_every_envelope_signs_its_own_document(kind: str) -> None:
    signer, key = PreparedSigner.opened(key_file(KEYS[kind]), "rahasia"), KEYS[kind]
    for number in range(40):  # signatures of P-256 differ in length from one to the next
        document = b"dokumen %d" % number
        made = cms.ContentInfo.load(envelope(signer, document), strict=True)["content"]["signer_infos"][0]
        attributes = {one["type"].native: one["values"][0].native for one in made["signed_attrs"]}
        assert attributes["message_digest"] == hashlib.sha256(document).digest()
        signed = made["signed_attrs"].untag().dump()
        how = [ec.ECDSA(SHA256())] if kind == "P-256" else [padding.PKCS1v15(), SHA256()]
        key.public_key().verify(made["signature"].native, signed, *how)


def test_an_envelope_whose_length_ends_in_the_byte_80_is_not_encoded_anew() -> None:
    """asn1crypto would take its length for one without an end."""
    for letters in range(1, 257):
        signer = PreparedSigner.opened(key_file(KEYS["RSA"], "x" * letters), "rahasia")
        envelope(signer, b"pertama")
        digest = hashlib.sha256(b"kedua").digest()
        made = asyncio.run(signer.async_sign(digest, "sha256", use_pades=True))
        if made.dump()[3] == 0x80:
            break
    else:
        pytest.fail("no name gave such a length")
    assert made.dump() == made.der
    assert made.children is None


def test_a_wrong_password_is_told(rsa_file: bytes) -> None:
    with pytest.raises(ValueError, match="PKCS#12"):
        PreparedSigner.opened(rsa_file, "salah")
