"""States as a table: which moves exist, from where, to where. Only this module assigns a status."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from asnportal.audit.models.line import record
from asnportal.common.errors import WrongState


@dataclass(frozen=True)
class Move:
    sources: frozenset[str]
    to: str


def move(*sources: str, to: str) -> Move:
    return Move(frozenset(str(s) for s in sources), str(to))


class Workflow:
    """The arrows of one kind of thing: ``Workflow(submit=move(DRAFT, RETURNED, to=SUBMITTED), …)``."""

    def __init__(self, name: str, **moves: Move) -> None:
        self.name = name
        self.moves = moves

    def __iter__(self) -> Iterator[tuple[str, Move]]:
        return iter(self.moves.items())

    def allows(self, thing: Any, verb: str) -> bool:
        return thing.status in self.moves[verb].sources

    def apply(self, thing: Any, verb: str, *, by: Any, note: str = "", **details: Any) -> None:
        """Lock the row, check the arrow, set the status and write the history line, in one transaction.

        Raises WrongState when no arrow named ``verb`` leaves the present state.
        """
        with transaction.atomic():
            locked = type(thing)._base_manager.select_for_update().only("pk", "status").get(pk=thing.pk)
            thing.status = locked.status
            self.apply_locked(thing, verb, by=by, note=note, **details)

    def apply_locked(
        self, thing: Any, verb: str, *, by: Any, note: str = "", saving: Iterable[str] = (), **details: Any
    ) -> None:
        """As apply, for a caller that already holds the lock under which this status changes.

        ``saving`` names the fields that the caller has set and that change with the status.
        """
        arrow = self.moves[verb]
        if thing.status not in arrow.sources:
            raise WrongState
        before, thing.status = thing.status, arrow.to
        thing.save(update_fields=["status", *saving])
        record(f"{self.name}.{verb}", thing, by=by, note=note, before=before, after=arrow.to, **details)

    def enter(self, thing: Any, verb: str, *, by: Any, note: str = "", **details: Any) -> None:
        """Save a new row at once in the state to which the arrow leads: one statement, one history line.

        The line has no state before it. Raises WrongState when the arrow does not leave the first state.
        """
        arrow = self.moves[verb]
        if thing.status not in arrow.sources:
            raise WrongState
        thing.status = arrow.to
        thing.save(force_insert=True)
        record(f"{self.name}.{verb}", thing, by=by, note=note, after=arrow.to, **details)


class WorkflowModel(models.Model):
    """A model with one ``status``; subclasses name their choices and their Workflow."""

    status = models.CharField(max_length=20, db_index=True)

    class Meta:
        abstract = True
