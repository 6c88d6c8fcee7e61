"""The staff record: kept by officers, contact by the person and the unit, ended and taken up again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from asnportal.audit.models import record
from asnportal.common.errors import OwnCase, Refusal
from asnportal.common.wake import wake
from asnportal.people.models import ActivationCode, Employee, UnitHead, User
from asnportal.people.services.supervisor import recompute

# A change of one of these may change who supervises whom.
MOVES = {"unit", "position", "supervisor_set"}
DOUBLE = "NIP sudah terdaftar."


@transaction.atomic
def create(values: Mapping[str, Any], *, by: User) -> Employee:
    """A new employee, still without an account. Raises Refusal ``double``."""
    employee = Employee(**values)
    _save(employee)
    record("employee.create", employee, by=by)
    recompute()
    return employee


@transaction.atomic
def update(employee: Employee, values: Mapping[str, Any], *, by: User) -> list[str]:
    """Change the record; answers with the names of what changed. Nobody changes his own.

    A changed number becomes the name of the account too. Raises OwnCase, Refusal ``double``.
    """
    if employee.user_id is not None and employee.user_id == by.pk:
        raise OwnCase("Data kepegawaian Anda sendiri diubah oleh petugas lain.")
    fresh = Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
    changed = [name for name, value in values.items() if getattr(fresh, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(fresh, name, values[name])
    _save(fresh)
    if "nip" in changed and fresh.user_id:
        User.objects.filter(pk=fresh.user_id).update(username=fresh.nip)
    record("employee.update", fresh, by=by, fields=changed)
    if MOVES.intersection(changed):
        recompute()
    return changed


@transaction.atomic
def update_contact(employee: Employee, *, email: str, phone: str, by: User) -> None:
    """Email and telephone as the office knows them (P39)."""
    fresh = Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
    changed = [
        name for name, value in {"email": email, "phone": phone}.items() if getattr(fresh, name) != value
    ]
    if changed:
        fresh.email, fresh.phone = email, phone
        fresh.save(update_fields=["email", "phone"])
        record("employee.contact", fresh, by=by, fields=changed)


@dataclass(frozen=True)
class Leaving:
    """When (WITA day) and why; ``source`` is where the officer read it, for the audit trail."""

    on: date
    reason: str
    source: str = ""


@transaction.atomic
def leave(employee: Employee, *, on: date, reason: str, by: User) -> Employee:
    """The person left service on this WITA day: no sign-in and no mail from now on; certificates stay.

    Ends sessions, codes and headships. Who stands above (training) frees the seats. Raises OwnCase,
    Refusal ``already``.
    """
    fresh = _leave(employee, Leaving(on, reason), by)
    recompute()
    return fresh


@transaction.atomic
def leave_many(people: Iterable[Employee], leaving: Leaving, *, by: User) -> list[tuple[Employee, str]]:
    """As ``leave`` for each; answers with those who were left as they are, each with the sentence why."""
    refused = []
    for employee in people:
        try:
            _leave(employee, leaving, by)
        except Refusal as refusal:
            refused.append((employee, refusal.message))
    recompute()
    wake("training.sweep_enrolments")  # should whoever stands above not get to free the seats
    return refused


def _leave(employee: Employee, leaving: Leaving, by: User) -> Employee:
    if employee.user_id is not None and employee.user_id == by.pk:
        raise OwnCase("Anda tidak dapat menonaktifkan diri sendiri. Minta petugas lain.")
    fresh = Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
    if not fresh.is_active:
        raise Refusal("Pegawai ini sudah tidak aktif.", code="already")
    on = leaving.on
    fresh.is_active, fresh.left_on, fresh.left_reason = False, on, leaving.reason
    fresh.save(update_fields=["is_active", "left_on", "left_reason"])
    if fresh.user_id:
        User.objects.filter(pk=fresh.user_id).update(is_active=False, session_round=F("session_round") + 1)
    ActivationCode.objects.filter(employee=fresh, used_at=None, replaced_at=None).update(
        replaced_at=timezone.now()
    )
    running = UnitHead.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=on), employee=fresh, valid_from__lte=on
    )
    for head in running:
        head.valid_until = on
        head.save(update_fields=["valid_until"])
    note = f"{leaving.reason}. {leaving.source}" if leaving.source else leaving.reason
    record("employee.leave", fresh, by=by, note=note, after=on.isoformat())
    return fresh


@transaction.atomic
def reactivate(employee: Employee, *, by: User) -> Employee:
    """The person is back, or was marked by mistake: the account opens again. Raises OwnCase, Refusal ``already``."""
    if employee.user_id is not None and employee.user_id == by.pk:
        raise OwnCase
    fresh = Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
    if fresh.is_active:
        raise Refusal("Pegawai ini sudah aktif.", code="already")
    fresh.is_active, fresh.left_on, fresh.left_reason = True, None, ""
    fresh.save(update_fields=["is_active", "left_on", "left_reason"])
    if fresh.user_id:
        User.objects.filter(pk=fresh.user_id).update(is_active=True)
    record("employee.reactivate", fresh, by=by)
    recompute()
    return fresh


def _save(employee: Employee) -> None:
    try:
        with transaction.atomic():
            employee.save()
    except IntegrityError as error:
        raise Refusal(DOUBLE, code="double") from error
