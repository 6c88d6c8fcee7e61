"""What Celery wakes in notifications."""

from celery import shared_task

from asnportal.notifications.services import delivery


@shared_task(name="notifications.deliver_due")
def deliver_due() -> int:
    """The postman's round: woken after each posting, and by beat each minute."""
    return delivery.deliver_due()
