"""Certificates: asked for, corrected, revoked. Numbers and files come from certificate_issue.py.

Nobody asks for, corrects or revokes a certificate of his own, in any role.
"""

import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from asnportal.audit.models import Job, record
from asnportal.common.errors import OwnCase, Refusal
from asnportal.common.wake import wake
from asnportal.notifications.services import outbox
from asnportal.people.models import User
from training.models import CERTIFICATE, Certificate, CertificateStatus, Enrolment, Guest, Session
from training.notices import certificate as notices
from training.services import certificate_draft as draft
from training.services.certificate_facts import CertificateFacts
from training.services.certificate_pdf import check

ISSUE = "training.issue_certificates"
JOB = "certificates"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 letters without 0, 1, I, O: eight of them are 40 bits
OWN = "Sertifikat Anda sendiri diterbitkan petugas lain."
ACTIVE = (CertificateStatus.PENDING, CertificateStatus.ISSUED)
WORKERS_WOKEN = 2


@dataclass
class Batch:
    """What was asked for: ``job`` tells the progress (None when there was nothing to do)."""

    job: Job | None = None
    requested: int = 0
    refused: list[tuple[Enrolment, str]] = field(default_factory=list)


@transaction.atomic
def request_batch(session: Session, *, by: User) -> Batch:
    """Ask for the certificates of everybody who completed the session and never had one for it.

    One's own is left with a reason, and so is who has a letter that cannot be printed; the others are done.
    Raises Refusal with what blocks issuing at all.
    """
    locked = _lock(session)
    draft.require_all(locked)
    people = list(draft.people(locked).exclude(certificates__role=Certificate.Role.PARTICIPANT))
    return _request(locked, people, by=by)


@transaction.atomic
def request_one(enrolment: Enrolment, *, by: User) -> Batch:
    """Ask for one certificate, also anew after the last one was revoked. Raises as request_batch, and OwnCase."""
    locked = _lock(enrolment.session)
    draft.require_all(locked)
    person = draft.people(locked).filter(pk=enrolment.pk).first()
    if person is None:
        raise Refusal("Orang ini belum menyelesaikan pelatihan.", code="not_completed")
    if person.certificates.filter(role=Certificate.Role.PARTICIPANT, status__in=ACTIVE).exists():
        raise Refusal("Sertifikat untuk orang ini sudah ada.", code="exists")
    if by.pk == person.employee.user_id:
        raise OwnCase(OWN)
    batch = _request(locked, [person], by=by)
    for _, sentence in batch.refused:
        raise Refusal(sentence, code="unprintable")
    return batch


@transaction.atomic
def request_for_guest(session: Session, values: dict[str, Any], *, role: str, by: User) -> Certificate:
    """A certificate for somebody outside the staff; ``values`` are cleaned fields of Guest. Raises Refusal."""
    locked = _lock(session)
    draft.require_all(locked)
    guest = Guest.objects.create(**values)
    facts = draft.for_guest(locked, guest, role)
    check(facts)
    made = _new(locked, facts, by, guest=guest, role=role)
    made.save()
    record("certificate.request", made, by=by)
    wake(ISSUE)
    return made


def _lock(session: Session) -> Session:
    Session.objects.select_for_update(no_key=True).only("pk").get(pk=session.pk)
    return (
        Session.objects.select_related("programme__provider")
        .prefetch_related("programme__subjects")
        .get(pk=session.pk)
    )


def _request(session: Session, people: list[Enrolment], *, by: User) -> Batch:
    batch, wanted = Batch(), []
    facts = draft.for_participants(session, people)
    for person in people:
        if by.pk == person.employee.user_id:
            batch.refused.append((person, OWN))
        elif trouble := _trouble(facts[person.pk]):
            batch.refused.append((person, trouble))
        else:
            wanted.append(_new(session, facts[person.pk], by, enrolment=person, employee=person.employee))
    if wanted:
        batch.job = Job.objects.create(kind=JOB, owner=by, total=len(wanted), params={"session": session.pk})
        for certificate in wanted:
            certificate.job = batch.job
        Certificate.objects.bulk_create(wanted, batch_size=200)
        batch.requested = len(wanted)
        record("certificate.request", session, by=by, count=len(wanted))
        for _ in range(WORKERS_WOKEN):
            wake(ISSUE)
    return batch


def _trouble(facts: CertificateFacts) -> str:
    try:
        check(facts)
    except Refusal as refusal:
        return refusal.message
    return ""


def _new(session: Session, facts: CertificateFacts, by: User, **recipient: Any) -> Certificate:
    return Certificate(
        session=session,
        token=secrets.token_urlsafe(24),
        check_code=new_check_code(),
        facts=facts.to_json(),
        requested_by=by,
        **recipient,
    )


def new_check_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


@transaction.atomic
def correct(certificate: Certificate, *, by: User, reason: str) -> Certificate:
    """A new print of what is recorded now: the next version of the same number; the old one is superseded.

    Raises Refusal without a reason, or when the new print could not be made; WrongState unless it is issued.
    """
    _not_own(certificate, by)
    reason = _reason(reason)
    old = Certificate.objects.select_for_update(of=("self",)).select_related("guest").get(pk=certificate.pk)
    draft.require_all(_lock(old.session))
    facts = replace(draft.of(old), version=old.version + 1)
    check(facts)
    CERTIFICATE.apply_locked(old, "supersede", by=by, note=reason)
    made = _new(
        old.session,
        facts,
        by,
        enrolment_id=old.enrolment_id,
        employee_id=old.employee_id,
        guest_id=old.guest_id,
        role=old.role,
    )
    made.number, made.version, made.replaces = old.number, old.version + 1, old
    made.save()
    record("certificate.correct", made, by=by, note=reason)
    certificate.refresh_from_db()
    wake(ISSUE)
    return made


@transaction.atomic
def revoke(certificate: Certificate, *, by: User, kind: str, reason: str) -> None:
    """A wrong issue: everybody who checks sees that it no longer counts. Its number is never used again.

    ``kind`` is the class of reason that everybody reads. The JP in the ledger stay as they are.
    Raises OwnCase, Refusal without a reason, WrongState unless pending or issued.
    """
    _not_own(certificate, by)
    reason = _reason(reason)
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    was_issued = locked.status == CertificateStatus.ISSUED
    CERTIFICATE.apply_locked(locked, "revoke", by=by, note=reason, kind=kind)
    locked.revoked_at, locked.revoked_kind, locked.revoked_reason = timezone.now(), kind, reason
    locked.lease_until = None
    locked.save(update_fields=["revoked_at", "revoked_kind", "revoked_reason", "lease_until"])
    if was_issued:
        told = Certificate.objects.select_related("employee__user", "guest", "session__programme")
        outbox.post_many([notices.revoked(told.get(pk=locked.pk))])
    certificate.refresh_from_db()


@transaction.atomic
def retry(certificate: Certificate, *, by: User) -> None:
    """Try a stopped one again with what is recorded now; the number it already has stays. Raises Refusal."""
    _not_own(certificate, by)
    locked = (
        Certificate.objects.select_for_update(of=("self",)).select_related("guest").get(pk=certificate.pk)
    )
    if locked.status != CertificateStatus.PENDING:
        raise Refusal("Sertifikat ini tidak sedang disiapkan.", code="not_pending")
    facts = draft.of(locked)
    check(facts)
    locked.facts, locked.attempts, locked.problem, locked.lease_until = facts.to_json(), 0, "", None
    locked.save(update_fields=["facts", "attempts", "problem", "lease_until"])
    record("certificate.retry", locked, by=by)
    certificate.refresh_from_db()
    wake(ISSUE)


def _not_own(certificate: Certificate, by: User) -> None:
    own = by.employee_or_none
    if own is not None and own.pk == certificate.employee_id:
        raise OwnCase


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refusal("Tulis alasannya.", code="reason_missing")
    return reason.strip()[:300]
