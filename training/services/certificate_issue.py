"""Making what was asked for: number, picture, seal, file, message. May run in many processes at once.

The rows are the queue. A worker takes one with a lease in database time; who dies with it leaves it to the
next one. The number is given in a transaction of its own, so that a crash afterwards leaves no gap.
"""

import errno
import logging
from dataclasses import replace
from datetime import date, timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from asnportal.audit.models import Job
from asnportal.common.errors import Refusal
from asnportal.common.wake import wake
from asnportal.notifications.notices import Notice
from asnportal.notifications.services import outbox
from competency.models import LedgerLine
from competency.queries.ledger import year_summary
from competency.queries.period import period_on
from training.models import CERTIFICATE, Certificate, CertificateSeries, CertificateStatus
from training.notices import certificate as notices
from training.queries.certificate import verify_url
from training.services import certificate_file as files
from training.services.certificate import JOB
from training.services.certificate_facts import CertificateFacts
from training.services.certificate_file import Stored
from training.services.certificate_pdf import render
from training.services.seal import sealer

log = logging.getLogger(__name__)

SERIES = "sertifikat"
LEASE = timedelta(seconds=120)
BETWEEN_TRIES = timedelta(seconds=30)
FULL = timedelta(seconds=60)
SECONDS_A_TASK = 8.0  # short, so that a worker that is asked to stop has its answer soon
NO_SPACE = "Tertunda: tempat penyimpanan penuh. Dilanjutkan sendiri setelah ada ruang."


def issue_due(*, seconds: float = SECONDS_A_TASK) -> int:
    """Make what is due for some seconds and wake the next one if more is left. Gives the number issued."""
    until, made = monotonic() + seconds, 0
    while (certificate_id := claim()) is not None:
        made += issue(certificate_id)
        if monotonic() > until:
            wake("training.issue_certificates")
            break
    finish_jobs()
    return made


@transaction.atomic
def claim() -> int | None:
    """Take one row that nobody works on, for the time of a lease."""
    due = (
        Certificate.objects.filter(Q(lease_until=None) | Q(lease_until__lt=Now()))
        .filter(status=CertificateStatus.PENDING, attempts__lt=Certificate.MOST_ATTEMPTS)
        .order_by("pk")
        .select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    )
    found = due.values_list("pk", flat=True).first()
    if found is not None:
        Certificate.objects.filter(pk=found).update(lease_until=Now() + LEASE, attempts=F("attempts") + 1)
    return found


def issue(certificate_id: int) -> bool:
    """One certificate from pending to issued; what goes wrong is written on it. Gives whether it is issued."""
    try:
        certificate = number(certificate_id)
        return certificate is not None and record_issue(certificate, make(certificate))
    except Refusal as refusal:  # a person has to act: not tried again by itself
        _put_back(certificate_id, refusal.message, attempts=Certificate.MOST_ATTEMPTS, lease_until=None)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            _put_back(certificate_id, NO_SPACE, attempts=F("attempts") - 1, lease_until=Now() + FULL)
        else:
            log.exception("certificate %s not made", certificate_id)
            words = f"Gagal disiapkan ({type(error).__name__})."
            _put_back(certificate_id, words, lease_until=Now() + BETWEEN_TRIES)
    return False


def _put_back(certificate_id: int, problem: str, **values: Any) -> None:
    pending = Certificate.objects.filter(pk=certificate_id, status=CertificateStatus.PENDING)
    pending.update(problem=problem[:300], **values)


@transaction.atomic
def number(certificate_id: int) -> Certificate | None:
    """Give the row its number and put it into the facts; None when it is no longer asked for."""
    found = Certificate.objects.select_for_update().get(pk=certificate_id)
    if found.status != CertificateStatus.PENDING:
        return None
    facts, today = CertificateFacts.from_json(found.facts), timezone.localdate()
    if not found.number:
        found.number = next_number(today)
        facts = replace(facts, issued_on=today)
    found.facts = replace(facts, number=found.number, check_code=found.check_code).to_json()
    found.save(update_fields=["number", "facts"])
    return found


def next_number(day: date) -> str:
    """The next number of the WITA year of ``day``; the series is locked until the transaction ends."""
    series = CertificateSeries.objects.filter(series=SERIES, year=day.year)
    if not series.update(last=F("last") + 1):  # the first of a year
        CertificateSeries.objects.get_or_create(series=SERIES, year=day.year)
        series.update(last=F("last") + 1)
    last = series.values_list("last", flat=True).get()
    pattern = settings.CERTIFICATE_NUMBER_PATTERN
    return str(pattern.format(urut=last, bulan=f"{day.month:02}", tahun=day.year))


def make(certificate: Certificate) -> Stored:
    """Picture, seal and file of a numbered row. Raises Refusal, OSError when the store is full."""
    facts = CertificateFacts.from_json(certificate.facts)
    pdf = render(facts, verify_url=verify_url(certificate.token))
    sealed = sealer().seal(pdf, reason=f"{facts.heading} {facts.number}")
    return files.store(sealed, public_id=str(certificate.public_id), year=facts.issued_on.year)


@transaction.atomic
def record_issue(certificate: Certificate, stored: Stored) -> bool:
    """Freeze what was made, with its message. A file that came too late is removed again."""
    related = Certificate.objects.select_related(
        "employee__user", "employee__unit", "guest", "session__programme", "requested_by__employee"
    )
    found = related.select_for_update(of=("self",)).get(pk=certificate.pk)
    if found.status != CertificateStatus.PENDING:
        files.remove(stored.name)
        return False
    found.file, found.sha256, found.size = stored.name, stored.sha256, stored.size
    found.issued_at, found.lease_until, found.problem = timezone.now(), None, ""
    saving = ("file", "sha256", "size", "issued_at", "lease_until", "problem")
    CERTIFICATE.apply_locked(found, "issue", by=found.requested_by, saving=saving)
    outbox.post_many([_notice(found)])
    return True


def _notice(certificate: Certificate) -> Notice:
    line = LedgerLine.objects.filter(source_key=f"enrolment:{certificate.enrolment_id}").first()
    if certificate.employee is None or line is None:
        return notices.ready(certificate)
    year = period_on(certificate.employee, line.day).year
    return notices.ready(certificate, jp=line.jp, summary=year_summary(certificate.employee, year))


def finish_jobs() -> None:
    """Batches of which nothing is left to do are done; what stopped is told by its own row."""
    left = Certificate.objects.filter(
        job=OuterRef("pk"), status=CertificateStatus.PENDING, attempts__lt=Certificate.MOST_ATTEMPTS
    )
    Job.objects.filter(kind=JOB, finished_at=None).exclude(Exists(left)).update(
        status=Job.Status.DONE, done=F("total"), finished_at=Now()
    )
