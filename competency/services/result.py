"""The batch that stores results: gaps, JP and the simulation of IP ASN of everybody, in portions that can be resumed.

All figures come from the functions that a person's own pages ask (queries/profile.py, queries/ledger.py,
services/index.py). Every night from 02.00 WITA everybody is computed anew, because standards, validities and look-back
periods change by the day; between two nights those with a new ledger line or assessment are caught up with.
"""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from asnportal.common.dates import WITA
from asnportal.people.models import Employee
from competency.models import IndexRule, Mark, Result, ResultRun
from competency.queries import result as query
from competency.queries.index import rule_on
from competency.queries.ledger import YearSummary, current_summaries
from competency.queries.profile import Line, Profile, profiles_of
from competency.services.index import Score, score
from competency.services.index_facts import facts_of, rules_of

PORTION = 500  # people
LEASE = timedelta(seconds=90)
NIGHT = 2  # o'clock, WITA
MOST_NEWS = 2000  # people caught up with at once; more is work for the night
FIELDS = [field.name for field in Result._meta.concrete_fields if field.name not in ("id", "employee")]


@dataclass(frozen=True)
class Done:
    """What a call of the batch did: ``people`` written, and whether the pass came to its end."""

    people: int
    finished: bool


def run_due(*, now: datetime, seconds: int = 40) -> Done:
    """What beat asks for each minute: the pass of the day from 02.00 WITA on, else who has news. May run twice."""
    local = now.astimezone(WITA)
    if local.hour >= NIGHT and not query.finished_on(local.date()):
        return recompute(on=local.date(), seconds=seconds)
    return Done(catch_up(on=local.date()), finished=True)


def recompute(*, on: date, seconds: float | None = None, again: bool = False) -> Done:
    """Everybody for a WITA day. Goes on where an earlier call was cut off; ``again`` begins anew after an end.

    Stops after the portion in which ``seconds`` are over. Two callers at once: the second does nothing.
    """
    run, until, people = _open(on, again=again), time.monotonic() + (seconds or 1e9), 0
    if run is None:
        return Done(0, finished=False)
    while part := query.portion(run.last_id, PORTION):
        people += _store(run, part, on)
        if time.monotonic() > until:
            _let_go(run)
            return Done(people, finished=False)
    _end(run)
    return Done(people, finished=True)


def catch_up(*, on: date) -> int:
    """Those with a ledger line or an assessment since the last pass. Answers with their number.

    A line that commits later than one with a higher key may be missed; the night finds it.
    """
    run = query.newest_run()
    if run is None or run.finished_at is None:
        return 0
    until = query.newest_facts()
    if until == (run.seen_line, run.seen_assessment):
        return 0
    people = query.people_with_news(run, until=until, most=MOST_NEWS)
    for start in range(0, len(people), PORTION):
        write(people[start : start + PORTION], on)
    ResultRun.objects.filter(pk=run.pk).update(seen_line=until[0], seen_assessment=until[1])
    return len(people)


@transaction.atomic
def _open(on: date, *, again: bool) -> ResultRun | None:
    """The unfinished pass of the day, else a new one; None while somebody else works on it, or when it is done."""
    run = ResultRun.objects.select_for_update().filter(day=on).first()
    if run and run.finished_at is None:
        if run.busy_until and run.busy_until > timezone.now():
            return None
    elif run and not again:
        return None
    else:
        line, assessment = query.newest_facts()
        run = ResultRun(day=on, seen_line=line, seen_assessment=assessment, started_at=timezone.now())
    run.busy_until = timezone.now() + LEASE
    run.save()
    return run


def _store(run: ResultRun, people: Sequence[Employee], on: date) -> int:
    """One portion and the mark that it is done, both or neither."""
    rows = computed(people, on)
    with transaction.atomic():
        _save(rows)
        run.last_id, run.people = people[-1].pk, run.people + len(people)
        run.busy_until = timezone.now() + LEASE
        run.save(update_fields=["last_id", "people", "busy_until"])
    return len(people)


def _let_go(run: ResultRun) -> None:
    run.busy_until = None
    run.save(update_fields=["busy_until"])


def _end(run: ResultRun) -> None:
    """Leavers have no results; passes of other days have done their work."""
    Result.objects.filter(employee__is_active=False).delete()
    ResultRun.objects.exclude(pk=run.pk).delete()
    run.finished_at, run.busy_until, run.gaps = timezone.now(), None, _gaps_of_all()
    run.save(update_fields=["finished_at", "busy_until", "gaps"])


def _gaps_of_all() -> dict[str, list[int]]:
    """How many people each competency is asked of, assessed in, and short in, as ResultRun.gaps holds it."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for levels in Result.objects.values_list("levels", flat=True).iterator(chunk_size=2000):
        for key, (required, held, _mark) in levels.items():
            if required is not None:
                counts = found[key]
                counts[0] += 1
                counts[1] += held is not None
                counts[2] += held is not None and held < required
    return dict(found)


def write(people: Sequence[Employee], on: date) -> None:
    """Compute and store these people now. Bring them with their position."""
    _save(computed(people, on))


def _save(rows: Sequence[Result]) -> None:
    Result.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["employee"], update_fields=FIELDS, batch_size=PORTION
    )


def computed(people: Sequence[Employee], on: date) -> list[Result]:
    """Unsaved rows for a WITA day, in the order of the people. Twelve statements at most, however many people."""
    rule = rule_on(on)
    found = _Found(
        profiles=profiles_of(people, on),
        summaries=current_summaries(people, on=on),
        scores=_scores(people, rule, on) if rule else {},
        rule=rule.code if rule else "",
    )
    day = {"day": on, "computed_at": timezone.now()}
    return [Result(employee=one, **day, **found.of(one.pk)) for one in people]


def _scores(people: Sequence[Employee], rule: IndexRule, on: date) -> dict[int, Score | None]:
    rules = rules_of(rule)
    return {pk: score(facts, rules, on) for pk, facts in facts_of(people, rule, on).items()}


@dataclass(frozen=True)
class _Found:
    """What was found about a portion of people, each by the key of the person."""

    profiles: Mapping[int, Profile]
    summaries: Mapping[int, YearSummary]
    scores: Mapping[int, Score | None]
    rule: str

    def of(self, person: int) -> dict[str, Any]:
        profile, jp, index = self.profiles[person], self.summaries[person], self.scores.get(person)
        return {
            "levels": {str(line.competency.pk): _level(line) for line in profile.lines},
            "short": len(profile.short),
            "unknown": len(profile.unknown),
            "met": len(profile.met),
            "above": len(profile.above),
            "total_gap": profile.total_gap,
            "jp": jp.done,
            "jp_target": jp.target,
            "jp_is_ceiling": jp.is_ceiling,
            "index_total": index.total if index else None,
            "index_category": index.category if index else "",
            "index_rule": self.rule if index else "",
        }


def _level(line: Line) -> list[object]:
    """As Result.levels holds it."""
    if line.counts:
        mark = Mark.OFFICIAL if line.counts.is_official else Mark.PROVISIONAL
    else:
        mark = Mark.EXPIRED if line.lapsed else Mark.NEVER
    return [line.required, line.held, mark.value]
