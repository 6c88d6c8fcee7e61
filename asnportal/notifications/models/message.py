"""The outbox: every mail is a row, written with its cause and delivered afterwards."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from asnportal.people.models import Employee, User


class MessageQuerySet(models.QuerySet["Message"]):
    def inbox_of(self, user: User) -> "MessageQuerySet":
        """What this person reads at /pemberitahuan/, whether or not a mail could be sent."""
        mine = Q(user=user)
        if user.employee_or_none is not None:
            mine |= Q(employee=user.employee_or_none)
        return self.filter(mine).exclude(status=Message.Status.SKIPPED)


class Message(models.Model):
    """One message to one person for one purpose, ever: ``key`` is unique in the database.

    What is private is read by the receiver alone; officers see in the mailbox that it went out.
    Without an address it is not mailed (status ``portal``) but stands in the portal all the same.
    ``text`` holds the paragraphs; the mail itself is dressed when it leaves (services/mail.py).
    Exactly one of ``employee``, ``user`` (who is no employee) and a bare ``address`` says who gets it.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "Menunggu"
        SENT = "sent", "Terkirim"
        FAILED = "failed", "Gagal"
        SKIPPED = "skipped", "Lewat"
        PORTAL = "portal", "Di portal saja"

    class Urgency(models.TextChoices):
        NOW = "now", "segera"
        OWN = "own", "kabar sendiri, 06.00–20.00 WITA"
        MOTIVATING = "motivating", "memotivasi, hari kerja 08.00–16.00 WITA"

    key = models.CharField(max_length=160, unique=True)
    purpose = models.CharField(max_length=50, db_index=True)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.OWN)
    is_private = models.BooleanField("hanya untuk penerima", default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    employee = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    address = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    why = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=200, blank=True)
    link_label = models.CharField(max_length=60, blank=True)
    calendar = models.TextField(blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-id"]
        verbose_name = "pesan"
        indexes = [
            models.Index(fields=["status", "due_at"]),
            models.Index(fields=["employee", "read_at"]),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def recipient(self) -> str:
        return str(self.employee or self.user or self.address)

    @property
    def short_recipient(self) -> str:
        return self.employee.name if self.employee else self.recipient

    @property
    def moment(self) -> datetime:
        """When it left, else when it leaves next."""
        return self.sent_at or self.due_at

    @property
    def recipient_is_active(self) -> bool:
        user = self.employee.user if self.employee else self.user
        return (self.employee is None or self.employee.is_active) and (user is None or user.is_active)
