"""What a post asks: its standard (SKJ) in dated versions, and the usual levels where it has none yet."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from asnportal.people.models import Position
from competency.models.dated import DatedQuerySet, DatedRule
from competency.models.dictionary import SINCE, Competency


class Standard(models.Model):
    """One version of a position's standard (standar kompetensi jabatan), from a day on (WITA).

    ``valid_until`` is the day before the next version. ``number`` and ``legal_basis`` name the decree.
    """

    position = models.ForeignKey(
        Position, on_delete=models.CASCADE, related_name="standards", verbose_name="jabatan"
    )
    valid_from = models.DateField("berlaku sejak", default=SINCE)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True, editable=False)
    legal_basis = models.CharField("dasar hukum", max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "-valid_from"]
        verbose_name = "standar jabatan"
        constraints = [
            models.UniqueConstraint(fields=["position", "valid_from"], name="standard_once_per_date"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="standard_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} ({self.valid_from})"


class StandardItem(models.Model):
    """The level (1 to 5) that one version asks of one competency."""

    class Importance(models.TextChoices):
        ABSOLUTE = "Mutlak", "Mutlak"
        IMPORTANT = "Penting", "Penting"
        NEEDED = "Perlu", "Perlu"

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="items")
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="standard_items", verbose_name="kompetensi"
    )
    level = models.PositiveSmallIntegerField("level wajib")
    importance = models.CharField("tingkat penting", max_length=20, blank=True)

    class Meta:
        ordering = ["standard", "competency"]
        verbose_name = "butir standar"
        constraints = [
            models.UniqueConstraint(fields=["standard", "competency"], name="standard_item_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="standard_item_level_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.level}"


class GroupStandard(DatedRule):
    """The usual level of the nine national competencies for a job group, until a post has its own standard."""

    group = models.CharField("kelompok jabatan", max_length=20)
    level = models.PositiveSmallIntegerField("level lazim")

    class Meta:
        ordering = ["group", "-valid_from"]
        verbose_name = "level lazim kelompok jabatan"
        constraints = [
            models.UniqueConstraint(fields=["group", "valid_from"], name="group_standard_once_per_date"),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="group_standard_level_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.level}"
