"""Certificates: a database record; the PDF is a picture of it. Frozen as issued."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from asnportal.audit.models import Job, Workflow, WorkflowModel, move
from asnportal.people.models import Employee, Unit, User
from training.models.enrolment import Enrolment
from training.models.session import Session


class CertificateStatus(models.TextChoices):
    PENDING = "pending", "Sedang disiapkan"
    ISSUED = "issued", "Berlaku"
    SUPERSEDED = "superseded", "Diganti"
    REVOKED = "revoked", "Dicabut"


CERTIFICATE = Workflow(
    "certificate",
    issue=move(CertificateStatus.PENDING, to=CertificateStatus.ISSUED),
    supersede=move(CertificateStatus.ISSUED, to=CertificateStatus.SUPERSEDED),
    revoke=move(CertificateStatus.PENDING, CertificateStatus.ISSUED, to=CertificateStatus.REVOKED),
)


class Guest(models.Model):
    """Somebody outside the staff who gets a certificate (speaker, moderator, outside participant)."""

    name = models.CharField("nama", max_length=150)
    institution = models.CharField("lembaga", max_length=200, blank=True)
    email = models.EmailField("email", blank=True)

    class Meta:
        verbose_name = "tamu"

    def __str__(self) -> str:
        return self.name


class CertificateSeries(models.Model):
    """The counter of one series in one WITA year; numbers are allotted under the lock of this row."""

    series = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "seri nomor sertifikat"
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_counter_per_series_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: User) -> "CertificateQuerySet":
        if user.has_role("bkpsdm", "auditor", "admin"):
            return self
        scope = Q(employee__user=user)
        if user.officer_units:
            scope |= Q(employee__unit__in=Unit.objects.visible_to(user))
        if user.employee_or_none is not None:
            scope |= Q(employee__supervisor=user.employee_or_none)
        return self.filter(scope)


class Certificate(WorkflowModel):
    """``facts`` are the printed facts, ``sha256`` the hash of the sealed bytes in ``file`` (private storage).

    ``token`` (128 bits and more) is in the QR; ``check_code`` (40 bits and more) goes with the number.
    ``job`` is the batch in which it was asked for. A pending one is taken by a worker with a lease, at most
    ``MOST_ATTEMPTS`` times; ``problem`` says why it is not issued yet.
    """

    MOST_ATTEMPTS = 3

    class Role(models.TextChoices):
        PARTICIPANT = "participant", "Peserta"
        SPEAKER = "speaker", "Narasumber"
        MODERATOR = "moderator", "Moderator"

    class RevokedKind(models.TextChoices):
        """The class of reason that everybody may read; the reason in words stays inside."""

        RECIPIENT = "recipient", "Salah penerima"
        REQUIREMENT = "requirement", "Syarat tidak terpenuhi"
        CONTENT = "content", "Isi keliru"
        TWICE = "twice", "Terbit dua kali"
        OTHER = "other", "Alasan lain"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(
        "keadaan", max_length=20, choices=CertificateStatus, default=CertificateStatus.PENDING, db_index=True
    )
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="certificates")
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    employee = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    guest = models.ForeignKey(
        Guest, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    role = models.CharField("peran", max_length=12, choices=Role, default=Role.PARTICIPANT)
    number = models.CharField("nomor", max_length=80, blank=True)
    version = models.PositiveSmallIntegerField("versi", default=1)
    token = models.CharField(max_length=64, unique=True)
    check_code = models.CharField("kode cek", max_length=16)
    facts = models.JSONField(default=dict)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    requested_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_kind = models.CharField(
        "jenis alasan", max_length=12, choices=RevokedKind, blank=True, default=""
    )
    revoked_reason = models.CharField("alasan pencabutan", max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    job = models.ForeignKey(
        Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="certificates"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    objects: ClassVar[CertificateQuerySet] = CertificateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-id"]
        verbose_name = "sertifikat"
        constraints = [
            models.UniqueConstraint(
                fields=["number", "version"],
                condition=~Q(number=""),
                name="one_certificate_per_number_and_version",
            ),
            models.UniqueConstraint(
                fields=["session", "employee", "role"],
                condition=Q(status__in=["pending", "issued"], employee__isnull=False),
                name="one_active_certificate_per_employee_session_role",
            ),
            models.UniqueConstraint(
                fields=["session", "guest", "role"],
                condition=Q(status__in=["pending", "issued"], guest__isnull=False),
                name="one_active_certificate_per_guest_session_role",
            ),
            models.CheckConstraint(
                condition=Q(employee__isnull=False, guest=None) | Q(employee=None, guest__isnull=False),
                name="certificate_has_one_recipient",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"sertifikat {self.pk}"

    @property
    def is_stopped(self) -> bool:
        """Not made and not tried again by itself: a person has to look at it."""
        waits = self.lease_until is not None and self.lease_until > timezone.now()
        return self.status == CertificateStatus.PENDING and self.attempts >= self.MOST_ATTEMPTS and not waits
