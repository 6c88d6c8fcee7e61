"""The envelope of a seal (CMS, RFC 5652), prepared once for a key.

Of all envelopes made with one key only two things differ: the digest of the document among the signed
attributes, and the signature over them. pyHanko builds the first one; from it the others are copied, which
takes a tenth of the time. What comes out is the same, byte for byte, but for these two.
"""

from dataclasses import dataclass
from typing import Any, Self

from asn1crypto import cms
from pyhanko.sign.signers import SimpleSigner

SEQUENCE, SET, OCTETS, CONTENT, ATTRIBUTES = 0x30, 0x31, 0x04, 0xA0, 0xA0


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What stands before the signature on each level, in DER."""

    content_type: bytes
    data: bytes
    signer: bytes
    attributes: bytes
    digest: bytes
    algorithm: bytes

    @classmethod
    def of(cls, envelope: cms.ContentInfo, digest: bytes) -> Self:
        data = envelope["content"]
        signer = data["signer_infos"][0]
        return cls(
            content_type=envelope["content_type"].dump(),
            data=_dump(data, "version", "digest_algorithms", "encap_content_info", "certificates"),
            signer=_dump(signer, "version", "sid", "digest_algorithm"),
            attributes=signer["signed_attrs"].contents,
            digest=digest,
            algorithm=signer["signature_algorithm"].dump(),
        )

    def attributes_for(self, digest: bytes) -> bytes:
        return self.attributes.replace(self.digest, digest)

    def envelope(self, attributes: bytes, signature: bytes) -> bytes:
        tail = (_der(ATTRIBUTES, attributes), self.algorithm, _der(OCTETS, signature))
        signer = _der(SEQUENCE, self.signer, *tail)
        data = _der(SEQUENCE, self.data, _der(SET, signer))
        return _der(SEQUENCE, self.content_type, _der(CONTENT, data))


class _Finished(cms.ContentInfo):  # type: ignore[misc]  # asn1crypto has no types
    """An envelope whose bytes are known. asn1crypto takes a length that ends in the byte 80 for one without an end
    and would encode every part anew, several times over: 80 ms instead of 1 (wbond/asn1crypto 1.5.1, ``dump``)."""

    der: bytes = b""

    def dump(self, *_force: bool) -> bytes:
        return self.der


class PreparedSigner(SimpleSigner):
    """Signs like its parent; the parts that never change are made once."""

    _prepared: _Prepared | None = None

    @classmethod
    def opened(cls, pkcs12: bytes, password: str) -> Self:
        """With key, certificate and chain of a PKCS#12 file. Raises ValueError when the password is another."""
        loaded = SimpleSigner.load_pkcs12_data(pkcs12, other_certs=[], passphrase=password.encode())
        return cls(loaded.signing_cert, loaded.signing_key, loaded.cert_registry)

    async def async_sign(
        self, data_digest: bytes, digest_algorithm: str, *settings: Any, **options: Any
    ) -> cms.ContentInfo:
        """As the parent. Made for one purpose: the same algorithm and settings at every call."""
        if self._prepared is None:
            made = await super().async_sign(data_digest, digest_algorithm, *settings, **options)
            self._prepared = _Prepared.of(made, data_digest)
            return made
        attributes = self._prepared.attributes_for(data_digest)
        signature = await self.async_sign_raw(_der(SET, attributes), digest_algorithm.lower())
        der = self._prepared.envelope(attributes, signature)
        finished: _Finished = _Finished.load(der)
        finished.der = der
        return finished


def _dump(holder: Any, *names: str) -> bytes:
    return b"".join(holder[name].dump() for name in names)


def _der(tag: int, *parts: bytes) -> bytes:
    """One DER value: tag, length, contents."""
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + body
