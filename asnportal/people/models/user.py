"""Accounts and roles. An account may belong to an employee; roles add rights to it."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Aggregate, Exists, OuterRef, Q, Subquery

from asnportal.people.models.unit import Unit

if TYPE_CHECKING:
    from asnportal.people.models.employee import Employee


class JsonList(Aggregate):
    """The values of a group as a JSON list, on both databases."""

    output_field = models.JSONField()
    function = "JSON_GROUP_ARRAY"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


class UserManager(BaseUserManager["User"]):
    @cached_property
    def signed_in(self) -> "models.QuerySet[User]":
        """For each request: the account with its person, roles and whether it leads people, in one statement.

        Put together once: that took longer than to run it.
        """
        grants = RoleGrant.objects.filter(user=OuterRef("pk")).order_by().values("user")
        staff = self.model._meta.apps.get_model("people", "Employee").objects.active()
        return self.select_related("employee__unit").annotate(
            loaded_roles=Subquery(grants.annotate(names=JsonList("role")).values("names")),
            loaded_leads=Exists(staff.filter(supervisor__user=OuterRef("pk"))),
        )

    def create_user(
        self, username: str, email: str | None = None, password: str | None = None, **extra: Any
    ) -> "User":
        user = self.model(username=username, email=self.normalize_email(email) or None, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **extra: Any
    ) -> "User":
        user = self.create_user(username, email, password, is_staff=True, is_superuser=True, **extra)
        RoleGrant.objects.create(user=user, role=RoleGrant.Role.ADMIN)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """An account. ``username`` is the NIP for employees, the email for partners and the technical admin."""

    class Theme(models.TextChoices):
        AUTO = "", "Ikuti perangkat"
        LIGHT = "light", "Terang"
        DARK = "dark", "Gelap"

    username = models.CharField("NIP atau email", max_length=150, unique=True)
    email = models.EmailField("email", null=True, blank=True, unique=True)
    name = models.CharField("nama", max_length=150, blank=True)
    is_active = models.BooleanField("aktif", default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)
    wants_motivation = models.BooleanField("pengingat yang memotivasi", default=True)
    session_round = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "akun"

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        employee = self.employee_or_none
        return employee.full_name if employee else self.name or self.username

    def get_session_auth_hash(self) -> str:
        """Raising ``session_round`` ends every session of the account at its next request."""
        return f"{super().get_session_auth_hash()}:{self.session_round}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for old in super().get_session_auth_fallback_hash():
            yield f"{old}:{self.session_round}"

    @cached_property
    def employee_or_none(self) -> "Employee | None":
        return getattr(self, "employee", None)

    @cached_property
    def grants(self) -> "tuple[RoleGrant, ...]":
        return tuple(self.role_grants.select_related("unit"))

    @cached_property
    def roles(self) -> frozenset[str]:
        if "loaded_roles" in self.__dict__:  # by UserManager.signed_in
            return frozenset(self.__dict__["loaded_roles"] or ())
        return frozenset(grant.role for grant in self.grants)

    @cached_property
    def leads_people(self) -> bool:
        """Whether somebody's requests come to this person as supervisor."""
        if "loaded_leads" in self.__dict__:
            return bool(self.__dict__["loaded_leads"])
        employee = self.employee_or_none
        return employee is not None and employee.staff.filter(is_active=True).exists()

    def has_role(self, *roles: str) -> bool:
        """Whether the account holds one of these roles; rights of an employee do not count as a role."""
        return bool(self.roles.intersection(roles))

    @cached_property
    def officer_units(self) -> tuple[Unit, ...]:
        """The units whose HR officer (admin unit) this person is; the rights reach everything below them."""
        if RoleGrant.Role.OPD not in self.roles:
            return ()
        return tuple(g.unit for g in self.grants if g.role == RoleGrant.Role.OPD and g.unit is not None)


class RoleGrant(models.Model):
    """A role given to an account. ``unit`` is set for the admin unit (opd) and for nobody else."""

    class Role(models.TextChoices):
        BKPSDM = "bkpsdm", "BKPSDM"
        OPD = "opd", "Admin unit"
        MITRA = "mitra", "Mitra"
        AUDITOR = "auditor", "Auditor"
        PIMPINAN = "pimpinan", "Pimpinan"
        ADMIN = "admin", "Admin teknis"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField("peran", max_length=10, choices=Role)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="officers")
    granted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "peran"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(unit=None), name="role_granted_once"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(unit__isnull=False),
                name="role_granted_once_per_unit",
            ),
            models.CheckConstraint(
                condition=(Q(role="opd") & Q(unit__isnull=False)) | (~Q(role="opd") & Q(unit__isnull=True)),
                name="only_unit_officers_have_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
