"""The audit trail: who did what to which thing, when and why. Append-only."""

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class AuditLineQuerySet(models.QuerySet["AuditLine"]):
    def about(self, thing: models.Model) -> "AuditLineQuerySet":
        return self.filter(
            target_type=ContentType.objects.get_for_model(type(thing)), target_id=str(thing.pk)
        ).order_by("id")

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("The audit trail is append-only.")

    def delete(self) -> NoReturn:
        raise TypeError("The audit trail is append-only.")


class AuditLine(models.Model):
    """One line. ``verb`` is the move or act in code's words; ``before`` and ``after`` are small facts, never files.

    ``actor`` is null for the system itself. Times are stored in UTC and shown in WITA.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60, db_index=True)
    target_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    target_id = models.CharField(max_length=40, blank=True)
    target = GenericForeignKey("target_type", "target_id")
    label = models.CharField(max_length=250, blank=True)
    before = models.CharField(max_length=250, blank=True)
    after = models.CharField(max_length=250, blank=True)
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    objects: ClassVar[AuditLineQuerySet] = AuditLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["target_type", "target_id"])]
        verbose_name = "baris jejak audit"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The audit trail is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The audit trail is append-only.")


def record(verb: str, target: models.Model | None, *, by: Any, note: str = "", **details: Any) -> AuditLine:
    """Write one line, in the caller's transaction. ``by`` is the acting user, or None for the system."""
    line = _line(verb, target, by=by, note=note, details=details)
    line.save()
    return line


def record_many(
    verb: str, targets: Iterable[models.Model], *, by: Any, note: str = "", **details: Any
) -> None:
    """One line for each thing, in one INSERT for all."""
    AuditLine.objects.bulk_create(
        [_line(verb, target, by=by, note=note, details=dict(details)) for target in targets], batch_size=500
    )


def _line(
    verb: str, target: models.Model | None, *, by: Any, note: str, details: dict[str, Any]
) -> AuditLine:
    before, after = str(details.pop("before", "")), str(details.pop("after", ""))
    return AuditLine(
        actor=by,
        actor_name=str(by) if by is not None else "Sistem",
        verb=verb,
        target_type=ContentType.objects.get_for_model(type(target)) if target is not None else None,
        target_id=str(target.pk) if target is not None else "",
        label=str(target)[:250] if target is not None else "",
        before=before[:250],
        after=after[:250],
        note=note,
        details=details,
    )
