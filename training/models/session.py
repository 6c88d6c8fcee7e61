"""Sessions: a dated run of a programme (people read *jadwal*), and its meetings (*pertemuan*)."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from asnportal.audit.models import Workflow, WorkflowModel, move
from asnportal.people.models import User
from training.models.city_plan import CityPlanLine
from training.models.programme import Mode, Programme


class SessionStatus(models.TextChoices):
    DRAFT = "draft", "Draf"
    PUBLISHED = "published", "Dibuka"
    FINISHED = "finished", "Selesai"
    CANCELLED = "cancelled", "Dibatalkan"


SESSION = Workflow(
    "session",
    publish=move(SessionStatus.DRAFT, to=SessionStatus.PUBLISHED),
    finish=move(SessionStatus.PUBLISHED, to=SessionStatus.FINISHED),
    cancel=move(SessionStatus.DRAFT, SessionStatus.PUBLISHED, to=SessionStatus.CANCELLED),
)


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: User | None) -> "SessionQuerySet":
        """Published, finished and cancelled sessions for everybody; drafts for BKPSDM, auditor and admin."""
        if user is not None and user.is_authenticated and user.has_role("bkpsdm", "auditor", "admin"):
            return self
        return self.exclude(status=SessionStatus.DRAFT).filter(programme__is_active=True)

    def registration_open(self, now: datetime) -> "SessionQuerySet":
        """Published, and open for requests at ``now``; the closing minute itself still counts (TRUST R15)."""
        return self.filter(
            Q(registration_opens=None) | Q(registration_opens__lte=now),
            status=SessionStatus.PUBLISHED,
            registration_closes__gte=now.replace(second=0, microsecond=0),
        )


class Session(WorkflowModel):
    """One run with its seats. Seats are counted in ``confirmed_count`` under the lock of this row;
    ``next_number`` is the next place in line, given inside the same lock. Times UTC, shown in WITA. ``plan_line`` is
    the line of the city's plan that it carries out."""

    class Approval(models.TextChoices):
        NONE = "none", "Tanpa persetujuan"
        SUPERVISOR = "supervisor", "Atasan langsung"
        BKPSDM = "bkpsdm", "BKPSDM"
        BOTH = "both", "Atasan langsung, lalu BKPSDM"

    status = models.CharField(
        "keadaan", max_length=20, choices=SessionStatus, default=SessionStatus.DRAFT, db_index=True
    )
    code = models.CharField("kode", max_length=20, unique=True, null=True, blank=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="sessions")
    plan_line = models.ForeignKey(
        CityPlanLine, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions", editable=False
    )
    batch = models.PositiveSmallIntegerField("angkatan", default=1)
    start = models.DateField("mulai", db_index=True)
    end = models.DateField("selesai")
    mode = models.CharField("cara", max_length=12, choices=Mode, default=Mode.IN_PERSON)
    place = models.CharField("tempat", max_length=200, blank=True)
    link = models.URLField("tautan pertemuan", blank=True)
    quota = models.PositiveIntegerField("kuota")
    confirmed_count = models.PositiveIntegerField(default=0, editable=False)
    next_number = models.PositiveIntegerField(default=1, editable=False)
    registration_opens = models.DateTimeField("pendaftaran dibuka", null=True, blank=True)
    registration_closes = models.DateTimeField("pendaftaran ditutup")
    approval = models.CharField("persetujuan", max_length=10, choices=Approval, default=Approval.SUPERVISOR)
    min_attendance_pct = models.PositiveSmallIntegerField("kehadiran minimal (%)", default=80)
    contact_name = models.CharField("narahubung", max_length=150, blank=True)
    contact_phone = models.CharField("telepon narahubung", max_length=30, blank=True)
    cost = models.CharField("biaya", max_length=120, blank=True)
    notes = models.TextField("catatan untuk peserta", blank=True)
    signatory_name = models.CharField("penanda tangan", max_length=150, blank=True)
    signatory_title = models.CharField("jabatan penanda tangan", max_length=150, blank=True)
    second_signatory_name = models.CharField("penanda tangan mitra", max_length=150, blank=True)
    second_signatory_title = models.CharField("jabatan penanda tangan mitra", max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    cancel_reason = models.CharField("alasan pembatalan", max_length=300, blank=True)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[SessionQuerySet] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["start", "id"]
        verbose_name = "jadwal"
        indexes = [
            models.Index(fields=["status", "start"]),
            # the next open session of each programme, without sorting (the catalogue)
            models.Index(fields=["programme", "status", "start", "id"], name="session_next_of_programme"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_count__lte=F("quota")), name="never_more_seats_than_quota"
            ),
            models.CheckConstraint(condition=Q(quota__range=(1, 10_000)), name="quota_1_to_10000"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="session_dates_in_order"),
            models.CheckConstraint(
                condition=Q(min_attendance_pct__lte=100), name="min_attendance_is_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, angkatan {self.batch}"

    @property
    def title(self) -> str:
        return self.programme.title

    @property
    def registration_ends(self) -> datetime:
        """The first moment after the window: "sampai 23.59" lasts until 24.00 (TRUST R15)."""
        return self.registration_closes.replace(second=0, microsecond=0) + timedelta(minutes=1)

    @property
    def free_seats(self) -> int:
        return max(0, self.quota - self.confirmed_count)


class Meeting(models.Model):
    """One sitting. Only meetings that are closed by a person count towards attendance."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai")
    place = models.CharField("tempat", max_length=200, blank=True)
    link = models.URLField("tautan", blank=True)
    topic = models.CharField("pokok bahasan", max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["starts_at", "id"]
        verbose_name = "pertemuan"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_hours_in_order"),
            models.UniqueConstraint(fields=["session", "starts_at"], name="one_meeting_per_start"),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.starts_at}"
