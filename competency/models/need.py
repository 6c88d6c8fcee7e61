"""What an office needs to learn in a year, compiled from the plans of its people (AKPK, DOMAIN.md 1.4)."""

from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from asnportal.audit.models import Workflow, move
from asnportal.people.models import Unit, User
from asnportal.people.queries.headship import units_headed_by
from competency.models.dictionary import Competency
from competency.models.form import LearningForm
from competency.models.plan import PlanItem

OFFICE = 1  # the level of the units right below the city
MONTH = (MinValueValidator(1), MaxValueValidator(12))


def offices_above(units: Iterable[Unit]) -> models.QuerySet[Unit]:
    """The offices to which units belong: the unit right below the city on the way up; of the city itself all."""
    codes = {code for unit in units for code in unit.path.split("/")}
    if any(unit.level < OFFICE for unit in units):
        return Unit.objects.filter(level=OFFICE, is_active=True)
    return Unit.objects.filter(level=OFFICE, code__in=codes)


class NeedQuerySet(models.QuerySet["UnitNeed"]):
    def visible_to(self, user: User) -> "NeedQuerySet":
        """All for BKPSDM, auditor and admin; that of the own office for its officers and for who heads a unit."""
        if user.has_role("bkpsdm", "auditor", "admin"):
            return self
        return self.filter(unit__in=offices_of(user))


def offices_of(user: User) -> models.QuerySet[Unit]:
    """The offices whose needs this person reads as officer, else as head of a unit in them."""
    units: Iterable[Unit] = user.officer_units
    if not units and user.employee_or_none is not None:
        units = units_headed_by(user.employee_or_none)
    return offices_above(units)


class UnitNeed(models.Model):
    """One list per office and calendar year (WITA). ``note`` is the reason of the last return, ``budget`` what the
    office has for it (whole rupiah); ``scope`` says which plans are compiled."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draf"
        SENT = "sent", "Dikirim ke BKPSDM"
        RETURNED = "returned", "Dikembalikan"
        VERIFIED = "verified", "Terverifikasi"

    class Scope(models.TextChoices):
        APPROVED = "approved", "Hanya rencana yang disetujui"
        SUBMITTED = "submitted", "Juga rencana yang masih diajukan"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="needs")
    year = models.PositiveSmallIntegerField("tahun")
    status = models.CharField("keadaan", max_length=10, choices=Status, default=Status.DRAFT, db_index=True)
    scope = models.CharField(
        "rencana yang dihitung", max_length=10, choices=Scope, default=Scope.APPROVED, editable=False
    )
    budget = models.PositiveBigIntegerField("anggaran", null=True, blank=True)
    note = models.TextField("alasan dikembalikan", blank=True)
    compiled_at = models.DateTimeField(null=True, blank=True, editable=False)
    round = models.PositiveSmallIntegerField("pengiriman ke", default=0, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects: ClassVar[NeedQuerySet] = NeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-year", "unit"]
        verbose_name = "kebutuhan unit"
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="one_need_a_year")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    @property
    def is_open(self) -> bool:
        """Whether the office may change it."""
        return self.status in (self.Status.DRAFT, self.Status.RETURNED)


NEED = Workflow(
    "need",
    send=move(UnitNeed.Status.DRAFT, UnitNeed.Status.RETURNED, to=UnitNeed.Status.SENT),
    take_back=move(UnitNeed.Status.SENT, to=UnitNeed.Status.DRAFT),
    send_back=move(UnitNeed.Status.SENT, to=UnitNeed.Status.RETURNED),
    verify=move(UnitNeed.Status.SENT, to=UnitNeed.Status.VERIFIED),
)


class NeedLine(models.Model):
    """One need in its place of the order. ``key`` says what is compiled into it; it is "" for an office's own line.

    Compiling writes ``people``, ``waiting`` (those of them whose plan is not approved yet), ``jp`` (diakui, per
    person, the mean), ``month`` and the items; title, cost and reason belong to the office once the line is there.
    ``cost`` is whole rupiah per person.
    """

    need = models.ForeignKey(UnitNeed, on_delete=models.CASCADE, related_name="lines")
    order = models.PositiveIntegerField(default=1, editable=False)
    key = models.CharField(max_length=300, blank=True, editable=False)
    title = models.CharField("kebutuhan", max_length=250)
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
    people = models.PositiveIntegerField("jumlah orang", default=0)
    waiting = models.PositiveIntegerField("di antaranya belum disetujui", default=0, editable=False)
    jp = models.DecimalField("JP per orang", max_digits=7, decimal_places=2, default=0)
    month = models.PositiveSmallIntegerField("bulan sasaran", default=12, validators=MONTH)
    cost = models.PositiveBigIntegerField("biaya per orang", null=True, blank=True)
    reason = models.TextField("alasan", blank=True)
    items: "models.ManyToManyField[PlanItem, models.Model]" = models.ManyToManyField(
        PlanItem, related_name="needs", editable=False
    )

    class Meta:
        ordering = ["order", "id"]
        verbose_name = "butir kebutuhan"
        constraints = [
            models.UniqueConstraint(
                fields=["need", "key"], condition=~Q(key=""), name="need_line_compiled_once"
            ),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="need_line_month"),
            models.CheckConstraint(condition=Q(waiting__lte=models.F("people")), name="need_line_waiting"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_own(self) -> bool:
        """Whether it stands for no plan but for a need of the office itself."""
        return not self.key

    @property
    def is_gone(self) -> bool:
        """Whether the plans from which it came name it no more."""
        return bool(self.key) and self.people == 0

    @property
    def total(self) -> int | None:
        """Whole rupiah for everybody; None where no cost is known."""
        return None if self.cost is None else self.cost * self.people
