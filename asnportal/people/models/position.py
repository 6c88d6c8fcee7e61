"""Positions and ranks: what somebody is, as the reference data names it."""

from django.db import models


class Position(models.Model):
    """A post (jabatan). ``echelon`` is 'II.a'…'IV.b' for structural posts, empty otherwise."""

    class Kind(models.TextChoices):
        STRUCTURAL = "structural", "Struktural"
        FUNCTIONAL = "functional", "Fungsional"
        STAFF = "staff", "Pelaksana"

    class Group(models.TextChoices):
        """Groups of posts that a training may be for."""

        JPT = "jpt", "pimpinan tinggi"
        ADMINISTRATOR = "administrator", "administrator"
        PENGAWAS = "pengawas", "pengawas"
        FUNCTIONAL = "fungsional", "fungsional"
        STAFF = "pelaksana", "pelaksana"

    code = models.CharField("kode", max_length=20, unique=True)
    name = models.CharField("nama", max_length=200)
    kind = models.CharField("jenis", max_length=12, choices=Kind)
    level = models.CharField("jenjang", max_length=60, blank=True)
    echelon = models.CharField("eselon", max_length=8, blank=True)
    job_class = models.PositiveSmallIntegerField("kelas jabatan", null=True, blank=True)
    family = models.CharField("rumpun", max_length=80, blank=True)
    min_education = models.CharField("pendidikan minimal", max_length=40, blank=True)
    min_rank = models.CharField("golongan minimal", max_length=8, blank=True)
    unit_group = models.CharField("kelompok unit", max_length=30, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "jabatan"

    def __str__(self) -> str:
        return self.name

    @property
    def group(self) -> str:
        """The Group of this post; structural posts by echelon (DOMAIN 2.5), '' where none is recorded."""
        if self.kind == self.Kind.FUNCTIONAL:
            return self.Group.FUNCTIONAL
        if self.kind == self.Kind.STAFF:
            return self.Group.STAFF
        return OF_ECHELON.get(self.echelon.partition(".")[0], "")


OF_ECHELON = {
    "II": Position.Group.JPT,
    "III": Position.Group.ADMINISTRATOR,
    "IV": Position.Group.PENGAWAS,
}


class Rank(models.Model):
    """Golongan. Two scales that are never compared: PNS (with pangkat) and PPPK (DOMAIN 2.4). Sort by ``order``."""

    class Scale(models.TextChoices):
        PNS = "pns", "PNS"
        PPPK = "pppk", "PPPK"

    code = models.CharField(max_length=8, primary_key=True)
    scale = models.CharField(max_length=4, choices=Scale)
    order = models.PositiveSmallIntegerField()
    title = models.CharField("pangkat", max_length=60, blank=True)

    class Meta:
        ordering = ["scale", "order"]
        verbose_name = "golongan"

    def __str__(self) -> str:
        return f"{self.title} ({self.code})" if self.title else self.code
