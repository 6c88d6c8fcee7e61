"""The city's annual plan: its lines, what needs of offices stand in them, and how it is fixed (DOMAIN.md 1.4)."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from asnportal.audit.models import Workflow, WorkflowModel, move
from asnportal.people.models import User
from competency.models import Competency, LearningForm, NeedLine
from training.models.programme import Programme
from training.models.provider import Provider

MONTH = (MinValueValidator(1), MaxValueValidator(12))
READERS = ("bkpsdm", "admin", "auditor", "pimpinan")


class CityPlanQuerySet(models.QuerySet["CityPlan"]):
    def visible_to(self, user: User) -> "CityPlanQuerySet":
        """BKPSDM, admin, auditor and the leaders of the city: it holds no names."""
        return self if user.has_role(*READERS) else self.none()


class CityPlan(WorkflowModel):
    """One per calendar year (WITA). ``ceiling`` is the budget (whole rupiah). It is fixed by a decree and opened
    again only by a named revision with a reason."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draf"
        FIXED = "fixed", "Ditetapkan"
        REVISING = "revising", "Perubahan dibuka"

    status = models.CharField(
        "keadaan", max_length=20, choices=Status, default=Status.DRAFT, db_index=True, editable=False
    )
    year = models.PositiveSmallIntegerField("tahun", unique=True)
    ceiling = models.PositiveBigIntegerField("pagu anggaran", null=True, blank=True)
    decree_number = models.CharField("nomor keputusan", max_length=120, blank=True)
    decree_date = models.DateField("tanggal keputusan", null=True, blank=True)
    revision = models.PositiveSmallIntegerField("perubahan ke", default=0, editable=False)
    revision_name = models.CharField("nama perubahan", max_length=120, blank=True)
    revision_reason = models.TextField("alasan perubahan", blank=True)

    objects: ClassVar[CityPlanQuerySet] = CityPlanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-year"]
        verbose_name = "rencana tahunan"

    def __str__(self) -> str:
        return f"Rencana tahunan {self.year}"

    @property
    def is_open(self) -> bool:
        """Whether its lines may change."""
        return self.status != self.Status.FIXED

    @property
    def was_fixed(self) -> bool:
        """Whether there is a decree behind it, also while a revision is open."""
        return self.status != self.Status.DRAFT


CITY_PLAN = Workflow(
    "cityplan",
    fix=move(CityPlan.Status.DRAFT, CityPlan.Status.REVISING, to=CityPlan.Status.FIXED),
    revise=move(CityPlan.Status.FIXED, to=CityPlan.Status.REVISING),
)


class CityPlanLineQuerySet(models.QuerySet["CityPlanLine"]):
    def visible_to(self, user: User) -> "CityPlanLineQuerySet":
        return self if user.has_role(*READERS) else self.none()


class CityPlanLine(WorkflowModel):
    """One thing to be learnt. ``quota`` is seats in each of ``sessions`` runs, ``jp`` is JP materi, ``cost`` and
    ``actual_cost`` are whole rupiah, per person and for all that was spent; months are 1 to 12, both included."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Belum diverifikasi"
        VERIFIED = "verified", "Terverifikasi"

    status = models.CharField(
        "keadaan", max_length=20, choices=Status, default=Status.DRAFT, db_index=True, editable=False
    )
    plan = models.ForeignKey(CityPlan, on_delete=models.CASCADE, related_name="lines")
    title = models.CharField("judul", max_length=200)
    competency = models.ForeignKey(
        Competency,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="kompetensi",
    )
    form = models.ForeignKey(
        LearningForm, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="bentuk"
    )
    programme = models.ForeignKey(
        Programme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_lines",
        verbose_name="pelatihan di katalog",
    )
    provider = models.ForeignKey(
        Provider,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="penyelenggara",
    )
    audience = models.CharField("sasaran", max_length=200, blank=True)
    quota = models.PositiveIntegerField("kuota per jadwal", default=30)
    sessions_planned = models.PositiveSmallIntegerField("jumlah jadwal", default=1)
    jp = models.PositiveIntegerField("JP materi", default=0)
    cost = models.PositiveBigIntegerField("biaya per orang", null=True, blank=True)
    first_month = models.PositiveSmallIntegerField("dari bulan", default=1, validators=MONTH)
    last_month = models.PositiveSmallIntegerField("sampai bulan", default=12, validators=MONTH)
    note = models.TextField("catatan", blank=True)
    actual_cost = models.PositiveBigIntegerField("biaya yang terpakai", null=True, blank=True)
    verified_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CityPlanLineQuerySet] = CityPlanLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["first_month", "title", "id"]
        verbose_name = "baris rencana tahunan"
        constraints = [
            models.CheckConstraint(
                condition=Q(first_month__range=(1, 12), last_month__range=(1, 12)), name="city_line_months"
            ),
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")), name="city_line_months_in_order"
            ),
            models.CheckConstraint(condition=Q(quota__range=(1, 10_000)), name="city_line_quota"),
            models.CheckConstraint(condition=Q(sessions_planned__range=(1, 100)), name="city_line_sessions"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def people(self) -> int:
        return self.quota * self.sessions_planned

    @property
    def total(self) -> int | None:
        """Whole rupiah for everybody; None while the cost is not known."""
        return None if self.cost is None else self.cost * self.people


CITY_LINE = Workflow(
    "cityline",
    verify=move(CityPlanLine.Status.DRAFT, to=CityPlanLine.Status.VERIFIED),
    check_again=move(CityPlanLine.Status.VERIFIED, to=CityPlanLine.Status.DRAFT),
)


class CityPlanNeed(models.Model):
    """A need of an office in the line that answers it; in one line only."""

    line = models.ForeignKey(CityPlanLine, on_delete=models.CASCADE, related_name="needs")
    need_line = models.OneToOneField(NeedLine, on_delete=models.PROTECT, related_name="in_plan")

    class Meta:
        ordering = ["id"]
        verbose_name = "kebutuhan dalam rencana tahunan"

    def __str__(self) -> str:
        return f"{self.line}: {self.need_line}"
