"""Keeping the catalogue: programmes with their subjects and the competencies they lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from asnportal.audit.models import record
from asnportal.common.errors import Refusal
from asnportal.common.markdown import render_markdown
from asnportal.people.models import User
from competency.models import Competency
from training.models import Programme, ProgrammeCompetency, Subject


@dataclass(frozen=True)
class SubjectLine:
    """A subject as typed: ``minutes`` net of breaks, or ``jp`` whole (45 minutes each)."""

    title: str
    minutes: int = 0
    jp: int = 0
    speaker: str = ""


@dataclass(frozen=True)
class CompetencyLine:
    competency: Competency
    level: int


@dataclass(frozen=True)
class Contents:
    """What hangs on a programme; an empty tuple removes it all."""

    subjects: Sequence[SubjectLine] = ()
    competencies: Sequence[CompetencyLine] = ()


def unique_slug(title: str) -> str:
    """An address for a title that no other programme has."""
    base = slugify(title)[:110] or "pelatihan"
    slug, number = base, 1
    while Programme.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def next_code() -> str:
    """The next free code for a programme made on a page (imported ones bring their own)."""
    number = Programme.objects.count() + 1
    while Programme.objects.filter(code=f"P{number:03}").exists():
        number += 1
    return f"P{number:03}"


def check_subjects(subjects: Sequence[SubjectLine], jp: int) -> None:
    """The subjects' JP must sum to the programme's JP materi, which is at most floor(minutes / 45).

    Raises Refusal. Source of the rule: PRODUCT, "Two figures for JP".
    """
    if not subjects:
        return
    total = sum(line.jp for line in subjects)
    if total != jp:
        raise Refusal(
            f"Jumlah JP mata pelatihan {total}, JP pelatihan {jp}. Samakan keduanya.",
            code="subjects_do_not_sum",
        )
    minutes = sum(line.minutes for line in subjects)
    if minutes and total > minutes // 45:
        raise Refusal(
            f"{minutes} menit paling banyak {minutes // 45} JP (1 JP = 45 menit). Kurangi JP atau tambah menit.",
            code="more_jp_than_minutes",
        )


@transaction.atomic
def create(values: dict[str, Any], *, contents: Contents, by: User | None) -> Programme:
    """A new programme from cleaned values. Raises Refusal when the subjects do not fit."""
    check_subjects(contents.subjects, values["jp"])
    topics = values.pop("topics", ())
    programme = Programme(**{"code": next_code(), "slug": unique_slug(values["title"])} | values)
    programme.description_html = render_markdown(programme.description)
    programme.save()
    programme.topics.set(topics)
    replace_contents(programme, contents)
    record("programme.create", programme, by=by)
    return programme


@transaction.atomic
def update(programme: Programme, values: dict[str, Any], *, contents: Contents, by: User | None) -> Programme:
    """Change a programme; its address stays. Issued certificates keep what they print."""
    check_subjects(contents.subjects, values["jp"])
    topics = values.pop("topics", ())
    changed = [name for name, value in values.items() if getattr(programme, name) != value]
    for name, value in values.items():
        setattr(programme, name, value)
    programme.description_html = render_markdown(programme.description)
    programme.save()
    programme.topics.set(topics)
    replace_contents(programme, contents)
    record("programme.update", programme, by=by, changed=changed)
    return programme


def replace_contents(programme: Programme, contents: Contents) -> None:
    programme.subjects.all().delete()
    Subject.objects.bulk_create(
        Subject(programme=programme, order=order, **vars(line))
        for order, line in enumerate(contents.subjects, 1)
    )
    programme.competencies.all().delete()
    ProgrammeCompetency.objects.bulk_create(
        ProgrammeCompetency(programme=programme, competency=line.competency, level=line.level)
        for line in contents.competencies
    )
