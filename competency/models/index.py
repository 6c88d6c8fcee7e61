"""IP ASN: the rule sets by date, and what is imported for it (DOMAIN.md 1.8)."""

from decimal import Decimal
from typing import ClassVar

from django.db import models

from asnportal.people.models import Employee
from competency.models.dated import DatedRule
from competency.models.ledger import OwnedQuerySet


class IndexRule(DatedRule):
    """One rule set: ``tables`` holds points, look-back periods (years) and categories as the instrument gives them."""

    code = models.CharField("versi", max_length=20, unique=True)
    tables = models.JSONField("tabel")

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = "aturan IP ASN"

    def __str__(self) -> str:
        return self.code


class PerformanceRating(models.Model):
    """The predicate of a year (PermenPANRB 6/2022), as imported."""

    class Predicate(models.TextChoices):
        VERY_GOOD = "Sangat Baik", "Sangat Baik"
        GOOD = "Baik", "Baik"
        NEEDS_WORK = "Butuh Perbaikan", "Butuh Perbaikan"
        POOR = "Kurang", "Kurang"
        VERY_POOR = "Sangat Kurang", "Sangat Kurang"

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="ratings")
    year = models.PositiveSmallIntegerField("tahun")
    predicate = models.CharField("predikat kinerja", max_length=16, choices=Predicate)

    objects: ClassVar[OwnedQuerySet] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-year"]
        verbose_name = "predikat kinerja"
        constraints = [models.UniqueConstraint(fields=["employee", "year"], name="one_rating_a_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.predicate}"


class DisciplinaryAction(models.Model):
    """A penalty (PP 94/2021), as imported. Need to know: never on a page of the supervisor."""

    class Grade(models.TextChoices):
        LIGHT = "light", "Ringan"
        MEDIUM = "medium", "Sedang"
        HEAVY = "heavy", "Berat"

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="penalties")
    day = models.DateField("tanggal keputusan")
    grade = models.CharField("tingkat", max_length=6, choices=Grade)

    class Meta:
        ordering = ["-day"]
        verbose_name = "hukuman disiplin"
        constraints = [models.UniqueConstraint(fields=["employee", "day", "grade"], name="penalty_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.get_grade_display()}"


class OfficialIndex(models.Model):
    """The value that SIASN gives for a year, as imported; the portal's own figure is only a simulation."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="official_indexes")
    year = models.PositiveSmallIntegerField("tahun")
    qualification = models.DecimalField("kualifikasi", max_digits=5, decimal_places=2)
    competence = models.DecimalField("kompetensi", max_digits=5, decimal_places=2)
    performance = models.DecimalField("kinerja", max_digits=5, decimal_places=2)
    discipline = models.DecimalField("disiplin", max_digits=5, decimal_places=2)
    imported_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[OwnedQuerySet] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-year"]
        verbose_name = "IP ASN resmi"
        constraints = [models.UniqueConstraint(fields=["employee", "year"], name="one_official_index_a_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.total}"

    @property
    def total(self) -> Decimal:
        return self.qualification + self.competence + self.performance + self.discipline
