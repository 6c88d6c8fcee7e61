"""What workers do for people, when asked and by the clock. Tasks call one service and may run twice."""

from celery import shared_task

from asnportal.people.services import intake_job
from asnportal.people.services.supervisor import recompute


@shared_task(name="people.run_import")
def run_import() -> None:
    """Write the imports of people that wait."""
    intake_job.run_waiting()


@shared_task(name="people.recompute_supervisors")
def recompute_supervisors() -> None:
    """Just after midnight WITA: acting heads begin and end by date."""
    recompute()
