"""One competency of one person: what each level means, every assessment on record, and open requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asnportal.people.models import Employee
from competency.models import Assessment, Competency, CompetencyLevel, Method, Review
from competency.queries.profile import Line, profile_of


@dataclass(frozen=True)
class Descriptor:
    """What somebody does at a level; ``is_held`` and ``is_asked`` mark the two that matter here."""

    level: int
    text: str
    is_held: bool
    is_asked: bool


@dataclass(frozen=True)
class Detail:
    """``line`` is None for a competency that is neither asked nor assessed."""

    competency: Competency
    line: Line | None
    descriptors: Sequence[Descriptor]
    official: Sequence[Assessment]
    own: Sequence[Assessment]
    reviews: Sequence[Review]

    @property
    def open_review(self) -> Review | None:
        return next((one for one in self.reviews if one.status == Review.Status.OPEN), None)


def detail_of(employee: Employee, competency: Competency, on: date) -> Detail:
    """Seven statements."""
    profile = profile_of(employee, on)
    line = next((one for one in profile.lines if one.competency == competency), None)
    texts = CompetencyLevel.objects.on(on).filter(competency=competency).order_by("level")
    entries = list(
        Assessment.objects.filter(employee=employee, competency=competency).select_related(
            "created_by__employee", "position"
        )
    )
    reviews = Review.objects.filter(employee=employee, competency=competency).select_related(
        "decided_by__employee"
    )
    return Detail(
        competency,
        line,
        [
            Descriptor(
                one.level,
                one.description,
                is_held=bool(line and line.held == one.level),
                is_asked=bool(line and line.required == one.level),
            )
            for one in texts
        ],
        official=[one for one in entries if one.method != Method.SELF],
        own=[one for one in entries if one.method == Method.SELF],
        reviews=list(reviews),
    )


def descriptors(competencies: Sequence[Competency], on: date) -> dict[int, list[CompetencyLevel]]:
    """The levels of many competencies in words, by competency id. One statement."""
    found: dict[int, list[CompetencyLevel]] = {one.pk: [] for one in competencies}
    for row in CompetencyLevel.objects.on(on).filter(competency__in=found).order_by("level"):
        found[row.competency_id].append(row)
    return found
