"""Attendance per meeting. Only *hadir* counts towards the minimum."""

from django.db import models

from asnportal.people.models import User
from training.models.enrolment import Enrolment
from training.models.session import Meeting


class Attendance(models.Model):
    class Mark(models.TextChoices):
        PRESENT = "present", "Hadir"
        EXCUSED = "excused", "Izin"
        SICK = "sick", "Sakit"
        ABSENT = "absent", "Tidak hadir"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")
    mark = models.CharField("kehadiran", max_length=8, choices=Mark)
    source = models.CharField("sumber", max_length=20, default="panitia")
    marked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["meeting", "enrolment"]
        verbose_name = "kehadiran"
        constraints = [models.UniqueConstraint(fields=["meeting", "enrolment"], name="one_mark_per_meeting")]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.get_mark_display()}"
