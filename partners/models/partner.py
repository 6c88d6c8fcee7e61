"""Partners (universities and agencies) and the people who act for them."""

from typing import ClassVar

from django.db import models

from asnportal.people.models import User
from training.models import Provider


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, user: User) -> "PartnerQuerySet":
        if user.has_role("bkpsdm", "auditor", "admin"):
            return self
        return self.filter(members__user=user)


class Partner(models.Model):
    """One-to-one with the provider that the catalogue names."""

    provider = models.OneToOneField(Provider, on_delete=models.PROTECT, related_name="partner")
    email = models.EmailField("email", blank=True)
    phone = models.CharField("telepon", max_length=40, blank=True)
    contact = models.CharField("narahubung", max_length=150, blank=True)
    is_active = models.BooleanField("aktif", default=True)
    since = models.DateField("sejak", null=True, blank=True)
    until = models.DateField("sampai", null=True, blank=True)

    objects: ClassVar[PartnerQuerySet] = PartnerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["provider__name"]
        verbose_name = "mitra"

    def __str__(self) -> str:
        return str(self.provider)


class Member(models.Model):
    """An account that acts for a partner."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="members")
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="partner_member")

    class Meta:
        verbose_name = "anggota mitra"

    def __str__(self) -> str:
        return f"{self.user} ({self.partner})"
