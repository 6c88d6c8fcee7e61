"""The dictionary of competencies and what a position asks."""

from django.db import models

from asnportal.people.models import Position


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


class CompetencyLevel(models.Model):
    """What somebody does at one of the five levels (PermenPANRB 38/2017)."""

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    description = models.TextField("uraian")

    class Meta:
        ordering = ["competency", "level"]
        constraints = [
            models.UniqueConstraint(fields=["competency", "level"], name="competency_level_once"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 5)), name="competency_level_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.level}"


class Standard(models.Model):
    """The level that one position asks of one competency (standar jabatan)."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="standards")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="standards")
    level = models.PositiveSmallIntegerField("level wajib")
    importance = models.CharField("tingkat penting", max_length=20, blank=True)

    class Meta:
        ordering = ["position", "competency"]
        verbose_name = "standar jabatan"
        constraints = [
            models.UniqueConstraint(fields=["position", "competency"], name="standard_once"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 5)), name="standard_level_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.competency} {self.level}"
