"""People in lists and files: who is asked for, and what the asker may read of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from asnportal.common.nip import format_nip, mask_nip
from asnportal.people.models import Employee, Unit, User

NO_PASSWORD = Q(user=None) | Q(user__password__startswith="!")  # noqa: S106
HEADINGS = ("NIP", "Nama", "Status", "Golongan", "Jabatan", "Unit", "Atasan", "Aktif", "Punya akun")
GROUPED_NUMBER = re.compile(r"[0-9][0-9 .'-]{6,}[0-9]")
SORTS = {"nama": "name", "nip": "nip", "unit": "unit__name"}


@dataclass(frozen=True)
class Person:
    """One row. ``nip`` is grouped for reading, masked for the auditor."""

    public_id: str
    name: str
    nip: str
    kind: str
    rank: str
    position: str
    unit: str
    supervisor: str
    is_active: bool
    has_account: bool


def listed(people: QuerySet[Employee]) -> QuerySet[Employee]:
    """With everything a row shows, in one statement."""
    return people.select_related("unit", "position", "rank", "supervisor", "user")


def person(employee: Employee, *, masked: bool) -> Person:
    return Person(
        public_id=str(employee.public_id),
        name=employee.full_name,
        nip=mask_nip(employee.nip) if masked else format_nip(employee.nip),
        kind=employee.get_kind_display(),
        rank=employee.rank_id or "",
        position=str(employee.position or ""),
        unit=str(employee.unit),
        supervisor=employee.supervisor.full_name if employee.supervisor else "",
        is_active=employee.is_active,
        has_account=employee.user is not None and employee.user.has_usable_password(),
    )


def sees_masked(user: User) -> bool:
    """The auditor reads without numbers that can be used (T47)."""
    return user.has_role("auditor") and not user.has_role("bkpsdm", "admin")


def found(people: QuerySet[Employee], chosen: Mapping[str, Any], *, masked: bool) -> QuerySet[Employee]:
    """Those of a scope that fit ``q``, ``unit`` (with all below), ``jenis`` and ``keadaan``.

    Who sees masked numbers cannot find out a number by searching for it.
    """
    if unit := chosen.get("unit"):
        people = people.filter(unit__in=Unit.objects.under(unit))
    if kind := chosen.get("jenis"):
        people = people.filter(kind=kind)
    state = chosen.get("keadaan", "")
    if state == "tidak-aktif":
        people = people.filter(is_active=False)
    elif state != "semua":
        people = people.filter(is_active=True)
    if state == "tanpa-akun":
        people = people.filter(NO_PASSWORD)
    for word in words_of(chosen.get("q", "")):
        number = "".join(char for char in word if char.isdigit())
        by_number = Q(nip__contains=number) if len(number) >= 4 and not masked else Q()
        degree = Q(title_before__iexact=word) | Q(title_after__icontains=word) if "." in word else Q()
        people = people.filter(Q(name__icontains=word) | degree | Q(unit__name__icontains=word) | by_number)
    return people


def words_of(typed: str) -> list[str]:
    """The words to look for. A number typed in groups (19870514 201001 2 007) is one word; the comma between
    a name and its degrees is none."""
    if GROUPED_NUMBER.fullmatch(typed.strip()):
        return ["".join(char for char in typed if char.isdigit())]
    return [word for word in (part.strip(",") for part in typed.split()) if word]


def sorted_by(people: QuerySet[Employee], sort: str) -> QuerySet[Employee]:
    """By the column asked for ("-" before it turns round); anything unknown is by name."""
    field = SORTS.get(sort.removeprefix("-"), "name")
    return people.order_by(f"-{field}" if sort.startswith("-") else field, "pk")


def file_rows(people: QuerySet[Employee], *, masked: bool) -> Iterator[tuple[Any, ...]]:
    for employee in listed(people).iterator(chunk_size=2000):
        row = person(employee, masked=masked)
        yield (
            row.nip if masked else employee.nip,
            row.name,
            row.kind,
            row.rank,
            row.position,
            row.unit,
            row.supervisor,
            "ya" if row.is_active else "tidak",
            "ya" if row.has_account else "tidak",
        )
