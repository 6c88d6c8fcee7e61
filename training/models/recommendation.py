"""What somebody does not want to be advised, and why."""

from django.db import models

from asnportal.people.models import Employee
from training.models.programme import Programme


class SetAside(models.Model):
    """One programme that one person set aside. It hides advice and nothing else: catalogue, seats and approvals
    never look at it. ``words`` are for the person's own eyes; BKPSDM reads counts of reasons."""

    class Reason(models.TextChoices):
        KNOWN = "known", "Sudah saya kuasai"
        TIME = "time", "Waktunya belum cocok"
        POST = "post", "Bukan untuk jabatan saya"
        FAR = "far", "Terlalu jauh"
        OTHER = "other", "Alasan lain"

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="set_aside")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="set_aside")
    reason = models.CharField("alasan", max_length=5, choices=Reason)
    words = models.CharField("dengan kata sendiri", max_length=200, blank=True)
    at = models.DateTimeField("sejak")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "saran yang disisihkan"
        constraints = [models.UniqueConstraint(fields=["employee", "programme"], name="set_aside_once")]

    def __str__(self) -> str:
        return str(self.programme)
