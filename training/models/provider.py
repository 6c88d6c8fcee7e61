"""Who delivers a training: BKPSDM, LAN, a province, a university."""

from django.db import models


class Provider(models.Model):
    code = models.CharField("kode", max_length=20, unique=True)
    name = models.CharField("nama", max_length=200, unique=True)
    short_name = models.CharField("singkatan", max_length=60, blank=True)
    kind = models.CharField("jenis", max_length=80, blank=True)
    city = models.CharField("kota", max_length=80, blank=True)
    country = models.CharField("negara", max_length=60, default="Indonesia")
    website = models.URLField("situs", blank=True)
    is_active = models.BooleanField("aktif", default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "penyelenggara"

    def __str__(self) -> str:
        return self.short_name or self.name
