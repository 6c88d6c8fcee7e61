"""Units of the city as a tree, and who heads them from when until when."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

if TYPE_CHECKING:
    from asnportal.people.models.user import User


class UnitQuerySet(models.QuerySet["Unit"]):
    def under(self, unit: "Unit") -> "UnitQuerySet":
        """The unit itself and everything below it, on today's tree."""
        return self.filter(Q(pk=unit.pk) | Q(path__startswith=f"{unit.path}/"))

    def under_any(self, units: "Iterable[Unit]") -> "UnitQuerySet":
        scope = self.none()
        for unit in units:
            scope = scope | self.under(unit)
        return scope

    def visible_to(self, user: "User") -> "UnitQuerySet":
        if user.has_role("bkpsdm", "auditor", "admin"):
            return self
        return self.under_any(user.officer_units)


class Unit(models.Model):
    """A node of the organisation (unor). ``path`` holds the codes from the root, for subtree queries."""

    code = models.CharField("kode", max_length=30, unique=True)
    name = models.CharField("nama", max_length=200)
    short_name = models.CharField("singkatan", max_length=120, blank=True)
    kind = models.CharField("jenis", max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    level = models.PositiveSmallIntegerField(default=0)
    path = models.CharField(max_length=200, db_index=True, editable=False)
    area_code = models.CharField("kode wilayah", max_length=20, blank=True)
    district = models.CharField("kecamatan", max_length=60, blank=True)
    aliases = models.JSONField("ejaan lain", default=list, blank=True)
    is_active = models.BooleanField("aktif", default=True)
    contact_name = models.CharField("nama admin unit", max_length=150, blank=True)
    contact_phone = models.CharField("telepon admin unit", max_length=30, blank=True)

    history = HistoricalRecords()
    objects: ClassVar[UnitQuerySet] = UnitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["code"]
        verbose_name = "unit"

    def __str__(self) -> str:
        return self.short_name or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.path = f"{self.parent.path}/{self.code}" if self.parent else self.code
        super().save(*args, **kwargs)


class UnitHead(models.Model):
    """Who heads a unit: set by hand, by the units file or as Plt./Plh.; both dates are inclusive WITA days."""

    class Kind(models.TextChoices):
        DEFINITIVE = "definitive", "Definitif"
        PLT = "plt", "Plt."
        PLH = "plh", "Plh."

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="heads")
    employee = models.ForeignKey("people.Employee", on_delete=models.CASCADE, related_name="headed")
    kind = models.CharField("jenis", max_length=12, choices=Kind, default=Kind.DEFINITIVE)
    valid_from = models.DateField("sejak")
    valid_until = models.DateField("sampai", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = "kepala unit"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="unit_head_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.employee}"

    @property
    def name_in_office(self) -> str:
        """As people write it: the name alone, "Plt." or "Plh." before it only for acting heads."""
        return self.employee.full_name if self.kind == self.Kind.DEFINITIVE else str(self)

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
