"""What somebody has: the level of a competency as somebody found it on a day, and who asks for a new look."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from asnportal.audit.models import Workflow, move
from asnportal.people.models import Employee, Position, User
from competency.models.dictionary import Competency
from competency.models.ledger import OwnedQuerySet
from competency.models.standard import Standard


class Method(models.TextChoices):
    """How a level was found. Only the first two are official (competency/queries/profile.py says which counts)."""

    CENTRE = "centre", "Pusat penilaian"
    TEST = "test", "Uji kompetensi"
    AROUND = "around", "Penilaian 360"
    SUPERVISOR = "supervisor", "Penilaian atasan"
    SELF = "self", "Penilaian mandiri"


OFFICIAL = (Method.CENTRE, Method.TEST)


class Assessment(models.Model):
    """One level of one competency (0: not mastered, to 5), found on a WITA day by one method.

    ``standard`` is the version it was made with (None: the usual level of the job group), ``required`` what that
    asked. Valid to ``valid_until``, both days included; None: no end.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="assessments")
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="assessments", verbose_name="kompetensi"
    )
    method = models.CharField("cara", max_length=10, choices=Method)
    level = models.PositiveSmallIntegerField("level")
    day = models.DateField("tanggal")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    position = models.ForeignKey(Position, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    standard = models.ForeignKey(Standard, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    required = models.PositiveSmallIntegerField("level wajib waktu itu", null=True, blank=True)
    note = models.TextField("catatan", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[OwnedQuerySet] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-day", "-id"]
        verbose_name = "penilaian"
        indexes = [models.Index(fields=["employee", "competency"])]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "competency", "method", "day"], name="assessment_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["employee", "competency", "day"],
                condition=Q(method__in=["centre", "test"]),
                name="one_official_result_a_day",
            ),
            models.CheckConstraint(condition=Q(level__range=(0, 5)), name="assessment_level_0_to_5"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("day")),
                name="assessment_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency}: {self.level}"

    @property
    def is_official(self) -> bool:
        return self.method in OFFICIAL


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User) -> "ReviewQuerySet":
        """One's own, those of one's staff, all for BKPSDM."""
        if user.has_role("bkpsdm"):
            return self
        employee = user.employee_or_none
        if employee is None:
            return self.none()
        return self.filter(Q(employee=employee) | Q(employee__supervisor=employee))


class Review(models.Model):
    """A new look at one competency, asked of the supervisor: by the person with evidence, or by a finished
    training that targets a gap (once for each ``source_key``). A certificate never changes a level itself."""

    class Status(models.TextChoices):
        OPEN = "open", "Menunggu penilaian"
        DONE = "done", "Sudah dinilai"
        DECLINED = "declined", "Tidak dinilai ulang"

    class Cause(models.TextChoices):
        REQUEST = "request", "Permintaan pegawai"
        TRAINING = "training", "Selesai pelatihan"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="reviews")
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="reviews", verbose_name="kompetensi"
    )
    cause = models.CharField("sebab", max_length=10, choices=Cause)
    reason = models.TextField("alasan")
    trained_on = models.DateField("selesai pelatihan", null=True, blank=True)
    source_key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    status = models.CharField("keadaan", max_length=10, choices=Status, default=Status.OPEN, db_index=True)
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField("jawaban", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[ReviewQuerySet] = ReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = "permintaan penilaian"
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "competency"],
                condition=Q(status="open", cause="request"),
                name="one_open_request_per_competency",
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.competency}"


REVIEW = Workflow(
    "review",
    assess=move(Review.Status.OPEN, to=Review.Status.DONE),
    decline=move(Review.Status.OPEN, to=Review.Status.DECLINED),
)
