"""Imports as people see them: the list, and what a page tells of one (TRUST.md P49)."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.db.models import QuerySet
from python_calamine import CalamineWorkbook

from asnportal.audit.models import Job
from asnportal.common.templatetags.angka import tanpa_nip
from asnportal.common.workbook import Page, workbook
from asnportal.people.models import Unit, User

JOBS = ("people.import", "competency.import")
_ANY_NUMBER = re.compile(
    r"\d{4}(?:[ .-]?\d){8,}"
)  # a NIP as written, also one with digits too few or too many


def imports_visible_to(user: User) -> QuerySet[Job]:
    """All imports for BKPSDM, auditor and admin; a unit's officer sees the own ones."""
    found = Job.objects.filter(kind__in=JOBS).select_related("owner__employee")
    if user.has_role("bkpsdm", "auditor", "admin"):
        return found
    return found.filter(owner=user)


def unit_names(codes: set[str]) -> dict[str, str]:
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))


def may_read_numbers(user: User, job: Job) -> bool:
    """Who gets the result workbook with whole numbers: who keeps all people, or who imported it (TRUST.md P49, T47)."""
    return job.owner_id == user.pk or user.has_role("bkpsdm", "admin")


def _masked(text: str) -> str:
    return _ANY_NUMBER.sub(lambda found: f"{found[0][:4]}·······", tanpa_nip(text))


def masked_book(path: Path) -> Iterator[bytes]:
    """A result workbook with the middle of every NIP hidden, for whoever reads without them (TRUST.md T47)."""
    book = CalamineWorkbook.from_path(str(path))
    pages = []
    for name in book.sheet_names:
        headings, *rows = book.get_sheet_by_name(name).to_python() or [[]]
        hidden = [[_masked(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
        pages.append(Page(name, [str(heading) for heading in headings], hidden))
    return workbook(pages)
