"""What a person changes about the own account."""

from django.db import transaction

from asnportal.audit.models import record
from asnportal.people.models import User


@transaction.atomic
def update(user: User, *, phone: str, wants_motivation: bool) -> None:
    """Own telephone and whether motivating reminders come."""
    employee = user.employee_or_none
    if employee is not None and employee.phone != phone:
        employee.phone = phone
        employee.save(update_fields=["phone"])
        record("employee.contact", employee, by=user, fields=["phone"])
    if user.wants_motivation != wants_motivation:
        user.wants_motivation = wants_motivation
        user.save(update_fields=["wants_motivation"])
