"""The catalogue as people read it: one row per programme with its next open session."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from asnportal.people.models import Employee, User
from competency.models import Competency, LearningForm
from training.models import (
    ACTIVE,
    Enrolment,
    EnrolmentStatus,
    Mode,
    Programme,
    ProgrammeCompetency,
    Provider,
    Session,
    SessionStatus,
    Topic,
)
from training.queries.recommendation import gaps_closed_by

PAGE_SIZE = 30
FACETS_KEPT_SECONDS = 60


@dataclass(frozen=True)
class Wish:
    """What somebody looks for. Every field may be empty; ``month`` is (year, month) of the start in WITA."""

    words: str = ""
    topic: str = ""
    form: str = ""
    mode: str = ""
    provider: str = ""
    competency: str = ""
    jp_least: int | None = None
    jp_most: int | None = None
    month: tuple[int, int] | None = None
    only_open: bool = False


@dataclass(frozen=True)
class NextSession:
    id: int
    start: date
    end: date
    quota: int
    confirmed: int

    @property
    def free(self) -> int:
        return max(0, self.quota - self.confirmed)


@dataclass(frozen=True)
class CatalogueRow:
    """A card. ``state`` is the person's own state in one of the programme's open sessions, in words; ``closes`` the
    competency that falls short of the person's post. Cards that say the same are drawn once, so nothing here may tell
    who reads it."""

    slug: str
    title: str
    summary: str
    family: str
    jp: int
    form: str
    mode: str
    provider: str
    session: NextSession | None
    state: str = ""
    closes: str = ""

    @property
    def state_kind(self) -> str:
        """The colour of the state: settled, or still waiting."""
        settled = (EnrolmentStatus.CONFIRMED.label, EnrolmentStatus.COMPLETED.label)
        return "ok" if self.state in settled else "warn"


@dataclass(frozen=True)
class CataloguePage:
    """The cards of one page; ``page`` is Django's page object, for the links below the cards."""

    rows: Sequence[CatalogueRow]
    page: Page[int]

    @property
    def total(self) -> int:
        return self.page.paginator.count


@dataclass(frozen=True)
class Facets:
    """What can be chosen: (value, words) pairs of what the catalogue really holds."""

    topics: Sequence[tuple[str, str]] = field(default=())
    forms: Sequence[tuple[str, str]] = field(default=())
    modes: Sequence[tuple[str, str]] = field(default=())
    providers: Sequence[tuple[str, str]] = field(default=())
    competencies: Sequence[tuple[str, str]] = field(default=())


def open_sessions(now: datetime) -> QuerySet[Session]:
    """Published sessions whose registration is open at ``now``."""
    return Session.objects.registration_open(now)


def matching(wish: Wish, now: datetime) -> QuerySet[Programme]:
    """Active programmes that fit the wish."""
    found = Programme.objects.filter(is_active=True)
    for word in wish.words.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(provider__name__icontains=word)
            | Exists(Topic.objects.filter(programmes=OuterRef("pk"), name__icontains=word))
            | Exists(
                ProgrammeCompetency.objects.filter(programme=OuterRef("pk"), competency__name__icontains=word)
            )
        )
    if wish.topic:
        found = found.filter(Exists(Topic.objects.filter(programmes=OuterRef("pk"), slug=wish.topic)))
    if wish.competency:
        found = found.filter(
            Exists(
                ProgrammeCompetency.objects.filter(programme=OuterRef("pk"), competency__code=wish.competency)
            )
        )
    exact: dict[str, Any] = {
        "form__code": wish.form,
        "mode": wish.mode,
        "provider__code": wish.provider,
        "jp__gte": wish.jp_least,
        "jp__lte": wish.jp_most,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value not in ("", None)})
    if wish.month:
        year, month = wish.month
        later = Session.objects.filter(
            programme=OuterRef("pk"), status=SessionStatus.PUBLISHED, start__year=year, start__month=month
        )
        found = found.filter(Exists(later))
    return found


def catalogue(wish: Wish, *, page: int, employee: Employee | None) -> CataloguePage:
    """One page: programmes with an open session first, by the nearest start, then the rest by title.

    Five statements, two without an employee, whatever the number of rows.
    """
    now = timezone.now()
    nearest = open_sessions(now).filter(programme=OuterRef("pk")).order_by("start", "id")
    found = matching(wish, now).annotate(
        next_id=Subquery(nearest.values("pk")[:1]), next_start=Subquery(nearest.values("start")[:1])
    )
    if wish.only_open:
        found = found.filter(next_id__isnull=False)
    rows, total, number = _page_of(found, page)
    sessions = _sessions({row["next_id"] for row in rows if row["next_id"]})
    shown = [row["pk"] for row in rows]
    states = _own_states(shown, employee) if employee and rows else {}
    closes = gaps_closed_by(shown, employee, timezone.localdate(now)) if employee and rows else {}
    return CataloguePage(
        rows=[
            _row(row, sessions.get(row["next_id"]), states.get(row["pk"], ""), closes.get(row["pk"], ""))
            for row in rows
        ],
        page=Paginator(range(total), PAGE_SIZE).page(number),
    )


FIELDS = ("pk", "slug", "title", "summary", "family", "jp", "mode", "next_id", "total")


def _page_of(found: QuerySet[Any], page: int) -> tuple[list[dict[str, Any]], int, int]:
    """Rows and their total in one statement; a page past the end is the last one (TRUST B45)."""
    ordered = found.annotate(
        form_name=F("form__name"), provider_name=F("provider__name"), provider_short=F("provider__short_name")
    ).order_by(F("next_start").asc(nulls_last=True), "title", "pk")
    columns = (*FIELDS, "form_name", "provider_name", "provider_short")
    counted = ordered.annotate(total=Window(Count("pk"))).values(*columns)
    page = max(1, page)
    rows = list(counted[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    if not rows and page > 1:
        total = found.count()
        page = max(1, -(-total // PAGE_SIZE))
        rows = list(counted[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    total = rows[0]["total"] if rows else 0
    return rows, total, page


def _sessions(ids: set[int]) -> dict[int, NextSession]:
    found = Session.objects.filter(pk__in=ids).values_list("pk", "start", "end", "quota", "confirmed_count")
    return {row[0]: NextSession(*row) for row in found}


def _own_states(programmes: list[int], employee: Employee) -> dict[int, str]:
    own = Enrolment.objects.filter(
        employee=employee, status__in=ACTIVE, session__programme__in=programmes
    ).order_by("requested_at")
    labels = dict(Enrolment._meta.get_field("status").flatchoices)
    return {
        programme: str(labels[status])
        for programme, status in own.values_list("session__programme", "status")
    }


def _row(row: dict[str, Any], session: NextSession | None, state: str, closes: str) -> CatalogueRow:
    return CatalogueRow(
        slug=row["slug"],
        title=row["title"],
        summary=row["summary"],
        family=row["family"],
        jp=row["jp"],
        form=row["form_name"],
        mode=Mode(row["mode"]).label,
        provider=row["provider_short"] or row["provider_name"],
        session=session,
        state=state,
        closes=closes,
    )


def facets() -> Facets:
    """What the filter offers, read at most once a minute by each process."""
    return kept_facets(int(time.monotonic()) // FACETS_KEPT_SECONDS)


@lru_cache(maxsize=1)
def kept_facets(_minute: int) -> Facets:
    """One statement for all five lists."""
    found: dict[str, list[tuple[str, str]]] = {}
    first, *others = (_of_active(*choice) for choice in CHOICES)
    for name, value, words in first.union(*others):
        found.setdefault(name, []).append((value, words))
    used = {value for value, _words in found.get("modes", ())}
    return Facets(
        topics=sorted(found.get("topics", ()), key=itemgetter(1)),
        forms=sorted(found.get("forms", ())),
        modes=[(value, label) for value, label in Mode.choices if value in used],
        providers=sorted(found.get("providers", ()), key=itemgetter(1)),
        competencies=sorted(found.get("competencies", ())),
    )


SHORT = Coalesce(NullIf("short_name", Value("")), "name")
CHOICES: tuple[tuple[str, type[Model], str, Any, Any], ...] = (
    ("topics", Topic, "programmes__is_active", F("slug"), F("name")),
    ("forms", LearningForm, "programmes__is_active", F("code"), F("name")),
    ("modes", Programme, "is_active", F("mode"), F("mode")),
    ("providers", Provider, "programmes__is_active", F("code"), SHORT),
    ("competencies", Competency, "programmes__programme__is_active", F("code"), F("name")),
)


def _of_active(name: str, model: type[Model], active: str, value: Any, words: Any) -> QuerySet[Any]:
    """(name, value, words) of what active programmes have; the union takes doubles out."""
    rows: QuerySet[Any] = QuerySet(model).filter(**{active: True})
    return rows.order_by().values_list(Value(name), value, words)


@dataclass(frozen=True)
class ProgrammeView:
    """All that the programme page shows. ``sessions`` are open or to come, soonest first."""

    programme: Programme
    sessions: Sequence[Session]


def programme_view(slug: str, *, user: User | None) -> ProgrammeView | None:
    """The page of one programme, or None when this person may not see it."""
    programme = (
        Programme.objects.visible_to(user)
        .select_related("form", "provider")
        .prefetch_related("topics", "competencies__competency", "subjects")
        .filter(slug=slug)
        .first()
    )
    if programme is None:
        return None
    today = timezone.localdate()
    coming = programme.sessions.filter(status=SessionStatus.PUBLISHED, end__gte=today).order_by("start", "id")
    return ProgrammeView(programme, list(coming.prefetch_related("meetings")))
