"""What workers do for competence. Tasks call one service and may run twice."""

from celery import shared_task

from competency.services import intake_job


@shared_task(name="competency.run_import")
def run_import() -> None:
    """Write the imports of training history that wait."""
    intake_job.run_waiting()
