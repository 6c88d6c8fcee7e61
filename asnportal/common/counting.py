"""Several counts in one statement: pages with many figures ask the database once."""

from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Value


def count_all(**sets: QuerySet[Any]) -> dict[str, int]:
    """How many rows each of these querysets has, by its name. None of them may be distinct or sliced."""
    parts = [_part(name, rows) for name, rows in sets.items()]
    if not parts:
        return {}
    return dict(parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0])


def _part(name: str, rows: QuerySet[Any]) -> QuerySet[Any, tuple[str, int]]:
    """Name and number. A plain function and no aggregate: there is nothing to group by."""
    number = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return rows.order_by().prefetch_related(None).values_list(Value(name), number)
