"""Stored results: what the pure functions found about each person on a day, for pages that show many people."""

from typing import ClassVar

from django.db import models

from asnportal.people.models import Employee
from competency.models.ledger import OwnedQuerySet


class Mark(models.TextChoices):
    """What stands behind a level that is stored."""

    OFFICIAL = "o", "Resmi"
    PROVISIONAL = "p", "Sementara"
    EXPIRED = "x", "Kedaluwarsa"
    NEVER = "", "Belum dinilai"


class Result(models.Model):
    """One row for each active person, written by the batch and never by hand.

    ``levels`` holds ``[required, held, mark]`` by the key of the competency as text; None where nothing is asked or
    nothing counts. ``total_gap`` counts missing levels, which no surplus cancels. ``jp`` is the JP diakui of the
    period that holds ``day`` (WITA), ``jp_target`` its floor, or with ``jp_is_ceiling`` its ceiling. ``index_total``
    is the simulation of IP ASN, None for those whom the rule set leaves out.
    """

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="result")
    day = models.DateField()
    computed_at = models.DateTimeField()
    levels = models.JSONField(default=dict)
    short = models.PositiveSmallIntegerField(default=0)
    unknown = models.PositiveSmallIntegerField(default=0)
    met = models.PositiveSmallIntegerField(default=0)
    above = models.PositiveSmallIntegerField(default=0)
    total_gap = models.PositiveSmallIntegerField(default=0)
    jp = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    jp_target = models.DecimalField(max_digits=7, decimal_places=2, default=0)
    jp_is_ceiling = models.BooleanField(default=False)
    index_total = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    index_category = models.CharField(max_length=20, blank=True)
    index_rule = models.CharField(max_length=20, blank=True)

    objects: ClassVar[OwnedQuerySet] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "hasil tersimpan"

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.day}"


class ResultRun(models.Model):
    """One pass over everybody for a WITA day, in portions by key: after a crash it goes on behind ``last_id``.

    ``seen_line`` and ``seen_assessment`` are the newest ledger line and assessment that are surely in the results;
    newer ones are caught up with between two passes. ``busy_until`` is the lease of who works on it.
    ``gaps`` is written at the end: by the key of a competency as text ``[asked, assessed, short]``, numbers of people
    in the whole city.
    """

    day = models.DateField()
    last_id = models.BigIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    seen_line = models.BigIntegerField(default=0)
    seen_assessment = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)
    gaps = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name = "perhitungan hasil"

    def __str__(self) -> str:
        return f"{self.day}: {self.people}"
