"""A partner's proposal of a seminar, workshop or course, from draft to session."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from asnportal.audit.models import Workflow, WorkflowModel, move
from asnportal.people.models import User
from competency.models import Competency, LearningForm
from partners.models.partner import Partner
from training.models import Mode, Session, Topic


class ProposalStatus(models.TextChoices):
    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Ditinjau"
    RETURNED = "returned", "Perlu dilengkapi"
    ACCEPTED = "accepted", "Disetujui"
    DECLINED = "declined", "Ditolak"
    WITHDRAWN = "withdrawn", "Ditarik kembali"


S = ProposalStatus
PROPOSAL = Workflow(
    "proposal",
    submit=move(S.DRAFT, S.RETURNED, to=S.SUBMITTED),
    give_back=move(S.SUBMITTED, to=S.RETURNED),
    accept=move(S.SUBMITTED, to=S.ACCEPTED),
    decline=move(S.SUBMITTED, to=S.DECLINED),
    withdraw=move(S.DRAFT, S.SUBMITTED, S.RETURNED, to=S.WITHDRAWN),
)
EDITABLE = (S.DRAFT, S.RETURNED)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> "ProposalQuerySet":
        """The partner's own; for BKPSDM, auditor and admin all that left the partner's desk."""
        if user.has_role("bkpsdm", "auditor", "admin"):
            return self.exclude(status=S.DRAFT)
        return self.filter(partner__members__user=user)


class Proposal(WorkflowModel):
    """``day`` is a WITA day, hours are WITA. Minutes hang on the subjects; JP materi is computed from them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(
        "keadaan", max_length=20, choices=ProposalStatus, default=S.DRAFT, db_index=True
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField("judul kegiatan", max_length=200)
    form = models.ForeignKey(
        LearningForm, on_delete=models.PROTECT, related_name="+", verbose_name="bentuk kegiatan"
    )
    summary = models.CharField("ringkasan", max_length=300)
    description = models.TextField("uraian", blank=True)
    day = models.DateField("tanggal")
    last_day = models.DateField("sampai tanggal")
    other_day = models.DateField("tanggal lain yang mungkin", null=True, blank=True)
    starts = models.TimeField("mulai (WITA)")
    ends = models.TimeField("selesai (WITA)")
    mode = models.CharField("cara", max_length=12, choices=Mode, default=Mode.IN_PERSON)
    place = models.CharField("tempat", max_length=200, blank=True)
    link = models.URLField("tautan", blank=True)
    quota = models.PositiveIntegerField("kuota peserta")
    competencies = models.ManyToManyField(Competency, blank=True, related_name="+", verbose_name="kompetensi")
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name="topik")
    contact_name = models.CharField("narahubung", max_length=150)
    contact_phone = models.CharField("telepon narahubung", max_length=30)
    cost = models.CharField("biaya", max_length=120, blank=True)
    signatory_name = models.CharField("penanda tangan dari lembaga Anda", max_length=150, blank=True)
    signatory_title = models.CharField("jabatan penanda tangan", max_length=150, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField("jawaban BKPSDM", max_length=500, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    session = models.OneToOneField(
        Session, null=True, blank=True, on_delete=models.PROTECT, related_name="proposal"
    )

    objects: ClassVar[ProposalQuerySet] = ProposalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-id"]
        verbose_name = "usulan kegiatan"
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("day")), name="proposal_days_in_order"),
            models.CheckConstraint(condition=Q(quota__range=(1, 10_000)), name="proposal_quota_1_to_10000"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def minutes(self) -> int:
        """Minutes of all subjects together, net of breaks."""
        return sum(line.minutes for line in self.subjects.all())

    @property
    def jp(self) -> int:
        """JP materi: whole 45-minute hours of all subjects together."""
        return self.minutes // 45


class ProposalSubject(models.Model):
    """One subject of a proposal with its speaker and its minutes, net of breaks."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="subjects")
    order = models.PositiveSmallIntegerField(default=1)
    title = models.CharField("materi", max_length=200)
    speaker = models.CharField("narasumber", max_length=200)
    minutes = models.PositiveIntegerField("menit")

    class Meta:
        ordering = ["order", "id"]
        verbose_name = "materi usulan"

    def __str__(self) -> str:
        return self.title
