"""What workers do for people. Tasks call one service and may run twice."""

from celery import shared_task

from asnportal.people.services import intake_job


@shared_task(name="people.run_import")
def run_import() -> None:
    """Write the imports of people that wait."""
    intake_job.run_waiting()
