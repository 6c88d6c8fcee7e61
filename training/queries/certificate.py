"""Reading certificates: for everybody who checks one, for the register, for a session."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from competency.models import LedgerLine
from training.models import Certificate, CertificateStatus, Enrolment, EnrolmentStatus, Session

S = CertificateStatus
VERDICTS = {S.ISSUED: "berlaku", S.SUPERSEDED: "diganti", S.REVOKED: "dicabut"}
# What people type for what is printed: no 0, 1, I or O is ever printed in a check code.
_NOISE = re.compile(r"[^0-9A-Z]")


def verify_url(token: str) -> str:
    """The address in the QR code; only ever the portal's own."""
    return f"{settings.SITE_URL}{reverse('verify_token', args=[token])}"


@dataclass(frozen=True)
class Verdict:
    """What everybody may read of a certificate: no digit of the NIP, no reason in words."""

    state: str
    name: str
    unit: str
    title: str
    organiser: str
    start: date
    end: date
    jp: int
    number: str
    version: int
    role: str
    issued_at: datetime | None
    signatory: str
    sha256: str
    revoked_at: datetime | None
    revoked_kind: str
    token: str
    newer_token: str


def by_token(token: str) -> Verdict | None:
    return _verdict(_shown().filter(token=token).first())


def by_number(number: str, check_code: str) -> Verdict | None:
    """Number as printed, code in any case, with or without its dash."""
    code = _NOISE.sub("", check_code.upper())
    found = _shown().filter(number__iexact=number.strip(), check_code=f"{code[:4]}-{code[4:]}")
    return _verdict(found.first()) if len(code) == 8 and number.strip() else None


def _shown() -> QuerySet[Certificate]:
    """Certificates that somebody may hold: those whose file was made."""
    return Certificate.objects.filter(status__in=VERDICTS).exclude(file="").select_related("replaced_by")


def _verdict(certificate: Certificate | None) -> Verdict | None:
    if certificate is None:
        return None
    facts, newer = certificate.facts, getattr(certificate, "replaced_by", None)
    return Verdict(
        state=VERDICTS[S(certificate.status)],
        name=facts["name"],
        unit=facts["unit"],
        title=facts["title"],
        organiser=facts["organiser"],
        start=date.fromisoformat(facts["start"]),
        end=date.fromisoformat(facts["end"]),
        jp=facts["jp"],
        number=certificate.number,
        version=certificate.version,
        role=certificate.get_role_display(),
        issued_at=certificate.issued_at,
        signatory=", ".join(one["post"] for one in facts["signatories"]),
        sha256=certificate.sha256,
        revoked_at=certificate.revoked_at,
        revoked_kind=certificate.get_revoked_kind_display(),
        token=certificate.token,
        newer_token=newer.token if newer is not None and newer.status == S.ISSUED else "",
    )


def with_names(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Joined with all that a row of a list shows."""
    return certificates.select_related("employee__unit", "guest", "session__programme", "job")


def matching(
    certificates: QuerySet[Certificate], *, words: str = "", status: str = ""
) -> QuerySet[Certificate]:
    """Narrowed by words of number, name, title or institution, and by state."""
    for word in words.split():
        certificates = certificates.filter(
            Q(number__icontains=word)
            | Q(employee__name__icontains=word)
            | Q(guest__name__icontains=word)
            | Q(guest__institution__icontains=word)
            | Q(session__programme__title__icontains=word)
        )
    return certificates.filter(status=status) if status else certificates


@dataclass(frozen=True)
class Progress:
    """How far the certificates of a session are. ``stopped`` wait for a person."""

    issued: int
    pending: int
    stopped: int

    @property
    def asked(self) -> int:
        return self.issued + self.pending + self.stopped

    @property
    def running(self) -> bool:
        return self.pending > 0

    @property
    def percent(self) -> int:
        return self.issued * 100 // self.asked if self.asked else 0


def progress(session: Session) -> Progress:
    """One statement: the few columns that tell which pending ones have stopped."""
    rows = Certificate.objects.filter(session=session, status__in=(S.PENDING, S.ISSUED)).only(
        "status", "attempts", "lease_until"
    )
    found = Counter(
        "issued" if row.status == S.ISSUED else "stopped" if row.is_stopped else "pending" for row in rows
    )
    return Progress(found["issued"], found["pending"], found["stopped"])


def without_certificate(session: Session) -> QuerySet[Enrolment]:
    """Who completed the session and never had a certificate for it: what a batch would ask for."""
    return (
        Enrolment.objects.filter(session=session, status=EnrolmentStatus.COMPLETED)
        .exclude(certificates__role=Certificate.Role.PARTICIPANT)
        .select_related("employee__unit", "employee__user")
        .order_by("employee__name", "pk")
    )


def ledger_line(certificate: Certificate) -> LedgerLine | None:
    """The line of the ledger that the same training gave; none for guests and speakers."""
    if certificate.enrolment_id is None:
        return None
    key = f"enrolment:{certificate.enrolment_id}"
    return LedgerLine.objects.filter(source_key=key, reversed_by=None).select_related("rule").first()
