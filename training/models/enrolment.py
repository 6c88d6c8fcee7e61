"""Enrolments: a person's request for a seat, from the tap to the end of the session."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from asnportal.audit.models import Workflow, WorkflowModel, move
from asnportal.people.models import Employee, Unit, User
from competency.models import PlanItem
from training.models.session import Session


class EnrolmentStatus(models.TextChoices):
    REQUESTED = "requested", "Menunggu persetujuan"
    WAITING = "waiting", "Daftar tunggu"
    CONFIRMED = "confirmed", "Terdaftar"
    DECLINED = "declined", "Ditolak"
    UNDECIDED = "undecided", "Tidak diputuskan"
    WITHDRAWN = "withdrawn", "Mengundurkan diri"
    CANCELLED = "cancelled", "Dibatalkan panitia"
    COMPLETED = "completed", "Selesai"
    NOT_COMPLETED = "not_completed", "Belum memenuhi syarat"


S = EnrolmentStatus
OPEN = (S.REQUESTED, S.WAITING, S.CONFIRMED)
ACTIVE = (*OPEN, S.COMPLETED, S.NOT_COMPLETED)

ENROLMENT = Workflow(
    "enrolment",
    confirm=move(S.REQUESTED, S.WAITING, to=S.CONFIRMED),
    queue=move(S.REQUESTED, to=S.WAITING),
    decline=move(S.REQUESTED, to=S.DECLINED),
    leave_undecided=move(S.REQUESTED, S.WAITING, to=S.UNDECIDED),
    withdraw=move(S.REQUESTED, S.WAITING, S.CONFIRMED, to=S.WITHDRAWN),
    cancel=move(S.REQUESTED, S.WAITING, S.CONFIRMED, to=S.CANCELLED),
    complete=move(S.CONFIRMED, to=S.COMPLETED),
    fail=move(S.CONFIRMED, to=S.NOT_COMPLETED),
)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: User) -> "EnrolmentQuerySet":
        """Own, own staff's, own unit's; all for BKPSDM, auditor and admin. Partners see theirs in partners."""
        if user.has_role("bkpsdm", "auditor", "admin"):
            return self
        scope = Q(employee__user=user)
        if user.officer_units:
            scope |= Q(employee__unit__in=Unit.objects.visible_to(user))
        if user.employee_or_none is not None:
            scope |= Q(employee__supervisor=user.employee_or_none)
        return self.filter(scope)


class Enrolment(WorkflowModel):
    """``number`` is the place in line, given under the session's lock the moment the request is made.

    ``step`` names whose approval is open ('' = all given); ``approver`` is the supervisor it waits for
    (null: BKPSDM). Days and times in WITA.
    """

    class Step(models.TextChoices):
        NONE = "", "Lengkap"
        SUPERVISOR = "supervisor", "Atasan langsung"
        BKPSDM = "bkpsdm", "BKPSDM"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(
        "keadaan", max_length=20, choices=EnrolmentStatus, default=S.REQUESTED, db_index=True
    )
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="enrolments")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="enrolments")
    number = models.PositiveIntegerField("nomor urut")
    step = models.CharField("menunggu", max_length=10, choices=Step, blank=True, default="", db_index=True)
    approver = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.SET_NULL, related_name="approvals_open"
    )
    step_since = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    escalated_because = models.CharField(max_length=150, blank=True)
    reason = models.CharField("alasan mengikuti", max_length=300, blank=True)
    requested_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField("alasan", max_length=300, blank=True)
    late_withdrawal = models.BooleanField(default=False)
    plan_item = models.ForeignKey(
        PlanItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="enrolments", editable=False
    )

    objects: ClassVar[EnrolmentQuerySet] = EnrolmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["session", "number"]
        verbose_name = "pendaftaran"
        indexes = [
            models.Index(fields=["employee", "status"]),
            models.Index(fields=["session", "status", "number"]),
            models.Index(fields=["approver", "step", "status"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employee"],
                condition=Q(status__in=["requested", "waiting", "confirmed", "completed", "not_completed"]),
                name="one_active_enrolment_per_person_and_session",
            ),
            models.UniqueConstraint(fields=["session", "number"], name="one_number_per_session"),
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.session}"


class Approval(models.Model):
    """One decision on one step: who, when, why. Nobody decides on himself (checked in the database too)."""

    class Decision(models.TextChoices):
        APPROVED = "approved", "Disetujui"
        DECLINED = "declined", "Ditolak"

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="approvals")
    step = models.CharField(max_length=10, choices=Enrolment.Step)
    decision = models.CharField(max_length=10, choices=Decision)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.CharField("catatan", max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "persetujuan"
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "step"], name="one_decision_per_step"),
            models.CheckConstraint(
                condition=Q(subject=None) | ~Q(subject=models.F("by")), name="nobody_approves_himself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} {self.enrolment}"
