"""Activation codes: the first sign-in of people who may have no mailbox."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from asnportal.people.models.employee import Employee


class ActivationCode(models.Model):
    """A code on a printed sheet, valid 14 days and once. Only its keyed hash is stored."""

    class Purpose(models.TextChoices):
        ACTIVATE = "activate", "Aktivasi"
        RESET = "reset", "Kata sandi baru"

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="activation_codes")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.ACTIVATE)
    code_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "kode aktivasi"
        constraints = [
            models.UniqueConstraint(
                fields=["employee"],
                condition=Q(used_at=None, replaced_at=None),
                name="one_live_activation_code_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"kode aktivasi {self.employee}"
