"""The dictionary of competencies: what they are, and what somebody does at each level."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from competency.models.dated import DatedQuerySet

SINCE = date(2018, 1, 1)  # the dictionary and the standards as first entered, after PermenPANRB 38/2017


class Competency(models.Model):
    class Family(models.TextChoices):
        MANAGERIAL = "managerial", "Manajerial"
        SOCIOCULTURAL = "sociocultural", "Sosial kultural"
        TECHNICAL = "technical", "Teknis"

    code = models.CharField("kode", max_length=12, unique=True)
    name = models.CharField("nama", max_length=150)
    family = models.CharField("jenis", max_length=14, choices=Family)
    definition = models.TextField("definisi", blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "kompetensi"

    def __str__(self) -> str:
        return self.name

    @property
    def is_national(self) -> bool:
        """One of the nine that every post asks for (PermenPANRB 38/2017)."""
        return self.family != self.Family.TECHNICAL


class CompetencyLevel(models.Model):
    """What somebody does at one of the five levels (PermenPANRB 38/2017), in the words of one edition.

    A changed description is a new row from its day on, so an assessment reads as it was made.
    """

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    description = models.TextField("uraian")
    valid_from = models.DateField("sejak", default=SINCE)
    valid_until = models.DateField("sampai", null=True, blank=True)

    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["competency", "level", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["competency", "level", "valid_from"], name="competency_level_once_per_date"
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="competency_level_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.level}"
