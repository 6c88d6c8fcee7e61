"""Units of the tree, and who heads them from when until when (P53, P54)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from asnportal.audit.models import record
from asnportal.common.errors import OwnCase, Refusal
from asnportal.people.models import Employee, Unit, UnitHead, User
from asnportal.people.services.supervisor import recompute


@dataclass(frozen=True)
class Term:
    """As what somebody heads a unit, and on which WITA days (both included; no last day: until further notice)."""

    kind: str
    since: date
    until: date | None = None


@transaction.atomic
def create(values: Mapping[str, Any], *, by: User) -> Unit:
    """A new unit below its parent. Raises Refusal ``double`` for a code that is taken."""
    unit = Unit(**values)
    unit.level = unit.parent.level + 1 if unit.parent else 0
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as error:
        raise Refusal("Kode unit sudah dipakai.", code="double") from error
    record("unit.create", unit, by=by)
    return unit


@transaction.atomic
def update(unit: Unit, values: Mapping[str, Any], *, by: User) -> list[str]:
    """Change a unit; moved below another one, everything under it moves along.

    Raises Refusal ``circle`` (a unit below itself), ``people`` (closed while active people belong to it).
    """
    fresh = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    changed = [name for name, value in values.items() if getattr(fresh, name) != value]
    if not changed:
        return []
    _check(fresh, values, changed)
    before = fresh.path
    for name in changed:
        setattr(fresh, name, values[name])
    if "parent" in changed:
        _move(fresh, before)
    fresh.save()
    record("unit.update", fresh, by=by, fields=changed)
    if {"parent", "is_active"}.intersection(changed):
        recompute()
    return changed


@transaction.atomic
def name_head(unit: Unit, employee: Employee, term: Term, *, by: User) -> UnitHead:
    """Name the head of a unit, definitive or acting. Nobody names himself. Raises OwnCase, Refusal ``inactive``."""
    if employee.user_id is not None and employee.user_id == by.pk:
        raise OwnCase("Anda tidak dapat menunjuk diri sendiri. Minta petugas lain.")
    if not employee.is_active:
        raise Refusal("Pegawai ini tidak aktif.", code="inactive")
    head = UnitHead.objects.create(
        unit=unit, employee=employee, kind=term.kind, valid_from=term.since, valid_until=term.until
    )
    record("unit.name_head", unit, by=by, after=str(head), since=term.since.isoformat())
    recompute()
    return head


@transaction.atomic
def end_head(head: UnitHead, *, on: date, by: User) -> None:
    """The last WITA day of a head; before the first day it never began. Raises Refusal ``ended``."""
    fresh = UnitHead.objects.select_for_update(of=("self",)).get(pk=head.pk)
    if fresh.valid_until is not None and fresh.valid_until <= on:
        raise Refusal("Masa tugas ini sudah berakhir.", code="ended")
    record("unit.end_head", fresh.unit, by=by, before=str(fresh), on=on.isoformat())
    if on < fresh.valid_from:
        fresh.delete()
    else:
        fresh.valid_until = on
        fresh.save(update_fields=["valid_until"])
    recompute()


def _check(unit: Unit, values: Mapping[str, Any], changed: list[str]) -> None:
    parent = values.get("parent")
    if "parent" in changed and parent is not None and f"{parent.path}/".startswith(f"{unit.path}/"):
        raise Refusal("Unit tidak dapat berada di bawah dirinya sendiri.", code="circle")
    if "is_active" in changed and not values["is_active"]:
        count = Employee.objects.active().filter(unit__in=Unit.objects.under(unit)).count()
        if count:
            raise Refusal(
                f"Unit ini masih punya {count} pegawai aktif. Pindahkan mereka dahulu.", code="people"
            )


def _move(unit: Unit, before: str) -> None:
    """Paths and levels of everything below; the unit itself gets its own when it is saved."""
    level = unit.parent.level + 1 if unit.parent else 0
    path = f"{unit.parent.path}/{unit.code}" if unit.parent else unit.code
    below = Unit.objects.filter(path__startswith=f"{before}/")
    below.update(
        path=Concat(Value(path), Substr("path", len(before) + 1)), level=F("level") + (level - unit.level)
    )
    unit.level = level
