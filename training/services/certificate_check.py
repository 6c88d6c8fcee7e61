"""Is this file one of ours? The seal says whether it was changed, the register by its hash whether it counts."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from asnportal.common.dates import WITA
from training.models import Certificate, CertificateStatus
from training.services.seal import SealStatus, inspect


@dataclass(frozen=True)
class Check:
    """``number`` and what follows are None or '' when the register does not know these bytes."""

    seal: SealStatus
    sha256: str
    number: str | None = None
    version: int | None = None
    state: str = ""
    name: str = ""
    title: str = ""
    revoked_on: date | None = None
    revoked_kind: str = ""

    @property
    def valid(self) -> bool:
        """Sealed by our key, unchanged, known to the register and in force."""
        sealed = self.seal.intact and self.seal.covers_whole_file and self.seal.own_key
        return sealed and self.state == CertificateStatus.ISSUED.label

    def to_json(self) -> dict[str, Any]:
        seal = asdict(self.seal) | {"signed_at": self.seal.signed_at and self.seal.signed_at.isoformat()}
        rest = {name: value for name, value in asdict(self).items() if name != "seal"}
        revoked = self.revoked_on.isoformat() if self.revoked_on else None
        return rest | {"revoked_on": revoked, "seal": seal, "valid": self.valid}


def check(pdf: bytes) -> Check:
    """Never raises for a damaged file: it has no intact seal and no row."""
    seal, sha256 = inspect(pdf), hashlib.sha256(pdf).hexdigest()
    found = Certificate.objects.filter(sha256=sha256).first()
    if found is None:
        return Check(seal, sha256)
    return Check(
        seal=seal,
        sha256=sha256,
        number=found.number,
        version=found.version,
        state=str(found.get_status_display()),
        name=found.facts["name"],
        title=found.facts["title"],
        revoked_on=found.revoked_at.astimezone(WITA).date() if found.revoked_at else None,
        revoked_kind=found.get_revoked_kind_display(),
    )
