"""Loading reference data again and again: new rows created, changed ones saved, equal ones left alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass
class Counts:
    """What a load did, in rows. ``skipped`` ones wait for something that is loaded later."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged + self.skipped

    @property
    def written(self) -> int:
        return self.created + self.updated


def upsert(model: type[models.Model], key: str, rows: Iterable[Mapping[str, Any]]) -> Counts:
    """Bring the rows into the table by their unique ``key``; saved one by one where the model keeps a history.

    Nothing is deleted: what is missing in the rows stays. Runs in the caller's transaction.
    """
    rows = list(rows)
    manager = model._base_manager
    kept = {getattr(one, key): one for one in manager.all()}
    counts = Counts()
    for row in rows:
        one = kept.get(row[key])
        if one is None:
            one = manager.create(**row)
            kept[row[key]] = one
            counts.created += 1
        elif _assign(one, row):
            one.save()
            counts.updated += 1
        else:
            counts.unchanged += 1
    return counts


def _assign(one: models.Model, row: Mapping[str, Any]) -> bool:
    changed = False
    for name, value in row.items():
        if isinstance(value, models.Model):
            name, value = f"{name}_id", value.pk  # noqa: PLW2901 - compared by id, without reading the other row
        if getattr(one, name) != value:
            setattr(one, name, value)
            changed = True
    return changed
