"""One figure of a rule on a day."""

from datetime import date
from decimal import Decimal

from competency.models import RuleFigure


def figures_on(day: date) -> dict[str, RuleFigure]:
    """All of them by key; the newest where two overlap. One statement."""
    return {row.key: row for row in RuleFigure.objects.on(day).order_by("valid_from")}


def value_on(key: str, day: date, *, usual: Decimal) -> Decimal:
    """The number, or ``usual`` where nobody has entered any. One statement."""
    row = RuleFigure.objects.on(day).filter(key=key).order_by("-valid_from").first()
    return row.value if row else usual
