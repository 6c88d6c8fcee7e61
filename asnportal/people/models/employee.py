"""Employees (ASN): the person as the staff database knows them."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from asnportal.people.models.position import Position, Rank
from asnportal.people.models.unit import Unit

if TYPE_CHECKING:
    from asnportal.people.models.user import User


class EmployeeQuerySet(models.QuerySet["Employee"]):
    def active(self) -> "EmployeeQuerySet":
        return self.filter(is_active=True)

    def of_units(self, units: models.QuerySet[Unit]) -> "EmployeeQuerySet":
        return self.filter(unit__in=units)

    def visible_to(self, user: "User") -> "EmployeeQuerySet":
        """Own record, own staff, own unit as officer, all for BKPSDM, auditor (masked by the page) and admin."""
        if user.has_role("bkpsdm", "auditor", "admin"):
            return self
        scope = Q(user=user)
        if user.officer_units:
            scope |= Q(unit__in=Unit.objects.visible_to(user))
        if user.employee_or_none is not None:
            scope |= Q(supervisor=user.employee_or_none)
        return self.filter(scope)

    def staff_of(self, supervisor: "Employee") -> "EmployeeQuerySet":
        return self.filter(supervisor=supervisor, is_active=True)


class Employee(models.Model):
    """One civil servant. ``supervisor`` is computed from the tree of units (people/services/supervisor.py)
    and kept here, so that scope is one indexed comparison; ``supervisor_set`` is the one set by hand."""

    class Kind(models.TextChoices):
        PNS = "PNS", "PNS"
        CPNS = "CPNS", "CPNS"
        PPPK = "PPPK", "PPPK"
        PPPK_PW = "PPPK_PW", "PPPK Paruh Waktu"

    class Sex(models.TextChoices):
        MALE = "M", "Laki-laki"
        FEMALE = "F", "Perempuan"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="employee"
    )
    nip = models.CharField("NIP", max_length=18, unique=True)
    name = models.CharField("nama", max_length=150)
    title_before = models.CharField("gelar depan", max_length=60, blank=True)
    title_after = models.CharField("gelar belakang", max_length=90, blank=True)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex, blank=True)
    birth_date = models.DateField("tanggal lahir", null=True, blank=True)
    kind = models.CharField("status kepegawaian", max_length=8, choices=Kind, default=Kind.PNS, db_index=True)
    rank = models.ForeignKey(Rank, null=True, blank=True, on_delete=models.PROTECT, verbose_name="golongan")
    rank_since = models.DateField("TMT golongan", null=True, blank=True)
    position = models.ForeignKey(
        Position,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="holders",
        verbose_name="jabatan",
    )
    position_since = models.DateField("TMT jabatan", null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="employees", verbose_name="unit")
    education = models.CharField("pendidikan", max_length=60, blank=True)
    education_year = models.PositiveSmallIntegerField("tahun lulus", null=True, blank=True)
    appointed_on = models.DateField("TMT CPNS/PPPK", null=True, blank=True)
    contract_start = models.DateField("awal kontrak", null=True, blank=True)
    contract_end = models.DateField("akhir kontrak", null=True, blank=True)
    legal_status = models.CharField("kedudukan hukum", max_length=40, blank=True)
    email = models.EmailField("email", blank=True)
    phone = models.CharField("telepon", max_length=20, blank=True)
    supervisor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="staff", editable=False
    )
    supervisor_set = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="atasan (ditetapkan khusus)",
    )
    is_active = models.BooleanField("aktif", default=True, db_index=True)
    left_on = models.DateField("tidak aktif sejak", null=True, blank=True)
    left_reason = models.CharField("sebab tidak aktif", max_length=100, blank=True)
    quality_marks = models.JSONField("catatan mutu data", default=list, blank=True)

    history = HistoricalRecords(excluded_fields=["supervisor"])
    objects: ClassVar[EmployeeQuerySet] = EmployeeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        verbose_name = "pegawai"
        indexes = [models.Index(fields=["unit", "is_active"])]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as printed: degrees before, name, degrees after."""
        front = f"{self.title_before} {self.name}" if self.title_before else self.name
        return f"{front}, {self.title_after}" if self.title_after else front

    @property
    def is_pppk(self) -> bool:
        return self.kind in (self.Kind.PPPK, self.Kind.PPPK_PW)
