"""The individual plan of a year: what somebody means to learn, agreed with the supervisor (DOMAIN.md 1.4)."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from asnportal.audit.models import Workflow, move
from asnportal.people.models import Employee
from competency.models.dictionary import Competency
from competency.models.form import LearningForm
from competency.models.ledger import OwnedQuerySet


class Plan(models.Model):
    """One per person and calendar year (WITA). ``note`` is the reason of the last return."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draf"
        SUBMITTED = "submitted", "Diajukan"
        RETURNED = "returned", "Dikembalikan"
        APPROVED = "approved", "Disetujui"
        FINISHED = "finished", "Selesai"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField("tahun")
    status = models.CharField("keadaan", max_length=10, choices=Status, default=Status.DRAFT, db_index=True)
    note = models.TextField("alasan dikembalikan", blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    round = models.PositiveSmallIntegerField("pengajuan ke", default=0)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[OwnedQuerySet] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-year"]
        verbose_name = "rencana"
        constraints = [models.UniqueConstraint(fields=["employee", "year"], name="one_plan_a_year")]

    def __str__(self) -> str:
        return f"{self.employee} {self.year}"

    @property
    def is_open(self) -> bool:
        """Whether the person may change what was already in it."""
        return self.status in (self.Status.DRAFT, self.Status.RETURNED)


PLAN = Workflow(
    "plan",
    submit=move(Plan.Status.DRAFT, Plan.Status.RETURNED, to=Plan.Status.SUBMITTED),
    take_back=move(Plan.Status.SUBMITTED, to=Plan.Status.DRAFT),
    send_back=move(Plan.Status.SUBMITTED, to=Plan.Status.RETURNED),
    approve=move(Plan.Status.SUBMITTED, to=Plan.Status.APPROVED),
    finish=move(Plan.Status.APPROVED, to=Plan.Status.FINISHED),
)


class PlanItem(models.Model):
    """One thing to learn. ``jp`` is the JP diakui expected; ``added_later`` came into an approved plan.

    ``done_on`` is set by hand where no training of the portal stands behind it; the progress of the others follows
    their enrolment.
    """

    class Source(models.TextChoices):
        GAP = "gap", "Kesenjangan"
        WISH = "wish", "Keinginan sendiri"
        DUTY = "duty", "Tugas"

    class Mix(models.TextChoices):
        WORK = "work", "Dari pekerjaan"
        PEERS = "peers", "Dari rekan dan mentor"
        CLASS = "class", "Dari kelas dan daring"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    title = models.CharField("yang akan dipelajari", max_length=250)
    source = models.CharField("asal", max_length=5, choices=Source, default=Source.WISH)
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
    mix = models.CharField("cara belajar", max_length=5, choices=Mix, default=Mix.CLASS)
    target = models.DateField("sasaran selesai")
    jp = models.DecimalField("JP diharapkan", max_digits=7, decimal_places=2, default=0)
    reason = models.CharField("alasan", max_length=300, blank=True)
    done_on = models.DateField("selesai", null=True, blank=True)
    added_later = models.BooleanField(default=False, editable=False)
    carried_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["target", "id"]
        verbose_name = "butir rencana"
        constraints = [models.CheckConstraint(condition=Q(jp__gte=0), name="plan_item_jp_not_negative")]

    def __str__(self) -> str:
        return self.title


class PlanNote(models.Model):
    """One line of the dialogue between the person and the supervisor."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("catatan")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = "catatan rencana"

    def __str__(self) -> str:
        return self.text[:60]
