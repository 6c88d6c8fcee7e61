"""What beat and requests wake for the trainings. Tasks call one service and may run twice."""

from celery import shared_task
from django.utils import timezone

from training.services import certificate_issue, escalation, reminder


@shared_task(name="training.sweep_enrolments")
def sweep_enrolments() -> None:
    """Escalation, re-routing, undecided requests, leavers, free seats: whatever is due this minute."""
    escalation.sweep(now=timezone.now())


@shared_task(name="training.remind")
def remind() -> None:
    """Reminders of meetings and of unanswered requests whose moment has come."""
    reminder.remind(now=timezone.now())


@shared_task(name="training.issue_certificates")
def issue_certificates() -> None:
    """Numbers, files and messages of the certificates that were asked for, for some seconds."""
    certificate_issue.issue_due()
