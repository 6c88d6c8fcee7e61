"""What workers do for competence. Tasks call one service and may run twice."""

from celery import shared_task
from django.utils import timezone

from competency.services import intake_job, result


@shared_task(name="competency.run_import")
def run_import() -> None:
    """Write the imports of training history that wait."""
    intake_job.run_waiting()


@shared_task(name="competency.recompute_results")
def recompute_results() -> None:
    """The stored results: everybody in the night, in between whoever has news."""
    result.run_due(now=timezone.now())
