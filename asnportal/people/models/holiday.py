"""Days on which the city's offices are closed; working days leave them and weekends out."""

from django.db import models


class Holiday(models.Model):
    day = models.DateField("tanggal", unique=True)
    name = models.CharField("nama", max_length=120)

    class Meta:
        ordering = ["day"]
        verbose_name = "hari libur"

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
