"""What holds from a day on: rules, figures and versions, never rewritten once in force."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that hold from ``valid_from`` to ``valid_until`` (WITA days, both included; None: no end yet)."""

    def on(self, day: date) -> "DatedQuerySet":
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


class DatedRule(models.Model):
    """A rule with the instrument that sets it."""

    valid_from = models.DateField("sejak")
    valid_until = models.DateField("sampai", null=True, blank=True)
    legal_basis = models.CharField("dasar hukum", max_length=200)

    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True
