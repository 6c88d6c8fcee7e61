"""The dated rules by which forms of learning give JP diakui, read once for a whole page or batch."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from competency.models import JpRule


@dataclass(frozen=True)
class RuleBook:
    """All rules by form and place. Where abroad has no rule of its own, the one at home holds."""

    rules: dict[tuple[int, bool], list[JpRule]]

    def on(self, day: date, *, form_id: int, abroad: bool = False) -> JpRule | None:
        """The rule in force on a day (the end date of a training, WITA); None if there is none."""
        places = (True, False) if abroad else (False,)
        for place in places:
            for rule in self.rules.get((form_id, place), ()):
                if rule.valid_from <= day and (rule.valid_until is None or day <= rule.valid_until):
                    return rule
        return None


def rulebook() -> RuleBook:
    """One statement."""
    return as_book(JpRule.objects.order_by("-valid_from"))


def as_book(rules: Iterable[JpRule]) -> RuleBook:
    """Newest rule first for each form."""
    found: dict[tuple[int, bool], list[JpRule]] = defaultdict(list)
    for rule in rules:
        found[rule.form_id, rule.abroad].append(rule)
    return RuleBook(dict(found))
