"""What an assessment centre wrote about somebody: the report of one day. Its levels are assessments of that day."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from asnportal.people.models import Employee, User


class CentreQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "CentreQuerySet":
        """One's own; all for BKPSDM and the auditor. Not the supervisor's, not the office's (DOMAIN.md 8)."""
        if user.has_role("bkpsdm", "auditor"):
            return self
        return self.filter(employee__user=user)


class CentreReport(models.Model):
    """One report. ``stated`` is the JPM (percent) that the assessor wrote, None where none is given.

    ``uncut`` is the JPM with every level in full, ``cut`` with levels above the standard cut at it; both are None
    where the post asked none of what was measured. WITA days, ``valid_until`` included.
    """

    class Purpose(models.TextChoices):
        SELECTION = "selection", "Seleksi/Promosi"
        MAPPING = "mapping", "Pemetaan"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="centre_reports")
    day = models.DateField("tanggal")
    valid_until = models.DateField("berlaku sampai", db_index=True)
    purpose = models.CharField("tujuan", max_length=10, choices=Purpose)
    organizer = models.CharField("penyelenggara", max_length=200, blank=True)
    stated = models.DecimalField("JPM penilai", max_digits=5, decimal_places=2, null=True, blank=True)
    uncut = models.DecimalField("JPM penuh", max_digits=5, decimal_places=2, null=True, blank=True)
    cut = models.DecimalField("JPM dipotong", max_digits=5, decimal_places=2, null=True, blank=True)
    strengths = models.TextField("kekuatan", blank=True)
    weaknesses = models.TextField("kelemahan", blank=True)
    advice = models.TextField("saran pengembangan", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[CentreQuerySet] = CentreQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-day", "-id"]
        verbose_name = "laporan pusat penilaian"
        constraints = [
            models.UniqueConstraint(fields=["employee", "day"], name="centre_report_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=models.F("day")), name="centre_report_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.day}"
