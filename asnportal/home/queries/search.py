"""One box that finds everything an officer works with: people, trainings, sessions, units, certificates.

Every group asks within the scope of the asker; the number of statements is that of the groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, When
from django.urls import reverse
from django.utils.http import urlencode
from rules import has_perm

from asnportal.common.dates import format_range
from asnportal.people.models import Employee, Unit, User
from asnportal.people.queries import employee as people
from asnportal.people.queries.unit import named
from training.models import Certificate, CertificateStatus, Programme, Session
from training.queries import certificate as certificates
from training.queries.programme import matching
from training.queries.session_list import filtered, in_order, phase_of

MOST = 5  # rows of a group; the rest stands in the group's own list


@dataclass(frozen=True)
class Hit:
    """One line. ``mark`` is a state that differs from normal; ``number`` is a NIP or a certificate's number."""

    url: str
    title: str
    number: str = ""
    note: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Group:
    """Hits of one kind. ``more``: there are others; ``whole`` is the address of the list with all, "" if the asker
    has none."""

    key: str
    label: str
    icon: str
    hits: Sequence[Hit]
    more: bool = False
    whole: str = ""


def search(user: User, words: str, *, today: date) -> list[Group]:
    """What fits all the words, by kind; kinds without a hit are left out. Five statements."""
    kinds = (_people, _sessions, _programmes, _units, _certificates)
    return [group for group in (kind(user, words, today) for kind in kinds) if group.hits]


def _people(user: User, words: str, today: date) -> Group:
    """Active ones first, and those whose own name fits before those whose unit's name does."""
    masked = people.sees_masked(user)
    asked = {"q": words, "keadaan": "semua"}
    by_name = Case(When(name__icontains=words, then=0), default=1, output_field=IntegerField())
    fit = people.found(Employee.objects.visible_to(user), asked, masked=masked)
    rows, more = _first(people.listed(fit).order_by("-is_active", by_name, "name", "pk"))
    hits = [
        Hit(
            url=reverse("employee_detail", args=[row.public_id]),
            title=row.name,
            number=row.nip,
            note=" · ".join(filter(None, [row.position, row.unit])),
            mark="" if row.is_active else "Tidak aktif",
        )
        for row in (people.person(one, masked=masked) for one in rows)
    ]
    whole = "employee_list" if has_perm("people.view_people", user) else "unit_people"
    return Group("pegawai", "Pegawai", "users", hits, more, _address(whole, asked))


def _sessions(user: User, words: str, today: date) -> Group:
    works = has_perm("training.view_workspace", user)
    fit = in_order(filtered(Session.objects.visible_to(user), words=words))
    rows, more = _first(fit.select_related("programme"))
    hits = [
        Hit(
            url=reverse("session_manage" if works else "session", args=[row.pk]),
            title=row.title,
            note=f"Angkatan {row.batch}, {format_range(row.start, row.end)}",
            mark=phase_of(row, today),
        )
        for row in rows
    ]
    whole = _address("session_list" if works else "catalogue", {"q": words})
    return Group("jadwal", "Jadwal", "calendar-days", hits, more, whole)


def _programmes(user: User, words: str, today: date) -> Group:
    keeps, works = has_perm("training.keep_programme", user), has_perm("training.view_workspace", user)
    fit = matching(Programme.objects.visible_to(user), words=words).select_related("form", "provider")
    rows, more = _first(fit.order_by("-is_active", "title", "pk"))
    hits = [
        Hit(
            url=reverse("programme_edit", args=[row.pk]) if keeps else reverse("programme", args=[row.slug]),
            title=row.title,
            note=" · ".join([str(row.form), f"{row.jp} JP", str(row.provider)]),
            mark="" if row.is_active else "Tidak ditawarkan",
        )
        for row in rows
    ]
    whole = _address("programme_list" if works else "catalogue", {"q": words})
    return Group("pelatihan", "Pelatihan", "book-open", hits, more, whole)


def _units(user: User, words: str, today: date) -> Group:
    rows, more = _first(named(Unit.objects.visible_to(user).select_related("parent"), words))
    hits = [
        Hit(
            url=_unit_address(user, row),
            title=row.name,
            note=" · ".join(filter(None, [row.code, str(row.parent or "")])),
            mark="" if row.is_active else "Tidak aktif",
        )
        for row in rows
    ]
    whole = _address("unit_list", {"q": words}) if has_perm("people.view_people", user) else ""
    return Group("unit", "Unit", "building-2", hits, more, whole)


def _unit_address(user: User, unit: Unit) -> str:
    if has_perm("people.keep_unit", user):
        return reverse("unit_edit", args=[unit.pk])
    if has_perm("people.view_people", user):
        return _address("unit_list", {"di": unit.pk})
    return _address("unit_people", {"unit": unit.pk})


def _certificates(user: User, words: str, today: date) -> Group:
    """By number only: whose certificate it is, stands on the page of the person."""
    mine = Certificate.objects.visible_to(user)
    fit = mine.filter(number__icontains=words) if any(char.isdigit() for char in words) else mine.none()
    rows, more = _first(certificates.with_names(fit).order_by("-pk"))
    hits = [
        Hit(
            url=reverse("certificate", args=[row.public_id]),
            title=row.facts["name"],
            number=row.number,
            note=row.facts["title"],
            mark="" if row.status == CertificateStatus.ISSUED else row.get_status_display(),
        )
        for row in rows
    ]
    works = has_perm("training.view_workspace", user)
    whole = _address("certificate_list", {"q": words}) if works else ""
    return Group("sertifikat", "Sertifikat", "award", hits, more, whole)


def _first(found: QuerySet[Any]) -> tuple[list[Any], bool]:
    """The first rows, and whether there are more; one statement."""
    rows = list(found[: MOST + 1])
    return rows[:MOST], len(rows) > MOST


def _address(name: str, query: dict[str, Any]) -> str:
    return f"{reverse(name)}?{urlencode(query)}"
