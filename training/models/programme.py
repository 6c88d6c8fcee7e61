"""The catalogue: what can be learnt, independent of a date."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from asnportal.people.models import Rank, User
from competency.models import Competency, LearningForm
from training.models.provider import Provider


class Mode(models.TextChoices):
    """How people attend (delivery mode); seminar, workshop … are forms, not modes."""

    IN_PERSON = "in_person", "Tatap muka"
    ONLINE_LIVE = "online_live", "Daring terjadwal"
    ONLINE_SELF = "online_self", "Daring mandiri"
    BLENDED = "blended", "Campuran"
    AT_WORK = "at_work", "Di tempat kerja"


class Topic(models.Model):
    name = models.CharField("nama", max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "topik"

    def __str__(self) -> str:
        return self.name


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: User | None) -> "ProgrammeQuerySet":
        """Everybody sees active programmes; BKPSDM, auditor and admin see all."""
        if user is not None and user.is_authenticated and user.has_role("bkpsdm", "auditor", "admin"):
            return self
        return self.filter(is_active=True)


class Programme(models.Model):
    """A training as the catalogue names it. ``jp`` is JP materi (45-minute hours, whole).

    ``eligible_kinds``, ``eligible_groups`` (of posts) and the lowest ranks, one for each scale, bind; empty means
    everybody. ``audience`` says in words whom it is meant for.
    """

    class Family(models.TextChoices):
        TECHNICAL = "teknis", "Teknis"
        MANAGERIAL = "manajerial", "Manajerial"
        SOCIOCULTURAL = "sosio", "Sosial kultural"
        DIGITAL = "digital", "Digital dan data"

    code = models.CharField("kode", max_length=20, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField("judul", max_length=200)
    summary = models.CharField("ringkasan", max_length=300, blank=True)
    description = models.TextField("uraian (Markdown)", blank=True)
    description_html = models.TextField(blank=True, editable=False)
    form = models.ForeignKey(
        LearningForm, on_delete=models.PROTECT, related_name="programmes", verbose_name="bentuk"
    )
    family = models.CharField("rumpun", max_length=12, choices=Family, default=Family.TECHNICAL)
    kind = models.CharField("jenis", max_length=60, blank=True)
    jp = models.PositiveIntegerField("JP materi")
    duration_days = models.PositiveSmallIntegerField("lama (hari)", default=1)
    mode = models.CharField("cara", max_length=12, choices=Mode, default=Mode.IN_PERSON)
    abroad = models.BooleanField("internasional (di luar negeri)", default=False)
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, related_name="programmes", verbose_name="penyelenggara"
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="programmes", verbose_name="topik")
    audience = models.CharField("sasaran", max_length=200, blank=True)
    eligible_kinds = models.JSONField("status kepegawaian yang boleh", default=list, blank=True)
    eligible_groups = models.JSONField("kelompok jabatan yang boleh", default=list, blank=True)
    min_rank = models.ForeignKey(
        Rank,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="golongan terendah PNS",
    )
    min_rank_pppk = models.ForeignKey(
        Rank,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="golongan terendah PPPK",
    )
    usual_quota = models.PositiveIntegerField("kuota lazim", null=True, blank=True)
    certificate_kind = models.CharField("jenis sertifikat", max_length=40, default="Sertifikat")
    is_active = models.BooleanField("tampil di katalog", default=True)

    history = HistoricalRecords()
    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["title"]
        verbose_name = "pelatihan"
        constraints = [models.CheckConstraint(condition=Q(jp__gt=0), name="programme_has_jp")]

    def __str__(self) -> str:
        return self.title


class ProgrammeCompetency(models.Model):
    """The level of a competency that a programme leads to."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="competencies")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="programmes")
    level = models.PositiveSmallIntegerField("menuju level")

    class Meta:
        ordering = ["competency"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "competency"], name="programme_competency_once")
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.level}"


class Subject(models.Model):
    """A subject (mata pelatihan) of a programme. ``minutes`` net of breaks; ``jp`` whole, printed on the back."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="subjects")
    order = models.PositiveSmallIntegerField(default=1)
    title = models.CharField("mata pelatihan", max_length=200)
    minutes = models.PositiveIntegerField("menit", default=0)
    jp = models.PositiveIntegerField("JP", default=0)
    speaker = models.CharField("narasumber", max_length=200, blank=True)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = "mata pelatihan"

    def __str__(self) -> str:
        return self.title
