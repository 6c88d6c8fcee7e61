"""What beat wakes for jobs of every kind."""

from celery import shared_task

from asnportal.audit.services import job


@shared_task(name="audit.expire_jobs")
def expire_jobs() -> None:
    """Files that people gave or got are deleted after 24 hours."""
    job.expire()
