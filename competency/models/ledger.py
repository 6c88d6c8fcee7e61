"""The JP ledger: append-only lines, corrections are reversing lines. And the records that come from outside."""

import uuid
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from asnportal.audit.models import Workflow, move
from asnportal.people.models import Employee, User
from competency.models.form import JpRule, LearningForm


class OwnedQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "OwnedQuerySet":
        """Own lines; the staff's for the supervisor; the unit's for its officer; all for BKPSDM and auditor."""
        if user.has_role("bkpsdm", "auditor", "admin"):
            return self
        return self.filter(employee__in=Employee.objects.visible_to(user))


class TrainingRecord(models.Model):
    """One training as imported, as handed in by the person (with evidence), or of the portal but held.

    ``waiting`` waits in BKPSDM's list and does not count, ``verified`` has posted a ledger line, ``rejected``
    is kept and never counts. ``jp`` is the figure as recorded. Held is a line of the portal above the usual
    JP of its form: ``line`` is what was computed, ``match_key`` the cause ("enrolment:17").
    """

    PORTAL = "portal"  # the source of a held one
    OUTSIDE = "outside"  # handed in by the person, or by an officer for the person

    class Status(models.TextChoices):
        WAITING = "waiting", "Menunggu verifikasi"
        VERIFIED = "verified", "Terverifikasi"
        REJECTED = "rejected", "Ditolak"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="training_records")
    title = models.CharField("nama pelatihan", max_length=250)
    organizer = models.CharField("penyelenggara", max_length=200, blank=True)
    form = models.ForeignKey(
        LearningForm, null=True, blank=True, on_delete=models.PROTECT, verbose_name="bentuk"
    )
    form_name = models.CharField("bentuk sesuai berkas", max_length=120, blank=True)
    abroad = models.BooleanField("internasional", default=False)
    start = models.DateField("mulai", null=True, blank=True)
    end = models.DateField("selesai", null=True, blank=True)
    year = models.PositiveSmallIntegerField("tahun", null=True, blank=True)
    jp = models.DecimalField("JP", max_digits=7, decimal_places=2, null=True, blank=True)
    number = models.CharField("nomor sertifikat", max_length=120, blank=True)
    programme_code = models.CharField("kode pelatihan", max_length=20, blank=True)
    status = models.CharField("keadaan", max_length=10, choices=Status, default=Status.WAITING, db_index=True)
    source = models.CharField("asal", max_length=40, default="import")
    match_key = models.CharField(max_length=200, unique=True, editable=False)
    line = models.JSONField("baris yang ditahan", default=dict, blank=True, editable=False)
    evidence = models.CharField(max_length=200, blank=True, editable=False)
    evidence_name = models.CharField("bukti", max_length=120, blank=True, editable=False)
    evidence_sha256 = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("catatan", max_length=250, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[OwnedQuerySet] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-end", "-id"]
        verbose_name = "riwayat pelatihan"

    def __str__(self) -> str:
        return self.title


RECORD = Workflow(
    "record",
    verify=move(TrainingRecord.Status.WAITING, to=TrainingRecord.Status.VERIFIED),
    reject=move(TrainingRecord.Status.WAITING, to=TrainingRecord.Status.REJECTED),
)


class LedgerLine(models.Model):
    """JP diakui of one training in one year (the WITA year of the end date). Never changed, never deleted.

    ``jp`` counts (negative on a reversing line), ``jp_material`` is the printed figure. ``explanation`` tells
    in Indonesian how the figure came about. ``source_key`` makes posting idempotent. ``daily`` holds the JP of
    each day ("2026-11-23": "3.00") where a cap of days or months has to remember them.
    """

    class Source(models.TextChoices):
        PORTAL = "portal", "Portal"
        IMPORT = "import", "Impor"
        OUTSIDE = "outside", "Pelatihan luar"

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="ledger_lines")
    day = models.DateField("tanggal selesai", db_index=True)
    year = models.PositiveSmallIntegerField("tahun", db_index=True)
    start = models.DateField("mulai", null=True, blank=True)
    form = models.ForeignKey(LearningForm, null=True, blank=True, on_delete=models.PROTECT)
    title = models.CharField("judul", max_length=250)
    organizer = models.CharField("penyelenggara", max_length=200, blank=True)
    jp_material = models.DecimalField("JP materi", max_digits=7, decimal_places=2, null=True, blank=True)
    jp = models.DecimalField("JP diakui", max_digits=7, decimal_places=2)
    rule = models.ForeignKey(JpRule, null=True, blank=True, on_delete=models.PROTECT)
    legal_basis = models.CharField("dasar hukum", max_length=200, blank=True)
    explanation = models.CharField("cara hitung", max_length=300, blank=True)
    daily = models.JSONField("JP per hari", default=dict, blank=True)
    source = models.CharField("asal", max_length=8, choices=Source)
    source_key = models.CharField(max_length=120, unique=True)
    record = models.ForeignKey(
        TrainingRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="lines"
    )
    evidence_number = models.CharField("nomor sertifikat", max_length=120, blank=True)
    evidence_token = models.CharField(max_length=64, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    posted_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[OwnedQuerySet] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-day", "-id"]
        verbose_name = "baris JP"
        indexes = [models.Index(fields=["employee", "year"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses=None, jp__gte=0) | Q(reverses__isnull=False, jp__lte=0),
                name="only_reversing_lines_are_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.jp} JP"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The ledger is append-only: post a reversing line.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The ledger is append-only: post a reversing line.")
